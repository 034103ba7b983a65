import CustomDump
import FlowText
import Foundation
import Glibc
import KeyusherHarness
import Outside
import Testing

@testable import keyusher

@Suite struct ConfigTests {
  // MARK: - Reading

  /// A file, and what is found in it: line, column, code.
  static let wrong: [(text: String, findings: [String])] = [
    ("stroe: age\n", ["1:1 unknown-key there is no setting 'stroe'; did you mean 'store'?"]),
    (
      "store: age\n# again\nstore: pass\n",
      ["3:1 duplicate-key key 'store' stands here twice; keep one of them"]
    ),
    ("store: pas\n", ["1:8 wrong-value there is no store 'pas'; did you mean 'pass'?"]),
    ("store:\n", ["1:7 empty-text nothing stands here; write a value, or take the line out"]),
    ("  stroe: age\n", ["1:3 unknown-key there is no setting 'stroe'; did you mean 'store'?"]),
    (
      "openbao:\n  mount: secret\n",
      ["1:1 wrong-type a text belongs at 'openbao', this is keys with values; write 'key: text' on a line of its own"]
    ),
    ("store age\n", ["1:1 wrong-type the file is made of keys with values, this is a text; write 'key: value' lines"]),
    ("store:age\n", ["1:1 wrong-type the file is made of keys with values, this is a text; write 'key: value' lines"]),
    ("store: [age]\n", ["1:1 wrong-type a text belongs at 'store', this is a list"]),
    ("store: \"age\n", ["1:8 syntax this is not YAML: found unexpected end of stream"]),
    ("store: \"age\" pass\n", ["1:14 syntax this is not YAML: did not find expected key"]),
    ("store: a: b\n", ["1:9 syntax this is not YAML: mapping values are not allowed in this context"]),
    ("store: \u{1B}[2J\n", ["1:8 control-character control character U+001B"]),
    ("openbao.address: http://vault.example.com\n", ["1:18 bad-url this is no address"]),
    ("openbao.address: https://user:word@vault.example.com\n", ["1:18 bad-url this is no address"]),
    ("openbao.mount: ../sys\n", ["1:16 wrong-value this is no path"]),
    ("openbao.token: hvs.short\n", ["1:16 literal-secret a token does not stand here"]),
    (
      "exchange.trust.acme: yes\n",
      ["1:22 wrong-value this is no digest; the 64 digits that 'keyusher key verify' shows"]
    ),
    ("exchange.trust.Acme: yes\n", ["1:1 unknown-key there is no setting 'exchange.trust.Acme'"]),
    ("age.recipients: age1abc\n", ["1:1 misplaced-key the recipients do not stand in this file"]),
    (
      "openbao.namespace: \(Canary.secret)\nx: y\n",
      ["1:20 literal-secret this looks like a secret", "2:1 unknown-key there is no setting 'x'"]
    ),
  ]

