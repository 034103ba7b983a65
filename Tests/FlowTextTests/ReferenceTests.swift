import CustomDump
import Foundation
import Testing

@testable import FlowText

/// The parser, the schema and the README know the same words.
@Suite struct ReferenceTests {
  private static let flows = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../flows").standardized

  private func readme() throws -> String {
    try String(contentsOf: Self.flows.appending(path: "README.md"), encoding: .utf8)
  }

  private func schema() throws -> [String: Any] {
    let data = try Data(contentsOf: Self.flows.appending(path: "flow.schema.json"))
    return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// Every `word` that stands in backticks.
  private func words(_ text: String) -> Set<String> {
    let pieces = text.split(separator: "`", omittingEmptySubsequences: false)
    return Set(stride(from: 1, to: pieces.count, by: 2).map { String(pieces[$0]) })
  }

  @Test(arguments: FlowKeys.all.map(\.name)) func `the schema has the parser's keys and no others`(_ name: String)
    throws
  {
    let keys = try #require(FlowKeys.all.first { $0.name == name })
    let schema = try schema()
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    let definition = try #require(name == "flow" ? schema : definitions[name])
    let properties = try #require(definition["properties"] as? [String: [String: Any]])
    expectNoDifference(properties.keys.sorted(), keys.keys.sorted())
    let required = definition["required"] as? [String] ?? []
    expectNoDifference(required.sorted(), name == "step" ? ["id", "kind"] : keys.required.sorted())
    if name == "flow" { expectNoDifference(definitions.count, FlowKeys.all.count - 1) }
  }

  @Test func `every key of the schema has a description`() throws {
    let schema = try schema()
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    for (name, definition) in definitions {
      let properties = try #require(definition["properties"] as? [String: [String: Any]])
      for (key, property) in properties {
        let target = (property["$ref"] as? String).flatMap { definitions[String($0.dropFirst("#/$defs/".count))] }
        #expect(property["description"] != nil || target?["description"] != nil, "\(name).\(key)")
      }
    }
  }

  @Test func `the schema demands of each kind what the parser does`() throws {
    let definitions = try #require(schema()["$defs"] as? [String: [String: Any]])
    let rules = try #require(definitions["step"]?["allOf"] as? [[String: [String: Any]]])
    var demanded: [String: [String]] = [:]
    for rule in rules {
      let properties = rule["if"]?["properties"] as? [String: [String: String]]
      let kind = try #require(properties?["kind"]?["const"])
      demanded[kind] = rule["then"]?["required"] as? [String]
    }
    let expected = Dictionary(uniqueKeysWithValues: StepKind.allCases.map { ($0.rawValue, FlowKeys.required($0)) })
    expectNoDifference(demanded, expected)
  }

  @Test func `the README has every key and every finding, and no finding that there is not`() throws {
    let text = try readme()
    let reference = try #require(text.range(of: "\n## Keys\n"))
    let known = words(String(text[reference.upperBound...]))
    // Guards stand in the README as whole examples.
    for key in Set(FlowKeys.all.flatMap(\.keys)) {
      #expect(known.contains(key) || known.contains { $0.hasPrefix("{") && $0.contains("\(key): ") }, "\(key)")
    }
    let findings = try #require(text.range(of: "| code | what is wrong |"))
    let rows = text[findings.upperBound...].split(separator: "\n").filter { $0.hasPrefix("| `") }
    let codes = rows.flatMap { words(String($0.split(separator: "|")[0])) }
    expectNoDifference(codes.sorted(), FindingCode.allCases.map(\.rawValue).sorted())
    let kinds = words(text)
    for kind in StepKind.allCases { #expect(kinds.contains(kind.rawValue)) }
  }

  @Test func `every flow under flows has no errors, and every script beside it fits`() throws {
    let files = FileManager.default.enumerator(at: Self.flows, includingPropertiesForKeys: nil)?.compactMap {
      $0 as? URL
    }
    for file in files ?? [] where file.pathExtension == "yaml" {
      let folder = file.deletingLastPathComponent()
      let name = file.deletingPathExtension().lastPathComponent
      let id = "\(folder.lastPathComponent)/\(name)"
      let reading = readFlow([UInt8](try Data(contentsOf: file)), path: file.lastPathComponent, expectedID: id)
      #expect(!reading.hasErrors, "\(reading.findings.map { $0.rendered() }.joined(separator: "\n"))")
      let scripts = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      for file in scripts where file.pathExtension == "script" && file.lastPathComponent.hasPrefix(name + ".") {
        let script = readScript([UInt8](try Data(contentsOf: file)), path: file.lastPathComponent)
        expectNoDifference(script.findings, [])
        guard let script = script.value, let flow = reading.value else { continue }
        expectNoDifference(check(script, against: flow, path: file.lastPathComponent), [])
      }
    }
  }

  @Test func `the flow that the README teaches has no findings, nor has its script`() throws {
    let text = try readme()
    var flow = ""
    for block in text.components(separatedBy: "```yaml\n").dropFirst(2) {
      let body = String(block.prefix(upTo: try #require(block.range(of: "```")).lowerBound))
      // The end of the shortest flow gives way to the steps that follow.
      flow += flow.isEmpty ? String(body.prefix(upTo: try #require(body.range(of: "  - id: done")).lowerBound)) : body
    }
    let taught = readFlow(flow, path: "rotate-key.yaml", expectedID: "example/rotate-key")
    expectNoDifference(taught.findings, [])
    let block = try #require(
      text.components(separatedBy: "## Scripts").last?.components(separatedBy: "```text\n").dropFirst().first)
    let script = String(block.prefix(upTo: try #require(block.range(of: "```")).lowerBound))
    let answers = readScript(script, path: "a.script")
    expectNoDifference(answers.findings, [])
    expectNoDifference(try check(#require(answers.value), against: #require(taught.value), path: "a.script"), [])
  }
}
