import CustomDump
import Files
import Foundation
import Testing

@testable import Terminal

@Suite struct LineHistoryTests {
  @Test func `A history holds each line once, newest last, and at most 500`() {
    expectNoDifference(LineHistory(["a", "b", "a", " ", "x\ny", ""]).lines, ["b", "a"])
    let many = LineHistory((1...600).map { "line \($0)" })
    expectNoDifference(many.lines.count, 500)
    expectNoDifference(many.lines.first, "line 101")
  }

  @Test func `A saved history loads again, from a file and a folder for one person alone`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("history-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/history"
    expectNoDifference(try LineHistory.load(from: path), LineHistory())
    let lines = ["flows", "run gate-io/create-key", "schlüssel", "runs"]
    for line in lines { try LineHistory.add(line, to: path) }
    expectNoDifference(try LineHistory.load(from: path).lines, lines)
    expectNoDifference(try mode(of: path), 0o600)
    expectNoDifference(try mode(of: folder), 0o700)
    expectNoDifference(try FileManager.default.contentsOfDirectory(atPath: folder), ["history"])
  }

  @Test func `Lines that are added side by side all stay`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("history-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/history"
    DispatchQueue.concurrentPerform(iterations: 40) { try? LineHistory.add("line \($0)", to: path) }
    expectNoDifference(try Set(LineHistory.load(from: path).lines), Set((0..<40).map { "line \($0)" }))
  }

  @Test func `A symbolic link is not read through, nor written over`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("history-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data("victim\n".utf8).write(to: URL(fileURLWithPath: folder + "/victim"))
    let path = folder + "/history"
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: folder + "/victim")
    #expect(throws: FileError(path, .open, .link)) { try LineHistory.load(from: path) }
    #expect(throws: FileError(path, .open, .link)) { try LineHistory.add("mine", to: path) }
    expectNoDifference(try String(contentsOfFile: folder + "/victim", encoding: .utf8), "victim\n")
    expectNoDifference(try FileManager.default.destinationOfSymbolicLink(atPath: path), folder + "/victim")
  }

  @Test(
    "Tab completes a whole line, or the word after a space or comma",
    arguments: [
      ("", "", ["run", "runs", "spot-bot", ":why"]), ("ru", "", ["run", "runs"]), ("x", "", []),
      ("spot-bot, r", "spot-bot, ", ["run", "runs"]), ("a,sp", "a,", ["spot-bot"]), ("a b c", "a b ", []),
      ("a ", "a ", ["run", "runs", "spot-bot", ":why"]),
    ])
  func completes(line: String, head: String, candidates: [String]) {
    let completion = Completion(of: line, among: ["run", "runs", "spot-bot", ":why"])
    expectNoDifference(completion.head, head)
    expectNoDifference(completion.candidates, candidates)
  }

  private func mode(of path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
  }
}
