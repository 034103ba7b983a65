/// A value that holds under a condition on earlier answers.
public struct Conditional<Value: Equatable & Sendable>: Equatable, Sendable {
  /// None: always.
  public var guardCondition: Guard?
  public var value: Value

  public init(when guardCondition: Guard? = nil, _ value: Value) {
    self.guardCondition = guardCondition
    self.value = value
  }
}

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
