/// Events as payloads: one flat object, for example
/// `{"answer":"choice","at":"2026-11-23T14:05:09.000Z","event":"answered","mouth":"typed","standing":"answered",`
/// `"step":"purpose","value":"spot-bot"}`.
///
/// | event | its fields, `at` and `event` apart |
/// |---|---|
/// | began | |
/// | shown | step?, sentences |
/// | answered | step, answer and what belongs to it (`AnswerCoding.swift`), words?, mouth; of an observation mouth is tool |
/// | stores-surveyed | step, stores (their ids), titles, notes?, obstacles?, plaintext? (texts by id), standard? |
/// | keys-surveyed | step, keys (names), runs, made, listed, operations?, takenIns?, programs?, owners?, copies? (of each; blank where there is none) |
/// | key-recalled | step, key (its name), run?, made?, listed?, operation?, takenIn?, program?, owner?, answers (by step), mouth? (who said that all is still so) |
/// | program-proposed | program (the name of its pack), title, purposes, permissions, why, sources (of each need) |
/// | key-reported, key-operated, key-dated | step?, key?, by?, facts, unknown? (texts by name) |
/// | store-proven | step, store, verdict (yes, no, not-knowable), by |
/// | store-failed | step, store, reason |
/// | store-changed | step, store, mouth |
/// | part-taken | step, part, publicPart?, looksRight (yes, no, not-knowable), taken, mouth |
/// | credential-held | step, store, name?, proof (read-back, found-again, last-four-matched, none), mouth |
/// | credential-kept | step, store, name? |
/// | keeping-failed | step, reason |
/// | still-shown | step, shown, mouth |
/// | skipped | step, reason, mouth |
/// | differed, noted | step, text, mouth |
/// | went-back, reopened | step, mouth |
/// | suspended | interruption (quit, input-ended, signal, lost), signal? |
/// | resumed | user, host, performer?, tool, flowChanged, bytesCut |
/// | discarded | reason |
/// | redacted | line, reason, tombstone? |
///
/// A mouth is typed, enter, script, program or tool; a script's digest stands under `script`. `standing` says in words what
/// an answer is worth at its step: for people who read the file, ignored when it is read back.
enum EventKind: String, CaseIterable {
  case began, shown, answered
  case partTaken = "part-taken"
  case storesSurveyed = "stores-surveyed"
  case keysSurveyed = "keys-surveyed"
  case keyRecalled = "key-recalled"
  case programProposed = "program-proposed"
  case keyReported = "key-reported"
  case keyOperated = "key-operated"
  case keyDated = "key-dated"
  case storeProven = "store-proven"
  case storeFailed = "store-failed"
  case storeChanged = "store-changed"
  case credentialHeld = "credential-held"
  case credentialKept = "credential-kept"
  case keepingFailed = "keeping-failed"
  case stillShown = "still-shown"
  case skipped, differed, noted
  case wentBack = "went-back"
  case reopened, suspended, resumed, discarded, redacted

  /// The fields with what a person typed or saw, or names of people and hosts; those of an answer depend on what it is.
  var fieldsOfFreeText: [String] {
    switch self {
    case .shown: ["sentences"]
    case .differed, .noted: ["text"]
    case .storeFailed, .keepingFailed, .skipped, .discarded, .redacted: ["reason"]
    case .resumed: ["user", "host", "performer"]
    case .partTaken: ["publicPart"]
    case .keysSurveyed: ["keys", "listed", "programs", "owners", "copies"]
    case .keyRecalled: ["key", "listed", "program", "owner", "answers"]
    case .keyReported, .keyOperated, .keyDated: ["key", "by", "facts", "unknown"]
    case .began, .programProposed, .answered, .storesSurveyed, .storeProven, .storeChanged, .credentialHeld,
      .credentialKept, .stillShown,
      .wentBack, .reopened, .suspended:
      []
    }
  }

  /// Whether a run can end with it. After every other kind there is more to come.
  var canBeLast: Bool {
    [.answered, .storeProven, .credentialHeld, .credentialKept, .skipped, .stillShown, .discarded].contains(self)
  }
}
