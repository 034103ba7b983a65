import CustomDump
import FlowCore
import FlowText
import Testing

@Suite struct ScriptTests {
  static let text = """
    # A grid bot on the spot market.
    flow gate-io/create-key
    purpose: spot-bot   # as planned
    login: ""
    label: "grid #1 \\"bot\\" \\\\"
      :note runs on "the" office box
      ?
    :skip
    two: :skip "later # today"
    three: ::colon
    four: ask
    four: "ask"
    rights.danger: withdraw
    credential.key: env:GATE_API_KEY
    credential.secret: "file:/a b"
    credential.pass: fd:3
    credential.copy: ask
      expect exceptions 0
      expect warning NO-LIST
    credential: lost
    :lost
    expect outcome completed
    expect questions 12
    expect warnings 1
    """

  static let items: [Script.Item] = [
    .init(line: 3, .answer("purpose", .text("spot-bot"))),
    .init(line: 4, .answer("login", .text(""))),
    .init(line: 6, .command(.note("runs on \"the\" office box"))),
    .init(line: 7, .command(.help)),
    .init(line: 5, .answer("label", .text("grid #1 \"bot\" \\"))),
    .init(line: 8, .command(.skip(""))),
    .init(line: 9, .answer("two", .command(.skip("later # today")))),
    .init(line: 10, .answer("three", .text(":colon"))),
    .init(line: 11, .answer("four", .ask)),
    .init(line: 12, .answer("four", .text("ask"))),
    .init(line: 13, .danger("rights", .text("withdraw"))),
    .init(line: 14, .part("credential", "key", .reference(.env("GATE_API_KEY")))),
    .init(line: 15, .part("credential", "secret", .reference(.file("/a b")))),
    .init(line: 16, .part("credential", "pass", .reference(.fd(3)))),
    .init(line: 17, .copy("credential")),
    .init(line: 18, .expect(.exceptions(0), .here)),
    .init(line: 19, .expect(.warning("NO-LIST"), .here)),
    .init(line: 20, .answer("credential", .text("lost"))),
    .init(line: 21, .command(.word("lost"))),
    .init(line: 22, .expect(.outcome(.completed), .atTheEnd)),
    .init(line: 23, .expect(.questions(12), .atTheEnd)),
    .init(line: 24, .expect(.warnings(1), .atTheEnd)),
  ]

  @Test func `a script is read in the order in which it is fed`() {
    let reading = readScript(Self.text, path: "a.script")
    expectNoDifference(reading.findings, [])
    expectNoDifference(reading.value, Script(flowID: "gate-io/create-key", items: Self.items))
  }

  @Test func `what is written reads as the same script`() {
    let contents =
      Self.items.map(\.content) + [
        .answer("a", .text("#x")), .answer("a", .text(" b ")), .answer("a", .text("b #c")), .answer("a", .text("b#c")),
        .answer("a", .text("\"q\"")), .answer("a", .text("say \"q\"")), .answer("a", .text("back\\slash")),
        .answer("a", .text("::x")), .answer("a", .text("?")), .answer("a", .text(": ")), .answer("a", .text("ask ")),
        .answer("a", .command(.differs("\"here\" # there"))), .danger("a", .ask), .danger("a", .text("ask")),
        .part("a", "key", .ask), .part("a", "key", .reference(.file("x #y"))), .command(.note("n")),
        .expect(.exceptions(2), .here), .command(.back), .expect(.outcome(.blocked), .atTheEnd), .command(.status),
      ]
    let script = Script(flowID: "a/b", items: contents.map { Script.Item($0) })
    let reading = readScript(write(script), path: "a.script")
    expectNoDifference(reading.findings, [])
    expectNoDifference(reading.value?.flowID, "a/b")
    expectNoDifference(reading.value?.items.map(\.content), contents)
  }

