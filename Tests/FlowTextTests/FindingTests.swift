import CustomDump
import FlowText
import FlowTools
import Testing

@Suite struct FindingTests {
  @Test(arguments: BadFlows.all) func `a bad flow is refused with place and hint`(_ file: BadFile) {
    let marked = MarkedText(file.text)
    let reading = lintFlow(marked.text, path: "flow.yaml", expectedID: "test/flow")
    expectNoDifference(marked.lines(reading.findings), file.findings)
  }

  @Test(arguments: BadFlows.watched) func `what the linter is told besides is held against a flow`(_ file: BadFile) {
    let marked = MarkedText(file.text)
    let options = LintOptions(today: "2026-11-23", staleDays: 180, officialHosts: ["www.gate.com", "API.gate.com"])
    expectNoDifference(marked.lines(lintFlow(marked.text, path: "flow.yaml", options: options).findings), file.findings)
    let bytes = lintFlow(Array(marked.text.utf8), path: "flow.yaml", options: options)
    expectNoDifference(marked.lines(bytes.findings), file.findings)
    expectNoDifference(lintFlow(marked.text, path: "flow.yaml").findings, [])
  }

  @Test(arguments: BadScripts.alone) func `a bad script is refused with place and hint`(_ file: BadFile) {
    let marked = MarkedText(file.text)
    let reading = readScript(marked.text, path: "a.script")
    expectNoDifference(marked.lines(reading.findings), file.findings)
  }

  @Test(arguments: BadScripts.against) func `a script that does not fit its flow is refused`(_ file: BadFile) throws {
    let marked = MarkedText(file.text)
    let reading = readScript(marked.text, path: "a.script")
    let flow = try #require(lintFlow(BadScripts.flow, path: "flow.yaml").value)
    let script = try #require(reading.value)
    let findings = check(script, against: flow, path: "a.script", text: marked.text)
    expectNoDifference(marked.lines(findings), file.findings)
  }

  @Test func `every code has a bad file`() {
    let packs = BadPacks.all + BadPrograms.all + BadAPIs.all + [BadAPIs.warned]
    let files = BadFlows.all + BadFlows.watched + BadScripts.alone + BadScripts.against + packs
    let lines = files.flatMap(\.findings) + BadTrees.all.flatMap(\.findings)
    let told = Set(lines.flatMap { $0.split(separator: " ") }.filter { $0.hasSuffix(":") }.map { $0.dropLast() })
    // These have tests of their own: see HostileTests, and below.
    let elsewhere: Set<FindingCode> = [.notUTF8, .tooLarge, .tooMany, .redefinesShippedFlow]
    for code in FindingCode.allCases where !elsewhere.contains(code) {
      #expect(told.contains(Substring(code.rawValue)), "\(code.rawValue)")
    }
  }

  @Test func `a finding shows its line and says what to do`() {
    let text = BadFile.head + "- id: a\n  kind: confirm\n  title: A\n  promt: Label\n" + BadFile.tail
    expectNoDifference(
      lintFlow(text, path: "flows/gate-io/create-key.yaml").findings.map { $0.rendered() },
      [
        """
        flows/gate-io/create-key.yaml:10:3: error: unknown key 'promt' [unknown-key]
           10 |   promt: Label
              |   ^~~~~
        hint: did you mean 'prompt'?
        """
      ])
  }

  @Test func `wide characters, tabs and controls keep the mark in its place`() {
    let finding = Finding(
      path: "a\u{1B}b", line: 7, column: 5, length: 2, code: .syntax, message: "m\u{7}", hint: "h\u{202E}",
      excerpt: "日\t\u{1B}xab")
    expectNoDifference(
      finding.rendered(),
      """
      a\\x1Bb:7:5: error: m\\x07 [syntax]
          7 | 日 \\x1Bxab
            |         ^~
      hint: h\\u{202E}
      """)
  }

  @Test func `a line too wide is shown around its mark`() {
    let line = String(repeating: "a", count: 300) + "HERE" + String(repeating: "b", count: 300)
    let finding = Finding(
      path: "f", line: 12_345, column: 301, length: 4, code: .syntax, message: "m", excerpt: line)
    let lines = finding.rendered(columns: 60).split(separator: "\n")
    expectNoDifference(
      lines.dropFirst().map(String.init),
      [
        "12345 | ...aaaaaaaaaaaaaaHEREbbbbbbbbbbbbbbbbbbbbbbbbbbbb...",
        "      |                  ^~~~",
      ])
  }

  @Test func `an added flow can't take a shipped one's id`() {
    let marked = MarkedText("format: 1\nflow: 1️⃣gate-io/create-key\n")
    let own = (id: "me/mine", text: "flow: me/mine\n", path: "mine.yaml")
    let findings = checkSet(
      [own, (id: "gate-io/create-key", text: marked.text, path: "b.yaml")], shipped: ["gate-io/create-key"])
    expectNoDifference(findings.map(\.path), ["b.yaml"])
    expectNoDifference(
      marked.lines(findings),
      [
        "1️⃣ redefines-shipped-flow: flow 'gate-io/create-key' is shipped with Keyusher; give this one an id of its own"
      ])
    let api = MarkedText("format: 1\napi: 1️⃣gate-io\n")
    expectNoDifference(
      api.lines(checkSet([(id: "gate-io/api", text: api.text, path: "api.yaml")], shipped: ["gate-io/api"])),
      [
        "1️⃣ redefines-shipped-flow: how this exchange is asked is part of Keyusher, and this file is not read; take it away"
      ])
  }
}
