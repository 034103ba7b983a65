import Battery
import Foundation
import KeyusherHarness
import Outside
import Testing

/// The mutants take a build each, and are run by `Tests/Battery/mutants`. Here it is seen that they can be.
@Suite struct MutantTests {
  /// The weakenings that the battery is there for; there may be more.
  static let plan = [
    "no-fsync", "no-excl", "no-tcsetattr", "string-secret", "no-cas", "argv-secret", "no-alias-check",
    "no-read-back", "dumpable",
  ]

  @Test func `Every text that a mutant changes stands once under Sources`() throws {
    let script = sourceTree + "/Tests/Battery/mutants"
    let ran = try output(of: "/bin/bash", ["-c", "\"$0\" --check 2>&1", script])
    #expect(ran.status == 0, "\(String(decoding: ran.bytes, as: UTF8.self))")
  }

  @Test func `Every mutant says what it weakens, and names tests that there are`() throws {
    let folder = sourceTree + "/Tests/Battery/Mutants"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(MutantTests.plan.filter { !names.contains("\($0).txt") } == [])
    let files = try FileManager.default.subpathsOfDirectory(atPath: sourceTree + "/Tests")
    for name in names {
      let lines = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).split(separator: "\n")
      #expect(lines.first?.hasPrefix("weakens: ") == true, "\(name)")
      let filter = try #require(lines.first { $0.hasPrefix("caught by: ") }?.dropFirst("caught by: ".count))
      let suites = filter.split { !$0.isLetter && !$0.isNumber }.filter {
        $0 != "BatteryTests" && $0.hasSuffix("Tests")
      }
      #expect(!suites.isEmpty, "\(name)")
      for suite in suites {
        #expect(files.contains { $0.hasSuffix("/\(suite).swift") || $0 == suite }, "\(name): \(suite)")
      }
    }
  }
}
