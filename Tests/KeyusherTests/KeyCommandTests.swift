import CustomDump
import Foundation
import KeyusherHarness
import PtyHarness
import Testing

@Suite struct KeyCommandTests {
  static let names = [
    "bybit/number", "coinbase/pem", "gate-io/bot", "gate-io/broken", "gate-io/empty", "gate-io/half", "gate-io/odd",
    "gate-io/two", "gate-io/zero", "okx/bot", "pending/7q4m.credential", "previous/gate-io/bot",
  ]

  // MARK: - Listing and showing

  @Test func `The list has every name, asks for nothing, and says what can be done with copies`() throws {
    let desk = try KeyDesk.make()
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
    let ran = try desk.run(["key", "list", "--store", "age"])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    expectNoDifference(
      ran.output.components(separatedBy: "\n\n").suffix(3),
      [
        """
        okx/bot, in age
          No record here tells where it comes from.
        """,
        """
        pending/7q4m.credential, in age
          A pending copy that no run claims any more. It may be the only copy of a key.
          keep it: keyusher key keep pending/7q4m.credential NAME --store age
        """,
        """
        previous/gate-io/bot, in age
          What the key was before it was replaced.
          delete it: keyusher key forget previous/gate-io/bot --store age

        """,
      ])
  }

  @Test func `The list is to be had as JSON`() throws {
    let ran = try KeyDesk.make().run(["key", "list", "--json"])
    let rows = try #require(try JSONSerialization.jsonObject(with: Data(ran.output.utf8)) as? [[String: String]])
    expectNoDifference(rows.compactMap { $0["name"] }, KeyCommandTests.names)
    expectNoDifference(
      rows.suffix(3),
      [
        ["name": "okx/bot", "store": "age", "kind": "kept", "state": "unknown"],
        [
          "name": "pending/7q4m.credential", "store": "age", "kind": "pending", "state": "unknown", "run": "7q4m",
        ],
        ["name": "previous/gate-io/bot", "store": "age", "kind": "previous", "state": "unknown"],
      ])
  }

  @Test func `Without a store there are no keys, and the list says where they come from`() throws {
    let ran = try Desk().run(["key", "list"])
    expectNoDifference(ran.status, 0)
    #expect(ran.output.contains("No keys yet."))
  }

  @Test func `A key is shown without its secrets`() throws {
    let ran = try KeyDesk.make().unlocked(["key", "show", "okx/bot"])
    expectNoDifference(ran.errors, "")
    expectNoDifference(
      ran.output,
      """
      okx/bot
        store: age
        exchange: okx
        label: bot
        taken in; no run made it
        key: \(Canary.key)
        passphrase: 21 bytes
        secret: 64 bytes

      """)
  }

  @Test("Secrets are shown to a terminal alone", arguments: ["gate-io/bot", "previous/gate-io/bot"])
  func noPipe(name: String) throws {
    let ran = try KeyDesk.make().unlocked(["key", "show", name, "--reveal"])
    expectNoDifference(ran.status, 64)
    expectNoDifference(ran.output, "")
    #expect(ran.errors.contains("keyusher exec NAME -- PROGRAM"))
  }

  // MARK: - Moving

  @Test func `A pending copy gets a name, and a previous one too`() throws {
    let desk = try KeyDesk.make()
    let kept = try desk.run(["key", "keep", "pending/7q4m.credential", "gate-io/found"])
    expectNoDifference(kept.output, "  kept as gate-io/found in age\n")
    let back = try desk.run(["key", "keep", "previous/gate-io/bot", "gate-io/before"])
    expectNoDifference(back.output, "  kept as gate-io/before in age\n")
    let names = try desk.keys()
    #expect(names.contains("gate-io/found") && names.contains("gate-io/before"))
    #expect(!names.contains { $0.hasPrefix("pending/") || $0.hasPrefix("previous/") })
    let ran = try desk.exec("gate-io/found", ["sh", "-c", "printf %s $GATE_API_SECRET"])
    expectNoDifference(ran.output, Canary.secret)
  }

