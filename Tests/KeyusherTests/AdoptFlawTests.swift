import CustomDump
import KeyusherHarness
import Stores
import Testing

@testable import keyusher

/// What can be wrong in a file of keys, and how it is read.
@Suite struct AdoptFlawTests {
  @Test("Whatever is wrong in a file is told with its place, and nothing is taken in", arguments: flaws)
  func flaw(_ flaw: Flaw) throws {
    let desk = try KeyDesk.make()
    for (name, text) in [
      ("k", Canary.key), ("k2", "00112233445566778899aabbccddeeff"), ("s", Canary.secret), ("x", "xxxxxxxx"),
    ] {
      try desk.write(text, to: name)
    }
    try desk.write(flaw.text, to: "keys")
    let ran = try desk.unlocked(["key", "adopt", "--from", "keys"])
    expectNoDifference(ran.status, 65, "\(ran.errors)")
    let errors = ran.errors.split(separator: "\n").filter { !$0.hasPrefix("  ") }.joined(separator: "\n")
    let count = flaw.errors.split(separator: "\n").count { $0.hasPrefix("keys:") }
    expectNoDifference(
      errors,
      flaw.errors
        + (count == 1
          ? "\nkeyusher: 1 thing is not right in 'keys', and nothing was taken in\nhint: mend it there, and run the same command again"
          : "\nkeyusher: \(count) things are not right in 'keys', and nothing was taken in\nhint: mend them there, and run the same command again")
    )
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
    expectNoDifference(Canary.trace(in: Array((ran.output + ran.errors).utf8)), nil)
  }

  struct Flaw: Sendable, CustomTestStringConvertible {
    var text: String
    var errors: String

    var testDescription: String { String(errors.prefix { $0 != "\n" }) }
  }

  private static let columns =
    "name, exchange, label, account, purpose, program, owner, key, secret, passphrase, private-key, private"

