import CustomDump
import FlowCore
import Foundation
import Introspection
import Outside
import PlainText
import Testing

@testable import FlowText
@testable import FlowTools

/// The parser, the schema and the README know the same words.
@Suite struct ReferenceTests {
  private func readme() throws -> String {
    try String(contentsOf: FlowTree.folder.appending(path: "README.md"), encoding: .utf8)
  }

  /// Every `word` that stands in backticks.
  private func words(_ text: String) -> Set<String> {
    let pieces = text.split(separator: "`", omittingEmptySubsequences: false)
    return Set(stride(from: 1, to: pieces.count, by: 2).map { String(pieces[$0]) })
  }

  @Test func `the schemas are those of the table of keys`() throws {
    for (name, table) in [
      ("flow", FlowKeys.table), ("pack", PackKeys.table), ("program", ProgramKeys.table), ("api", APIKeys.table),
    ] {
      let frame = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/\(name).frame.json")
      let schema = Schema(
        table: table, frame: try JSON(parsing: Array(Data(contentsOf: frame))), takesParameters: name == "flow")
      try expectFile("\(name).schema.json", schema.text)
    }
  }

  @Test func `the tables of the README are made of the table of keys`() throws {
    try expectFile("README.md", ReferenceTable.filled(try readme()))
  }

  @Test func `every key says what it is for, and names sets and words that there are`() {
    for set in FlowKeys.table.sets + PackKeys.table.sets + ProgramKeys.table.sets + APIKeys.table.sets {
      #expect(!set.about.isEmpty && !set.called.isEmpty && !set.keys.isEmpty, "\(set.name)")
      for key in set.keys { expectSense(of: key.content, "\(set.name).\(key.name)", hasAbout: !key.about.isEmpty) }
    }
  }

  private func expectSense(of content: Key.Content, _ name: String, hasAbout: Bool) {
    switch content {
    case .value: #expect(hasAbout, "\(name)")
    case .number(let range): #expect(hasAbout && range.upperBound > 0, "\(name)")
    case .word(let words): #expect(hasAbout && !words.isEmpty, "\(name)")
    // Its set says what it is.
    case .mapping(let set):
      #expect([FlowKeys.table, PackKeys.table, ProgramKeys.table, APIKeys.table].contains { $0.has(set) }, "\(name)")
    case .list(let item, _, _), .some(let item): expectSense(of: item, name, hasAbout: hasAbout)
    }
  }

  @Test func `the words of the table are those that the reader knows`() {
    func words(_ set: KeySet, _ key: String) -> [String]? {
      switch set[key]?.content {
      case .word(let words), .list(.word(let words), _, _): words
      default: nil
      }
    }
    expectNoDifference(words(FlowKeys.step, "kind"), StepKind.allCases.map(\.rawValue))
    expectNoDifference(words(FlowKeys.step, "role"), Step.Role.allCases.map(\.rawValue))
    expectNoDifference(words(FlowKeys.step, "from-program"), Step.FromProgram.allCases.map(\.rawValue))
    expectNoDifference(words(FlowKeys.step, "check"), CheckName.allCases.map(\.rawValue))
    expectNoDifference(words(FlowKeys.step, "outcome"), Outcome.allCases.map(\.rawValue))
    expectNoDifference(words(FlowKeys.shape, "characters"), Characters.Class.allCases.map(\.rawValue))
  }

  @Test func `a program pack is for the purposes of an exchange's pack, and knows the forms and traps of the code`() {
    let table = ProgramKeys.table
    expectNoDifference(table["rights"]["purpose"]?.content.words, PackKeys.purposes)
    expectNoDifference(table["file"]["form"]?.content.words, ProgramPack.File.Form.allCases.map(\.rawValue))
    // One kind is no choice yet.
    expectNoDifference(table["trap"]["kind"]?.content.words, ProgramPack.Trap.Kind.allCases.map(\.rawValue))
  }

  @Test func `an API knows the schemes, facts and causes of the code, and the risks of a pack`() {
    func words(_ set: String, _ key: String) -> [String]? { APIKeys.table[set][key]?.content.words }
    expectNoDifference(words("api", "scheme"), ExchangeAPI.Scheme.allCases.map(\.rawValue))
    expectNoDifference(words("api", "nonce"), ExchangeAPI.NonceUnit.allCases.map(\.rawValue))
    expectNoDifference(words("unknowable", "fact"), KeyFact.allCases.map(\.rawValue))
    // How other keys are found is said at the own one.
    expectNoDifference(words("fact", "fact"), KeyFact.allCases.filter { $0 != .otherKeys }.map(\.rawValue))
    let causes = KeyFailure.Cause.allCases.map(\.rawValue)
    expectNoDifference(words("refusal", "causes")?.filter { !causes.contains($0) }, [])
    expectNoDifference(words("refusal", "rules-out"), words("refusal", "causes"))
    expectNoDifference(words("refusal", "basis"), ExchangeAPI.Refusal.Basis.allCases.map(\.rawValue))
    expectNoDifference(words("permission", "risk"), Grant.Risk.allCases.map(\.rawValue))
    expectNoDifference(words("permission", "risk"), PackKeys.permission["risk"]?.content.words)
    expectNoDifference(words("rule", "if"), ExchangeAPI.Rule.Condition.allCases.map(\.rawValue))
    expectNoDifference(words("rule", "after"), ExchangeAPI.Rule.Start.allCases.map(\.rawValue))
    for key in ["clock", "fact"] {
      expectNoDifference(words(key, "unit"), TimeUnit.allCases.map(\.rawValue))
      expectNoDifference(words(key, "written"), Written.allCases.map(\.rawValue))
    }
  }

