import CustomDump
import Foundation
import Testing

/// Compares a text with its golden file, or writes the file if `KEYUSHER_REWRITE_GOLDENS=1`.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let file = goldens.appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["KEYUSHER_REWRITE_GOLDENS"] == "1" {
    try FileManager.default.createDirectory(at: goldens, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
  let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  // Lines, since a spreadsheet's CR LF is one character and would be lost in a diff.
  expectNoDifference(
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
    golden.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
    "\(name) differs; KEYUSHER_REWRITE_GOLDENS=1 rewrites it", line: UInt(sourceLocation.line))
}

let goldens = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Goldens")
