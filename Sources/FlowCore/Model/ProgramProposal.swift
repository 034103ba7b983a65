/// The program for which a run is begun, and what its pack says that a key must be allowed for it.
public struct ProgramProposal: Equatable, Sendable {
  public struct Need: Equatable, Sendable {
    /// What the program is used for.
    public var purpose: Option.ID
    public var permissions: [Option.ID]
    /// Why, in a sentence, and on whose word.
    public var why: String
    public var source: String

    public init(purpose: Option.ID, permissions: [Option.ID], why: String, source: String) {
      (self.purpose, self.permissions, self.why, self.source) = (purpose, permissions, why, source)
    }
  }

  /// The name of its pack.
  public var name: String
  /// What people call it.
  public var title: String
  /// The usual one first.
  public var needs: [Need]

  public init(name: String, title: String, needs: [Need]) {
    (self.name, self.title, self.needs) = (name, title, needs)
  }
}
