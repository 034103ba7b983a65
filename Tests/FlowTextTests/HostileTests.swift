import Battery
import CustomDump
import FlowCore
import PlainText
import Testing

@testable import FlowText
@testable import FlowTools

/// Whatever a file holds: findings, in bounded time, and no crash.
@Suite struct HostileTests {
  private func codes(_ text: String) -> [FindingCode] {
    var codes: [FindingCode] = []
    for finding in lintFlow(text, path: "flow.yaml").findings where codes.last != finding.code {
      codes.append(finding.code)
    }
    return codes
  }

  @Test func `an alias bomb is refused at its first alias`() {
    var bomb = "a0: &a0 [x, x]\n"
    for level in 1..<40 { bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    expectNoDifference(codes(bomb + "? *a39\n: x\n"), [.alias])
  }

  @Test func `nesting is cut short`() {
    for (open, close) in [("[", "]"), ("{", "}"), ("{a: ", "}"), ("[{a: ", "}]"), ("- ", ""), ("? ", "")] {
      let text = String(repeating: open, count: 100_000) + String(repeating: close, count: 100_000)
      expectNoDifference(codes(text), [.tooDeep])
    }
  }

  @Test func `random bytes are findings`() {
    var random = Random(state: 20_261_123)
    let pieces = [
      "steps:", "- ", "  ", "\n", "\n  ", "{", "}", "[", "]", ": ", "id: ", "kind: tell", "&a ", "*a", "!x ", "\"", "'",
      "|", ">", "#", "? ", "%", "@", "---\n", "...\n", "\t", "\u{0}", "\u{1B}", "\u{FEFF}", "\u{2028}", "é", "👩🏽", "\r",
      "\\u0",
    ]
    for _ in (0..<2_000).part(oneIn: 5) {
      let bytes = (0..<Int(random.next() % 200)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      #expect(lintFlow(bytes, path: "flow.yaml").value == nil)
      _ = readScript(bytes, path: "a.script")
      let text = (0..<Int(random.next() % 60)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
      let flow = lintFlow(text, path: "flow.yaml")
      #expect(flow.value == nil && !flow.findings.isEmpty)
      for finding in flow.findings + readScript(text, path: "a.script").findings { expectShowable(finding) }
    }
  }

  @Test func `a good flow with any byte changed is read or refused`() {
    let good = Array((BadFile.head + "- {id: a, kind: tell, title: A}\n" + BadFile.tail).utf8)
    var random = Random(state: 7)
    for index in good.indices {
      var bytes = good
      bytes[index] = UInt8(truncatingIfNeeded: random.next())
      let reading = lintFlow(bytes, path: "flow.yaml")
      #expect((reading.value == nil) == reading.hasErrors)
      for finding in reading.findings { expectShowable(finding) }
    }
  }

  @Test func `bytes that are no UTF-8 are found where they stand`() {
    let finding = lintFlow(Array("format: 1\ntitle: é".utf8) + [0xC3, 0x28], path: "flow.yaml").findings.first
    expectNoDifference(finding?.code, .notUTF8)
    expectNoDifference([finding?.line, finding?.column], [2, 9])
  }

  @Test func `a byte-order mark and CRLF move nothing`() {
    let text = BadFile.head + "- {id: a, kind: tell, promt: x, title: A}\n" + BadFile.tail
    let plain = lintFlow(text, path: "flow.yaml").findings
    expectNoDifference(plain.map { [$0.line, $0.column] }, [[7, 23]])
    let crlf = String(text.flatMap { $0 == "\n" ? "\r\n" : String($0) })
    expectNoDifference(lintFlow([0xEF, 0xBB, 0xBF] + Array(crlf.utf8), path: "flow.yaml").findings, plain)
    let inTheFirstLine = lintFlow("\u{FEFF}fromat: 1", path: "flow.yaml").findings.first { $0.code == .unknownKey }
    expectNoDifference(inTheFirstLine?.column, 1)
  }

  @Test func `a file too large is not read`() {
    let text = "# " + String(repeating: "x", count: SourceText.largest)
    expectNoDifference(codes(text), [.tooLarge])
    expectNoDifference(lintFlow(Array(text.utf8), path: "flow.yaml").findings.map(\.code), [.tooLarge])
    expectNoDifference(readScript(text, path: "a.script").findings.map(\.code), [.tooLarge])
  }

  @Test func `a file of mistakes alone is told a hundred of them`() {
    let steps = (0..<5_000).map { "- {id: step-\($0), kind: tell, title: T, promt: x, next: stepp-\($0)}\n" }.joined()
    let findings = lintFlow(BadFile.head + steps, path: "flow.yaml").findings
    expectNoDifference(findings.count, Findings.most + 1)
    expectNoDifference(findings.last?.code, .tooMany)
  }

  /// Steps that make one mistake without end, and what is reported of them.
  struct Flood: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var code: FindingCode
    var mostReports: Int
    var mostLocated: Int
    var steps: @Sendable () -> String

    static let many = isWhole ? 35_000 : 7_000

    static func list(_ count: Int, _ item: (Int) -> String) -> String {
      "[" + (0..<count).map(item).joined(separator: ", ") + "]"
    }

    static let all = [
      Flood(testDescription: "braces", code: .badText, mostReports: 1_000, mostLocated: 1) {
        "- {id: a, kind: tell, title: A, say: \"" + String(repeating: "{b ", count: many) + "\"}"
      },
      Flood(testDescription: "one hole", code: .unknownStep, mostReports: 3, mostLocated: 3) {
        "- {id: a, kind: tell, title: A, say: \"" + String(repeating: "{nope}", count: many) + "\"}"
      },
      Flood(testDescription: "holes", code: .unknownStep, mostReports: 100, mostLocated: 100) {
        "- {id: a, kind: tell, title: A, say: \"" + (0..<many).map { "{nope-\($0)}" }.joined() + "\"}"
      },
      Flood(testDescription: "texts", code: .badText, mostReports: 100, mostLocated: 100) {
        "- {id: a, kind: tell, title: A, say: \(list(many) { _ in "\"{b \"" })}"
      },
      Flood(testDescription: "a default of strangers", code: .unknownOption, mostReports: 101, mostLocated: 101) {
        "- {id: a, kind: select, title: A, default: \(list(many) { "y\($0)" }), "
          + "options: \(list(many) { "{id: x\($0), title: X}" })}"
      },
      Flood(testDescription: "a guard on strangers", code: .unknownOption, mostReports: 102, mostLocated: 102) {
        "- {id: a, kind: select, title: A, options: \(list(many) { "{id: x\($0), title: X}" })}\n"
          + "- {id: b, kind: tell, title: B, "
          + "next: [{when: {step: a, includes: \(list(many) { "y\($0)" })}, to: review}]}"
      },
      Flood(testDescription: "ways to nowhere", code: .unknownStep, mostReports: 100, mostLocated: 100) {
        (0..<2_000).map { "- {id: s\($0), kind: tell, title: T, next: n\($0)}\n" }.joined()
      },
    ]
  }

  @Test(arguments: Flood.all) func `one mistake over and over is reported so often and no oftener`(_ flood: Flood) {
    let findings = Findings(SourceText(BadFile.head + flood.steps() + "\n" + BadFile.tail, path: "flow.yaml"))
    var composer = Composer(findings)
    guard let root = composer.compose() else {
      Issue.record("not even read: \(findings.list.map(\.message))")
      return
    }
    _ = FlowReader(findings, .lint()).flow(root, expectedID: nil)
    #expect(findings.list.contains { $0.code == flood.code })
    #expect(findings.reports <= flood.mostReports, "\(findings.reports)")
    #expect(findings.located <= flood.mostLocated, "\(findings.located)")
    expectNoDifference(findings.isFull, findings.list.contains { $0.code == .tooMany })
  }

  @Test func `a text in quotes may look like an anchor and its alias`() {
    for text in ["\"&a *a\"", "'&a *a'"] {
      let findings = Findings(SourceText("a: \(text)\n", path: "f"))
      var composer = Composer(findings)
      #expect(composer.compose() != nil)
      expectNoDifference(findings.list, [])
    }
  }

  @Test func `options that exist are found among very many`() {
    let ids = (0..<35_000).map { "x\($0)" }
    let text =
      "- {id: a, kind: select, title: A, default: [\(ids.joined(separator: ", "))], options: ["
      + ids.map { "{id: \($0), title: X}" }.joined(separator: ", ") + "]}\n- {id: b, kind: tell, title: B, "
      + "next: [{when: {step: a, includes: [\(ids.joined(separator: ", "))]}, to: review}]}\n"
    expectNoDifference(codes(BadFile.head + text + BadFile.tail), [.wrongValue, .badGuard])
  }

  @Test func `keys given twice over and over are bounded`() {
    let text = String(repeating: "- {a: 1, a: 2, a: 3}\n", count: 2_000)
    #expect(lintFlow(text, path: "flow.yaml").findings.contains { $0.code == .duplicateKey })
  }

  @Test func `the work on a flow grows with its steps`() throws {
    var ways: [Int] = []
    for count in [100, 1_000, 10_000] {
      let flow = try #require(lintFlow(generatedFlow(count), path: "flow.yaml").value)
      let graph = FlowGraph(flow)
      _ = graph.reached(from: [0])
      _ = graph.shortestWay(to: { $0 == count + 1 })
      // Each step reads an answer that only a search can find.
      _ = graph.leads((1..<min(count, 65)).map { ($0, count) })
      ways.append(graph.tally.ways)
    }
    #expect(ways[1] <= ways[0] * 11 && ways[2] <= ways[1] * 11, "\(ways)")
  }

  @Test func `a flow of ten thousand steps is read`() throws {
    let reading = lintFlow(generatedFlow(10_000), path: "flow.yaml")
    expectNoDifference(reading.findings, [])
    expectNoDifference(reading.value?.steps.count, 10_002)
  }

  // MARK: - Private

  private func generatedFlow(_ count: Int) -> String {
    let steps = (0..<count).map { number in
      let previous = number == 0 ? "" : " After {step-\(number - 1)}."
      return "- {id: step-\(number), kind: confirm, title: Step, say: \"Go on.\(previous)\", if-no: step-\(number)}\n"
    }
    return BadFile.head + steps.joined() + BadFile.tail
  }

  private func expectShowable(_ finding: Finding) {
    let text = finding.rendered()
    #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.isControlling }, "\(text.debugDescription)")
    #expect(finding.line >= 1 && finding.column >= 1 && finding.length >= 1)
  }
}
