import CustomDump
import FlowCore
import Foundation
import KeyusherHarness
import Outside
import PlainText
import PtyHarness
import Records
import Testing

/// What the commands print for programs, and its schemas.
@Suite struct PrintedJSONTests {
  private static let commands = [
    ["runs"], ["show"], ["audit"], ["doctor"], ["store", "list"], ["flow", "list"], ["key", "list"], ["due"],
    ["find-keys"], ["key", "show"], ["key", "verify"],
  ]

  private static let identity = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0\n"

  /// A home in which everything occurs that the table of members tells of.
  private func desk() throws -> (desk: Desk, run: String) {
    let desk = try KeyDesk.make()
    try desk.write(SmallFlow.text(), to: desk.home + "/flows/\(SmallFlow.id).yaml")
    let straight = try String(contentsOfFile: sourceTree + "/flows/gate-io/create-key.script", encoding: .utf8)
    try desk.write(straight.replacing("store: offline", with: "store: age"), to: "a.script")
    let walked = try desk.run(
      ["replay", "a.script", "--owner", "trading desk"],
      setting: ["GATE_API_KEY": Canary.key, "GATE_API_SECRET": Canary.secret])
    expectNoDifference(walked.status, 0, "\(walked.errors)")
    let run = try desk.run()
    expectNoDifference(try desk.run(["run", SmallFlow.id], input: "bot-2\n").status, 4)
    try desk.write("rubbish\n", to: desk.recordFile("abcd"))
    expectNoDifference(try desk.run(["key", "rename", "coinbase/pem", "coinbase/bot"]).status, 0)
    expectNoDifference(try desk.run(["key", "keep", "pending/7q4m.credential", "gate-io/found"]).status, 0)
    try write(.failed("okx/bot", reason: "the disk is full"), of: .copy, as: "fail", on: desk)
    try write(.done("okx/bot", seen: "it is gone", history: "the history of git"), of: .forget, as: "gone", on: desk)
    try write(
      .done("bybit/number", seen: "kept"), of: .adopt, "bybit/number", in: "age",
      facts: ["exchange": "bybit", "purpose": "tax export", "owner": "Ana\n Run 7q4m", "program": "freqtrade"],
      as: "taken", on: desk)
    let day = try #require(Day("2026-12-10"))
    try write(
      .done("bybit/number", seen: "it differs", told: .init(.tooWide, powers: PrintedJSONTests.powers)), of: .verify,
      "bybit/number", in: "age",
      after: [
        KeyEvent(.reported, key: "bybit/number", by: "api.bybit.com", facts: [:]),
        .mayEnd("bybit/number", on: day, after: 90, by: "Bybit's page"),
      ], at: 2, as: "asked", on: desk)
    return (desk, run)
  }

  private static let powers = KeyPowers(
    ["spot read and write", "no IP list"], withdraws: false, trades: true, isBound: false)

  /// Lets the keys of a desk be handed out, replaced, looked at, exposed and deleted.
  private func live(on desk: Desk) throws {
    try write(
      .done("bybit/number", seen: "written"), of: .config, "bybit/number", in: "age",
      facts: ["program": "freqtrade", "file": "config-private.json"], at: 3, as: "file", on: desk)
    let key = CredentialReference(store: "age", name: "bybit/number")
    try write(
      .mark(.deleted, of: key, by: "ana"), of: .compromise, "", in: "", facts: ["what": "all keys"],
      after: [.mark(.exposed, of: key, by: "ana")], at: 4, as: "leak", on: desk)
    func replay(_ name: String, _ change: (String) -> String) throws {
      let text = try desk.text(of: "\(sourceTree)/flows/gate-io/\(name).script")
      let script = try desk.write(change(text), to: name + ".script")
      expectNoDifference(try desk.run(["replay", script], setting: SmallFlow.credential).errors, "", "\(name)")
    }
    try replay("review-keys") {
      $0.components(separatedBy: "more: yes")[0] + "next-key: no\nmore: no\nreview: finish\n"
    }
    try replay("rotate-key") { $0.replacing("gone: yes", with: "gone: yes\ncopies: leave") }
  }

