import Files
import FlowText
import Glibc

/// Finds scripts, and the flows beside which they lie.
enum ScriptFiles {
  /// The folder that is looked into without a path. Scripts do not travel inside the binary, as flows do.
  static let usualFolder = "flows"

  /// The paths that are meant: those given, or the usual folder.
  static func meant(_ paths: [String]) throws -> [String] {
    if !paths.isEmpty { return paths.map { $0.count > 1 && $0.hasSuffix("/") ? String($0.dropLast()) : $0 } }
    guard try isFolder(usualFolder) else {
      throw CommandError(
        "there is no folder '\(usualFolder)' here, and scripts are not inside the program",
        hints: ["name a folder or files: keyusher flow test PATH"], status: .noInput)
    }
    return [usualFolder]
  }

  /// The scripts of some paths, each once: of a folder all below it, of a flow those beside it.
  static func scripts(_ paths: [String]) throws -> [String] {
    var seen: Set<String> = []
    return try paths.flatMap { path -> [String] in
      if try isFolder(path) { return try below(path, endingIn: ".script") }
      guard try exists(path) else { throw FlowFile.unreadable(path, ENOENT) }
      return path.hasSuffix(".script") ? [path] : beside(path)
    }.filter { seen.insert($0).inserted }
  }

  /// The flow files of some paths; scripts are passed over.
  static func flows(_ paths: [String]) throws -> [String] {
    try paths.flatMap { path in
      try isFolder(path) ? below(path, endingIn: ".yaml") : path.hasSuffix(".script") ? [] : [path]
    }
  }

  /// `NAME.script` and `NAME.*.script` beside `NAME.yaml`.
  static func beside(_ flow: String) -> [String] {
    let (folder, name) = parted(flow)
    let stem = (name.hasSuffix(".yaml") ? String(name.dropLast(5)) : name) + "."
    let names = (try? Files.names(inFolder: folder.isEmpty ? "." : folder)) ?? []
    return names.filter { $0.hasPrefix(stem) && $0.hasSuffix(".script") }.map { folder + $0 }
  }

  /// The file beside a script that would hold its flow.
  static func flow(of script: Script, at path: String) -> String {
    parted(path).folder + (script.flowID.split(separator: "/").last ?? "") + ".yaml"
  }

  /// What a flow and the scripts beside it have in common: the folder, and the name up to its first dot.
  static func stem(of path: String) -> Substring {
    let (folder, name) = parted(path)
    return path.prefix(folder.count + name.prefix { $0 != "." }.count)
  }

  /// The files below a folder whose names end so, in order; hidden ones, and those in hidden folders, are passed over.
  static func below(_ folder: String, endingIn ends: String...) throws -> [String] {
    try looking(into: folder, paths(below:))
      .filter { path in
        ends.contains(where: path.hasSuffix) && !path.split(separator: "/").contains { $0.hasPrefix(".") }
      }
      .map { folder + "/" + $0 }.filter { try !isFolder($0) }
  }

  // MARK: - Private

  private static func parted(_ path: String) -> (folder: String, name: String) {
    let end = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    return (String(path[..<end]), String(path[end...]))
  }
}
