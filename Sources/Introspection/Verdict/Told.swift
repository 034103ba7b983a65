/// What was told of each fact, and why the others were not.
struct Told {
  private let values: [KeyFact: KeyObservation.Value]

  /// - Parameter observations: one of each fact, as `ExchangeAPI.settled` leaves them.
  init(_ observations: [KeyObservation]) {
    values = Dictionary(observations.map { ($0.fact, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  subscript(fact: KeyFact) -> FactValue? { if case .told(let value)? = values[fact] { value } else { nil } }

  /// Why nobody can tell; nil where it was told, or not asked.
  func reason(_ fact: KeyFact) -> String? {
    if case .notKnowable(let reason)? = values[fact] { reason } else { nil }
  }

  func truth(_ fact: KeyFact) -> Bool? { if case .truth(let truth)? = self[fact] { truth } else { nil } }
  func texts(_ fact: KeyFact) -> [String]? { if case .texts(let texts)? = self[fact] { texts } else { nil } }
  func text(_ fact: KeyFact) -> String? { if case .text(let text)? = self[fact] { text } else { nil } }
  func moment(_ fact: KeyFact) -> Int? { if case .moment(let moment)? = self[fact] { moment } else { nil } }
  func isNever(_ fact: KeyFact) -> Bool { self[fact] == .never }
  var keys: [ListedKey]? { if case .keys(let keys)? = self[.otherKeys] { keys } else { nil } }
  var grants: [Grant]? { if case .grants(let grants)? = self[.permissions] { grants } else { nil } }

  /// Whether it is bound to addresses; nil where nobody can tell.
  var isBound: Bool? { texts(.addresses).map { !$0.isEmpty } ?? truth(.bound) }
}
