import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

/// Scripts as tests of their flows: nothing of the computer is needed or touched.
@Suite struct FlowTestTests {
  private func test(_ script: String, _ arguments: String...) throws -> Ran {
    try Desk.testing(["small.script": script]).run(["flow", "test"] + arguments)
  }

  @Test func `A rehearsal reads no variable, file or descriptor, and leaves nothing`() throws {
    let script = SmallFlow.script(key: "file:/none/such", secret: "fd:97")
    let desk = try Desk.testing(["small.script": script])
    let before = try desk.files()
    let ran = try desk.run(["flow", "test"], setting: ["PATH": nil, "HOME": nil, "GATE_API_KEY": Canary.key])
    expectNoDifference(ran.output, "ok    flows/test/small.script\n1 script: 1 passed, 0 failed\n")
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    expectNoDifference(try desk.files(), before)
  }

  @Test(
    "What goes wrong is told with the script's line, what was expected and what came",
    arguments: [
      (
        SmallFlow.script.replacing("completed", with: "blocked"),
        "flows/test/small.script:9: expected outcome blocked, found outcome completed\n"
      ),
      (
        "flow test/small\nexpect outcome blocked\n"
          + SmallFlow.script.split(separator: "\n").dropFirst().dropLast()
          .joined(separator: "\n") + "\n",
        "flows/test/small.script:2: expected outcome blocked, found outcome completed\n"
      ),
      (
        SmallFlow.script.replacing("label: bot-1\n", with: "label: bot-1\n  expect warning NO-LIST\n"),
        "flows/test/small.script:3: expected warning NO-LIST, found no warning NO-LIST\n"
      ),
      (
        SmallFlow.script.replacing("rights: read\n", with: ""),
        "flows/test/small.script:3: expected step 'login', the flow asks 'rights'\n"
      ),
      (
        "flow test/small\nlabel: bot-1\n",
        "flows/test/small.script:2: the script ends, and the flow asks 'rights'\nhint: add 'rights: …'\n"
      ),
      (
        SmallFlow.script.replacing("label: bot-1", with: "label: ask"),
        "flows/test/small.script:2: 'label' is left to a person, and a test has none\n"
      ),
      (
        SmallFlow.script.replacing("env:GATE_API_SECRET", with: "ask"),
        "flows/test/small.script:7: 'credential.secret' is left to a person, and a test has none\n"
      ),
      (
        SmallFlow.script.replacing("rights: read\n", with: "rights: :quit\n"),
        "flows/test/small.script:3: the run was left before an end\n"
      ),
      (
        SmallFlow.script.replacing("login: yes", with: "logni: yes"),
        "flows/test/small.script:4:1: error: the flow has no step 'logni' [unknown-step]\n"
      ),
      (
        SmallFlow.script.replacing("flow test/small", with: "flow test/none"),
        "flows/test/small.script:1: there is no flow 'test/none'\n"
      ),
    ] as [(String, String)])
  func failing(script: String, complaint: String) throws {
    let ran = try test(script)
    expectNoDifference(ran.status, 2)
    expectNoDifference(ran.errors, "")
    #expect(ran.output.hasPrefix("FAIL  flows/test/small.script\n\(complaint)"), "\(ran.output)")
    #expect(ran.output.hasSuffix("\n1 script: 0 passed, 1 failed\n"))
  }

  @Test func `Without an expected outcome a script passes if it comes to an end`() throws {
    expectNoDifference(try test("flow test/small\nlabel: x\nrights: read\nlogin: no\n").status, 0)
  }

  @Test func `Every store works, whatever is installed, and its passphrase is not asked for`() throws {
    let stores = ["age", "pass", "secret-service", "openbao", "offline", "docker-credential-none-such", "\"\""]
    let scripts = stores.enumerated().map { index, store in
      let answer = "store: \(store)\nstore.unlock: env:NONE_SUCH"
      return ("small.\(index).script", SmallFlow.script.replacing("store: offline", with: answer))
    }
    let ran = try Desk.testing(Dictionary(uniqueKeysWithValues: scripts)).run(["flow", "test"])
    expectNoDifference(ran.status, 0, "\(ran.output)")
    #expect(ran.output.hasSuffix("7 scripts: 7 passed, 0 failed\n"))
  }

  @Test func `A flow that can't be used is not passed over for a shipped one of its name`() throws {
    let desk = try Desk()
    try desk.write("format: 1\nflow: gate-io/create-key\n", to: "flows/gate-io/create-key.yaml")
    try desk.write(
      String(contentsOfFile: sourceTree + "/flows/gate-io/create-key.script", encoding: .utf8),
      to: "flows/gate-io/create-key.script")
    let ran = try desk.run(["flow", "test"])
    expectNoDifference(ran.status, 2)
    #expect(ran.output.contains("flows/gate-io/create-key.yaml:1:1: error: a flow needs"))
  }