  static let flaws = [
    Flaw(
      text: "",
      errors: "keys:1:1: there is no key in it\nhint: begin with a line such as: name,exchange,owner,key,secret"),
    Flaw(
      text: "name,pupose,key\n",
      errors: "keys:1:6: this is no column that a key has\nhint: did you mean 'purpose'?"),
    Flaw(
      text: "gate-io/a,\(Canary.secret)\n",
      errors: "keys:1:1: this is no column that a key has\nhint: columns: \(columns)\n"
        + "keys:1:11: this is no column that a key has\nhint: columns: \(columns)"),
    Flaw(text: "name,key,name\n", errors: "keys:1:10: there are two columns of this name"),
    Flaw(
      text: "name,key,secret\ngate-io/a,file:k\n",
      errors: "keys:2:1: this row has 2 cells, and the header 3\nhint: what has a comma in it stands in double quotes"),
    Flaw(
      text: "name,key,secret\n\"gate-io/a,file:k,file:s\n", errors: "keys:2:1: the quote that begins here has no end"),
    Flaw(
      text: "name,key,secret\ngate-io/a\"b,file:k,file:s\n",
      errors: "keys:2:10: a double quote stands within a cell\n"
        + "hint: put the whole cell in double quotes, and write each that is in it twice"),
    Flaw(
      text: "name,key,secret\n,file:k,file:s\n", errors: "keys:2:1: this key has no name\nhint: fill its column 'name'"),
    Flaw(
      text: "name,key,secret\nGate-io/A,file:k,file:s\n",
      errors: "keys:2:1: 'Gate-io/A' can't be a key's name\nhint: the nearest that can: gate-io/a; \(EntryName.rule)"),
    Flaw(
      text: "name,exchange,key,secret\na,okex,file:k,file:s\ngate-io/b,okx,file:k,file:s\ngate/c,,file:k,file:s\n",
      errors:
        "keys:2:3: no flow here is for an exchange 'okex'\nhint: did you mean 'okx'? If not, say so beforehand: --unlisted\n"
        + "keys:3:11: 'gate-io/b' is the name of a key of gate-io, and it is said to be one of okx\n"
        + "hint: which is right? Name it 'okx/b', or say gate-io\n"
        + "keys:4:1: nothing says which exchange 'gate/c' is a key of\nhint: did you mean 'gate-io'? Say it in the column 'exchange'"
    ),
    Flaw(
      text: "name,owner,key,secret\ngate-io/a,\(Canary.secret),file:k,\(Canary.secret)\n",
      errors: "keys:2:11: what stands here looks like a secret\n"
        + "hint: if it is the part itself, take it out of the file; it is not shown here"),
    Flaw(
      text: "name,owner,key,secret\ngate-io/a,Ana,file:k,\"\(Canary.secret)\"\n",
      errors: "keys:2:22: 'secret' is given by reference only\n"
        + "hint: write env:NAME, file:PATH, fd:N or pass:ENTRY; if it is the part itself, take it out of the file; it is not shown here"
    ),
    Flaw(
      text: "name,key,secret\nokx/a,file:k,file:s\n",
      errors: "keys:2:1: a key of okx is not whole without its Passphrase\n"
        + "hint: fill 'passphrase'; the parts of such a key: passphrase, key and secret"),
    Flaw(
      text: "name,key,secret,private-key\ngate-io/a,file:k,file:s,file:s\n",
      errors:
        "keys:2:25: a key of gate-io has no part 'private-key' beside the others\nhint: the parts of such a key: key and secret"
    ),
    Flaw(
      text: "name,key,secret\ngate-io/a,file:k,file:none\ngate-io/b,env:NONE,file:s\n",
      errors:
        "keys:2:18: can't open 'none': No such file or directory\nhint: look at the path and the file's rights; a link is not followed\n"
        + "keys:3:11: the variable NONE is not set\nhint: set it for this command alone: NAME=… keyusher …"),
    Flaw(
      text: "name,key,secret\ngate-io/a,file:k,file:x\n",
      errors: "keys:2:18: Secret, from file:x: This is what a page shows in place of a secret, not the secret itself. "
        + "Look for a button that shows it.\nhint: if it is right all the same, say so beforehand: --yes"),
    Flaw(
      text: "name,key,secret\ngate-io/a,file:k,file:s\ngate-io/b,file:k2,file:s\ngate-io/a,file:x,file:x\n",
      errors: "keys:3:19: this is the same 'secret' as at line 2\nhint: look which of the two is right\n"
        + "keys:4:11: API key, from file:x: This is what a page shows in place of a secret, not the secret itself. "
        + "Look for a button that shows it.\nhint: if it is right all the same, say so beforehand: --yes"),
    Flaw(
      text: "name,key,secret\ngate-io/a,file:k,file:s\ngate-io/a,file:k2,file:s\n",
      errors: "keys:3:1: the key at line 2 has the same name\nhint: give each its own"),
    Flaw(
      text: "name,key,secret\ngate-io/bot,file:k2,file:s\n",
      errors:
        "keys:2:1: another key has the name 'gate-io/bot' in the store 'age'\nhint: choose another name; nothing is overwritten"
    ),
    Flaw(
      text: "{\"name\": \"gate-io/a\", \"key\": \"file:k\", \"secrt\": \"file:s\"}\r\n"
        + "{\"name\": \"gate-io/b\", \"key\": \"file:k\", \"secret\": 5}\r\n{\"name\"\n\n[]\n",
      errors: "keys:1:40: this is no column that a key has\nhint: did you mean 'secret'?\n"
        + "keys:2:50: 'secret' is a text\nhint: write it in quotes\n"
        + "keys:3:8: this is no object of JSON from here on\nhint: a line is one key: {\"name\": \"okx/bot\", \"key\": \"env:OKX_KEY\", …}\n"
        + "keys:5:1: this is no object of JSON from here on\nhint: a line is one key: {\"name\": \"okx/bot\", \"key\": \"env:OKX_KEY\", …}"
    ),
  ]

