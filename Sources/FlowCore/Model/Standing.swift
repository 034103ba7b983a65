/// What an answer is worth: never mixed, in code or on screen.
public enum Standing: Equatable, Sendable {
  /// A choice or a name.
  case answered
  /// A person says so.
  case claimed
  /// A script or a program says so; never shown as claimed.
  case scripted
  /// The tool looked, by these means.
  case verified(Verdict, by: String)
  /// The exchange was asked, and says so: `by` has who said what.
  case reported(Verdict, by: String)
  case skipped(reason: String)
}

/// An answer that stands, and how it came about.
public struct Given: Equatable, Sendable {
  /// None: skipped.
  public var answer: Answer?
  public var source: AnswerSource
  public var standing: Standing

  public init(answer: Answer?, source: AnswerSource, standing: Standing) {
    self.answer = answer
    self.source = source
    self.standing = standing
  }

  public var isSkipped: Bool { answer == nil }
}
