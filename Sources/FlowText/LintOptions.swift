/// What the linter can look at only if it is told more than the flow says.
public struct LintOptions: Equatable, Sendable {
  /// The day on which the sources are looked at, `YYYY-MM-DD`; none: their age is not looked at.
  public var today: String?
  /// How many days old a source may be.
  public var staleDays: Int?
  /// The hosts that addresses may have; none: any.
  public var officialHosts: [String]?

  public init(today: String? = nil, staleDays: Int? = nil, officialHosts: [String]? = nil) {
    self.today = today
    self.staleDays = staleDays
    self.officialHosts = officialHosts
  }
}
