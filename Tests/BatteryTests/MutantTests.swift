import Battery
import Foundation
import Outside
import Testing

/// The mutants take a build each, and are run by `Tests/Battery/mutants`. Here it is seen that they can be.
@Suite struct MutantTests {
  /// The weakenings that the battery is there for; there may be more.
  static let plan = [
    "no-fsync", "no-excl", "no-tcsetattr", "string-secret", "no-cas", "yams-load", "argv-secret", "no-alias-check",
    "no-read-back", "dumpable",
  ]

  @Test func `Every mutant still applies, says what it weakens, and names tests that there are`() throws {
    let folder = sourceTree + "/Tests/Battery/Mutants"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".patch") }.sorted()
    #expect(MutantTests.plan.filter { !names.contains("\($0).patch") } == [])
    let scratch = try Folder()
    for name in names {
      let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      let lines = text.split(separator: "\n")
      #expect(lines.first?.hasPrefix("weakens: ") == true, "\(name)")
      let filter = try #require(lines.first { $0.hasPrefix("caught by: ") }?.dropFirst("caught by: ".count))
      let suites = filter.split { !$0.isLetter && !$0.isNumber }.filter {
        $0 != "BatteryTests" && $0.hasSuffix("Tests")
      }
      #expect(!suites.isEmpty, "\(name)")
      let files = try FileManager.default.subpathsOfDirectory(atPath: sourceTree + "/Tests")
      for suite in suites {
        #expect(files.contains { $0.hasSuffix("/\(suite).swift") || $0 == suite }, "\(name): \(suite)")
      }
      // Applied with no fuzz to copies of the files that it names.
      let weakened = lines.filter { $0.hasPrefix("--- a/") }.map { String($0.dropFirst("--- a/".count)) }
      #expect(!weakened.isEmpty, "\(name)")
      for file in weakened {
        let copy = scratch.url("\(name)/\(file)")
        try FileManager.default.createDirectory(at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: "\(sourceTree)/\(file)", toPath: copy.path)
      }
      guard let patch = tool("patch") else { return }
      let ran = try output(of: patch, ["-p1", "-F0", "-d", scratch.path(name)], input: Array(text.utf8))
      #expect(ran.status == 0, "\(name): \(String(decoding: ran.bytes, as: UTF8.self))")
    }
  }
}
