/// The files that flows share: step groups, and the pack of each provider.
///
/// A file is read once, however many flows include it. A library is used by one task at a time.
public final class FlowLibrary {
  /// What looking for a file came to.
  public enum Lookup: Equatable, Sendable {
    case found(bytes: [UInt8], path: String)
    case absent
    /// It is there and can't be used, for this reason.
    case refused(String)
  }

  /// A file that was read.
  struct Opened {
    /// Nil: it can't be read; `findings` say why.
    var root: TextNode?
    var findings: [Finding]
  }

  enum Opening {
    case opened(Opened)
    case absent
    case refused(String)
  }

  /// The texts of all files opened so far; spots count them from 1.
  private(set) var sources: [SourceText] = []
  /// Ids of what could be included, for hints.
  let known: [String]
  private let find: (String) -> Lookup
  private var openings: [String: Opening] = [:]
  /// The texts of its files that mention parameters, taken apart once for all flows.
  private var pieces: [Spot: [ReferencePiece]?] = [:]

  /// Steps as flows included them, read with `stepOptions`; only such in which nothing was found.
  private var steps: [StepPlace: [(node: TextNode, reading: StepReading)]] = [:]
  private var stepOptions = LintOptions()

  /// - Parameters:
  ///   - known: the ids of the groups that there are, for hints.
  ///   - find: looks a file up by its id: `shared/login` for a group, `gate-io/pack` for a pack.
  public init(known: [String] = [], find: @escaping (String) -> Lookup) {
    self.known = known
    self.find = find
  }

  /// Whether a file is there to be included, and no flow: a pack, or anything in the folder `shared`.
  public static func isShared(_ id: String) -> Bool { id.hasPrefix("shared/") || id.hasSuffix("/\(Scope.pack)") }

  /// The hosts that a provider's pack calls official; nil if there is no pack, or it names none.
  public func officialHosts(of provider: String) -> [String]? {
    guard case .opened(let opened) = open("\(provider)/\(Scope.pack)"),
      case .mapping(let entries)? = opened.root?.content,
      case .list(let hosts)? = entries.first(where: { $0.key == "hosts" })?.value.content
    else { return nil }
    return hosts.compactMap { if case .text(let host) = $0.content { host } else { nil } }
  }

  func open(_ id: String) -> Opening {
    if let opening = openings[id] { return opening }
    let opening: Opening
    switch find(id) {
    case .absent: opening = .absent
    case .refused(let reason): opening = .refused(reason)
    case .found(let bytes, let path): opening = .opened(read(bytes, path))
    }
    openings[id] = opening
    return opening
  }

  func pieces(of text: String, at spot: Spot) -> [ReferencePiece]? {
    if let known = pieces[spot] { return known }
    let found = referencePieces(text)
    pieces[spot] = found
    return found
  }

  /// A step that a flow included, if another included the same before.
  func step(_ node: TextNode, _ options: LintOptions) -> StepReading? {
    options == stepOptions ? steps[StepPlace(node)]?.first { $0.node == node }?.reading : nil
  }

  /// Keeps a step for the next flow that includes the same.
  func keep(_ step: StepReading, of node: TextNode, _ options: LintOptions) {
    if options != stepOptions { (steps, stepOptions) = ([:], options) }
    let place = StepPlace(node)
    guard steps[place, default: []].count < Self.mostVariants else { return }
    steps[place, default: []].append((node, step))
  }

  /// A step that is included with more different parameters is read each time: looking for it would take longer.
  private static let mostVariants = 8

  /// Where a step stands in its file, and its id, which may be put together of parameters.
  private struct StepPlace: Hashable {
    let spot: Spot
    let id: String?

    init(_ node: TextNode) {
      spot = node.spot
      guard case .mapping(let entries) = node.content,
        case .text(let text)? = entries.first(where: { $0.key == "id" })?.value.content
      else {
        id = nil
        return
      }
      id = text
    }
  }

  private func read(_ bytes: [UInt8], _ path: String) -> Opened {
    guard bytes.count <= SourceText.largest else { return Opened(root: nil, findings: [.tooLarge(path: path)]) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return Opened(root: nil, findings: [.notUTF8(bytes, path: path)])
    }
    let source = SourceText(text, path: path, file: sources.count + 1)
    sources.append(source)
    let findings = Findings(source, library: self)
    var composer = Composer(findings)
    let root = composer.compose()
    return Opened(root: findings.hasErrors ? nil : root, findings: findings.sorted)
  }
}
