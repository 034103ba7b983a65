import CustomDump
import FlowCore
import Records
import Testing

@testable import Exports

@Suite("Scripts")
struct ScriptTests {
  @Test(
    "a value is quoted where it would mean something else",
    arguments: [
      ("grid-bot-01", "grid-bot-01"), ("two words", "two words"), ("", "\"\""), (" led", "\" led\""),
      ("trailed ", "\"trailed \""), (":quit", "\":quit\""), ("ask", "\"ask\""), ("asked", "asked"),
      ("env:X", "\"env:X\""),
      ("file:/x", "\"file:/x\""), ("fd:3", "\"fd:3\""), ("a # b", "\"a # b\""), ("say \"x\"", "\"say \\\"x\\\"\""),
      ("back\\slash", "back\\slash"), ("# \\", "\"# \\\\\""), ("?", "\"?\""), ("\u{1B}#", "\"\\u{1B}#\""),
      ("a\tb", "\"a\\u{09}b\""), ("a\u{200B}\"\\", "\"a\\u{200B}\\\"\\\\\""), ("\u{301}x", "\"\\u{301}x\""),
      ("e\u{301}", "e\u{301}"),
    ])
  func values(text: String, value: String) {
    expectNoDifference(scriptValue(text), value)
  }

  @Test("a step that was visited twice on the way is answered twice, in the order of the way")
  func loops() {
    let flow = Flow(
      id: "x/loop", version: 1, title: "Loop", summary: "",
      steps: [
        Step(id: "name", title: "Name", body: .text(TextRule())),
        Step(
          id: "again", title: "Again?", body: .confirm(Confirmation(ifNo: "done")),
          transitions: [Transition(to: "name")]),
        Step(id: "done", title: "Done", body: .end(Ending(outcome: .blocked))),
      ])
    let events: [Event] = [
      .began, .answered("name", .text("one"), words: [:], .typed), .answered("again", .yes, words: [:], .typed),
      .answered("name", .text("da39a3ee5e6b4b0d3255bfef95601890afd80709"), words: [:], .typed),
      .answered("again", .yes, words: [:], .typed), .answered("name", .redacted(tag: 5), words: [:], .typed),
      .answered("again", .no, words: [:], .typed),
    ]
    let lines = record(events, of: flow).script().split(separator: "\n").dropFirst(3).map(String.init)
    expectNoDifference(
      lines,
      [
        "flow x/loop", "name: one", "again: yes", "name: da39a3ee5e6b4b0d3255bfef95601890afd80709", "name.secret: no",
        "again: yes", "# blanked afterwards", "name: ask", "again: no",
        "expect outcome blocked",
      ])
  }

  @Test("a word that leaves a credential step is its answer; notes of a skipped step come before the skip")
  func exits() {
    let flow = Flow(
      id: "x/exit", version: 1, title: "Exit", summary: "",
      steps: [
        Step(id: "tell", title: "Tell", body: .tell),
        Step(
          id: "take", title: "Take",
          body: .credential(
            CredentialRule(
              parts: [CredentialPart(name: "key", title: "Key", secret: false, shape: Shape())], ifLost: "gone"))),
        Step(id: "gone", title: "Gone", body: .end(Ending(outcome: .aborted))),
      ])
    let events: [Event] = [
      .began, .noted("tell", "why", .typed), .skipped("tell", reason: "known", .typed),
      .answered("take", .exit("lost"), words: [:], .typed),
    ]
    let lines = record(events, of: flow).script().split(separator: "\n").dropFirst(3).map(String.init)
    expectNoDifference(
      lines, ["flow x/exit", "# tell", ":note why", ":skip known", "take: lost", "expect outcome aborted"])
  }

  private func record(_ events: [Event], of flow: Flow) -> Record {
    let header = RunHeader(
      format: 1, run: "7q4z", flowID: flow.id, flowVersion: 1, flowText: "", toolVersion: "0.1.0", user: "ana",
      host: "desk",
      began: Timestamp(milliseconds: 0))
    let entries = events.enumerated().map {
      Entry(line: $0 + 2, at: Timestamp(milliseconds: Int64($0)), event: $1)
    }
    return Record(header: header, entries: entries, flow: flow, finalDigest: Sample.digest)
  }
}
