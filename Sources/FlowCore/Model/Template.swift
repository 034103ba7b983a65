/// Text with holes for earlier answers: `The label is {label}.`
public struct Template: Equatable, Sendable, ExpressibleByStringLiteral {
  public enum Segment: Equatable, Sendable {
    case literal(String)
    /// `{step}`: an answer in a person's words. `{step.id}`: the ids of its options, or the text itself.
    case answer(Step.ID, asID: Bool)
    /// `{step.name}`: what the credential of a step is called in its store.
    case name(Step.ID)
    /// `{step.means}`: how a check knows what it found.
    case means(Step.ID)
    /// `{step.as}`: ` --as NAME`, if the answer names the program for which the run was begun.
    case program(Step.ID)
  }

  public var segments: [Segment]

  public init(segments: [Segment]) { self.segments = segments }
  public init(_ literal: String) { self.segments = [.literal(literal)] }
  public init(stringLiteral value: String) { self.init(value) }

  /// The steps whose answers it uses.
  public var reads: [Step.ID] {
    segments.compactMap { segment in
      switch segment {
      case .literal: nil
      case .answer(let id, _), .name(let id), .means(let id), .program(let id): id
      }
    }
  }
}
