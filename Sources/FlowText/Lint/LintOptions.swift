/// What the linter can look at only if it is told more than the flow says.
public struct LintOptions: Equatable, Sendable {
  /// Which flow is read, and what for.
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

  /// The day of the lint, `YYYY-MM-DD`; none: the days of sources are not looked at.
  public var today: String?
  /// How many days old a source may be; none: any.
  public var staleDays: Int?
  /// The hosts that addresses may have; none: any.
  public var officialHosts: [String]?
  public var subject: Subject

  var isProven: Bool { subject == .shipped || subject == .recorded }

  public init(
    today: String? = nil, staleDays: Int? = nil, officialHosts: [String]? = nil, subject: Subject = .own
  ) {
    self.today = today
    self.staleDays = staleDays
    self.officialHosts = officialHosts
    self.subject = subject
  }
}
