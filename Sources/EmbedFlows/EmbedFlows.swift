// Usage: EmbedFlows OUTPUT FLOWS
// Binds the flows below FLOWS, and writes one Swift file with what the program reads of them when it runs one. What is wrong
// in a flow ends the build.

import CSodium
import FlowText
import Foundation
import PlainText

@main
enum EmbedFlows {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 2 else { fail("usage: EmbedFlows OUTPUT FLOWS", status: 64) }
    do {
      let packed = PreparedFlows.packed(try bound(below: arguments[1]), digest: digest)
      let source = """
        // Made by EmbedFlows at each build.
        import FlowText

        extension PreparedFlows {
          /// The shipped flows. Never inline: the bytes would stand wherever they are asked for.
          @inline(never) static var shipped: PreparedFlows { PreparedFlows("\(literal(packed))") }
        }

        """
      try source.write(toFile: arguments[0], atomically: true, encoding: .utf8)
    } catch {
      fail("EmbedFlows: \(error.localizedDescription)", status: 74)
    }
  }

  private static func bound(below folder: String) throws -> [BoundFlow] {
    let library = FlowLibrary { id in
      let path = "\(folder)/\(id).yaml"
      return FileManager.default.contents(atPath: path).map { .found(bytes: [UInt8]($0), path: path) } ?? .absent
    }
    // Editors leave hidden files beside those that they edit.
    let ids = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { path in path.hasSuffix(".yaml") && !path.split(separator: "/").contains { $0.hasPrefix(".") } }
      .map { String($0.dropLast(".yaml".count)) }
    return try ids.filter { !FlowLibrary.isShared($0) }.sorted().map { id in
      let path = "\(folder)/\(id).yaml"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let reading = bindFlow(text, path: path, expectedID: id, library: library, options: ReadingOptions(.shipped))
      guard let bound = reading.value else { fail(reading.findings.map(line).joined(separator: "\n"), status: 65) }
      return bound
    }
  }

  /// The SHA-256, in hexadecimal: by it records name a flow's text.
  private static func digest(_ text: String) -> String {
    var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    let bytes = Array(text.utf8)
    crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
    return digest.hexadecimal
  }

  /// As compilers write it.
  private static func line(_ finding: Finding) -> String {
    "\(finding.path):\(finding.line):\(finding.column): error: \(finding.message)"
  }

  /// The text of a literal: what is no plain letter of ASCII is written by its number.
  private static func literal(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case " "..."~": "\(scalar)"
      default: "\\u{\(String(scalar.value, radix: 16))}"
      }
    }.joined()
  }

  private static func fail(_ words: String, status: Int32) -> Never {
    FileHandle.standardError.write(Data((words + "\n").utf8))
    exit(status)
  }
}
