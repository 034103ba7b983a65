public import FlowCore

/// A flow as people draw it: its steps and ends, the ways between them, and where a run went. Each format only spells it.
public struct Picture: Equatable, Sendable {
  struct Node: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
      case plain, store, credential, check, review
      case end(Outcome)
    }

    var id: String
    /// The number on the form; an end has none.
    var number: String?
    var title: String
    var kind: Kind
    var isRequired: Bool
    /// How often the run came here.
    var visits: Int
    /// Where the run is, if it is here.
    var standing: String?
  }

  /// A section, drawn around its steps and ends.
  struct Box: Equatable, Sendable {
    var title: String
    var nodes: Range<Int>
  }

  struct Edge: Equatable, Sendable {
    /// Places in `nodes`.
    var from: Int
    var to: Int
    /// When it is taken; empty where there is no other way.
    var labels: [String]
    var isUsual: Bool
    /// The places at which the run took it, from 1.
    var taken: [Int]

    /// Whether it leads up in the file: a loop, or a way that comes back from a side branch.
    var isBack: Bool { to <= from }
  }

  let flow: String
  let version: Int
  let title: String
  let nodes: [Node]
  /// The sections, each with the places of its nodes; none where the flow has no sections.
  let boxes: [Box]
  let edges: [Edge]
  /// Where the run is, in a line; nil if no run is shown.
  let caption: String?

  /// Whether a run is shown.
  var hasRun: Bool { caption != nil }

  public init(of flow: Flow, walked way: WalkedWay? = nil) {
    self.flow = flow.id
    version = flow.version
    title = flow.title
    caption = way?.caption
    var visits: [Step.ID: Int] = [:]
    for id in way?.steps ?? [] { visits[id, default: 0] += 1 }
    nodes = flow.steps.map { step in
      Node(
        id: step.id.rawValue, number: flow.number(of: step.id),
        title: step.title.isEmpty ? "\(step.id)" : step.title,
        kind: Node.Kind(step.body), isRequired: step.required, visits: visits[step.id] ?? 0,
        standing: way?.remark(at: step))
    }
    boxes = flow.parts.compactMap { part in
      let inside = flow.steps.indices.filter { flow.part(of: flow.steps[$0].id) == part }
      guard let first = inside.first, let last = inside.last else { return nil }
      return Box(title: part.title, nodes: first..<(last + 1))
    }
    edges = Picture.edges(of: flow, way?.steps ?? [])
  }

  // MARK: - Private

  /// The ways of every step, those with one target joined.
  private static func edges(of flow: Flow, _ walked: [Step.ID]) -> [Edge] {
    var taken: [Int: [Int: [Int]]] = [:]
    for (place, (from, to)) in zip(walked, walked.dropFirst()).enumerated() {
      guard let from = flow.indices[from], let to = flow.indices[to] else { continue }
      taken[from, default: [:]][to, default: []].append(place + 1)
    }
    var edges: [Edge] = []
    for (index, ways) in flow.provenWays.enumerated() {
      let labels = WayLabels(flow.steps[index])
      var places: [Int: Int] = [:]
      for way in ways {
        guard let target = flow.indices[way.to] else { continue }
        let place = places[target] ?? edges.count
        if place == edges.count {
          places[target] = place
          edges.append(
            Edge(from: index, to: target, labels: [], isUsual: false, taken: taken[index]?[target] ?? []))
        }
        edges[place].labels += [labels[way]].compactMap { $0 }
        if labels.isUsual(way) { edges[place].isUsual = true }
      }
    }
    return edges
  }
}

extension Picture.Node.Kind {
  fileprivate init(_ body: Step.Body) {
    self =
      switch body {
      case .store: .store
      case .credential: .credential
      case .check: .check
      case .review: .review
      case .end(let ending): .end(ending.outcome)
      case .tell, .confirm, .choose, .select, .text: .plain
      }
  }
}

// MARK: - Words

extension Picture {
  /// What stands above every picture.
  var heading: String { "\(title) (\(flow), version \(version))" }

  /// The places of a way, told in part where there are many.
  static func places(_ taken: [Int]) -> String {
    if taken.count > 4 {
      return taken.prefix(2).map(String.init).joined(separator: ", ")
        + ", ... \(taken[taken.count - 1]): \(taken.count) times"
    }
    return taken.map(String.init).joined(separator: ", ")
  }
}

extension Picture.Node {
  /// What is to be known of it beside its title.
  var notes: [String] {
    // A review is mostly called so, and an end without a title is called by its outcome.
    let word = kind.word == title.lowercased() ? nil : kind.word
    return [word, isRequired ? "required" : nil, visits > 1 ? "visited \(visits) times" : nil, standing].compactMap {
      $0
    }
  }

  var isEnd: Bool { if case .end = kind { true } else { false } }
}

extension Picture.Node.Kind {
  fileprivate var word: String? {
    switch self {
    case .plain: nil
    case .store: "store"
    case .credential: "takes the key"
    case .check: "check by the tool"
    case .review: "review"
    case .end(let outcome): outcome.rawValue
    }
  }
}

extension Picture.Edge {
  /// When it is taken, in one line; empty where there is no other way.
  var label: String {
    // The words of a condition have commas of their own.
    labels.count < 4 && labels.contains { $0.contains(" ") }
      ? labels.joined(separator: "; ") : several(labels, "or") { $0 }
  }
}
