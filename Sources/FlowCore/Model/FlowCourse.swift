/// What is worked out of a flow's steps once, by their places in order: shipped flows are kept with it.
public struct FlowCourse: Equatable, Sendable {
  /// The steps of the straight way: those that a run comes to from the beginning along the defaults.
  public let straight: [Int]
  /// The steps that others look at.
  public let steering: [Int]

  public init(straight: [Int], steering: [Int]) { (self.straight, self.steering) = (straight, steering) }
}
