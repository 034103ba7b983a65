/// A flow: a state machine whose steps stand in the order of its file.
public struct Flow: Equatable, Sendable {
  /// `PROVIDER/NAME`, for example `gate-io/create-key`.
  public let id: String
  /// The version of the flow itself, raised by its author when its meaning changes.
  public let version: Int
  public let title: String
  public let summary: String
  /// How long an unhurried person takes, in minutes.
  public let minutes: Int?
  public let steps: [Step]
  /// Where each step stands in `steps`.
  public let indices: [Step.ID: Int]
  /// The shapes of the credential parts this flow takes. Kept, since every typed line is held against them.
  public let credentialShapes: [CredentialPart]
  /// Where each step can lead, by their places. Conditions are not weighed.
  package let successors: [[Int]]
  /// The sections, in their order; none in a flow without them.
  public var parts: [SectionPlace] { numbering.parts }
  var numbering = Numbering()
  /// What was worked out of its steps; none in a flow without sections, or before it is `numbered`.
  public internal(set) var course: FlowCourse?

  /// Makes a flow. The steps' ids are unique and every target exists: what reads flows reports anything else as a finding.
  ///
  /// - Parameter course: what was worked out of the same steps before.
  public init(
    id: String, version: Int, title: String, summary: String, minutes: Int? = nil, steps: [Step],
    course: FlowCourse? = nil
  ) {
    self.id = id
    self.version = version
    self.title = title
    self.summary = summary
    self.minutes = minutes
    self.steps = steps
    // The steps are looked at where they stand: each is a large value.
    let indices = Dictionary(
      steps.indices.map { (steps[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
    self.indices = indices
    self.credentialShapes = steps.indices.flatMap { place -> [CredentialPart] in
      if case .credential(let rule) = steps[place].body { rule.parts } else { [] }
    }
    self.successors = steps.indices.map { place in
      let named = steps[place].targets.compactMap { indices[$0] }
      return steps[place].goesOn && place + 1 < steps.count ? named + [place + 1] : named
    }
    self.course = course
    numbering = Numbering(of: self, straight: course.map { Set($0.straight) })
  }

  public static func == (left: Flow, right: Flow) -> Bool {
    left.id == right.id && left.version == right.version && left.title == right.title
      && left.summary == right.summary && left.minutes == right.minutes && left.steps == right.steps
  }

  /// The exchange that it is for, for example `gate-io`.
  public var provider: String { String(id.prefix { $0 != "/" }) }

  public subscript(id: Step.ID) -> Step? {
    indices[id].map { steps[$0] }
  }

  /// The number of a step, the same in every walk and on every page: "3.2", of a side step "3.2a". Ends have none, nor have
  /// checks; in a flow without sections it is the place among the steps that are no ends, from "1".
  public func number(of id: Step.ID) -> String? { indices[id].flatMap { numbering.labels[$0] } }

  /// The section of a step.
  public func part(of id: Step.ID) -> SectionPlace? { indices[id].flatMap { numbering.sections[$0] }.map { parts[$0] } }

  /// What a person must have at hand from the start, folded from the steps' own `needs`, each thing once.
  ///
  /// Of a step that is required only where it is asked nothing is said: it stands on a branch, and an emergency that may
  /// end with a new key must not begin with what that key will want.
  public var needs: [String] {
    var seen: Set<String> = []
    return steps.filter { $0.onEveryWay || !$0.required }.flatMap(\.needs).filter { seen.insert($0).inserted }
  }
}

extension Flow {
  /// The steps to which a run that stands at one can still come, this one included, without going back.
  ///
  /// Conditions are not weighed, so that a step which is missing here is certainly not on the way any more.
  public func reachable(from id: Step.ID) -> Set<Step.ID> {
    guard let start = indices[id] else { return [] }
    var reached: Set = [start]
    var open = [start]
    while let step = open.popLast() {
      for next in successors[step] where reached.insert(next).inserted { open.append(next) }
    }
    return Set(reached.map { steps[$0].id })
  }
}

extension Flow {
  /// Whether its pages are all on this computer, as those of the demo: what is said of exchanges' pages is not said of these.
  public var isOnThisComputer: Bool {
    let addresses = steps.compactMap(\.url)
    return !addresses.isEmpty && addresses.allSatisfy { $0.hasPrefix("http://127.0.0.1") }
  }

  /// Whether an exchange is asked about the credential of a step.
  public func asksExchange(about credential: Step.ID) -> Bool {
    steps.contains { step in
      if case .check(let check) = step.body { check.asksExchange && check.reads.contains(credential) } else { false }
    }
  }
}

extension Flow {
  /// The last step of a role that something is true of.
  ///
  /// The steps are looked at where they stand: each is a large value, and lists of runs ask this of many flows.
  public func lastStep(as role: Step.Role, where fits: (Step.ID) -> Bool) -> Step? {
    let place = steps.indices.last { steps[$0].role == role && fits(steps[$0].id) }
    return place.map { steps[$0] }
  }

  /// Whether a run ends with the answer of a step: a review, from which every way leads to an end.
  public func ends(after id: Step.ID) -> Bool {
    guard let place = indices[id], steps[place].body == .review else { return false }
    return !successors[place].isEmpty && successors[place].allSatisfy { steps[$0].isEnd }
  }
}
