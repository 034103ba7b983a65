/// What was told of each fact, and why the others were not. Of answers that contradict each other none is believed.
struct Told {
  private var values: [KeyFact: FactValue] = [:]
  private var reasons: [KeyFact: String] = [:]
  private static let contradiction = "two of its answers contradict each other"

  init(_ observations: [KeyObservation]) {
    for observation in observations {
      let fact = observation.fact
      switch observation.value {
      case .told(let value):
        guard reasons[fact] != Told.contradiction else { continue }
        if let other = values[fact], other.inOrder != value.inOrder {
          values[fact] = nil
          reasons[fact] = Told.contradiction
        } else {
          values[fact] = value
        }
      case .notKnowable(let reason):
        if reasons[fact] == nil { reasons[fact] = reason }
      }
    }
  }

  subscript(fact: KeyFact) -> FactValue? { values[fact] }

  /// Why nobody can tell; nil where it was told, or not asked.
  func reason(_ fact: KeyFact) -> String? { values[fact] == nil ? reasons[fact] : nil }

  func truth(_ fact: KeyFact) -> Bool? { if case .truth(let truth)? = values[fact] { truth } else { nil } }
  func texts(_ fact: KeyFact) -> [String]? { if case .texts(let texts)? = values[fact] { texts } else { nil } }
  func text(_ fact: KeyFact) -> String? { if case .text(let text)? = values[fact] { text } else { nil } }
  func moment(_ fact: KeyFact) -> Int? { if case .moment(let moment)? = values[fact] { moment } else { nil } }
  func isNever(_ fact: KeyFact) -> Bool { values[fact] == .never }
  var grants: [Grant]? { if case .grants(let grants)? = values[.permissions] { grants } else { nil } }

  /// Whether it is bound to addresses; nil where nobody can tell.
  var isBound: Bool? { texts(.addresses).map { !$0.isEmpty } ?? truth(.bound) }
}

extension FactValue {
  /// Lists in an order of their own: an exchange's order says nothing.
  fileprivate var inOrder: FactValue { if case .texts(let texts) = self { .texts(texts.sorted()) } else { self } }
}
