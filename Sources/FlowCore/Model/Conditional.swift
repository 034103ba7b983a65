/// A value that holds under a condition on earlier answers.
///
/// What its value must be is not demanded here: at each start the runtime would look that up among all the program's types.
public struct Conditional<Value> {
  /// None: always.
  public var guardCondition: Guard?
  public var value: Value

  public init(when guardCondition: Guard? = nil, _ value: Value) {
    self.guardCondition = guardCondition
    self.value = value
  }
}

extension Conditional: Equatable where Value: Equatable {}
extension Conditional: Sendable where Value: Sendable {}

extension Conditional: ExpressibleByUnicodeScalarLiteral where Value == Template {
  public init(unicodeScalarLiteral value: String) { self.init(Template(value)) }
}

extension Conditional: ExpressibleByExtendedGraphemeClusterLiteral where Value == Template {
  public init(extendedGraphemeClusterLiteral value: String) { self.init(Template(value)) }
}

extension Conditional: ExpressibleByStringLiteral where Value == Template {
  public init(stringLiteral value: String) { self.init(Template(value)) }
}

extension [Conditional<Template>] {
  /// The steps whose answers decide which of the texts are said, and stand in them.
  var reads: [Step.ID] { flatMap { ($0.guardCondition?.reads ?? []) + $0.value.reads } }
}
