import Files
import FlowCore
import FlowText
import FlowTools

/// The flow files below folders, their groups, packs and scripts, as their author sees them: each is read once.
final class FlowFolder {
  private let catalog: FlowCatalog
  private let options: LintOptions
  private var readings: [String: Reading<Flow>] = [:]
  private var libraries: [String?: FlowLibrary] = [:]

  init(catalog: FlowCatalog, options: LintOptions = LintOptions()) {
    self.catalog = catalog
    self.options = options
  }

  /// What is found in every flow that can be run.
  static func findings(on catalog: FlowCatalog, _ options: LintOptions) throws -> [Finding] {
    let providers = pieces(of: catalog.sources) { $0.provider == $1.provider }
    let findings = try parallelMap(providers) {
      FlowFolder(catalog: catalog, options: options)
    } work: { folder, sources in
      try sources.flatMap { try folder.findings(of: $0) }
    }
    return catalog.redefined + once(findings)
  }

  /// What is found in files, and in every flow, group, pack and script below folders.
  static func findings(in paths: [String], _ catalog: FlowCatalog, _ options: LintOptions) throws -> [Finding] {
    let files = try paths.flatMap { path in
      guard try isFolder(path) else { return [path] }
      let files = try ScriptFiles.below(path, endingIn: ".yaml", ".script")
      guard !files.isEmpty else {
        throw CommandError(
          "nothing to check in '\(path)'",
          hints: ["flows are files PROVIDER/NAME.yaml there; 'keyusher flow new' writes one"], status: .noInput)
      }
      return files
    }
    // A flow stands beside its scripts, so that it is read once.
    let pieces = pieces(of: files) { ScriptFiles.stem(of: $0) == ScriptFiles.stem(of: $1) }
    let findings = try parallelMap(pieces) {
      FlowFolder(catalog: catalog, options: options)
    } work: { folder, files in
      try files.flatMap { try folder.findings(of: $0) }
    }
    return once(findings)
  }

  /// The flow of a file, with all that is found in it; nil for a group or a pack.
  func reading(_ path: String) throws -> Reading<Flow>? {
    if let reading = readings[path] { return reading }
    let place = Place(path)
    if place.isShared { return nil }
    guard let bytes = try FlowFile.read(path, isTrusted: false) else {
      return Reading(value: nil, findings: [.tooLarge(path: path)])
    }
    let library = library(of: place.root, isTrusted: false)
    let reading = readFlow(
      bytes, path: path, expectedID: place.id, library: library, options: .lint(options(place.provider, library)))
    readings[path] = reading
    return reading
  }

  /// The flow that a script answers: that of the file beside it, or one of the catalog. A flow beside it that can't be used
  /// is not passed over for another.
  func flow(of script: Script, at path: String) throws -> Reading<Flow> {
    let beside = ScriptFiles.flow(of: script, at: path)
    if try exists(beside), let reading = try reading(beside) { return reading }
    return Reading(value: try catalog.flow(script.flowID).flow, findings: [])
  }

  // MARK: - Private

  /// Where a file lies below the folder that holds providers.
  private struct Place {
    /// The folder of `PROVIDER/NAME.yaml`; nil if the file lies in none that could be a provider's.
    var root: String?
    var id: String?
    var provider: String? { id?.split(separator: "/").first.map(String.init) }
    var isShared: Bool { id.map(FlowLibrary.isShared) ?? false }
    var isAPI: Bool { id?.split(separator: "/").last.map(String.init) == FlowLibrary.api }

    init(_ path: String) {
      let whole = path.hasPrefix("/") || path.contains("/") ? path : "./" + path
      let parts = whole.split(separator: "/", omittingEmptySubsequences: false)
      guard path.hasSuffix(".yaml"), parts.count >= 2, let folder = parts.dropLast().last, let file = parts.last,
        !folder.isEmpty, folder.first != "."
      else { return }
      id = "\(folder)/\(file.dropLast(5))"
      root = parts.count == 2 ? "." : parts.dropLast(2).joined(separator: "/")
      if root == "" { root = "/" }
    }
  }