  @Test("What is wrong in the file is found at its place", arguments: wrong.indices)
  func findings(index: Int) throws {
    let (text, wanted) = ConfigTests.wrong[index]
    let findings = Configuration.reading(SettingsFile(text, path: "config.yaml")).1
    let found = findings.map { "\($0.line):\($0.column) \($0.code.rawValue) \($0.message); \($0.hint ?? "")" }
    expectNoDifference(found.count, wanted.count)
    for (found, wanted) in zip(found, wanted) { #expect(found.hasPrefix(wanted)) }
    expectNoDifference(Canary.trace(in: Array(findings.map { $0.rendered() }.joined().utf8)), nil)
  }

  @Test func `A file that is right sets what it says, whatever its quotes, comments and line ends`() throws {
    let text =
      "# stores\r\nstore: pass # mine\r\n\r\nopenbao.address: \"https://vault.example.com:8200\"\nopenbao.mount: 'kv/team'\nopenbao.token: file:/run/a token\nopenbao.prefix: a#b"
    let configuration = try Configuration(text.replacing("a#b", with: "a.b"), path: "config.yaml")
    expectNoDifference(
      configuration.values,
      [
        .store: "pass", .openBaoAddress: "https://vault.example.com:8200", .openBaoMount: "kv/team",
        .openBaoToken: "file:/run/a token", .openBaoPrefix: "a.b",
      ])
    expectNoDifference(configuration.openBaoToken, .file("/run/a token"))
    #expect(throws: CommandError.self) { try Configuration(text, path: "config.yaml") }
  }

  @Test(
    "Safe addresses are those with TLS, and those of this computer",
    arguments: [
      ("https://vault.example.com", true), ("https://10.0.0.1:8200/", true), ("http://127.0.0.1:8200", true),
      ("http://localhost", true), ("http://[::1]:8200", true), ("http://localhost.example.com", false),
      ("http://127.0.0.1.example.com", false), ("http://127.0.0.1@example.com", false), ("https://", false),
      ("https://:8200", false), ("ftp://127.0.0.1", false), ("vault.example.com", false), ("https://a b", false),
      ("https://example.com/?x", false), ("https://example.com/#x", false),
      ("https://a..b:99999", false), ("https://example.com:0", false), ("https://example.com:82000", false),
      ("https://example.com/a/../b", false), ("http://127.1.2.3:8200", true),
    ])
  func addresses(address: String, isSafe: Bool) {
    expectNoDifference(Configuration.Key.openBaoAddress.flaw(of: address) == nil, isSafe)
  }

  @Test func `Every store of a flow has a name here, and words for whoever chooses`() {
    expectNoDifference(
      StoreID.known, [StoreID.age, StoreID.pass, StoreID.secretService, StoreID.openBao, StoreID.offline])
    for id in StoreID.known { #expect(StoreProfile.of(id) != nil, "\(id)") }
  }

  // MARK: - Changing

  @Test func `A change keeps the comments, the order and every other line`() throws {
    var file = SettingsFile("# mine\nstore:    pass   # for now\n\nopenbao.mount: kv\n# end", path: "config.yaml")
    file.set("store", to: "age")
    file.set("openbao.token", to: "file:/a b/#c")
    file.set("openbao.mount", to: "secret")
    expectNoDifference(
      file.text,
      "# mine\nstore:    age   # for now\n\nopenbao.mount: secret\n# end\nopenbao.token: \"file:/a b/#c\"\n")
    let unset = [file.unset("store"), file.unset("store")]
    expectNoDifference(unset, [true, false])
    expectNoDifference(file.text, "# mine\n\nopenbao.mount: secret\n# end\nopenbao.token: \"file:/a b/#c\"\n")
    expectNoDifference(try Configuration(file.text, path: "").openBaoToken, .file("/a b/#c"))
  }

  @Test func `A file that is indented stays one that can be read`() throws {
    var file = SettingsFile("  store: age\n", path: "config.yaml")
    file.set("openbao.mount", to: "kv")
    expectNoDifference(file.text, "  store: age\n  openbao.mount: kv\n")
    expectNoDifference(file.findings, [])
  }

  @Test func `A key that stands there twice is taken out whole`() throws {
    var file = SettingsFile("store: age\n# why\nstore: pass\n", path: "config.yaml")
    expectNoDifference(file.unset("store"), true)
    expectNoDifference(file.text, "# why\n")
  }

  @Test("An empty value is set in its place", arguments: ["store:", "store: ", "store: # a comment", "store:  "])
  func empty(line: String) throws {
    var file = SettingsFile(line + "\n", path: "config.yaml")
    file.set("store", to: "age")
    expectNoDifference(try Configuration(file.text, path: "").defaultStore, "age")
    expectNoDifference(file.text.contains("# a comment"), line.contains("#"))
  }

  @Test(
    "Whatever is set is read back the same",
    arguments: [
      "plain", "file:/a/b", "with space", "#hash", "a #b", "quote\"d", "back\\slash", "it's", "a: b", "-x", "*a", "ü",
      "https://[::1]:8200", "a:", "'", "\"",
    ])
  func roundTrip(value: String) throws {
    var file = SettingsFile("", path: "config.yaml")
    file.set("openbao.token", to: value)
    expectNoDifference(file.findings, [])
    expectNoDifference(file.entries.map(\.value), [value])
    file.set("openbao.token", to: "other")
    expectNoDifference(file.text, "openbao.token: other\n")
  }

  // MARK: - The command

  @Test func `What is set is listed, printed, and taken out again`() throws {
    let desk = try Desk()
    expectNoDifference(
      try desk.run(["config"]).output,
      """
        store: age (not set)
        exec.record: no (not set)
        exchange.ask: not set
        openbao.address: not set
        openbao.mount: secret (not set)
        openbao.prefix: keyusher (not set)
        openbao.namespace: not set
        openbao.authority: not set
        openbao.token: not set
        File: \(desk.home)/config.yaml

      """)
    #expect(!FileManager.default.fileExists(atPath: desk.home))
    expectNoDifference(try desk.run(["config", "set", "store", "pass"]).output, "  store: pass\n")
    expectNoDifference(
      try desk.run(["config", "set", "openbao.token", "env:BAO_TOKEN"]).output, "  openbao.token: env:BAO_TOKEN\n")
    expectNoDifference(try desk.run(["config", "get", "store"]).output, "pass\n")
    expectNoDifference(
      try desk.run(["config", "list"]).output,
      """
        store: pass
        exec.record: no (not set)
        exchange.ask: not set
        openbao.address: not set
        openbao.mount: secret (not set)
        openbao.prefix: keyusher (not set)
        openbao.namespace: not set
        openbao.authority: not set
        openbao.token: env:BAO_TOKEN
        File: \(desk.home)/config.yaml

      """)
    expectNoDifference(try desk.run(["config", "unset", "openbao.token"]).status, 0)
    expectNoDifference(try desk.text(of: desk.home + "/config.yaml"), "store: pass\n")
    expectNoDifference(try desk.run(["config", "get", "openbao.token"]).status, 66)
    expectNoDifference(try desk.run(["config", "unset", "openbao.token"]).status, 66)
    var status = stat()
    expectNoDifference(lstat(desk.home + "/config.yaml", &status), 0)
    expectNoDifference(status.st_mode & 0o777, 0o600)
    expectNoDifference(lstat(desk.home, &status), 0)
    expectNoDifference(status.st_mode & 0o777, 0o700)
  }

  @Test func `What is trusted is kept with its day, listed, printed, and taken out again`() throws {
    let desk = try Desk()
    let digest = String(repeating: "0f", count: 32)
    let key = "exchange.trust.acme"
    let clock = ["KEYUSHER_TEST_CLOCK": "2026-11-30T09:00:00Z"]
    expectNoDifference(try desk.run(["config", "get", key]).status, 66)
    let set = try desk.run(["config", "set", key, digest], setting: clock).output
    expectNoDifference(set.split { $0 == " " || $0 == "\n" }, ["\(key):", digest[...], "2026-11-30"])
    expectNoDifference(try desk.run(["config", "set", key, "\(digest) 2026-01-01"]).status, 0)
    expectNoDifference(try desk.run(["config", "get", key]).output, "\(digest) 2026-01-01\n")
    #expect(try desk.run(["config"]).output.contains("\n  \(key):\n  \(digest) 2026-01-01\n"))
    expectNoDifference(try desk.run(["config", "unset", key]).status, 0)
    expectNoDifference(try desk.run(["config", "unset", key]).status, 66)
    expectNoDifference(try desk.text(of: desk.home + "/config.yaml"), "")
  }

  @Test func `What is set side by side stays, all of it`() async throws {
    let desk = try Desk()
    let values = ["store": "pass", "openbao.mount": "kv", "openbao.prefix": "bots", "openbao.namespace": "team"]
    for _ in 0..<4 {
      try await withThrowingTaskGroup(of: Int32?.self) { group in
        for (key, value) in values {
          group.addTask { try desk.run(["config", "set", key, value]).status }
        }
        for try await status in group { expectNoDifference(status, 0) }
      }
      let text = try desk.text(of: desk.home + "/config.yaml")
      expectNoDifference(Set(text.split(separator: "\n")), Set(values.map { "\($0): \($1)"[...] }))
      unlink(desk.home + "/config.yaml")
    }
  }

  @Test(
    "A value that can't be set changes nothing, and a secret is not quoted",
    arguments: [
      ["store", "agee"], ["stoer", "age"], ["openbao.token", Canary.secret], ["openbao.mount", Canary.secret],
      ["exchange.trust.acme", String(Canary.secret.dropLast())], ["exchange.trust.", "yes"],
      ["openbao.token", "env:\(Canary.secret)"], ["openbao.address", "http://example.com"],
      ["openbao.address", "https://a..b:99999"],
    ])
  func refused(words: [String]) throws {
    let desk = try Desk()
    let path = try desk.write("store: pass\n", to: desk.home + "/config.yaml")
    let ran = try desk.run(["config", "set"] + words)
    expectNoDifference(ran.status, 64)
    expectNoDifference(ran.output, "")
    #expect(ran.errors.contains("hint: "))
    expectNoDifference(Canary.trace(in: Array(ran.errors.utf8)), nil)
    expectNoDifference(try desk.text(of: path), "store: pass\n")
  }

  @Test func `A folder that can't be synced is told, and what is written is there`() throws {
    guard let strace = tool("strace") else { return }
    let desk = try Desk()
    let ran = try desk.run(
      ["-f", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=fsync:error=EIO:when=2", keyusher]
        + ["config", "set", "store", "pass"], program: strace)
    expectNoDifference(ran.status, 74)
    #expect(ran.errors.contains("is written, but may not survive a power failure: Input/output error\nhint: "))
    expectNoDifference(try desk.text(of: desk.home + "/config.yaml"), "store: pass\n")
  }

  @Test func `A file with a mistake is not used, and can be mended from the command line`() throws {
    let desk = try Desk()
    let path = try desk.write("# mine\nstroe: age\nopenbao.mount: ..\n", to: desk.home + "/config.yaml")
    let ran = try desk.run(["config"])
    expectNoDifference(ran.status, 65)
    #expect(ran.errors.contains("\(path):2:1: error: there is no setting 'stroe' [unknown-key]\n    2 | stroe:\n"))
    expectNoDifference(try desk.run(["config", "set", "store", "pass"]).status, 65)
    let first = try desk.run(["config", "unset", "stroe"])
    expectNoDifference(first.status, 0)
    #expect(first.output.contains("More is wrong in that file"))
    expectNoDifference(try desk.run(["config", "set", "openbao.mount", "kv"]).status, 0)
    expectNoDifference(try desk.text(of: path), "# mine\nopenbao.mount: kv\n")
  }

  @Test("A file that others could have written is not read", arguments: [0o620, 0o602, 0o666])
  func othersCanWrite(mode: Int) throws {
    let desk = try Desk()
    try desk.write("store: pass\n", to: desk.home + "/config.yaml", mode: mode_t(mode))
    let ran = try desk.run(["config", "get", "store"])
    expectNoDifference(ran.status, 74)
    #expect(ran.errors.contains("others can write to it"))
  }

  @Test func `A link in the place of the file is neither read nor written`() throws {
    let desk = try Desk()
    let victim = try desk.write("store: pass\n", to: "victim")
    try FileManager.default.createDirectory(atPath: desk.home, withIntermediateDirectories: true)
    symlink(victim, desk.home + "/config.yaml")
    expectNoDifference(try desk.run(["config", "get", "store"]).status, 74)
    expectNoDifference(try desk.run(["config", "set", "store", "age"]).status, 74)
    expectNoDifference(try desk.text(of: victim), "store: pass\n")
  }

  @Test func `The greeting does not read the settings`() throws {
    let desk = try Desk()
    try desk.write("nonsense", to: desk.home + "/config.yaml")
    let ran = try desk.run([], input: "")
    expectNoDifference(ran.status, 0)
    expectNoDifference(ran.errors, "")
  }
}
