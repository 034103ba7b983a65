import Introspection

extension KeyObservation {
  /// One line, for comparison.
  var rendered: String {
    switch value {
    case .told(let value): "\(fact.rawValue): \(value.rendered)"
    case .notKnowable(let reason): "\(fact.rawValue)? \(reason)"
    }
  }
}

extension FactValue {
  var rendered: String {
    switch self {
    case .truth(let truth): truth ? "yes" : "no"
    case .text(let text): "'\(text)'"
    case .texts(let texts): texts.isEmpty ? "none" : texts.joined(separator: ", ")
    case .moment(let seconds): String(seconds)
    case .never: "never"
    case .grants(let grants): grants.map(\.rendered).joined(separator: "; ")
    case .keys(let keys): keys.isEmpty ? "none" : keys.map { "\($0)" }.joined(separator: "; ")
    }
  }
}

extension Grant {
  fileprivate var rendered: String {
    let mode = isReadOnly.map { $0 ? " (only reads)" : " (reads and writes)" } ?? ""
    guard let meaning else { return "\(name)\(mode) = unknown" }
    return "\(name)\(mode) = \(meaning.title) [\(meaning.permission ?? "-"), \(meaning.risk.rawValue)]"
  }
}

extension KeyReading {
  var rendered: [String] {
    switch self {
    case .told(let told):
      [told.isAccepted ? "accepted" : "not shown to be accepted"]
        + told.taken.sorted { $0.key < $1.key }.map { "takes on \($0.key): \($0.value)" }
        + told.observations.map(\.rendered)
    case .askInstead(let request): ["ask \(request)"]
    case .failed(let failure):
      ["failed: \(failure.causes.map(\.rawValue).joined(separator: ", "))", "came: \(failure.came)"]
    }
  }
}
