import CustomDump
import FlowCore
import FlowText
import Records
import Testing

@testable import Ceremony

/// The first and the last words of a run, literally.
@Suite struct FramingTests {
  private func flow(then: String = "") throws -> Flow {
    let text = """
      format: 1
      flow: test/framing
      version: 1
      title: Make a cup of tea
      summary: From the kettle to the cup.
      minutes: 4
      steps:
        - id: kind
          kind: choose
          title: Which tea?
          needs: [a kettle, tea]
          options: [{id: green, title: green tea}, {id: none, title: no tea, next: last}]
        - {id: word, kind: text, title: A word, needs: [a kettle]}
        - id: last
          kind: review
          title: Review
          next: [{when: {step: kind, skipped: true}, to: cold}, {to: done}]
        - id: done
          kind: end
          title: Done
          outcome: completed
          reminders: [{days: 30, text: "Look at the {kind}."}]
          then: ["Drink the {kind}."\(then)]
        - {id: cold, kind: end, title: Cold, outcome: aborted, reason: it went cold}
      """
    let reading = readFlow(text, path: "framing.yaml")
    return try #require(reading.value, "\(reading.findings)")
  }

  private func record(_ lines: Partner.Lines, then: String = "") throws -> Record {
    let flow = try flow(then: then)
    let dialogue = Dialogue(flow, lines)
    try dialogue.begin()
    let began = Timestamp(milliseconds: 1_800_000_000_000)
    let header = RunHeader(
      run: "7q4m", flowID: flow.id, flowVersion: 1, flowText: "", toolVersion: "0.1.0", user: "ada", host: "box",
      performer: "Ada", owner: nil, reference: "T-12", began: began)
    let entries = dialogue.ledger.events.enumerated().map { Entry(line: $0 + 2, at: began, event: $1) }
    return Record(header: header, entries: entries, flow: flow, finalDigest: "4f1c09aa4f1c09aa")
  }

  @Test func `the opening`() throws {
    expectNoDifference(
      Framing.opening(of: try flow(), run: "7q4m", brief: false).map(\.text),
      [
        "Make a cup of tea", "About 4 minutes. You need: a kettle; tea.", "Stop with :quit and go on later.",
        "In this run nothing you type leaves this computer.",
        "At any question: ? help, :why, :back, :skip, :differs, :note, :status, :quit",
        "Record: 7q4m, kept from your first answer on",
      ])
    expectNoDifference(
      Framing.opening(of: try flow(), run: nil, brief: true).map(\.text),
      [
        "Make a cup of tea",
        "Brief: most of what is said is left out; ? and :status tell it.",
        "Dry run: nothing is written.",
      ])
  }

  @Test func `where a credential is taken, the opening says when stopping costs something`() throws {
    let texts = Framing.opening(of: try Flows.createKey(), run: nil, brief: false).map(\.text)
    #expect(
      texts.contains("Stop with :quit and go on later, except while the secret is on your screen."))
    #expect(!texts.contains("Stop with :quit and go on later."))
  }

  @Test func `going on`() throws {
    expectNoDifference(
      Framing.resuming(try flow(), run: "7q4m", flowChanged: true, bytesCut: 12, brief: false).map(\.text),
      [
        "Make a cup of tea, going on", "Record: 7q4m",
        "The record's last line was torn: 12 bytes were cut. Nothing before it was lost.",
        "This flow has changed since the run began. The run goes on with its own text.",
        "At any question: ? help, :why, :back, :skip, :differs, :note, :status, :quit",
      ])
    expectNoDifference(
      Framing.resuming(try flow(), run: "7q4m", flowChanged: false, bytesCut: 0, brief: true).map(\.text),
      ["Make a cup of tea, going on", "Record: 7q4m"])
    expectNoDifference(
      Framing.left(run: "7q4m", askedAt: nil, digest: "4f1c09aa4f1c09aa").map(\.text),
      ["", "Saved. Go on with: keyusher resume 7q4m", "Digest so far: 4f1c09aa 4f1c09aa"])
    expectNoDifference(
      Framing.saved(run: "7q4m", askedAt: "http://127.0.0.1:8080").map(\.text),
      ["Saved. Go on with:", "keyusher resume 7q4m --base-url http://127.0.0.1:8080"])
    expectNoDifference(
      Framing.saved(run: "7q4m", askedAt: nil, brief: true).map(\.text),
      ["Saved. Go on with: keyusher resume 7q4m --brief"])
  }

  @Test func `the last screen`() throws {
    let record = try record(Partner.Lines(["kind": "1", "word": ":skip no need", "last": ""]))
    expectNoDifference(
      Framing.closing(record, path: "/home/ada/records/7q4m.jsonl").map(\.text),
      [
        "", "Completed.", "chosen: 2, skipped: 1; 1 exception.", "exception 1, at 2: skipped: no need",
        "Record: 7q4m, in",
        "/home/ada/records/7q4m.jsonl", "Final digest: 4f1c09aa 4f1c09aa",
        "Look again 2027-02-14: Look at the green tea.",
        "Drink the green tea.", "Next:", "keyusher show 7q4m", "keyusher export 7q4m --format html",
        "keyusher export 7q4m --format script",
      ])
  }

  @Test func `what a thrown-away run can no longer be asked for is not offered`() throws {
    let then = """
      , "Forget it:", {command: keyusher key forget cup}, "Another:", {command: keyusher run test/framing}, \
      "Or a real one:", {command: keyusher run gate-io/create-key}
      """
    let record = try record(Partner.Lines(["kind": "1", "word": "cup", "last": ""]), then: then)
    let said = ["Drink the green tea.", "Or a real one:", "keyusher run gate-io/create-key"]
    let whole = Framing.closing(record, path: "/home/ada/records/7q4m.jsonl").map(\.text)
    #expect(whole.contains("Forget it:") && whole.contains("keyusher key forget cup"))
    expectNoDifference(Framing.closing(record, path: nil).map(\.text).suffix(3).map { $0 }, said)
  }

  @Test func `a dry run says that nothing happened`() throws {
    let record = try record(Partner.Lines(["kind": "1", "word": ":skip none there", "last": ""]))
    expectNoDifference(
      Framing.rehearsed(record).map(\.text),
      [
        "", "Completed.", "Dry run: nothing was written, and no key was kept.", "chosen: 2, skipped: 1; 1 exception.",
        "exception 1, at 2: skipped: none there",
      ])
  }

  @Test func `no exceptions, no record`() throws {
    let record = try record(Partner.Lines(["kind": "1", "word": "cup", "last": ""]))
    expectNoDifference(
      Framing.closing(record, path: nil).map(\.text),
      [
        "", "Completed.", "chosen: 3; no exceptions.", "Look again 2027-02-14: Look at the green tea.",
        "Drink the green tea.",
      ])
  }

  @Test func `a run in which nothing was answered`() throws {
    let record = try record(Partner.Lines(["kind": ":quit"]))
    expectNoDifference(
      Framing.closing(record, path: nil).map(\.text),
      [
        "", "Not finished.", "nothing answered; no exceptions.",
      ])
  }

  @Test func `a run that ended otherwise says why`() throws {
    let record = try record(Partner.Lines(["kind": ":skip none there", "word": "cup", "last": ""]))
    expectNoDifference(Framing.closing(record, path: nil)[1].text, "Aborted: it went cold")
  }
}