  @Test(
    "What looks like a secret is not shown where a reference to it was wanted",
    arguments: [
      ("env:", "the variable … is not set"), ("file:", "can't open '…': No such file or directory"),
      ("pass:", "there is no entry '…' in pass"),
    ])
  func referenceThatIsThePart(prefix: String, words: String) throws {
    let desk = try KeyDesk.make()
    try desk.write("#!/bin/sh\n", to: "\(desk.path)/bin/pass", mode: 0o755)
    try desk.write("#!/bin/sh\n", to: "\(desk.path)/bin/gpg", mode: 0o755)
    let store = desk.path + "/password-store"
    try desk.write("x", to: store + "/x.gpg")
    let pass: [String: String?] = ["PATH": "\(desk.path)/bin:/usr/bin:/bin", "PASSWORD_STORE_DIR": store]
    let secret = "ABCD7efgh8IJKL9mnop0QRST1"
    try desk.write("name,key,secret\ngate-io/new,env:OLD_KEY,\(prefix)\(secret)\n", to: "keys.csv")
    for arguments in [["--from", "keys.csv"], ["gate-io/new", "--key", "env:OLD_KEY", "--secret", prefix + secret]] {
      let ran = try desk.run(
        ["key", "adopt"] + arguments, setting: AdoptTests.references.merging(pass) { $1 })
      expectNoDifference(ran.status, 65)
      #expect(
        ran.errors.contains(
          "\(words)\nhint: what stands there looks like a secret, and is not shown; "
            + "a reference names its place. If it was one, make a new key\n"), "\(ran.errors)")
      #expect(!(ran.output + ran.errors).contains(secret))
    }
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
  }

  @Test func `A label that is longer than an answer may be is refused`() throws {
    let desk = try KeyDesk.make()
    let long = String(repeating: "x", count: 4097)
    let ran = try desk.run(["key", "adopt", "gate-io/new", "--label", long, "--key", "env:OLD_KEY"])
    expectNoDifference(ran.status, 64)
    expectNoDifference(
      ran.errors,
      "keyusher: what was given with --label is longer than 4096 characters\nhint: make it shorter\n")
    try desk.write("name,owner,key,secret\ngate-io/new,\(long),env:A,env:B\n", to: "keys")
    let many = try desk.run(["key", "adopt", "--from", "keys"])
    #expect(
      many.errors.hasPrefix("keys:2:13: this is longer than 4096 characters\nhint: make it shorter\n"), "\(many.errors)"
    )
  }

  // MARK: - The table

  @Test func `CSV is read by RFC 4180: quotes, commas and line ends within a cell, a byte order mark before it`() {
    let table = AdoptionTable(
      "\u{FEFF}name, Owner ,key\r\n\"a \"\"b\"\", c\",\"Ana\nBo\" , env:K \r\n\r\nd,,e",
      columns: ["name", "owner", "key"])
    expectNoDifference(table.flaws, [])
    expectNoDifference(
      table.rows,
      [
        AdoptionTable.Row(
          line: 2,
          cells: [
            "name": AdoptionTable.Cell(text: "a \"b\", c", line: 2, column: 1),
            "owner": AdoptionTable.Cell(text: "Ana\nBo", line: 2, column: 14),
            "key": AdoptionTable.Cell(text: "env:K", line: 3, column: 7),
          ]),
        AdoptionTable.Row(
          line: 5,
          cells: [
            "name": AdoptionTable.Cell(text: "d", line: 5, column: 1),
            "key": AdoptionTable.Cell(text: "e", line: 5, column: 4),
          ]),
      ])
  }

  @Test func `A file in which nearly all is wrong is told of in part, and soon`() {
    for text in [
      "name" + String(repeating: ",columm", count: 60_000) + "\n",
      "name" + (0..<60_000).map { ",c\($0)" }.joined() + "\n",
      "name,key\n" + String(repeating: "gate-io/a\n", count: 60_000),
      "{" + (0..<60_000).map { "\"c\($0)\":\"x\"" }.joined(separator: ",") + "}\n",
      String(repeating: "{\"nam\":\"x\"}\n", count: 60_000), String(repeating: "[]\n{\n", count: 60_000),
    ] {
      var flaws: [AdoptionTable.Flaw] = []
      let took = ContinuousClock().measure { flaws = AdoptionTable(text, columns: ["name", "key"]).flaws }
      #expect((1...AdoptionTable.mostFlaws).contains(flaws.count), "\(text.prefix(40)): \(flaws.count)")
      #expect(took < .seconds(10), "\(text.prefix(40)): \(took)")
    }
  }

  @Test func `That more than what is told may be wrong is said`() throws {
    let desk = try KeyDesk.make()
    try desk.write("name,key\n" + String(repeating: "gate-io/a,env:A\n", count: 60), to: "keys")
    let ran = try desk.run(["key", "adopt", "--from", "keys"])
    expectNoDifference(ran.status, 65)
    expectNoDifference(ran.errors.split(separator: "\n").count { $0.hasPrefix("keys:") }, 50)
    #expect(
      ran.errors.hasSuffix(
        "keyusher: at least 50 things are not right in 'keys', and nothing was taken in\n"
          + "hint: mend them there, and run the same command again\n"), "\(ran.errors)")
  }

  @Test func `A file of more keys than can be held is refused`() {
    let rows = (0...AdoptionTable.mostRows).map { "gate-io/\($0)\n" }.joined()
    let table = AdoptionTable("name\n" + rows, columns: ["name"])
    expectNoDifference(
      table.flaws,
      [
        AdoptionTable.Flaw(
          line: 1002, column: 1, message: "it has more than 1000 keys", hint: "make several files of it")
      ])
  }
}
