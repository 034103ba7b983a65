import FlowText
import Introspection
import PlainText
import Records

/// What programs are told of it.
extension KeyVerification {
  var json: JSON {
    let lines = verdict?.lines.map(VerificationJSON.line) ?? []
    let clocks = outcome.asked.compactMap(VerificationJSON.clock)
    let causes = outcome.failure?.causes.map { JSON.text($0.rawValue) } ?? []
    return .fields([
      "name": .text(name), "store": .text(store), "exchange": .text(pack.id), "result": .text(result.rawValue),
      "summary": .text(summary), "plan": .given(plan?.source), "proxied": .flag(outcome.isProxied),
      "lines": .array(lines), "facts": .array(clocks + outcome.observations.map(VerificationJSON.fact)),
      "asked": .array(outcome.asked.map(VerificationJSON.asked)),
      "tried": .array(outcome.tries.map(VerificationJSON.attempt)), "foundAt": .given(outcome.foundAt?.id),
      "otherKeyCount": otherKeys.map { .count($0.count) },
      "otherKeys": otherKeys.map { .array($0.prefix(OtherKey.mostInJSON).map(\.json)) },
      "causes": .array(causes),
      "odd": .array(oddParts.map { ["part": .text($0.name), "words": .text($0.words)] }),
      "oneTimePassword": .given(outcome.password?.rawValue),
      "code": .given(outcome.failure?.code), "came": .given(outcome.failure?.came),
      "via": asker.isElsewhere ? .text(asker.name) : nil,
      "pause": outcome.closing?.failure.pause.map { JSON.integer(Int64($0)) },
    ])
  }
}

extension KeyVerification {
  /// The same of a key that was not asked about.
  static func json(of name: String, at exchange: String, in store: String, _ why: CommandError) -> JSON {
    [
      "name": .text(name), "store": .text(store), "exchange": .text(exchange),
      "result": .text(Result.notAsked.rawValue), "summary": .text(why.message), "proxied": false, "lines": [],
      "facts": [], "asked": [], "tried": [], "causes": [], "odd": [],
    ]
  }
}

private enum VerificationJSON {
  static func line(_ line: KeyVerdict.Line) -> JSON {
    let (end, planned): (String, String?) =
      switch line.end {
      case .asPlanned: ("as-planned", nil)
      case .tooWide(let planned): ("too-wide", planned)
      case .missing(let planned): ("missing", planned)
      case .noted: ("noted", nil)
      case .notKnowable: ("not-knowable", nil)
      }
    return .fields([
      "subject": .text(subject(line.subject)), "text": .text(line.text), "end": .text(end), "planned": .given(planned),
      "change": .given(line.change),
    ])
  }

  static func asked(_ asked: KeyQuestioning.Asked) -> JSON {
    [
      "request": .text(asked.request), "host": .text(asked.host),
      "at": .text(Timestamp(milliseconds: Int64(asked.at)).description), "digest": .text(asked.digest),
    ]
  }

  static func attempt(_ attempt: KeyQuestioning.Try) -> JSON {
    .fields([
      "environment": .text(attempt.environment.id), "host": .text(attempt.environment.hostName),
      "causes": .array(attempt.failure?.causes.map { .text($0.rawValue) } ?? []),
      "came": .given(attempt.failure?.came),
    ])
  }

  static func fact(_ observation: KeyObservation) -> JSON {
    let (text, reason): (String?, String?) =
      switch observation.value {
      case .told(let value): (value.text, nil)
      case .notKnowable(let reason): (nil, reason)
      }
    return .fields([
      "name": .text(observation.fact.rawValue), "text": .given(text), "reason": .given(reason),
      "request": .given(observation.request),
    ])
  }

  /// Of the clocks, what is on record of them.
  static func clock(_ asked: KeyQuestioning.Asked) -> JSON? {
    asked.clock.map { offset in
      [
        "name": .text(KeyVerification.clockOffset), "text": .text(offset.words()), "request": .text(asked.request),
      ]
    }
  }

  private static func subject(_ subject: KeyVerdict.Subject) -> String {
    switch subject {
    case .right(let name): "right \(name)"
    case .withdrawal: "withdrawal"
    case .addresses: "ip-list"
    case .expiry: "expiry"
    case .state: "state"
    case .label: "label"
    case .pairs: "pairs"
    case .account: "account"
    case .environment: "environment"
    case .otherKeys: "other-keys"
    case .nonce: "nonce"
    case .past: "past"
    case .rule: "expiry"
    }
  }
}
