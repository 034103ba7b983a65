import Foundation
import Outside
import Testing

/// What a run of the probe came to.
struct Probed: Equatable {
  var output: String
  var status: Int32
}

/// The probe, built beside the test bundle.
let ageProbe = besideTests("AgeProbe")

extension AgeDesk {
  @discardableResult
  func probe(_ steps: String...) throws -> Probed {
    let (bytes, status) = try output(of: ageProbe, [path] + steps)
    return Probed(output: String(decoding: bytes, as: UTF8.self), status: status)
  }

  /// Every file and folder below, with its mode in octal digits.
  var modes: [String: String] {
    var modes: [String: String] = [:]
    let root = URL(fileURLWithPath: path)
    for item in [""] + (FileManager.default.subpaths(atPath: path) ?? []) {
      let attributes = try? FileManager.default.attributesOfItem(atPath: root.appendingPathComponent(item).path)
      modes[item] = String((attributes?[.posixPermissions] as? Int) ?? 0, radix: 8)
    }
    return modes
  }

  /// Files that were being written when somebody was killed.
  var leftovers: [String] { modes.keys.filter { $0.contains(".tmp.") }.sorted() }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }
  func read(_ name: String) -> [UInt8] { home.read("age/\(name)") }
}
