import FlowCore
import FlowText
import Foundation

/// Checks flow files and scripts.
enum Lint {
  static func flow(_ volume: FlowShelf.Volume) -> [Finding] {
    readFlow(volume.text, path: volume.place, expectedID: volume.id).findings
  }

  /// The findings of a file, or of every flow and script below a folder.
  static func path(_ path: String, _ shelf: FlowShelf) throws -> [Finding] {
    guard isFolder(path) else { return try file(path, expectedID: nil, shelf) }
    let names = try FileManager.default.subpathsOfDirectory(atPath: path)
      .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".script") }.sorted()
    return try names.flatMap { name in
      try file(path + "/" + name, expectedID: name.contains("/") ? String(name.dropLast(5)) : nil, shelf)
    }
  }

  // MARK: - Private

  private static func file(_ path: String, expectedID: String?, _ shelf: FlowShelf) throws -> [Finding] {
    guard let contents = FileManager.default.contents(atPath: path) else {
      throw Complaint("can't read '\(path)'", hints: ["check the path"], status: .noInput)
    }
    let bytes = Array(contents)
    guard path.hasSuffix(".script") else { return readFlow(bytes, path: path, expectedID: expectedID).findings }
    let reading = readScript(bytes, path: path)
    guard let script = reading.value, let volume = shelf[script.flowID],
      let flow = readFlow(volume.text, path: volume.place).value
    else { return reading.findings }
    return reading.findings + check(script, against: flow, path: path, text: String(decoding: bytes, as: UTF8.self))
  }
}
