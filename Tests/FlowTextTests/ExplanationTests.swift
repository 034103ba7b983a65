import CustomDump
import Outside
import Testing

@testable import FlowText
@testable import FlowTools

/// Every finding is explained, by examples that are what they say.
@Suite struct ExplanationTests {
  @Test func `every code is explained once`() {
    expectNoDifference(Resources.explanations.map(\.name).sorted(), FindingCode.allCases.map(\.rawValue).sorted())
  }

  @Test(arguments: FindingCode.allCases.map(\.rawValue)) func `the bad example gives its finding, the mended one not`(
    _ code: String
  ) throws {
    let explanation = try #require(FindingCode(rawValue: code)?.explanation)
    let bad = findings(explanation.bad)
    #expect(bad.contains { $0.code == explanation.code }, "\(bad.map { $0.rendered() })")
    let mended = findings(explanation.mended)
    #expect(!mended.contains { $0.code == explanation.code }, "\(mended.map { $0.rendered() })")
    // A whole file may be cut short behind what it shows.
    let errors = mended.filter { $0.severity == .error && explanation.mended.kind != .flow }
    expectNoDifference(errors.map { $0.rendered() }, [])
  }

  @Test(arguments: FindingCode.allCases.map(\.rawValue)) func `an explanation is whole sentences that fit a screen`(
    _ code: String
  ) throws {
    let explanation = try #require(FindingCode(rawValue: code)?.explanation)
    #expect(!explanation.summary.hasSuffix("."))
    for text in [explanation.means, explanation.matters] {
      #expect(text.hasSuffix(".") && text.first?.isUppercase == true || text.hasPrefix("'"), "\(text)")
    }
    let text = explanation.text(columns: 80)
    #expect(text.hasPrefix("\(code) (\(explanation.code.severity.rawValue)): \(explanation.summary)\n\n"))
    #expect(text.split(separator: "\n").count <= 40)
    expectNoDifference(text.contains("stands for a byte"), text.contains("\\x"))
    for line in text.split(separator: "\n") where !line.hasPrefix(" ") { #expect(line.count <= 120, "\(line)") }
  }

  /// What is found in an example, as `keyusher flow lint` would find it.
  private func findings(_ example: Explanation.Example) -> [Finding] {
    let text = Array(repeating: example.text, count: example.times).joined(separator: "\n") + "\n"
    switch example.kind {
    case .flow:
      let bytes = bytes(text)
      let added = (id: text.contains("gate-io/") ? "gate-io/create-key" : "example/key", text: text, path: "b.yaml")
      return read(bytes) + checkSet([added], shipped: ["gate-io/create-key"])
    case .steps: return read(steps(text))
    case .group: return read(steps("- include: shared/look\n"), look: bytes(text))
    case .program:
      let library = FlowTree.library()
      return readProgram(bytes(text), path: "example.yaml", expectedID: "example", exchange: library.pack).findings
    case .api: return BadAPIs.read(BadAPIs.head + text).findings
    case .script:
      let reading = readScript(bytes(text), path: "a.script")
      guard let script = reading.value, let flow = lintFlow(Self.answered, path: "key.yaml").value else {
        return reading.findings
      }
      return reading.findings + check(script, against: flow, path: "a.script", text: text)
    }
  }

  /// The flow that the scripts of examples answer.
  private static let answered = """
    format: 1
    flow: example/key
    version: 1
    title: A flow
    summary: For the scripts of examples.
    steps:
      - {id: where, kind: choose, title: Where?, options: [{id: home, title: At home}, {id: server, title: A server}]}
      - {id: clock, kind: check, title: Clock, check: clock-plausible}
      - {id: store, kind: store, title: Where to keep it, required: true}
      - id: credential
        kind: credential
        title: Key
        required: true
        store: store
        name: example/key
        if-lost: lost
        parts: [{name: key, title: Key, secret: false}, {name: secret, title: Secret, secret: true}]
      - {id: review, kind: review, title: Review}
      - {id: done, kind: end, outcome: completed}
      - {id: lost, kind: end, outcome: aborted}
    """

  private func steps(_ text: String) -> [UInt8] {
    bytes(BadFile.head.replacing("test/flow", with: "example/key") + text + BadFile.tail)
  }

  /// What is found in the flow, with a group to include, on a day and with hosts that are known.
  private func read(_ flow: [UInt8], look: [UInt8] = []) -> [Finding] {
    let login = """
      format: 1
      group: shared/login
      about: Logs in.
      params: {then: {about: The step after it.}}
      steps: [{id: login, kind: confirm, title: Log in, next: $(then)}]
      """
    let groups = ["shared/login": Array(login.utf8), "shared/look": look]
    let library = FlowLibrary(known: groups.keys.sorted()) { id in
      groups[id].map { .found(bytes: $0, path: "flows/\(id).yaml") } ?? .absent
    }
    let options = LintOptions(today: "2026-11-23", staleDays: 180, officialHosts: ["www.example.com"])
    return lintFlow(
      flow, path: "flows/example/key.yaml", expectedID: "example/key", library: library, options: options
    ).findings
  }

  /// The bytes of a text in which `\xNN` stands for one.
  private func bytes(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "x"),
        let value = UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}
