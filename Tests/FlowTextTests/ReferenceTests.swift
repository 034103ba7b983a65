import CustomDump
import Foundation
import Outside
import Testing

@testable import FlowText
@testable import FlowTools

/// The parser, the schema and the README know the same words.
@Suite struct ReferenceTests {
  private func readme() throws -> String {
    try String(contentsOf: FlowTree.folder.appending(path: "README.md"), encoding: .utf8)
  }

  private func definitions(_ schema: String = "flow") throws -> [String: [String: Any]] {
    let data = try Data(contentsOf: FlowTree.folder.appending(path: "\(schema).schema.json"))
    let schema = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    return try #require(schema["$defs"] as? [String: [String: Any]])
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
    let definition = try #require(definitions()[name])
    let properties = try #require(definition["properties"] as? [String: [String: Any]])
    expectNoDifference(properties.keys.sorted(), keys.keys.sorted())
    let required = definition["required"] as? [String] ?? []
    expectNoDifference(required.sorted(), name == "step" ? ["id", "kind"] : keys.required.sorted())
  }

  @Test(arguments: PackKeys.all.map(\.name)) func `the schema of packs has the parser's keys, and what belongs there`(
    _ name: String
  ) throws {
    let schema = try #require(PackKeys.all.first { $0.name == name })
    let definition = try #require(definitions("pack")[name])
    expectNoDifference((definition["required"] as? [String] ?? []).sorted(), schema.required.map(\.key).sorted())
    let properties = try #require(definition["properties"] as? [String: [String: Any]])
    expectNoDifference(properties.keys.sorted(), schema.keys.keys.sorted())
    for (key, content) in schema.required + schema.optional {
      let property = properties[key].map(reference) ?? ""
      expectNoDifference(property, words(content), "\(name).\(key)")
    }
  }

  /// What a property refers to: `text`, or `list of permission`.
  private func reference(_ property: [String: Any]) -> String {
    let name = (property["$ref"] as? String).map { String($0.split(separator: "/").last ?? "") }
    if let name { return name }
    return "list of " + ((property["items"] as? [String: Any]).map(reference) ?? "")
  }

  private func words(_ content: PackKeys.Content) -> String {
    switch content {
    case .mapping(let schema): schema.name
    case .list(let schema): "list of \(schema.name)"
    case .options: "list of option"
    case .parts: "list of part"
    case .permissions: "texts"
    default: "\(content)"
    }
  }

  @Test(arguments: ["flow", "pack"]) func `a schema has no other keys, and says what each is for`(_ schema: String)
    throws
  {
    let definitions = try definitions(schema)
    let known = schema == "flow" ? FlowKeys.all.map(\.name) : PackKeys.all.map(\.name)
    expectNoDifference(definitions.filter { $0.value["properties"] != nil }.keys.sorted(), known.sorted())
    for name in known {
      let properties = definitions[name]?["properties"] as? [String: [String: Any]] ?? [:]
      for (key, property) in properties {
        let target = (property["$ref"] as? String).flatMap { definitions[String($0.dropFirst("#/$defs/".count))] }
        let isDescribed = property["description"] != nil || target?["description"] != nil
        // A source says what it is in the schema of flows.
        #expect(isDescribed || reference(property) == "source", "\(name).\(key)")
      }
    }
  }

