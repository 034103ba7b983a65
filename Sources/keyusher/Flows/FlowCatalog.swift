import Files
import FlowCore
import FlowText
import FlowTools
import Records
import Synchronization

/// The flows that can be run: those inside the binary, those in `$KEYUSHER_HOME/flows`, and those of `--flows DIR`.
struct FlowCatalog: Sendable {
  struct FlowSource: Sendable {
    enum Origin {
      /// Inside the binary.
      case shipped(text: String)
      /// A record keeps it: then it includes nothing.
      case record(text: String, name: String)
      /// The file is opened when the flow is used, so that a start takes no longer for it. What it includes is looked for in
      /// the folder first.
      case file(path: String, folder: String)
    }

    var id: String
    let origin: Origin

    /// The exchange that it is for, or whoever else gives out keys.
    var provider: String { String(id.prefix { $0 != "/" }) }

    /// Where a finding points: the file, or the flow's place in the source tree.
    var place: String {
      switch origin {
      case .shipped: "flows/\(id).yaml"
      case .record(_, let name): name
      case .file(let path, _): path
      }
    }

    /// What it includes; nil if it includes nothing.
    func library() -> FlowLibrary? {
      switch origin {
      case .shipped: FlowCatalog.library(of: nil)
      case .record: nil
      case .file(_, let folder): FlowCatalog.library(of: folder)
      }
    }

    /// Complains if the file can't be used, with a finding where that is because of what it holds.
    func text() throws -> String {
      switch origin {
      case .shipped(let text), .record(let text, _): return text
      case .file: break
      }
      guard let bytes = try FlowFile.read(place, isTrusted: true) else {
        throw CommandError.findings([.tooLarge(path: place)], in: "the flow '\(id)'")
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw CommandError.findings(readFlow(bytes, path: place).findings, in: "the flow '\(id)'")
      }
      return text
    }
  }

  /// The flow that the greeting offers to a newcomer.
  static let newcomersFlow = "gate-io/create-key"

  let sources: [FlowSource]
  /// The groups and packs inside the binary, by their ids.
  static let sharedFiles = Dictionary(
    uniqueKeysWithValues: Resources.flows.filter { FlowLibrary.isShared($0.name) }.map { ($0.name, $0.text) })

  /// The flows inside the binary.
  static let shipped = Resources.flows.filter { !FlowLibrary.isShared($0.name) }.map { (id: $0.name, text: $0.text) }

  /// Who gives out the keys that shipped flows are for.
  static let providers = Array(Set(shipped.map { String($0.id.prefix { $0 != "/" }) })).sorted()

  /// What flows of a folder include: files of that folder, or shipped ones.
  ///
  /// - Parameters:
  ///   - folder: that of `PROVIDER/NAME.yaml`; nil for shipped flows.
  ///   - isTrusted: whether a file is refused if others can write to it, because its steps are to be run.
  static func library(of folder: String?, isTrusted: Bool = true) -> FlowLibrary {
    FlowLibrary(known: sharedFiles.keys.filter { $0.hasPrefix("shared/") }.sorted()) { id in
      if let folder {
        let path = "\(folder)/\(id).yaml"
        do {
          guard let bytes = try FlowFile.read(path, isTrusted: isTrusted) else { return .refused("it is too large") }
          return .found(bytes: bytes, path: path)
        } catch let error as CommandError where error.status != .noInput {
          return .refused(error.message)
        } catch {}
      }
      return sharedFiles[id].map { .found(bytes: Array($0.utf8), path: "flows/\(id).yaml") } ?? .absent
    }
  }

  /// Added flows that have a shipped one's id: they are not run, and neither is the shipped one in their place.
  let redefined: [Finding]
  /// Where added flows are, and what they include.
  let folders: [String]
  private let lastRead = LastRead()

  /// The flow that was read last: a replay wants it twice, and a long one takes its time.
  private final class LastRead: Sendable {
    let bound = Mutex<BoundFlow?>(nil)
  }

  init(folders: [String]) throws {
    self.folders = folders
    let shipped = FlowCatalog.shipped.map { FlowSource(id: $0.id, origin: .shipped(text: $0.text)) }
    var added: [FlowSource] = []
    for folder in folders { added += try FlowCatalog.read(folder) }
    let ids = Set(shipped.map(\.id))
    redefined = checkSet(
      added.filter { ids.contains($0.id) }.map { ($0.id, (try? $0.text()) ?? "", $0.place) }, shipped: ids)
    sources = shipped + added.filter { !ids.contains($0.id) }
  }

  subscript(id: String) -> FlowSource? { sources.first { $0.id == id } }

  /// Reads a flow, or complains with its findings.
  func flow(_ id: String) throws -> (flow: Flow, text: String) {
    let bound = try bound(id)
    return (bound.flow, bound.text)
  }

  /// The same, with the text that a file of the flow could have.
  func bound(_ id: String) throws -> BoundFlow {
    guard let source = self[id] else {
      throw CommandError.noSuchFlow(
        id, among: sources.map(\.id), isBeside: (try? exists("flows/\(id).yaml")) == true)
    }
    let doubles = redefined.filter { $0.path.hasSuffix("/\(id).yaml") }
    if !doubles.isEmpty { throw CommandError.findings(doubles, in: "the flow '\(id)'") }
    if let bound = lastRead.bound.withLock({ $0 }), bound.flow.id == id { return bound }
    // Read once: the text that goes on record is the one that is run.
    let bound = try FlowCatalog.bind(source)
    lastRead.bound.withLock { $0 = bound }
    return bound
  }

