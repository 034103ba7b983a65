import CustomDump
import Outside
import Testing

@testable import FlowText
@testable import FlowTools

@Suite struct ScaffoldTests {
  @Test func `a new flow and its script have no finding, not even a warning`() throws {
    let scaffold = Scaffold(id: "my-exchange/rotate-key", today: "2026-11-23")
    let flow = lintFlow(scaffold.flow, path: "rotate-key.yaml", expectedID: "my-exchange/rotate-key")
    expectNoDifference(flow.findings, [])
    let script = readScript(scaffold.script, path: "rotate-key.script")
    expectNoDifference(script.findings, [])
    expectNoDifference(
      check(try #require(script.value), against: try #require(flow.value), path: "rotate-key.script"), [])
    #expect(scaffold.flow.contains("date: 2026-11-23}"))
  }

  // MARK: - An exchange

  private static let exchange = ExchangeScaffold(id: "my-exchange", today: "2026-11-23")

  private func text(_ name: String) throws -> String {
    try #require(Self.exchange.files.first { $0.name == name }).text
  }

  /// The groups of the source tree, and a pack.
  private func library(_ pack: String) -> FlowLibrary {
    let groups = try? FlowTree.files().filter { $0.kind == .group }
    return FlowLibrary { id in
      if id == "my-exchange/pack" { return .found(bytes: Array(pack.utf8), path: "pack.yaml") }
      guard let bytes = try? groups?.first(where: { $0.id == id })?.bytes() else { return .absent }
      return .found(bytes: bytes, path: "flows/\(id).yaml")
    }
  }

  @Test(arguments: [false, true]) func `a new exchange has no finding, with what is optional or without`(isWhole: Bool)
    throws
  {
    let pack = try text("pack.yaml").replacing("#? ", with: isWhole ? "" : "#? ")
    let findings = readPack(Array(pack.utf8), path: "pack.yaml", expectedID: "my-exchange").findings
    expectNoDifference(findings.map { $0.rendered() }, [])
    for file in Self.exchange.files where file.name.hasSuffix(".yaml") && file.name != "pack.yaml" {
      let id = "my-exchange/" + file.name.dropLast(5)
      let reading = lintFlow(file.text, path: file.name, expectedID: id, library: library(pack))
      expectNoDifference(reading.findings.map { $0.rendered() }, [])
    }
  }

  @Test func `a new pack has every key there is, and claims to have seen no page`() throws {
    let pack = try text("pack.yaml")
    for key in Set(PackKeys.table.sets.flatMap(\.names)) { #expect(pack.contains("\(key):"), "\(key)") }
    for risk in PackKeys.permission["risk"]?.content.words ?? [] { #expect(pack.contains(risk), "\(risk)") }
    #expect(!pack.contains("seen-live:"))
    let sources = pack.split(separator: "\n").filter { $0.contains("source: ") }
    #expect(sources.allSatisfy { $0.contains("{from: no source yet, date: 2026-11-23}") })
  }

  @Test(arguments: exchange.files.map(\.name).filter { $0.hasSuffix(".script") })
  func `a new flow of an exchange and its script have no finding`(_ name: String) throws {
    let flow = name.replacing(".script", with: "")
    let reading = lintFlow(
      try text("\(flow).yaml"), path: "\(flow).yaml", expectedID: "my-exchange/\(flow)",
      library: library(try text("pack.yaml")))
    expectNoDifference(reading.findings.map { $0.rendered() }, [])
    let script = readScript(try text(name), path: name)
    expectNoDifference(script.findings, [])
    expectNoDifference(check(try #require(script.value), against: try #require(reading.value), path: name), [])
  }

  @Test(arguments: [
    ("gate-io/create-key", true), ("a/b", true), ("a", false), ("a/b/c", false), ("/b", false), ("a/", false),
    ("A/b", false), ("a/b c", false), ("../b", false), ("a/-b", false), ("", false),
  ]) func `an id is a provider and a name`(id: String, isOne: Bool) {
    expectNoDifference(isFlowID(id), isOne)
  }
}
