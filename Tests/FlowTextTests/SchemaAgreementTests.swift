import CustomDump
import Foundation
import Outside
import Testing

@testable import FlowText
@testable import FlowTools

/// The parser and the JSON Schemas judge the same files alike, as far as a schema can judge at all.
@Suite struct SchemaAgreementTests {
  private struct Sample: Encodable {
    var name: String
    var text: String
    var schema = "flow"
    var isGood: Bool
  }

  @Test func `the schemas take and refuse what the parser does`() throws {
    let env = ["python3", "-W", "ignore"]
    guard try output(of: "/usr/bin/env", env + ["-c", "import jsonschema, referencing, yaml"]).status == 0 else {
      missing("python3 with jsonschema and PyYAML")
      return
    }
    let program = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../SchemaAgreement/agree.py")
    let folder = try Folder()
    let samples = try Self.samples()
    try JSONEncoder().encode(samples).write(to: folder.url("samples.json"))
    let run = try output(
      of: "/usr/bin/env", env + [program.standardized.path, FlowTree.folder.path, folder.path("samples.json")])
    let text = String(decoding: run.bytes, as: UTF8.self)
    #expect(run.status == 0, "\(text)")
    let bad = samples.count { !$0.isGood }
    let good = samples.count - bad + (try FlowTree.files().count)
    #expect(bad > 30)
    expectNoDifference(text, "\(good) good and \(bad) bad files, 0 judged differently\n")
  }

  @Test func `each single mistake is what the parser finds in it`() {
    for mistake in SingleMistake.all {
      let findings = FlowFiles("single", "- " + mistake.step).bound().findings
      let codes = findings.map(\.code).filter { Self.judgement(of: $0) == .both || $0 == mistake.code }
      expectNoDifference(codes, [mistake.code], "\(mistake.step)")
    }
  }

  private static func samples() throws -> [Sample] {
    var samples = [
      Sample(name: "a good pack", text: BadPacks.good, schema: "pack", isGood: true),
      Sample(name: "a good program pack", text: BadPrograms.good, schema: "program", isGood: true),
      Sample(name: "a good API", text: BadAPIs.good, schema: "api", isGood: true),
    ]
    for file in try FlowTree.files() where file.kind == .flow {
      let bound = try #require(FlowTree.bound(file.id).value)
      samples.append(Sample(name: "\(file.id), bound", text: bound.text, isGood: true))
    }
    for mistake in SingleMistake.all {
      let flow = FlowFiles("single", "- " + mistake.step).flow
      samples.append(Sample(name: "single: \(mistake.step)", text: flow.text, isGood: false))
    }
    for file in BadFlows.all where !parserAlone.contains(file.name) {
      let text = MarkedText(file.text).text
      let findings = lintFlow(text, path: "flow.yaml", expectedID: "test/flow").findings
      samples += sample(file.name, text, findings)
    }
    for file in BadPacks.all {
      let text = MarkedText(file.text).text
      samples += sample(file.name, text, readPack(Array(text.utf8), path: "p", expectedID: "test").findings, "pack")
    }
    for file in BadPrograms.all where !parserAlone.contains(file.name) {
      let text = MarkedText(file.text).text
      samples += sample(file.name, text, BadPrograms.read(text).findings, "program")
    }
    for file in BadAPIs.all where !parserAlone.contains(file.name) {
      let text = MarkedText(file.text).text
      samples += sample(file.name, text, BadAPIs.read(text).findings, "api")
    }
    for files in BadTrees.all where !parserAlone.contains(files.name) {
      let findings = files.bound().findings
      samples += sample(files.name, files.flow.text, findings.filter { $0.path == "flow.yaml" })
      for (id, _) in files.others where !id.hasSuffix("/pack") {
        samples += sample(
          "\(files.name): \(id)", files.text(of: id)?.text ?? "", findings.filter { $0.path == "\(id).yaml" })
      }
    }
    return samples
  }

  /// None if it is not even YAML as the parser takes it.
  private static func sample(
    _ name: String, _ text: String, _ findings: [Finding], _ schema: String = "flow"
  ) -> [Sample] {
    let judgements = findings.map { judgement(of: $0.code) }
    if judgements.contains(.unreadable) { return [] }
    return [Sample(name: name, text: text, schema: schema, isGood: !judgements.contains(.both))]
  }

  private enum Judgement { case both, parserAlone, unreadable }

  /// Who can see that something is wrong.
  private static func judgement(of code: FindingCode) -> Judgement {
    switch code {
    case .unknownKey, .misplacedKey, .missingKey, .wrongType, .wrongValue, .emptyText, .badID, .badDate, .badURL,
      .badShape, .badGuard, .unknownFormat, .emptyList, .noStore:
      .both
    // What is about the text of a file, not about what it holds.
    case .notUTF8, .tooLarge, .controlCharacter, .syntax, .emptyFile, .severalDocuments, .tooDeep, .anchor, .alias,
      .tag,
      .duplicateKey, .tooMany:
      .unreadable
    // What is said in one place and asked for in another, what a text holds, how wide it is.
    default: .parserAlone
    }
  }

  /// Files with a finding that a schema could have in another file, and can't have in this one.
  private static let parserAlone: Set<String> = [
    "a list of lists within a text", "addresses that lead elsewhere, or nowhere",
    "variables that steer how programs run", "what a script may leave unsaid", "a host that is not its own",
    "a path that does more than read", "a mark that leads elsewhere", "a method that its scheme does not sign",
    "a one-time password in an address", "a cause ruled out that it has not",
  ]
}
