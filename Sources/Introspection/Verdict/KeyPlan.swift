/// What a key was meant to be: what the run that made it asked and was told, or what its purpose needs.
public struct KeyPlan: Equatable, Sendable {
  /// The permissions of the exchange's pack, by id; nil where nobody said.
  public var permissions: [String]?
  public var addresses: Addresses
  /// What the exchange's list calls it; nil where nobody said.
  public var label: String?
  /// Where the plan stands: "run 7q4m", "what a spot bot needs".
  public var source: String

  public enum Addresses: Equatable, Sendable {
    case notSaid
    /// It was to have no list.
    case none
    /// A list; its addresses are not on record.
    case some
    case these([String])
  }

  /// The permission that stands for those which can't be compared by name.
  public static let other = "other"

  public init(permissions: [String]?, addresses: Addresses, label: String? = nil, source: String) {
    self.permissions = permissions
    self.addresses = addresses
    self.label = label
    self.source = source
  }
}

/// A permission as the exchange's page has it, from its pack.
public struct PagePermission: Equatable, Sendable {
  public var id: String
  /// "spot read and write"
  public var title: String
  public var risk: Grant.Risk
  /// The permissions that include this one, by id.
  public var within: [String]

  public init(id: String, title: String, risk: Grant.Risk, within: [String]) {
    self.id = id
    self.title = title
    self.risk = risk
    self.within = within
  }
}
