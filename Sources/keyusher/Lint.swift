import FlowCore
import FlowText
import Foundation

/// Checks flow files and scripts.
enum Lint {
  static func flow(_ volume: FlowShelf.Volume) throws -> [Finding] {
    do {
      return try readFlow(volume.text(), path: volume.place, expectedID: volume.id, library: volume.library).findings
    } catch let complaint as Complaint where !complaint.findings.isEmpty {
      return complaint.findings
    }
  }

  /// The findings of a file, or of every flow and script below a folder.
  static func path(_ path: String, _ shelf: FlowShelf) throws -> [Finding] {
    guard isFolder(path) else { return try file(path, expectedID: expectedID(of: path), shelf) }
    let names = try FileManager.default.subpathsOfDirectory(atPath: path)
      .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".script") }.sorted()
    return try names.flatMap { name in
      try file(path + "/" + name, expectedID: name.contains("/") ? String(name.dropLast(5)) : nil, shelf)
    }
  }

  /// The flow of a file, with all that is found in it.
  static func reading(_ path: String) throws -> Reading<Flow> {
    guard let bytes = try FlowFile.read(path, isTrusted: false) else {
      return Reading(value: nil, findings: [.tooLarge(path: path)])
    }
    return readFlow(bytes, path: path, expectedID: expectedID(of: path))
  }

  // MARK: - Private

  /// `create/key` for `flows/create/key.yaml`: the id that the place of a flow file demands; nil for a file that lies in
  /// no folder that could be a provider's.
  private static func expectedID(of path: String) -> String? {
    let parts = path.split(separator: "/")
    guard path.hasSuffix(".yaml"), parts.count >= 2, parts[parts.count - 2].first != "." else { return nil }
    return "\(parts[parts.count - 2])/\(parts[parts.count - 1].dropLast(5))"
  }

  /// The flow that a script answers: the file beside it, or one of the shelf.
  private static func flow(of script: Script, at path: String, _ shelf: FlowShelf) -> Flow? {
    let beside =
      (path.lastIndex(of: "/").map { String(path[...$0]) } ?? "")
      + "\(script.flowID.split(separator: "/").last ?? "").yaml"
    if let bytes = try? FlowFile.read(beside, isTrusted: false),
      let flow = readFlow(
        bytes, path: beside, library: FlowShelf.library(of: folder(of: beside, script.flowID), isTrusted: false)
      ).value,
      flow.id == script.flowID
    {
      return flow
    }
    return try? shelf.flow(script.flowID).flow
  }

  private static func file(_ path: String, expectedID: String?, _ shelf: FlowShelf) throws -> [Finding] {
    guard let bytes = try FlowFile.read(path, isTrusted: false) else { return [.tooLarge(path: path)] }
    if path.hasSuffix(".script") { return script(bytes, at: path, shelf) }
    let id = expectedID ?? ""
    guard FlowLibrary.isShared(id) else {
      let library = FlowShelf.library(of: folder(of: path, id), isTrusted: false)
      return readFlow(bytes, path: path, expectedID: expectedID, library: library).findings
    }
    return id.hasPrefix("shared/")
      ? checkGroup(bytes, path: path, expectedID: id)
      : readPack(bytes, path: path, expectedID: id.split(separator: "/").first.map(String.init)).findings
  }

  private static func script(_ bytes: [UInt8], at path: String, _ shelf: FlowShelf) -> [Finding] {
    let reading = readScript(bytes, path: path)
    guard let script = reading.value, let flow = flow(of: script, at: path, shelf) else { return reading.findings }
    return reading.findings + check(script, against: flow, path: path, text: String(decoding: bytes, as: UTF8.self))
  }

  /// The folder of `PROVIDER/NAME.yaml`.
  private static func folder(of path: String, _ id: String) -> String {
    let folder = path.dropLast(id.count + ".yaml".count + 1)
    return id.isEmpty || folder.isEmpty ? "." : String(folder)
  }
}
