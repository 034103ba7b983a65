/// What the linter can look at only if it is told more than the flow says.
public struct LintOptions: Equatable, Sendable {
  /// The day on which the sources are looked at, `YYYY-MM-DD`; none: their age is not looked at.
  public var today: String?
  /// How many days old a source may be.
  public var staleDays: Int?
  /// The hosts that addresses may have; none: any.
  public var officialHosts: [String]?

  /// Whether the flow is taken as proven: a shipped one when it is run, since tests lint it, and one that a record keeps,
  /// since the run was walked already.
  public var isProven: Bool

  public init(today: String? = nil, staleDays: Int? = nil, officialHosts: [String]? = nil, isProven: Bool = false) {
    self.isProven = isProven
    self.today = today
    self.staleDays = staleDays
    self.officialHosts = officialHosts
  }
}