  @Test func `A script that can't be read fails alone`() throws {
    let desk = try Desk.testing(["small.script": SmallFlow.script])
    expectNoDifference(mkfifo(desk.work + "/flows/test/small.pipe.script", 0o600), 0)
    expectNoDifference(
      try desk.run(["flow", "test"]).output,
      """
      FAIL  flows/test/small.pipe.script
      flows/test/small.pipe.script:1: 'flows/test/small.pipe.script' is no plain file
      hint: a flow is a file of text
      ok    flows/test/small.script
      2 scripts: 1 passed, 1 failed

      """)
  }

  @Test func `A script, a flow and a folder mean the same script, and hidden folders are passed over`() throws {
    let desk = try Desk.testing([
      "small.script": SmallFlow.script, "small.no.script": SmallFlow.script, "other.script": "x",
    ])
    try desk.write("x", to: "flows/.git/a.script")
    let list = { (path: String) in
      try desk.run(["flow", "test", path]).output.split(separator: "\n").map { $0.dropFirst(6) }
    }
    expectNoDifference(try list("flows/test/small.script").first, "flows/test/small.script")
    expectNoDifference(
      try list("flows/test/small.yaml").dropLast(), ["flows/test/small.no.script", "flows/test/small.script"])
    #expect(try list("flows/").contains("flows/test/other.script"))
    #expect(try !list("flows/").contains { $0.contains(".git") })
    expectNoDifference(try list("flows/").filter { $0.hasPrefix("flows/") && $0.hasSuffix("script") }.count, 3)
  }

  @Test(arguments: [
    (["flow", "test"], "there is no folder 'flows' here, and scripts are not inside the program"),
    (["flow", "lint", "--coverage"], "there is no folder 'flows' here, and scripts are not inside the program"),
    (["flow", "test", "none"], "can't read 'none'"), (["flow", "test", "."], "there is no script in '.'"),
  ]) func `Where there is nothing to test, that is said`(arguments: [String], message: String) throws {
    let ran = try Desk().run(arguments)
    expectNoDifference(ran.status, 66)
    #expect(ran.errors.hasPrefix("keyusher: \(message)\nhint: "), "\(ran.errors)")
  }

  // MARK: - Formats

  private let mixed = [
    "small.script": SmallFlow.script, "small.a #1 & \"<b>\".script": "flow test/small\nlabel: \"<&>\"\n",
  ]

  @Test func `TAP numbers the tests and says in YAML what is wrong`() throws {
    let ran = try Desk.testing(mixed).run(["flow", "test", "--format", "tap"])
    expectNoDifference(ran.status, 2)
    expectNoDifference(
      ran.output,
      ##"""
      TAP version 13
      1..2
      not ok 1 - flows/test/small.a \#1 & "<b>".script
        ---
        message: "flows/test/small.a #1 & \"<b>\".script:2: the script ends, and the flow asks 'rights'"
        hint: "add 'rights: …'"
        severity: fail
        ...
      ok 2 - flows/test/small.script

      """##)
  }

  @Test func `JUnit is XML that a parser reads as it was meant`() throws {
    guard let python = tool("python3") else { return }
    let desk = try Desk.testing(mixed)
    let ran = try desk.run(["flow", "test", "--format", "junit"])
    expectNoDifference(ran.status, 2)
    try desk.write(ran.output, to: "junit.xml")
    let read = try desk.run(["-c", Self.reading], program: python)
    expectNoDifference(read.errors, "")
    expectNoDifference(
      read.output,
      """
      testsuites 2 1 0
      testsuite flows/test 2 1 0
      small.a #1 & "<b>".script|test/small|flows/test/small.a #1 & "<b>".script
      flows/test/small.a #1 & "<b>".script:2: the script ends, and the flow asks 'rights'|parted
      small.script|test/small|flows/test/small.script

      """)
  }

  private static let reading = """
    import xml.etree.ElementTree as tree
    root = tree.parse("junit.xml").getroot()
    def counts(node): return node.attrib["tests"], node.attrib["failures"], node.attrib["errors"]
    print(root.tag, *counts(root))
    for suite in root:
        print(suite.tag, suite.attrib["name"], *counts(suite))
        float(suite.attrib["time"])
        for case in suite:
            print(case.attrib["name"], case.attrib["classname"], case.attrib["file"], sep="|")
            for failure in case:
                assert failure.text.startswith(failure.attrib["message"] + "\\n")
                print(failure.attrib["message"], failure.attrib["type"], sep="|")
    """
}
