/// What people call a part of a walk: consecutive steps that belong together.
public struct Section: Hashable, Sendable {
  public var title: String
  /// Which key it is about, where a flow makes several.
  public var key: String?

  public init(_ title: String, key: String? = nil) {
    self.title = title
    self.key = key
  }

  /// What is asked before any page is opened. It counts as 0, and as no part of the way.
  public static let preparation = "Before you begin"
  /// The look back at the end. It comes after the last part, and is none itself.
  public static let review = "Review"

  /// Whether it is one of the parts that are counted.
  public var isPart: Bool { title != Self.preparation && title != Self.review }
}
