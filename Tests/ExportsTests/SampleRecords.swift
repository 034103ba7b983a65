import FlowCore
import Records

/// Records of the sample flow, folded from events as a journal's are.
enum Sample: CaseIterable {
  static let digest = "4f1c09aa7be2d1035566778899aabbccddeeff00112233445566778899aabbcc"
  static let scriptDigest = "9d377b10ce778c4938b3c7e2c63a229aa1b2c3d4e5f60718293a4b5c6d7e8f90"

  /// A finished run in which everything that can deviate did.
  case eventful
  /// The same, left at the review.
  case unfinished
  /// A run by a script, with nothing to report.
  case plain
  /// A run that was given up before its end.
  case discarded
  /// A run that nobody has answered yet.
  case untouched
  /// A run that was left and taken up again often.
  case resumed
  /// A run that went round a loop, with all that can be taken back there.
  case rounds

  /// Whose record it is.
  var flow: Flow { self == .rounds ? roundsFlow : sampleFlow }

  var record: Record {
    switch self {
    case .eventful:
      Sample.record(
        Sample.eventfulEvents, run: "7q4m", performer: "Ana Ruiz", owner: "=Desk|1", ticket: Hostile.markup)
    case .unfinished: Sample.record(Sample.eventfulEvents.dropLast(), run: "7q4n")
    case .plain: Sample.record(Sample.plainEvents, run: "7q4p")
    case .discarded:
      Sample.record(
        [.began, .answered("purpose", .choice("other"), words: [:], .enter), .discarded(reason: "the wrong account")],
        run: "7q4q")
    case .untouched: Sample.record([.began], run: "7q4r")
    case .resumed: Sample.record(Sample.resumedEvents, run: "7q4s")
    case .rounds: Sample.record(Sample.roundsEvents, run: "7q4t", flow: roundsFlow)
    }
  }

  /// The same as a record of today, whose pages need not be those of 0.1.0.
  var today: Record {
    var record = self.record
    record.header.format = RunHeader.currentFormat
    return record
  }

  static func record(
    _ events: some Collection<Event>, run: String, flow: Flow = sampleFlow, performer: String? = nil,
    owner: String? = nil, ticket: String? = nil
  ) -> Record {
    let began = Timestamp(milliseconds: 1_795_442_700_000)
    let header = RunHeader(
      format: 1, run: run, flowID: flow.id, flowVersion: flow.version, flowText: "", toolVersion: "0.1.0", user: "ana",
      host: "desk", performer: performer, owner: owner, reference: ticket, began: began)
    let entries = events.enumerated().map { offset, event in
      Entry(
        line: offset + 2, at: Timestamp(milliseconds: began.milliseconds + Int64(offset + 1) * 41_250), event: event)
    }
    return Record(header: header, entries: entries, flow: flow, finalDigest: digest)
  }

  // MARK: - What happened

  private static let script = AnswerSource.script(digest: scriptDigest)

  private static let eventfulEvents: [Event] = [
    .began,
    .answered("purpose", .choice("tax-export"), words: [:], .typed),
    .answered("login", .yes, words: [:], .typed),
    .differed("open-page", "the button is called \(Hostile.markup)", .typed),
    .answered("open-page", .acknowledged, words: [:], .enter),
    .wentBack("label", .typed),
    .answered("open-page", .acknowledged, words: [:], .typed),
    .noted("label", Hostile.hidden, .typed),
    .noted("label", Hostile.formula, .typed),
    .answered("label", .text(Hostile.link), words: [:], .typed),
    .observed("clock", Observation(.yes, by: "the tool's own date")),
    .observed("label-check", Observation(.no, by: "run 6k2a used it")),
    .answered("confirm", .choice("app"), words: [:], .program),
    .suspended(.signal(2)),
    .resumed(Resumption(user: "ben", host: "office", toolVersion: "0.1.1", flowChanged: true, bytesCut: 17)),
    .stillShown("credential", true, .typed),
    .partTaken(
      "credential", PartReceipt(part: "key", publicPart: "0123456789ab", looksRight: .yes, taken: true), .typed),
    .partTaken(
      "credential", PartReceipt(part: "secret", publicPart: "SECRETPREFIX", looksRight: .no, taken: true), .typed),
    .credentialHeld("credential", CredentialReference(store: "pass", name: "gate-io/grid-01"), .readBack, .typed),
    .observed("shape-check", Observation(.notKnowable, by: "the exchange documents no shape")),
    .answered("permissions", .selection(["account", "withdraw"]), words: ["withdraw": "withdraw"], .typed),
    .wentBack("why-no-ip", .typed),
    .answered("permissions", .selection(["spot", "account", "withdraw"]), words: ["withdraw": "withdraw"], .typed),
    .answered("why-no-ip", .text(Hostile.list), words: [:], script),
    .skipped("clipboard", reason: "no clipboard here \(Hostile.hidden)", .typed),
    .reopened("purpose", .typed),
    .answered("purpose", .choice("spot-bot"), words: [:], .typed),
    .answered("label", .text(Hostile.link), words: [:], .enter),
    .redacted(line: 9, reason: "a name was in it"),
    .answered("review", .finished, words: [:], .enter),
  ]

  private static let resumedEvents: [Event] =
    [.began, .answered("purpose", .choice("spot-bot"), words: [:], .typed)]
    + ["ana", "ben", "ana"].flatMap { user -> [Event] in
      [
        .suspended(.quit),
        .resumed(
          Resumption(user: user, host: "desk", toolVersion: "0.1.0", flowChanged: user == "ben", bytesCut: 0)),
      ]
    }

  private static let plainEvents: [Event] = [
    .began,
    .answered("purpose", .choice("spot-bot"), words: [:], script),
    .answered("login", .yes, words: [:], script),
    .answered("open-page", .acknowledged, words: [:], script),
    .answered("label", .text("grid-bot-01"), words: [:], script),
    .noted("label", "runs on the office box", script),
    .observed("clock", Observation(.yes, by: "the tool's own date")),
    .observed("label-check", Observation(.yes, by: "no other run used it")),
    .answered("confirm", .choice("app"), words: [:], script),
    .partTaken("credential", PartReceipt(part: "key", publicPart: nil, looksRight: .notKnowable, taken: false), script),
    .partTaken(
      "credential", PartReceipt(part: "secret", publicPart: nil, looksRight: .notKnowable, taken: false), script),
    .credentialHeld("credential", CredentialReference(store: "offline"), .none, script),
    .observed("shape-check", Observation(.notKnowable, by: "not pasted")),
    .answered("permissions", .selection([]), words: [:], script),
    .answered("why-no-ip", .text("the box has no fixed address"), words: [:], script),
    .answered("clipboard", .acknowledged, words: [:], script),
    .answered("review", .finished, words: [:], script),
  ]
}