  @Test(
    "what nobody sees is named in quotes, and only there",
    arguments: [
      (#""a\u{09}b\u{200B}""#, "a\tb\u{200B}"), (#""\u{301}x""#, "\u{301}x"), (#""\\u{41}""#, #"\u{41}"#),
      (#"a\u{41}"#, #"a\u{41}"#), (#""\u{1F600}""#, "\u{1F600}"),
    ])
  func characters(written: String, meant: String) {
    let script = readScript("flow test/small\nlabel: \(written)\n", path: "a.script").value
    expectNoDifference(script?.items.map(\.content), [.answer("label", .text(meant))])
  }

  @Test("an escape that names no character is told", arguments: ["u", "u{}", "u{D800}", "u{1234567}", "u{x}", "u{41"])
  func noCharacter(escape: String) {
    let reading = readScript("flow test/small\nlabel: \"\\\(escape)\"\n", path: "a.script")
    expectNoDifference(reading.findings.map(\.code), [.scriptSyntax])
  }

  @Test func `commands stand indented under the question they are said at`() {
    let script = Script(
      flowID: "a/b", items: [.init(.command(.note("x"))), .init(.answer("label", .text("y"))), .init(.command(.back))])
    expectNoDifference(write(script), "flow a/b\nlabel: y\n  :note x\n:back\n")
  }

  @Test func `no finding shows a secret`() throws {
    let canary = "9f3c41aa77d1e0b2c4d6f8a1b3c5d7e9f0a2b4c6d8e1f3a5b7c9d0e2f4a6b8c1"
    let flow = try #require(lintFlow(BadScripts.flow, path: "flow.yaml").value)
    let lines = [
      canary, "keys.secret: \(canary)", "keys.secret: short1", "  keys.secret: \"short1", "keys.copy: short1",
      "keys.secert: short1", "\(canary): x", "\(canary).x: y", ":\(canary)", "label: :\(canary)", "keys.secret:short1",
      "expect \(canary)", "keys.secret: env:short1-x",
    ]
    for line in lines {
      let reading = readScript("flow test/flow\n\(line)\n", path: "a.script")
      var findings = reading.findings
      if let script = reading.value {
        findings += check(script, against: flow, path: "a.script", text: "flow test/flow\n\(line)\n")
      }
      #expect(!findings.isEmpty, "\(line)")
      for finding in findings {
        #expect(!finding.rendered().contains(canary) && !finding.rendered().contains("short1"), "\(finding.rendered())")
      }
    }
    let text = "flow test/flow\nkeys: short1\n"
    let script = try #require(readScript(text, path: "a.script").value)
    let findings = check(script, against: flow, path: "a.script", text: text)
    expectNoDifference(findings.map(\.code), [.literalSecret])
    #expect(!findings[0].rendered().contains("short1"))
  }

  @Test func `a good script fits its flow`() throws {
    let flow = try #require(lintFlow(BadScripts.flow, path: "flow.yaml").value)
    let text =
      "flow test/flow\npurpose: book\nlogin: y\nnote: ok\nshows: 1, withdraw\nshows.danger: withdraw\nkeys.key: ask\n"
    let script = try #require(readScript(text, path: "a.script").value)
    expectNoDifference(check(script, against: flow, path: "a.script"), [])
  }

  @Test(arguments: [
    ("env:GATE_KEY", SecretReference.env("GATE_KEY")), ("env:_x1", .env("_x1")), ("env:1x", nil), ("env:", nil),
    ("env:A B", nil), ("file:/run/x y", .file("/run/x y")), ("file:", nil), ("fd:3", .fd(3)), ("fd:-1", nil),
    ("fd:03", nil), ("fd:99999999999", nil), ("vault:x", nil), ("GATE_KEY", nil), ("", nil),
  ])
  func `a reference names where a secret is`(_ text: String, _ reference: SecretReference?) {
    expectNoDifference(SecretReference(text), reference)
    if let reference { expectNoDifference(reference.written, text) }
  }

  @Test(arguments: [
    ("?", Typed.command(.help)), (":help", .command(.help)), (" :why ", .command(.why)), (":BACK", .command(.back)),
    (":skip", .command(.skip(""))), (":skip not today ", .command(.skip("not today"))),
    (":differs no button", .command(.differs("no button"))), (":note  a: b", .command(.note("a: b"))),
    (":open", .command(.open)), (":status", .command(.status)), (":quit", .command(.quit)),
    (":lost", .command(.word("lost"))), (":refused", .unknownCommand(":refused", nearest: nil)),
    (":qiut", .unknownCommand(":qiut", nearest: ":quit")),
    (":back now", .unknownCommand(":back now", nearest: ":back")),
    (":", .unknownCommand(":", nearest: nil)), ("::x", .text(":x")), (" spot ", .text(" spot ")), ("", .text("")),
    ("?x", .text("?x")), ("a:b", .text("a:b")),
  ])
  func `a typed line is a command or an answer`(_ line: String, _ typed: Typed) {
    expectNoDifference(readLine(line), typed)
  }

  @Test func `the words of a step are commands there`() {
    expectNoDifference(readLine(":refused", words: ["lost", "refused"]), .command(.word("refused")))
    expectNoDifference(
      readLine(":refusd", words: ["lost", "refused"]), .unknownCommand(":refusd", nearest: ":refused"))
  }
}