  @Test func `A pending copy needs a name when no record has one, and takes none that is taken`() throws {
    let desk = try KeyDesk.make()
    let nameless = try desk.run(["key", "keep", "pending/7q4m.credential"])
    expectNoDifference(nameless.status, 64)
    #expect(nameless.errors.contains("hint: keyusher key keep pending/7q4m.credential NAME"))
    let taken = try desk.run(["key", "keep", "pending/7q4m.credential", "okx/bot"])
    expectNoDifference(taken.status, 66)
    let kept = try desk.run(["key", "keep", "okx/bot", "okx/new"])
    expectNoDifference(kept.status, 64)
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
  }

  @Test func `A rename takes the previous copy along, and overwrites nothing`() throws {
    let desk = try KeyDesk.make()
    let ran = try desk.run(["key", "rename", "gate-io/bot", "gate-io/spot"])
    expectNoDifference(ran.output, "  gate-io/bot is gate-io/spot now, in age\n")
    let names = try desk.keys()
    #expect(names.contains("gate-io/spot") && names.contains("previous/gate-io/spot"))
    #expect(!names.contains("gate-io/bot") && !names.contains("previous/gate-io/bot"))
    expectNoDifference(try desk.run(["key", "rename", "gate-io/spot", "okx/bot"]).status, 66)
    expectNoDifference(try desk.run(["key", "rename", "gate-io/none", "gate-io/new"]).status, 66)
    expectNoDifference(try desk.run(["key", "rename", "gate-io/spot", "pending/x"]).status, 64)
    expectNoDifference(try desk.keys(), names)
  }

  @Test("A name that can be none is told with the rule, and the nearest")
  func rule() throws {
    let ran = try KeyDesk.make().run(["key", "rename", "gate-io/bot", "Gate IO/My Bot"])
    expectNoDifference(ran.status, 64)
    expectNoDifference(
      ran.errors,
      """
      keyusher: 'Gate IO/My Bot' can't be a key's name
      hint: the nearest that can: gate-io/my-bot
      hint: one to four words with '/' between them, each of small letters, digits, '.', '_' and '-', a letter or digit first

      """)
  }

  @Test func `A copy to the store it is in is refused`() throws {
    let ran = try KeyDesk.make().unlocked(["key", "copy-to", "age", "gate-io/bot"])
    expectNoDifference(ran.status, 64)
    #expect(ran.errors.hasPrefix("keyusher: 'age' is the store that the key is in\nhint: "))
  }

  // MARK: - Forgetting

  @Test(
    "Forgetting says that it revokes nothing, and deletes only what is named",
    arguments: ["gate-io/bot", "previous/gate-io/bot", "pending/7q4m.credential", "gate-io/broken"])
  func forget(name: String) throws {
    let desk = try KeyDesk.make()
    let ran = try desk.run(["key", "forget", name, "--yes"])
    expectNoDifference(ran.errors, "")
    #expect(ran.output.contains("deleted: \(name), from age"))
    #expect(ran.output.contains("This revokes nothing"))
    expectNoDifference(try desk.keys(), KeyCommandTests.names.filter { $0 != name })
  }

  @Test func `Nothing is forgotten when nobody can be asked`() throws {
    let desk = try KeyDesk.make()
    let ran = try desk.run(["key", "forget", "gate-io/bot"], input: "forget\n")
    expectNoDifference(ran.status, 64)
    #expect(ran.errors.contains("--yes"))
    expectNoDifference(try desk.run(["key", "forget", "gate-io/none", "--yes"]).status, 66)
    expectNoDifference(try desk.run(["key", "forget", "probe/0a1b", "--yes"]).status, 66)
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
  }

  @Test func `A probe that was left behind is forgotten, and is nothing to be shown`() throws {
    let desk = try KeyDesk.make()
    try desk.keep("probe/0a1b")
    let shown = try desk.unlocked(["key", "show", "probe/0a1b"])
    expectNoDifference(shown.status, 64)
    #expect(shown.errors.contains("hint: delete it: keyusher key forget probe/0a1b\n"))
    let ran = try desk.run(["key", "forget", "probe/0a1b", "--store", "age", "--yes"])
    expectNoDifference(ran.output, "  deleted: probe/0a1b, from age\n")
    expectNoDifference(try desk.ageStore().names().map(\.text), KeyCommandTests.names)
  }
}
