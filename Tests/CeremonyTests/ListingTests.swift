import Ceremony
import CustomDump
import FlowCore
import Records
import Testing

/// Every line of a record, as it is listed for whoever wants to blank one.
@Suite struct ListingTests {
  private let began = Timestamp(milliseconds: 1_800_000_000_000)
  private let flow = Flow(
    id: "test/listing", version: 1, title: "Listing", summary: "",
    steps: [Step(id: "kind", title: "Kind", body: .text(TextRule()))])

  private func lines(
    _ events: [Event], performer: String? = nil, reference: String? = nil, redacted: Set<Int> = []
  ) -> [Sentence] {
    let header = RunHeader(
      run: "7q4m", flowID: flow.id, flowVersion: 1, flowText: "", toolVersion: "0.1.0", user: "ada", host: "box",
      performer: performer, owner: nil, reference: reference, began: began)
    let entries = events.enumerated().map { index, event in
      Entry(
        line: index + 2, at: Timestamp(milliseconds: began.milliseconds + Int64(index) * 60_000), event: event,
        isRedacted: redacted.contains(index + 2))
    }
    return Framing.lines(of: header, entries)
  }

  @Test func `the header is line 1, with everybody who is named in it`() {
    expectNoDifference(
      lines([]), [Sentence(.option, "1 2027-01-15 08:00 UTC begun: ada, box")])
    expectNoDifference(
      lines([], performer: "Ada L.", reference: "T-\u{7}12"),
      [Sentence(.option, "1 2027-01-15 08:00 UTC begun: ada, box, Ada L., T-\\x0712")])
  }

  private static let events: [(Event, String)] = [
    (.began, "the first step"), (.shown("kind", ["What is it?", "a\u{1B}b"]), "shown: What is it? | a\\x1Bb"),
    (.shown(nil, ["Hello."]), "shown: Hello."),
    (.answered("kind", .text("a\u{9B}cup"), words: [:], .typed), "kind: a\\x9Bcup"),
    (.answered("kind", .selection(["a", "b"]), words: ["b": "go-on"], .typed), "kind: a, b"),
    (.observed("kind", Observation(.notKnowable, by: "looking")), "kind: nobody can tell"),
    (.answered("kind", .redacted(tag: 3), words: [:], .typed), "kind: [redacted]"),
    (
      .partTaken(
        "kind", PartReceipt(part: "key", publicPart: "3e81c5d90af7", looksRight: .yes, taken: true), .typed),
      "kind.key: taken"
    ),
    (
      .partTaken(
        "kind", PartReceipt(part: "secret", publicPart: nil, looksRight: .notKnowable, taken: false), .enter),
      "kind.secret: not pasted"
    ),
    (
      .credentialHeld("kind", CredentialReference(store: "vault", name: "bot\n1"), .readBack, .tool),
      "kind: kept as bot\\x0A1, in vault"
    ),
    (
      .credentialHeld("kind", CredentialReference(store: "offline"), .none, .typed),
      "kind: kept in your own copy (offline)"
    ),
    (.keepingFailed("kind", reason: "it is\tsealed"), "kind: not kept: it is sealed"),
    (.stillShown("kind", true, .typed), "kind: the page still shows it"),
    (.stillShown("kind", false, .typed), "kind: the page no longer shows it"),
    (.skipped("kind", reason: "no\u{7}need", .typed), "kind: skipped: no\\x07need"),
    (.differed("kind", "two\ncolumns", .typed), "kind: the page differs: two\\x0Acolumns"),
    (.noted("kind", "seen\u{202E}", .typed), "kind: note: seen\\u{202E}"),
    (.wentBack("kind", .typed), "kind: went back"),
    (.reopened("kind", .typed), "kind: answered anew"), (.suspended(.quit), "left with :quit"),
    (.suspended(.signal(15)), "stopped by SIGTERM"),
    (
      .resumed(Resumption(user: "eve\u{7}", host: "box", toolVersion: "0.1.0", flowChanged: false, bytesCut: 0)),
      "resumed by eve\\x07 on box"
    ),
    (.discarded(reason: "made\u{7}twice"), "discarded: made\\x07twice"),
    (.redacted(line: 4, reason: "a\u{7}name"), "line 4 blanked: a\\x07name"),
  ]

  @Test func `every event has a line of its own, with its number and time, and can't steer the terminal`() {
    let expected = Self.events.enumerated().map { index, pair in
      let minute = index < 10 ? "0\(index)" : "\(index)"
      return Sentence(.option, "\(index + 2) 2027-01-15 08:\(minute) UTC \(pair.1)")
    }
    expectNoDifference(Array(lines(Self.events.map(\.0)).dropFirst()), expected)
  }

  @Test func `a line that was blanked says so`() {
    expectNoDifference(
      lines([.began, .noted("kind", "[redacted]", .typed), .wentBack("kind", .typed)], redacted: [3]).map(\.text),
      [
        "1 2027-01-15 08:00 UTC begun: ada, box", "2 2027-01-15 08:00 UTC the first step",
        "3 2027-01-15 08:01 UTC kind: note: [redacted] (blanked)", "4 2027-01-15 08:02 UTC kind: went back",
      ])
  }

  @Test func `nothing of a credential is listed`() throws {
    let dialogue = Dialogue(try Flows.createKey(), Flows.straight)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    let listed = lines(dialogue.ledger.events).map(\.text)
    expectNoDifference(listed.count, dialogue.ledger.events.count + 1)
    #expect(!Canary.sings(in: listed.joined(separator: "\n")))
  }
}
