import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

/// What an auditor reads of each of Gate's ceremonies: its main script, replayed for real, and exported.
@Suite struct CeremonyExportTests {
  private static let ceremonies = ((try? FlowTree.files()) ?? []).filter {
    $0.kind == .flow && $0.id.hasPrefix("gate-io/")
  }.map { String($0.id.dropFirst("gate-io/".count)) }

  private static let surroundings: [String: String?] = [
    "KEYUSHER_TEST_CLOCK": "2026-11-23T10:00:00.000Z", "KEYUSHER_TEST_ID": "7q4m", "KEYUSHER_TEST_USER": "ada",
    "KEYUSHER_TEST_HOST": "office",
  ].merging(SmallFlow.credential) { $1 }.merging(SandboxCanary.environment) { $1 }

  @Test("The checklist of a ceremony says what it said", arguments: ceremonies) func export(ceremony: String) throws {
    let desk = try Desk()
    let text = try String(contentsOfFile: "\(sourceTree)/flows/gate-io/\(ceremony).script", encoding: .utf8)
    let replayed = try desk.run(
      ["replay", try desk.write(text, to: "a.script")], setting: Self.surroundings)
    expectNoDifference(replayed.errors, "")
    expectNoDifference(replayed.status, 0)
    let markdown = try exported(as: "markdown", from: desk)
    try expectGolden(standing(in: markdown), "\(ceremony).md")
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(exported(as: "json", from: desk).utf8)) as? [String: Any])
    expectNoDifference((json["flow"] as? [String: Any])?["id"] as? String, "gate-io/\(ceremony)")
    let exceptions = try #require(json["exceptions"] as? [Any])
    #expect(exceptions.isEmpty == markdown.contains("\n- Exceptions: no exceptions\n"))
  }

  @Test func `The checklist on the screen has the rounds that the exports have`() throws {
    let desk = try Desk()
    let text = try String(contentsOfFile: "\(sourceTree)/flows/gate-io/review-keys.script", encoding: .utf8)
    let replayed = try desk.run(["replay", try desk.write(text, to: "a.script")], setting: Self.surroundings)
    expectNoDifference(replayed.status, 0)
    let shown = try desk.run(["show", "7q4m"]).output
    let rounds = shown.components(separatedBy: "Round ").dropFirst()
    expectNoDifference(
      rounds.map { String($0.prefix { $0 != "\n" }) }, ["1 of 2: grid-bot-01", "2 of 2: tax-2024"])
    let question = "3.5. What becomes of it?\n    - the script said → "
    expectNoDifference(rounds.map { $0.contains("\(question)grid-bot-01 stays as it is (") }, [true, false])
    expectNoDifference(rounds.map { $0.contains("\(question)tax-2024 goes (") }, [false, true])
    expectNoDifference(shown.components(separatedBy: "] 3.1. Which key?").count, 4)
  }

  private func exported(as format: String, from desk: Desk) throws -> String {
    let ran = try desk.run(["export", "7q4m", "--format", format])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    let bytes = Array(ran.output.utf8)
    expectNoDifference(Canary.trace(in: bytes) ?? SandboxCanary.trace(in: bytes), nil)
    return ran.output
  }

  /// What stands of a run: the head, the steps on its way with their answers, the exceptions and reminders. What the flow's
  /// own words are (instructions, choices, sources) other tests see to; digests change with each of them, and versions with
  /// each release.
  private func standing(in markdown: String) -> String {
    let body = markdown.components(separatedBy: "\n## Final digest")[0]
    let dropped =
      ["To do", "Question", "Choice", "Takes", "Address", "Page", "Facts"].map { "  - \($0): " } + ["- Tool: "]
    let lines = body.components(separatedBy: "\n").filter { line in !dropped.contains { line.hasPrefix($0) } }
      .map { $0.replacingOccurrences(of: "script [0-9a-f]{12}, ", with: "", options: .regularExpression) }
    var kept: [String] = []
    for line in lines {
      if line == "  - **not on this way**" { kept.removeLast() } else { kept.append(line) }
    }
    return kept.joined(separator: "\n")
  }
}

/// Compares a text with its golden file, or writes the file if `KEYUSHER_REWRITE_GOLDENS=1`.
private func expectGolden(_ text: String, _ name: String) throws {
  let file = URL(fileURLWithPath: "\(sourceTree)/Tests/KeyusherTests/Goldens/\(name)")
  if ProcessInfo.processInfo.environment["KEYUSHER_REWRITE_GOLDENS"] == "1" { try Data(text.utf8).write(to: file) }
  let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  expectNoDifference(
    text.components(separatedBy: "\n"), golden.components(separatedBy: "\n"),
    "\(name) differs; KEYUSHER_REWRITE_GOLDENS=1 rewrites it")
}