  private func findings(of source: FlowCatalog.FlowSource) throws -> [Finding] {
    do {
      var folder: String?
      if case .file(_, let own) = source.origin { folder = own }
      let library = library(of: folder, isTrusted: true)
      let options = ReadingOptions.lint(options(source.provider, library), folder == nil ? .shippedToCheck : .own)
      return try readFlow(
        source.text(), path: source.place, expectedID: source.id, library: library, options: options
      ).findings
    } catch let error as CommandError where !error.findings.isEmpty {
      return error.findings
    }
  }

  private func findings(of path: String) throws -> [Finding] {
    if path.hasSuffix(".script") { return try findings(ofScript: path) }
    let place = Place(path)
    if let reading = try reading(path) { return redefinition(path, place) + reading.findings }
    guard let bytes = try FlowFile.read(path, isTrusted: false) else { return [.tooLarge(path: path)] }
    switch place.provider {
    case "shared": return checkGroup(bytes, path: path, expectedID: place.id)
    case "programs":
      let name = place.id.map { String($0.dropFirst(FlowLibrary.programs.count)) }
      let library = library(of: place.root, isTrusted: false)
      return redefinition(path, place)
        + readProgram(bytes, path: path, expectedID: name, exchange: library.pack, options: .lint(options)).findings
    case let provider where place.isAPI:
      let pack = provider.flatMap { library(of: place.root, isTrusted: false).pack(of: $0) }
      var options = ReadingOptions.lint(options)
      if provider.flatMap(FlowCatalog.shippedAPI) == nil { options.requestRules = .ofOthers }
      return redefinition(path, place)
        + readAPI(bytes, path: path, expectedID: provider, pack: pack, options: options).findings
    default: return readPack(bytes, path: path, expectedID: place.provider, options: .lint(options)).findings
    }
  }

  /// That a file has the id of a shipped flow, so that neither it nor that flow would be run; or that of a shipped program
  /// pack, which is used in its place.
  private func redefinition(_ path: String, _ place: Place) -> [Finding] {
    guard let id = place.id, let root = place.root,
      FlowCatalog.shipped.contains(where: { $0.id == id }) || FlowCatalog.sharedFiles[id] != nil,
      !isBuiltIn(root), let bytes = try? FlowFile.read(path, isTrusted: false)
    else { return [] }
    return checkSet([(id, String(decoding: bytes, as: UTF8.self), path)], shipped: [id])
  }

  /// Whether the folder is the one that is built into Keyusher: there the file is the shipped flow, and no other of its id.
  private func isBuiltIn(_ root: String) -> Bool {
    (try? exists(root + "/../Plugins/EmbedResourcesPlugin")) == true
  }

  private func findings(ofScript path: String) throws -> [Finding] {
    guard let bytes = try FlowFile.read(path, isTrusted: false) else { return [.tooLarge(path: path)] }
    let reading = readScript(bytes, path: path)
    // What is wrong with its flow is said of the flow.
    guard let script = reading.value, let flow = try? flow(of: script, at: path).value else { return reading.findings }
    return reading.findings + check(script, against: flow, path: path, text: String(decoding: bytes, as: UTF8.self))
  }

  /// A group's findings come up with each flow that includes it.
  private static func once(_ findings: [[Finding]]) -> [Finding] {
    var told: Set<String> = []
    return findings.joined().filter {
      told.insert("\($0.path):\($0.line):\($0.column):\($0.code.rawValue):\($0.message)").inserted
    }
  }

  private func library(of root: String?, isTrusted: Bool) -> FlowLibrary {
    if let library = libraries[root] { return library }
    let library = FlowCatalog.library(of: root, isTrusted: isTrusted)
    libraries[root] = library
    return library
  }

  private func options(_ provider: String?, _ library: FlowLibrary?) -> LintOptions {
    var options = options
    options.officialHosts = provider.flatMap { library?.officialHosts(of: $0) }
    return options
  }
}
