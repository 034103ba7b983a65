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

  /// All files opened so far.
  let files = SourceFiles()
  /// Ids of what could be included, for hints.
  let known: [String]
  let find: (String) -> Lookup
  private var openings: [String: Opening] = [:]
  /// The texts of its files that mention parameters, taken apart once for all flows.
  private var pieces: [Spot: [ReferencePiece]?] = [:]

  /// Steps as flows included them.
  let steps = KnownSteps()

  /// - Parameters:
  ///   - known: the ids of the groups that there are, for hints.
  ///   - find: looks a file up by its id: `shared/login` for a group, `gate-io/pack` for a pack.
  public init(known: [String] = [], find: @escaping (String) -> Lookup) {
    self.known = known
    self.find = find
  }

  /// Whether a file is no flow: a pack of an exchange or of a program, an API, or anything in the folder `shared`.
  public static func isShared(_ id: String) -> Bool {
    id.hasPrefix("shared/") || id.hasPrefix(programs) || id.hasSuffix("/\(Scope.pack)") || id.hasSuffix("/\(api)")
  }

  /// What stands in a provider's folder for what its API tells of a key.
  public static let api = "api"

  /// What the ids of program packs begin with.
  public static let programs = "programs/"

  /// The hosts that a provider's pack calls official; nil if there is no pack, or it names none.
  public func officialHosts(of provider: String) -> [String]? {
    guard case .opened(let opened) = open("\(provider)/\(Scope.pack)") else { return nil }
    return opened.root?["hosts"]?.items?.compactMap(\.text)
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

  private func read(_ bytes: [UInt8], _ path: String) -> Opened {
    let (root, findings) = Composer.read(bytes, path: path, into: files)
    return Opened(root: findings.hasErrors ? nil : root, findings: findings.sorted)
  }
}
