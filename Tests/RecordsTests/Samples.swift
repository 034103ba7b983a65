import FlowCore
import Foundation
import Records
import Synchronization

/// A folder that goes when the test ends. Each test has its own.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let template = FileManager.default.temporaryDirectory.path + "/keyusher-records-XXXXXX"
    var bytes = Array(template.utf8CString)
    guard mkdtemp(&bytes) != nil else { throw CocoaError(.fileWriteUnknown) }
    path = String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The folder of records in it, not made yet.
  var records: RecordFolder { RecordFolder(path: path + "/home/records") }

  func file(_ run: String) -> URL { URL(fileURLWithPath: records.path + "/\(run).jsonl") }
  func bytes(_ run: String) throws -> [UInt8] { Array(try Data(contentsOf: file(run))) }

  /// Puts bytes under the name of a record, as a kill or an attacker would leave them.
  func write(_ bytes: [UInt8], as run: String) throws {
    try Data(bytes).write(to: file(run))
    chmod(file(run).path, 0o600)
  }
}

/// Bytes that look random and are the same in every test.
func pinnedBytes() -> RandomBytes {
  let counter = Counter()
  return { count in
    let start = counter.next(count)
    return (start..<(start + count)).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }
  }
}

private final class Counter: Sendable {
  private let value = Mutex(0)
  func next(_ count: Int) -> Int {
    value.withLock { value in
      defer { value += count }
      return value
    }
  }
}

extension Timestamp {
  /// A pinned clock: 2026-11-23T14:05:09Z and so many seconds.
  static func pinned(_ seconds: Int = 0) -> Timestamp {
    Timestamp(milliseconds: 1_795_442_709_000 + Int64(seconds) * 1000)
  }
}

extension RunHeader {
  static func sample(_ run: String = "7q4m", flow: String = "gate-io/create-key") -> RunHeader {
    RunHeader(
      format: 1, run: run, flowID: flow, flowVersion: 3, flowText: "flow: \(flow)\n# the text of the flow, alice too\n",
      toolVersion: "0.1.0", user: "alice", host: "office-box", performer: "Alice Ärmel", owner: "Bob 🦉",
      reference: "OPS-17", began: .pinned())
  }
}

extension RunHeader {
  /// One of today, whose text lies beside the records.
  static func today(_ run: String = "7q4m", text: String = "flow: gate-io/create-key\n# é 🦉\n") -> RunHeader {
    RunHeader(
      run: run, flowID: "gate-io/create-key", flowVersion: 3, flowTitle: "Create a key", flowText: text,
      toolVersion: "0.2.0", user: "alice", host: "office-box", began: .pinned())
  }
}

extension Flow {
  private static let lookAgain = Template(segments: [
    .literal("Look at "), .answer("label", asID: false), .literal(" again."),
  ])

  /// purpose → label → login → page-shows (a loop over fix) → credential → review → done.
  static let sample = Flow(
    id: "gate-io/create-key", version: 3, title: "Create a key", summary: "A key.",
    steps: [
      Step(
        id: "purpose", title: "Purpose",
        body: .choose(
          Options([
            Option(id: "tracker", title: "portfolio tracker"), Option(id: "bot", title: "spot bot"),
            Option(id: "payout", title: "payouts", danger: Danger(word: "withdraw", why: "Coins can leave.")),
          ]))),
      Step(id: "label", title: "Label", role: .label, body: .text(TextRule())),
      Step(id: "login", title: "Log in", claims: ["logged in"], body: .confirm(Confirmation())),
      Step(
        id: "page-shows", title: "What the page shows", required: true, claim: true,
        warnings: [
          Warning(
            code: "too-much", when: .answer("page-shows", .includes(["withdraw"])), text: "Withdraw is set.")
        ],
        body: .select(Options([Option(id: "spot", title: "spot"), Option(id: "withdraw", title: "withdraw")])),
        transitions: [Transition(when: .answer("page-shows", .includes(["withdraw"])), to: "fix")]),
      Step(
        id: "credential", title: "Key and secret",
        body: .credential(
          CredentialRule(
            parts: [
              CredentialPart(name: "key", title: "API key", secret: false, shape: Shape()),
              CredentialPart(name: "secret", title: "Secret", secret: true, shape: Shape()),
            ], ifLost: "page-shows"))),
      Step(id: "review", title: "Review", body: .review),
      Step(
        id: "done", title: "Done",
        body: .end(
          Ending(outcome: .completed, reminders: [Reminder(days: 30, text: lookAgain)]))),
      Step(
        id: "fix", title: "Put it right", resolves: ["too-much"],
        body: .choose(
          Options([
            Option(id: "off", title: "I have switched it off", target: "page-shows"),
            Option(id: "stays", title: "it stays on", target: "credential"),
          ]))),
    ])
}

