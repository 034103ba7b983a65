/// What a check found. It never holds a secret.
public struct Observation: Equatable, Sendable {
  public var verdict: Verdict
  /// By what means it is known, for a person.
  public var means: String
  /// What was learnt besides, in the order in which it is told. The journal keeps none of them yet.
  public var facts: [Fact]
  /// One thing that was learnt, such as a right that a key has.
  public struct Fact: Equatable, Sendable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public init(_ verdict: Verdict, by means: String, facts: [Fact] = []) {
    self.verdict = verdict
    self.means = means
    self.facts = facts
  }

  /// The verdict as an answer at its step.
  public var answer: Answer { .verdict(verdict, by: means) }
}

/// What looking can find. A Boolean here would some day print a false "verified".
public enum Verdict: String, Equatable, Sendable, CaseIterable {
  case yes, no
  /// A no of an exchange: it does not take the key, so that nothing can be said of what the key may do.
  case refused
  case notKnowable = "not-knowable"
}