  @Test func `the schema demands of each kind what the parser does`() throws {
    let rules = try #require(definitions()["step"]?["allOf"] as? [[String: [String: Any]]])
    var demanded: [String: [String]] = [:]
    for rule in rules {
      let properties = rule["if"]?["properties"] as? [String: [String: String]]
      let kind = try #require(properties?["kind"]?["const"])
      demanded[kind] = rule["then"]?["required"] as? [String]
    }
    var expected = Dictionary(uniqueKeysWithValues: StepKind.allCases.map { ($0.rawValue, FlowKeys.required($0)) })
    // A credential without one has a finding of its own, since flows on record may lack it.
    expected["credential"]?.append("store")
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

  @Test(arguments: try FlowTree.files())
  func `every flow, group and pack has no findings, and every script fits its flow`(
    _ file: FlowTree.File
  ) throws {
    let bytes = try file.bytes()
    switch file.kind {
    case .group: expectNoDifference(checkGroup(bytes, path: file.path, expectedID: file.id), [])
    case .pack:
      let provider = file.id.split(separator: "/").first.map(String.init)
      expectNoDifference(readPack(bytes, path: file.path, expectedID: provider).findings, [])
    case .flow:
      let reading = try FlowTree.bound(file.id)
      expectNoDifference(reading.findings, [])
      let flow = try #require(reading.value).flow
      let folder = FlowTree.folder.appending(path: file.id).deletingLastPathComponent()
      let name = file.id.split(separator: "/").last ?? ""
      for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      where file.pathExtension == "script" && file.lastPathComponent.hasPrefix(name + ".") {
        let script = readScript([UInt8](try Data(contentsOf: file)), path: file.lastPathComponent)
        expectNoDifference(script.findings, [])
        guard let script = script.value else { continue }
        expectNoDifference(check(script, against: flow, path: file.lastPathComponent), [])
      }
    }
  }

  @Test func `every group is included by some flow, or by a group that is`() throws {
    let texts = try FlowTree.files().map { String(decoding: try $0.bytes(), as: UTF8.self) }
    for file in try FlowTree.files() where file.kind == .group {
      #expect(texts.contains { $0.contains("include: \(file.id)") }, "\(file.id)")
    }
  }

  /// The blocks of one language in one section of the README.
  private func blocks(_ language: String, under heading: String) throws -> [String] {
    let section = try #require(try readme().components(separatedBy: "\n## \(heading)\n").dropFirst().first)
    let own = try #require(section.components(separatedBy: "\n## ").first)
    return try own.components(separatedBy: "```\(language)\n").dropFirst().map {
      String($0.prefix(upTo: try #require($0.range(of: "```")).lowerBound))
    }
  }

  @Test func `the flow that the README teaches has no findings, nor have its scripts`() throws {
    // First comes the line for editors.
    let pieces = try blocks("yaml", under: "Ten minutes").dropFirst()
    let head = try #require(pieces.first)
    let shortest = lintFlow(head, path: "rotate-key.yaml", expectedID: "example/rotate-key")
    expectNoDifference(shortest.findings.map(\.code), [.noReview])
    // The end of the shortest flow gives way to the steps that follow.
    let begun = String(head.prefix(upTo: try #require(head.range(of: "  - id: done")).lowerBound))
    let flow = begun + pieces.dropFirst().joined()
    let taught = lintFlow(flow, path: "rotate-key.yaml", expectedID: "example/rotate-key")
    expectNoDifference(taught.findings, [])
    for script in [try blocks("text", under: "Ten minutes").first, try blocks("text", under: "Scripts").first] {
      let answers = readScript(try #require(script), path: "a.script")
      expectNoDifference(answers.findings, [])
      expectNoDifference(try check(#require(answers.value), against: #require(taught.value), path: "a.script"), [])
    }
  }

  @Test func `the group that the README teaches has no findings, nor has the flow that includes it`() throws {
    let files = try blocks("yaml", under: "What flows share")
    let group = try #require(files.first { $0.hasPrefix("# flows/shared/done.yaml\n") })
    let flow = try #require(files.first { $0.hasPrefix("# flows/example/move-out.yaml\n") })
    let library = FlowLibrary { id in
      id == "shared/done" ? .found(bytes: [UInt8](group.utf8), path: "done.yaml") : .absent
    }
    let reading = lintAndBind(flow, path: "move-out.yaml", expectedID: "example/move-out", library: library)
    expectNoDifference(reading.findings, [])
    let steps = try #require(reading.value).flow.steps.map(\.id.rawValue)
    expectNoDifference(steps, ["front", "front-later", "back", "back-later", "review", "done"])
  }

  @Test func `the README says of every key of a pack where it is read`() throws {
    let section = try #require(try readme().components(separatedBy: "\n## Packs\n").last)
    let known = words(try #require(section.components(separatedBy: "\n## ").first))
    let keys = Set(PackKeys.all.flatMap(\.keys.keys) + PackKeys.Risk.allCases.map(\.rawValue))
    expectNoDifference(keys.union(PackKeys.Purpose.allCases.map(\.rawValue)).subtracting(known).sorted(), [])
  }
}
