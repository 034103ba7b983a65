import CustomDump
import FlowCore
import FlowText
import FlowTools
import Foundation
import KeyusherHarness
import Outside
import Records
import Testing

@testable import keyusher

/// The flows that are shipped, with their scripts, as `flow lint` and `flow test` see them.
@Suite struct ShippedFlowTests {
  /// What each exchange leads through.
  private static let ceremonies = ["compromise", "create-key", "lost-keys", "review-keys", "revoke-key", "rotate-key"]
  private static let folder = sourceTree + "/flows"
  private static let exchanges =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/pack.yaml") }.sorted()

  @Test func `There are ten exchanges`() {
    expectNoDifference(
      Self.exchanges,
      ["binance", "bitget", "bybit", "coinbase", "gate-io", "htx", "kraken", "kucoin", "mexc", "okx"])
  }

  @Test("An exchange is complete: six ceremonies, each with its script", arguments: exchanges)
  func complete(exchange: String) throws {
    let folder = "\(Self.folder)/\(exchange)"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    for ceremony in Self.ceremonies {
      #expect(names.contains("\(ceremony).yaml"), "\(exchange) has no flow '\(ceremony)'")
      #expect(names.contains("\(ceremony).script"), "\(exchange)/\(ceremony) has no script")
    }
  }

  @Test("What was bound when the program was built is what its text says", arguments: FlowCatalog.shipped.map(\.id))
  func prepared(id: String) throws {
    let text = try #require(FlowCatalog.shipped.first { $0.id == id }).text
    let prepared = try #require(PreparedFlows.shipped[id])
    let reading = bindFlow(
      text, path: id, expectedID: id, library: FlowCatalog.library(of: nil), options: ReadingOptions(.shipped))
    let bound = try #require(reading.value)
    expectNoDifference(prepared, bound)
    #expect(prepared.text.utf8.elementsEqual(bound.text.utf8))
    // What records name it by.
    expectNoDifference(PreparedFlows.shipped.digest(of: id), hexadecimalSHA256(of: Array(bound.text.utf8)))
    // A record of it is not read again either.
    let recorded = try #require(bindFlow(prepared.text, path: id, options: ReadingOptions(.recorded)).value).flow
    expectNoDifference(prepared.flow, recorded)
    for flow in [bound.flow, recorded] {
      expectNoDifference(prepared.flow.course, flow.course)
      expectNoDifference(prepared.flow.parts, flow.parts)
      expectNoDifference(flow.steps.map { prepared.flow.number(of: $0.id) }, flow.steps.map { flow.number(of: $0.id) })
    }
    expectNoDifference(PreparedFlows.shipped.head(of: id), readFlowHead(text))
  }

  @Test func `A build passes hidden files by, such as editors leave`() throws {
    let folder = try Folder()
    for place in ["flows/.old", "flows/any"] {
      try FileManager.default.createDirectory(atPath: folder.path(place), withIntermediateDirectories: true)
    }
    for name in ["any/.#create-key.yaml", ".old/create-key.yaml"] {
      _ = try folder.write(Array("no flow".utf8), to: "flows/\(name)")
    }
    func build() throws -> Int32 {
      try output(of: besideTests("EmbedFlows"), [folder.path("made.swift"), folder.path("flows")]).status
    }
    expectNoDifference(try build(), 0)
    #expect(String(decoding: folder.read("made.swift"), as: UTF8.self).contains("static var shipped"))
    _ = try folder.write(Array("no flow".utf8), to: "flows/any/create-key.yaml")
    expectNoDifference(try build(), 65)
  }

  @Test func `No flow, group, pack or script has a finding, warnings among them`() throws {
    let catalog = try FlowCatalog(folders: [])
    let options = LintOptions()
    expectNoDifference(try FlowFolder.findings(in: [Self.folder], catalog, options).map { "\($0)" }, [])
    expectNoDifference(try FlowFolder.findings(on: catalog, options).map { "\($0)" }, [])
  }

  @Test("Every script comes to the end it expects", arguments: exchanges + ["any"])
  func scripts(exchange: String) throws {
    let tester = ScriptTester(folder: FlowFolder(catalog: try FlowCatalog(folders: [])))
    let paths = try ScriptFiles.scripts(["\(Self.folder)/\(exchange)"])
    #expect(!paths.isEmpty)
    for path in paths {
      let test = try tester.test(path)
      expectNoDifference(test.error?.message, nil)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.contains("\nexpect outcome "), "\(path) would be content with any end")
    }
  }

  @Test func `Gate's scripts come past every step, and take every way that a rehearsal can take`() throws {
    let tester = ScriptTester(folder: FlowFolder(catalog: try FlowCatalog(folders: [])))
    let all = try FlowCoverage.all(["\(Self.folder)/gate-io"], tester: tester)
    expectNoDifference(
      all.map(\.flow), (Self.ceremonies + ["sandbox-then-live"]).map { "gate-io/\($0)" })
    for coverage in all {
      // In a rehearsal every check finds yes: what lies behind another verdict alone nobody comes to.
      let beyond = coverage.ways.missed.filter { $0.words.hasSuffix("(a check decides, and finds yes)") }
      let flow = try FlowCatalog(folders: []).flow(coverage.flow).flow
      let reached = Self.reached(in: flow, without: Set(beyond.map { [$0.step, $0.to] }))
      expectNoDifference(coverage.steps.missed.filter(reached.contains), [], "\(coverage.flow)")
      let missed = coverage.ways.missed.filter { reached.contains($0.step) }.map(\.words).filter {
        !$0.hasSuffix("(only if it is skipped)") && !$0.hasSuffix("(a check decides, and finds yes)")
      }
      expectNoDifference(missed, [], "\(coverage.flow)")
    }
  }

  /// The steps that can be reached from the first without some ways.
  private static func reached(in flow: Flow, without ways: Set<[String]>) -> Set<String> {
    var reached: Set<String> = []
    var open = flow.steps.prefix(1).map(\.id)
    while let id = open.popLast() {
      guard reached.insert(id.rawValue).inserted, let step = flow[id] else { continue }
      open += flow.ways(from: step).filter { !ways.contains([id.rawValue, $0.to.rawValue]) }.map(\.to)
    }
    return reached
  }
}
