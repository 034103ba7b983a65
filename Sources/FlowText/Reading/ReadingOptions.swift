package import FlowCore

/// Which flow is read, and what is looked for in it besides what a run needs.
public struct ReadingOptions: Sendable {
  public enum Subject: Equatable, Sendable {
    /// One's own: whatever can be found in it is looked for.
    case own
    /// A shipped one that is run: tests have proven it.
    case shipped
    /// A shipped one that is checked as one's own is; of its text tests know that a record reads as the same flow.
    case shippedToCheck
    /// One that a record keeps: the run was walked already, and nobody can change it. It says all of itself, and what looks
    /// like a parameter is plain text.
    case recorded
  }

  public var subject: Subject
  /// Looks at a whole flow, or at what was noted of a pack, and reports what it finds.
  package typealias Check = @Sendable (Flow?, LintNotes, Findings) -> Void
  package var check: Check?
  /// Looks at what was noted of one step, and reports what it finds. A step that several flows include is looked at once.
  package typealias StepCheck = @Sendable (inout LintNotes, Findings) -> Void
  package var checkStep: StepCheck?

  /// What may not stand in the requests of an API; nil for one of Keyusher's own.
  public var requestRules: RequestRules?

  var isProven: Bool { subject == .shipped || subject == .recorded }

  public init(_ subject: Subject = .own) { self.subject = subject }
}