  /// The digest of a flow's text, as records name it; nil if nobody has made it yet.
  func digest(of id: String) -> String? {
    guard let source = self[id], case .shipped = source.origin else { return nil }
    return PreparedFlows.shipped.digest(of: id)
  }

  /// The text of a group or a pack, as it is written: one of an added folder, or a shipped one. How a shipped exchange is asked
  /// no folder says.
  func sharedFile(_ id: String) throws -> String {
    if id.hasSuffix("/\(FlowLibrary.api)"), let text = FlowCatalog.sharedFiles[id] { return text }
    for folder in folders {
      let path = "\(folder)/\(id).yaml"
      guard try exists(path), let bytes = try FlowFile.read(path, isTrusted: false) else { continue }
      return String(decoding: bytes, as: UTF8.self)
    }
    guard let text = FlowCatalog.sharedFiles[id] else {
      throw CommandError.noSuchFlow(id, among: Array(FlowCatalog.sharedFiles.keys))
    }
    return text
  }

  static func parse(_ source: FlowSource) throws -> Flow { try bind(source).flow }

  /// The flow that a run began with.
  ///
  /// - Parameter text: finds its text, where the header does not carry it.
  static func flow(of header: RunHeader, text: () throws -> String) throws -> Flow {
    if header.operation != nil { throw CommandError.isNoRun(header.run) }
    if let shipped = shipped(of: header) { return shipped.flow }
    return try parse(
      FlowSource(id: header.flowID, origin: .record(text: header.flowText ?? text(), name: "record \(header.run)")))
  }

  /// The text of the flow that a run began with. One that is lost may be that of a shipped flow, letter for letter.
  static func text(of header: RunHeader, _ text: () throws -> String) throws -> String {
    if header.operation != nil { throw CommandError.isNoRun(header.run) }
    do { return try header.flowText ?? text() } catch let error as JournalError where error.isAboutFlowText {
      guard let shipped = shipped(of: header) else { throw error }
      return shipped.text
    }
  }

  /// The flow of this version that a run began with, word for word; nil if it was another: then its text has to be read.
  static func shipped(of header: RunHeader) -> BoundFlow? { isShipped(header) ? prepared(header.flowID) : nil }

  /// Whether a run began with a flow of this version, word for word.
  static func isShipped(_ header: RunHeader) -> Bool {
    if let text = header.flowText { return PreparedFlows.shipped.has(text, as: header.flowID) }
    return header.flowDigest.map { PreparedFlows.shipped.digest(of: header.flowID) == $0 } ?? false
  }

  // MARK: - Private

  private static let lastPrepared = Mutex<BoundFlow?>(nil)

  /// A flow as it was bound when the program was built; nil if there is none of that id. What goes on with a run asks for it
  /// several times.
  private static func prepared(_ id: String) -> BoundFlow? {
    if let last = lastPrepared.withLock({ $0 }), last.flow.id == id { return last }
    let bound = PreparedFlows.shipped[id]
    if let bound { lastPrepared.withLock { $0 = bound } }
    return bound
  }

  private static func bind(_ source: FlowSource) throws -> BoundFlow {
    if case .shipped = source.origin, let bound = prepared(source.id) { return bound }
    let library = source.library()
    let options: ReadingOptions =
      switch source.origin {
      case .shipped: ReadingOptions(.shipped)
      case .record: ReadingOptions(.recorded)
      case .file: .lint(LintOptions(officialHosts: library?.officialHosts(of: source.provider)))
      }
    let reading = try bindFlow(
      source.text(), path: source.place, expectedID: source.id, library: library, options: options)
    guard let bound = reading.value else {
      throw CommandError.findings(reading.findings, in: "the flow '\(source.id)'")
    }
    return bound
  }

  /// Every `PROVIDER/NAME.yaml` below a folder, by name alone; also `NAME.yaml`, so that it can be told what is wrong there.
  private static func read(_ folder: String) throws -> [FlowSource] {
    guard try isFolder(folder) else {
      throw CommandError(
        "there is no folder '\(folder)'", hints: ["--flows takes a folder of PROVIDER/NAME.yaml"], status: .noInput)
    }
    try FlowFile.checkFolder(folder)
    var names: [String] = []
    for name in try looking(into: folder, names(inFolder:)) {
      if name.hasSuffix(".yaml") { names.append(name) }
      guard try isFolder(folder + "/" + name) else { continue }
      let inner = try looking(into: folder + "/" + name, names(inFolder:)).filter { $0.hasSuffix(".yaml") }
      if !inner.isEmpty { try FlowFile.checkFolder(folder + "/" + name) }
      names += inner.map { name + "/" + $0 }
    }
    return names.sorted().filter { !FlowLibrary.isShared(String($0.dropLast(5))) }.map {
      FlowSource(id: String($0.dropLast(5)), origin: .file(path: folder + "/" + $0, folder: folder))
    }
  }
}

extension RunHeader {
  /// What its flow is called, as far as the record says by itself.
  var title: String { flowTitle ?? flowText.flatMap { readFlowHead($0)?.title } ?? flowID }
}