  private func words(_ set: String, _ key: String) -> [String] { PackKeys.table[set][key]?.content.words ?? [] }

  /// Compares a text with a file of `flows`, or writes the file if `KEYUSHER_REWRITE_GOLDENS=1`.
  private func expectFile(_ name: String, _ text: String) throws {
    let url = FlowTree.folder.appending(path: name)
    if ProcessInfo.processInfo.environment["KEYUSHER_REWRITE_GOLDENS"] == "1" {
      try Data(text.utf8).write(to: url, options: .atomic)
    }
    let written = try String(contentsOf: url, encoding: .utf8)
    expectNoDifference(
      written.split(separator: "\n", omittingEmptySubsequences: false),
      text.split(separator: "\n", omittingEmptySubsequences: false), "\(name); KEYUSHER_REWRITE_GOLDENS=1 rewrites it")
  }

  @Test func `the README has every key and every finding, and no finding that there is not`() throws {
    let text = try readme()
    let reference = try #require(text.range(of: "\n## Keys\n"))
    let known = words(String(text[reference.upperBound...]))
    // Guards stand in the README as whole examples.
    for key in Set(FlowKeys.table.sets.flatMap(\.names)) {
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
    case .program:
      let name = file.id.split(separator: "/").last.map(String.init)
      let reading = readProgram(bytes, path: file.path, expectedID: name, exchange: FlowTree.library().pack)
      expectNoDifference(reading.findings, [])
    case .api:
      let provider = String(file.id.prefix { $0 != "/" })
      let pack = FlowTree.library().pack(of: provider)
      expectNoDifference(readAPI(bytes, path: file.path, expectedID: provider, pack: pack).findings, [])
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
    let keys = Set(PackKeys.table.sets.flatMap(\.names) + words("permission", "risk"))
    expectNoDifference(keys.union(words("least", "purpose")).subtracting(known).sorted(), [])
  }

  @Test func `the README says of every key of a program pack what it is for`() throws {
    let section = try #require(try readme().components(separatedBy: "\n## Program packs\n").last)
    let known = words(try #require(section.components(separatedBy: "\n## ").first))
    expectNoDifference(Set(ProgramKeys.table.sets.flatMap(\.names)).subtracting(known).sorted(), [])
  }

  @Test func `the README says of every key of an API what it is for`() throws {
    let section = try #require(try readme().components(separatedBy: "\n## APIs\n").last)
    let known = words(try #require(section.components(separatedBy: "\n## ").first))
    expectNoDifference(Set(APIKeys.table.sets.flatMap(\.names)).subtracting(known).sorted(), [])
  }

  @Test func `Every kind of line of a script is told of, and read`() throws {
    let values: KeyValuePairs = [
      "PROVIDER/NAME": "example/key", "STEP.PART": "step.key", "STEP": "step", "VALUE": "value", "env:NAME": "env:KEY",
      "REASON": "because", "TEXT": "a text", "WORD": "word", " N": " 2", "CODE": "NO-IP-LIST",
    ]
    var kinds: Set<String> = []
    for form in ScriptReference.lines.flatMap(\.forms) {
      let line = values.reduce(form) { $0.replacing($1.key, with: $1.value) }
      let head = form.hasPrefix("flow") ? "" : "flow example/key\n"
      let reading = readScript(head + line + "\n", path: "a.script")
      expectNoDifference(reading.findings, [], "\(line)")
      for item in try #require(reading.value).items {
        let content = Mirror(reflecting: item.content).children.first
        kinds.insert(content?.label ?? "")
        if case .expect(let expectation, _) = item.content {
          kinds.insert("expect " + (Mirror(reflecting: expectation).children.first?.label ?? ""))
        }
      }
    }
    let expectations = ["outcome", "exceptions", "questions", "warnings", "warning"].map { "expect \($0)" }
    expectNoDifference(
      kinds, Set(["answer", "part", "danger", "copy", "noSecret", "command", "expect"] + expectations))
  }
}
