/// A numbered deviation, as a root-key ceremony lists them.
public struct RunException: Equatable, Sendable {
  public enum Kind: String, Equatable, Sendable, CaseIterable {
    case skip
    case pageDiffers = "page-differs"
    /// A dangerous option was taken.
    case override
    /// An earlier answer was changed.
    case correction
    case interruption
    case warning
    /// The credential went into another store than was planned.
    case storeChanged = "store-changed"
  }

  public enum Resolution: Equatable, Sendable {
    case open
    /// The condition no longer holds, or the run went on.
    case corrected
    /// A person gave a reason to leave it so.
    case accepted(reason: String)
    /// Nothing is left to do about it: it is on record.
    case recorded
  }

  /// From 1, in the order of their happening.
  public var number: Int
  /// The step at which it happened.
  public var step: Step.ID
  public var kind: Kind
  /// The warning's code, for a warning.
  public var code: String?
  /// What happened, in the person's words or made of the facts.
  public var what: String
  public var resolution: Resolution

  public init(number: Int, step: Step.ID, kind: Kind, code: String?, what: String, resolution: Resolution) {
    self.number = number
    self.step = step
    self.kind = kind
    self.code = code
    self.what = what
    self.resolution = resolution
  }
}