/// Texts that break what is careless about text.
let hostileTexts = [
  "", " ", "\"", "\\", "\\u0041", "line\nbreak\r\n\ttab", "\u{0}\u{1B}[2J\u{7F}\u{9B}31m", "\u{202E}gnp.exe",
  "\u{FEFF}bom",
  "é e\u{301} 🦉 👩‍👩‍👧 漢字", "\u{2028}\u{2029}", "\u{E0041}\u{10FFFF}", "</script>", "=cmd|' /C calc'!A0",
  "\"},\"payload\":{", "[redacted]", String(repeating: "x", count: 5000),
]

/// At least one event of every case and every kind of answer, source, proof and interruption, with a text in each place for one.
func everyEvent(with text: String) -> [Event] {
  let step = Step.ID(text)
  let script = AnswerSource.script(digest: text)
  let answers: [Answer] = [
    .acknowledged, .yes, .no, .choice(text), .selection([]), .selection([text, "b"]), .text(text),
    .verdict(.yes, by: text), .verdict(.no, by: text), .verdict(.notKnowable, by: text),
    .credential(CredentialReference(store: text)), .credential(CredentialReference(store: "pass", name: text)),
    .exit(text), .finished, .redacted(tag: 19),
  ]
  var events: [Event] = [.began, .shown(nil, []), .shown(step, [text, "b"])]
  events += answers.map { .answered(step, $0, words: [:], .typed) }
  events += [AnswerSource.enter, script, .program, .tool].map {
    .answered(step, .yes, words: [text: text, "b": ""], $0)
  }
  for verdict in verdicts {
    let receipt = PartReceipt(part: text, publicPart: text, looksRight: verdict, taken: verdict == .yes)
    events.append(.partTaken(step, receipt, .typed))
  }
  events.append(
    .partTaken(step, PartReceipt(part: "key", publicPart: nil, looksRight: .yes, taken: true), script))
  events += [KeepingProof.readBack, .lastFourMatched, .none].map {
    .credentialHeld(step, CredentialReference(store: text, name: text), $0, .typed)
  }
  events += [
    .credentialHeld(step, CredentialReference(store: "offline"), .none, script), .keepingFailed(step, reason: text),
    .stillShown(step, true, .typed), .stillShown(step, false, .enter), .skipped(step, reason: text, .typed),
    .differed(step, text, .typed), .noted(step, text, script), .wentBack(step, .program), .reopened(step, .typed),
    .suspended(.quit), .suspended(.inputEnded), .suspended(.signal(-1)), .suspended(.signal(15)), .suspended(.lost),
    .resumed(Resumption(user: text, host: text, toolVersion: text, flowChanged: true, bytesCut: 17)),
    .discarded(reason: text), .redacted(line: 7, reason: text),
  ]
  return events
}

/// A walk through the sample flow with a note, a correction, an override, a loop, an interruption and sentences.
let sampleWalk: [Event] = [
  .began,
  .shown("purpose", ["Step 1 of 6: Purpose", "What is the key for?"]),
  .answered("purpose", .choice("bot"), words: [:], .typed),
  .answered("label", .text("grid-bot-01"), words: [:], .typed),
  .shown("label", ["answered: grid-bot-01"]),
  .noted("login", "runs on the office box", .typed),
  .wentBack("login", .typed),
  .answered("label", .text("grid-bot-02"), words: [:], .typed),
  .answered("login", .yes, words: [:], .enter),
  .answered("page-shows", .selection(["spot", "withdraw"]), words: [:], .typed),
  .answered("fix", .choice("off"), words: [:], .typed),
  .suspended(.quit),
  .resumed(Resumption(user: "alice", host: "office-box", toolVersion: "0.1.0", flowChanged: false, bytesCut: 0)),
  .answered("page-shows", .selection(["spot"]), words: [:], .typed),
  .partTaken("credential", PartReceipt(part: "key", publicPart: "6b1f00aa90c1", looksRight: .yes, taken: true), .typed),
  .partTaken(
    "credential", PartReceipt(part: "secret", publicPart: nil, looksRight: .notKnowable, taken: false), .typed),
  .credentialHeld("credential", CredentialReference(store: "offline"), .none, .typed),
  .reopened("purpose", .typed),
  .answered("purpose", .choice("payout"), words: ["payout": "withdraw"], .typed),
  .answered("review", .finished, words: [:], .enter),
]