  private func write(
    _ event: KeyEvent, of kind: KeyOperation.Kind, _ key: String = "okx/old", in store: String = "pass",
    facts: [String: String] = [:], after events: [KeyEvent] = [], at day: Int = 1, as id: String, on desk: Desk
  ) throws {
    let moment = try #require(Timestamp("2020-01-0\(day)T14:05:09.000Z"))
    let header = RunHeader(
      of: KeyOperation(kind, key, in: store, facts: facts), id: id, toolVersion: "0.1.0", user: "ana", host: "office",
      began: moment)
    try desk.records.create(header) { [UInt8](repeating: 7, count: $0) }.end(events + [event], at: moment)
  }

  @Test func `Every list fits its schema, a member that no table names does not, and each that one names occurs`()
    throws
  {
    // The one of the path, for which pip installs.
    let python = "/usr/bin/env"
    let known = try output(of: python, ["python3", "-c", "import jsonschema; jsonschema.Draft202012Validator"])
    guard known.status == 0 else { return missing("python's jsonschema") }
    guard let server = try SSHServer() else { return }
    guard access("/usr/bin/git", X_OK) == 0 else { return missing("git") }
    let (desk, run) = try desk()
    func keep(_ ran: Ran, as name: String) throws {
      #expect(!ran.output.isEmpty, "\(name): \(ran.errors)")
      expectNoDifference(Canary.secretTraces.first(in: Array(ran.output.utf8)), nil, "\(name)")
      try desk.write(ran.output, to: name + ".json")
    }
    for command in PrintedJSONTests.commands {
      try keep(desk.run(command + ["--schema"]), as: "schema-" + command.joined(separator: "-"))
    }
    for command in PrintedJSONTests.commands.dropLast(3) {
      try keep(desk.run(command + ["--json"]), as: "good-" + command.joined(separator: "-"))
    }
    try layKeys(on: desk)
    try keep(desk.run(["find-keys", "--json"]), as: "good-find-keys")
    try keep(desk.run(["find-keys", "--json", "--git-history", "repo"]), as: "good-find-keys.history")
    try keep(desk.run(["audit", run, "--expect", "0"] + ["--json"]), as: "good-audit.expected")
    try keep(desk.run(["show", run, "--json"]), as: "good-show.named")
    try live(on: desk)
    try keep(desk.run(["key", "list", "--state", "any", "--json"]), as: "good-key-list.any")
    try keep(desk.run(["due", "--within", "60d", "--json"]), as: "good-due.later")
    let operations = try desk.records.runs().filter {
      try desk.text(of: desk.recordFile($0)).contains(#""kind":"operation""#)
    }
    expectNoDifference(operations.count, 8)
    for id in operations { try keep(desk.run(["show", id, "--json"]), as: "good-show.\(id)") }
    for (number, name) in ["gate-io/grid-bot-01", "previous/gate-io/bot"].enumerated() {
      try keep(desk.unlocked(["key", "show", name, "--json"]), as: "good-key-show.\(number)")
    }
    try keep(verify(on: desk, faults: []), as: "good-key-verify.wide")
    try keep(verify(on: desk, faults: [], "gate-io/empty"), as: "good-key-verify.odd")
    try keep(
      verify(
        on: desk, faults: [], setting: ["PATH": server.path + ":/usr/bin:/bin"],
        options: ["--via", "ssh:\(SSHServer.host)"]),
      as: "good-key-verify.through")
    let busy: [[String: Any]] = [["request": "detail", "kind": "error", "cause": "rate_limited", "retryAfter": 60]]
    try keep(verify(on: desk, faults: busy), as: "good-key-verify.busy")
    try desk.keep("kraken/one", of: "kraken", ["key": Canary.key, "secret": "c2VjcmV0"])
    try keep(
      verify(on: desk, faults: [], "kraken/one", ["exchange": "kraken", "key": Canary.key, "secret": "b3RoZXI="]),
      as: "good-key-verify.once")
    let hosts = try OtherHostTests.played(home: "testnet")
    try keep(
      desk.unlocked(["key", "verify", "gate-io/grid-bot-01", "--json", "--yes"], program: hosts.path),
      as: "good-key-verify.elsewhere")
    // Without a passphrase it would keep everything in plain text.
    try desk.write(PrintedJSONTests.identity, to: desk.ageFolder + "/identities")
    try keep(desk.run(["store", "list", "--json"]), as: "good-store-list.plain")
    let ran = try output(
      of: python, ["-C", desk.work, "python3", "-W", "ignore", "-c", PrintedJSONTests.validation])
    expectNoDifference(String(decoding: ran.bytes, as: UTF8.self), "31 good, 31 bad\n")
  }

  /// Has keys lie about: where a program reads them, and in the history of git.
  private func layKeys(on desk: Desk) throws {
    let text = "profiles:\n  default:\n    api_key: \(Canary.key)\n    api_secret: \(Canary.secret)\n"
    try desk.write(text, to: desk.userHome + "/.gate-cli/config.yaml")
    try desk.write(text, to: "repo/a.yaml")
    for arguments in [["init", "-q"], ["add", "."]] {
      expectNoDifference(try desk.run(["-C", "repo"] + arguments, program: "/usr/bin/git").status, 0)
    }
  }

  private func verify(
    on desk: Desk, faults: [[String: Any]], _ name: String = "gate-io/grid-bot-01",
    _ key: [String: Any] = [
      "exchange": "gate-io", "key": Canary.key, "secret": Canary.secret, "powers": ["account:read", "spot", "wallet"],
    ],
    setting: [String: String?] = [:], options: [String] = []
  ) throws -> Ran {
    let other: [String: Any] = [
      "exchange": "gate-io", "key": "0000aaaa0000aaaa0000aaaa0000aaaa", "secret": "s", "label": "payout",
      "powers": ["withdraw"],
    ]
    let exchange = try PlayedExchanges(["keys": [key, other], "faults": faults])
    return try desk.unlocked(
      ["key", "verify", name, "--json", "--base-url", exchange.address] + options, setting: setting)
  }

  /// The part of a name before the first dot says which schema is meant.
  private static let validation = """
    import collections, glob, json, jsonschema
    schemas = {name[7:-5]: json.load(open(name)) for name in glob.glob("schema-*.json")}
    seen, count = collections.defaultdict(set), collections.Counter()
    def collect(schema, part, value):
        # Of what `show` prints, only operations are told by the table.
        if "oneOf" in part and "operation" in value: part = part["oneOf"][1]
        if "$ref" in part: part = schema["$defs"][part["$ref"].split("/")[-1]]
        if "items" in part:
            for item in value: collect(schema, part["items"], item)
        for name, inner in part.get("properties", {}).items():
            if name in value:
                seen[schema["$id"]].add((part["description"], name))
                collect(schema, inner, value[name])
    for name in sorted(glob.glob("good-*")):
        command = name[5:].split(".")[0]
        schema, value = schemas[command], json.load(open(name))
        check = jsonschema.Draft202012Validator(schema)
        check.check_schema(schema)
        for error in check.iter_errors(value): print(name, error.json_path, error.message)
        count["good"] += 1
        collect(schema, schema, value)
        (value[-1] if isinstance(value, list) else value)["secret"] = "x"
        if check.is_valid(value): print(name, "fits with a member of no name")
        count["bad"] += 1
    for command, schema in schemas.items():
        for called, set in schema["$defs"].items():
            for name in set["properties"] if called != "export" else []:
                if (set["description"], name) not in seen[schema["$id"]]: print(command, name, "never occurs")
    print(f"{count['good']} good, {count['bad']} bad")
    """

  @Test func `A run is shown as the JSON export has it`() throws {
    let (desk, run) = try desk()
    expectNoDifference(
      try desk.run(["show", run, "--json"]).output, try desk.run(["export", run, "--format", "json"]).output)
  }

  @Test func `What is known of a key stands in the list, and of others nothing is claimed`() throws {
    let (desk, run) = try desk()
    let ran = try desk.run(["key", "list", "--json"])
    let rows = try #require(try JSONSerialization.jsonObject(with: Data(ran.output.utf8)) as? [[String: Any]])
    var known = try #require(rows.first { $0["name"] as? String == "gate-io/grid-bot-01" })
    expectNoDifference(known.removeValue(forKey: "planned") as? [String], ["account", "spot-write"])
    for time in ["began", "made", "asked"] {
      #expect((known.removeValue(forKey: time) as? String)?.hasSuffix("Z") == true)
    }
    expectNoDifference(
      known as? [String: String],
      [
        "name": "gate-io/grid-bot-01", "store": "age", "kind": "kept", "run": run, "exchange": "gate-io",
        "label": "grid-bot-01", "listed": String(Canary.key.prefix(12)), "account": "main account",
        "purpose": "spot bot", "program": "grid-bot", "owner": "trading desk",
        "verdict": "not-asked", "state": "active", "plannedAddresses": "203.0.113.7",
      ])
    expectNoDifference(
      rows.first { $0["name"] as? String == "okx/bot" } as? [String: String],
      ["name": "okx/bot", "store": "age", "kind": "kept", "state": "unknown"])
  }

  @Test func `What is known of a key is a paragraph for people`() throws {
    let (desk, run) = try desk()
    let day = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)).day
    let list = try desk.run(["key", "list"]).output
    #expect(
      list.contains(
        """


        gate-io/grid-bot-01, in age
          For grid-bot (spot bot).
          At gate-io: main account, listed as \(Canary.key.prefix(12))...
          Run \(run) made it, \(day). Owner: trading desk.
          Planned: account read only; spot read and write; only from 203.0.113.7.
          Its exchange was not asked from here.


        """), "\(list)")
    #expect(
      list.contains(
        """
        bybit/number, in age
          For freqtrade (tax export).
          At bybit.
          Taken in by ana, 2020-01-01. Owner: Ana\\x0A Run 7q4m.
          By its exchange, 2020-01-02: too wide.
          It can: spot read and write; no IP list.
          Its last day may be 2026-12-10: after 90 days, by Bybit's page.


        """), "\(list)")
    for (options, name) in [
      (["--owner", "trading desk"], "gate-io/grid-bot-01"), (["--program", "Freqtrade"], "bybit/number"),
    ] {
      let some = try desk.run(["key", "list", "--json"] + options).output
      expectNoDifference(some.components(separatedBy: "\"name\" : ").count, 2, "\(some)")
      #expect(some.contains("\"name\" : \"\(name)\""))
    }
    expectNoDifference(
      try desk.run(["key", "list", "--exchange", "moon"]).output, "  No key matches.\n")
  }

  @Test
  func `What is known goes with a key to its new name, and what an earlier one of that name left does not touch it`()
    throws
  {
    let (desk, run) = try desk()
    try write(
      .done("gate-io/grid-bot-01", seen: nil), of: .forget, "gate-io/grid-bot-01", in: "age", as: "old", on: desk)
    func known(_ name: String) throws -> [String: String]? {
      let ran = try desk.run(["key", "list", "--json"])
      let rows = try JSONSerialization.jsonObject(with: Data(ran.output.utf8)) as? [[String: Any]]
      return rows?.first { $0["name"] as? String == name }?.compactMapValues { $0 as? String }
    }
    let before = try #require(try known("gate-io/grid-bot-01"))
    expectNoDifference(before["run"], run)
    expectNoDifference(before["owner"], "trading desk")
    expectNoDifference(try desk.run(["key", "rename", "gate-io/grid-bot-01", "gate-io/spot"]).status, 0)
    expectNoDifference(try known("gate-io/spot"), before.merging(["name": "gate-io/spot"]) { $1 })
    expectNoDifference(try known("gate-io/grid-bot-01"), nil)
  }

  @Test func `What goes wrong is told on standard error, and has its status`() throws {
    let (desk, run) = try desk()
    let ran = try desk.run(["show", "zzzz", "--json"])
    expectNoDifference(ran.status, 66)
    expectNoDifference(ran.output, "")
    #expect(ran.errors.hasPrefix("keyusher: there is no run 'zzzz'\n"))
    let audit = try desk.run(["audit", "--json"])
    expectNoDifference(audit.status, 2)
    expectNoDifference(audit.errors, "")
    let silent = try desk.run(["key", "list", "--json", "--store", "docker-credential-nowhere"])
    expectNoDifference(silent.status, 69)
    expectNoDifference(silent.output, "")
    let both = try desk.run(["show", run, "--lines", "--json"])
    expectNoDifference(both.status, 64)
    expectNoDifference(both.errors, "keyusher: --lines is for people, --json for programs\nhint: take one of them\n")
  }

  @Test func `A key's secrets are not to be had as JSON`() throws {
    let ran = try KeyDesk.make().unlocked(["key", "show", "gate-io/bot", "--json", "--reveal"])
    expectNoDifference(ran.status, 64)
    expectNoDifference(ran.output, "")
    expectNoDifference(
      ran.errors,
      "keyusher: --json never has a secret in it\nhint: --reveal shows them at a terminal, without --json\n")
    let nameless = try Desk().run(["key", "show", "--json"])
    expectNoDifference(nameless.status, 64)
    #expect(nameless.errors.contains("Missing expected argument '<name>'"))
  }
}
