/// What the linter can look at only if it is told more than the flow says.
public struct LintOptions: Equatable, Sendable {
  /// The day of the lint, `YYYY-MM-DD`; none: the days of sources are not looked at.
  public var today: String?
  /// How many days old a source may be; none: any.
  public var staleDays: Int?
  /// The hosts that addresses may have; none: any.
  public var officialHosts: [String]?

  /// Whether the flow is taken as proven: a shipped one when it is run, since tests lint it, and one that a record keeps,
  /// since the run was walked already.
  public var isProven: Bool

  /// Whether the flow is one that a record keeps: it says all of itself, and what looks like a parameter is plain text,
  /// as it was before there were any.
  public var isRecorded: Bool

  /// Whether somebody could mend what is found: nobody changes a flow on record, and runs of it go on.
  var isMendable: Bool { !isProven && !isRecorded }

  /// Whether it is known that the flow reads as the same from a record: of the shipped ones tests know it.
  public var isBound: Bool

  public init(
    today: String? = nil, staleDays: Int? = nil, officialHosts: [String]? = nil, isProven: Bool = false,
    isRecorded: Bool = false, isBound: Bool = false
  ) {
    self.isBound = isBound
    self.isProven = isProven
    self.isRecorded = isRecorded
    self.today = today
    self.staleDays = staleDays
    self.officialHosts = officialHosts
  }
}