/// A finished journal of the sample walk, one event a second.
@discardableResult
func walk(_ events: [Event] = sampleWalk, as run: String = "7q4m", in folder: RecordFolder) throws -> Journal {
  let journal = try folder.create(.sample(run), random: pinnedBytes())
  for (index, event) in events.enumerated() {
    try journal.append([event], at: .pinned(index + 1), in: .sample, durable: false)
  }
  return journal
}

/// One event of each shape that stores brought.
func eventsOfStores(with text: String) -> [Event] {
  let step = Step.ID(text)
  let offers = [
    StoreOffer(id: text, title: text, note: text, obstacle: text, plaintext: text),
    StoreOffer(id: "offline", title: "your own hands"),
  ]
  return [
    .storesSurveyed(step, StoreSurvey(offers: offers, standard: text)),
    .storesSurveyed(step, StoreSurvey(offers: [], standard: nil)), .storeFailed(step, store: text, reason: text),
    .storeChanged(step, store: text, .typed),
    .credentialHeld(step, CredentialReference(store: "age", name: text), .foundAgain, .tool),
    .credentialKept(step, CredentialReference(store: "age", name: text)),
  ] + verdicts.map { .storeProven(step, store: text, $0, by: text) }
}

/// What a look at something on this computer can find: only an exchange refuses (EventCodingTests).
private let verdicts: [Verdict] = [.yes, .no, .notKnowable]

/// One event of each shape that tells of keys.
func eventsOfKeys(with text: String) -> [Event] {
  let step = Step.ID(text)
  // What is not known is blank there.
  let word = text.isEmpty ? nil : text
  return [
    .keysSurveyed(step, []), .keysSurveyed(step, [KnownKey(name: text, run: word, made: word)]),
    .programProposed(ProgramProposal(name: text, title: text, needs: [])),
    .programProposed(
      ProgramProposal(
        name: text, title: text, needs: [.init(purpose: "a", permissions: ["b", "c"], why: text, source: text)])),
    .keysSurveyed(
      step, [KnownKey(name: text, run: word, made: word, listed: "x" + text), KnownKey(name: "")]),
    .keysSurveyed(
      step,
      [KnownKey(name: "a"), KnownKey(name: text, operation: word, takenIn: word, program: word, owner: "x" + text)]),
    .keyRecalled(
      step, KnownKey(name: text, operation: word, takenIn: word, program: word, owner: word), answers: [step: text]),
    .keysSurveyed(
      step,
      [
        KnownKey(
          name: text,
          copies: [
            CredentialReference(store: "age", name: "gate-io/a"), CredentialReference(store: "pass", name: "b c"),
          ]),
        KnownKey(name: "bot", run: word),
      ]),
    .key(step, KeyEvent(.deleted(CredentialReference(store: "age", name: "x"), history: text))),
    .key(step, KeyEvent(.renamed(CredentialReference(store: "age", name: "x"), to: "y"))),
    .keyRecalled(
      step, KnownKey(name: text, run: word, made: word, listed: word), answers: [step: text, Step.ID(text + "b"): ""]),
    .keyRecalled(step, KnownKey(name: text), answers: [:], accepted: .enter),
    .key(nil, KeyEvent(.operated, key: nil, facts: [:])),
    .key(step, KeyEvent(.reported, key: text, by: text, facts: [text + "f": text, "": ""], unknown: [text: text])),
    .key(step, KeyEvent(.dated, key: text, facts: ["day": text])),
  ]
}
