import SecretMemory
import Testing

@testable import Stores

/// What every store must do, as cases that are run against each real one: `@Test(arguments: StoreContract.cases)`.
struct StoreContract: Sendable, CustomTestStringConvertible {
  let name: String
  let check: @Sendable (any CredentialStore) throws -> Void

  var testDescription: String { name }

  static let cases: [StoreContract] = [
    StoreContract(name: "what is put is given back") { store in
      for (number, bytes) in [Samples.json, Samples.oneByte, Samples.long].enumerated() {
        let name = try Samples.name("gate-io/put-\(number)")
        try store.put(bytes, as: name)
        #expect(try store.get(name).constantTimeEquals(bytes))
      }
    },
    StoreContract(name: "nothing is overwritten by a put") { store in
      let name = try Samples.name("gate-io/twice")
      try store.put(Samples.json, as: name)
      #expect(throws: StoreError.taken(name)) { try store.put(Samples.other, as: name) }
      #expect(try store.get(name).constantTimeEquals(Samples.json))
    },
    StoreContract(name: "what is missing is called missing, by every verb") { store in
      let name = try Samples.name("gate-io/none")
      let other = try Samples.name("gate-io/other")
      #expect(throws: StoreError.missing(name)) { try store.get(name) }
      #expect(throws: StoreError.missing(name)) { try store.delete(name) }
      #expect(throws: StoreError.missing(name)) { try store.rename(name, to: other, replacing: false) }
      #expect(throws: StoreError.missing(name)) { try store.rename(name, to: other, replacing: true) }
      #expect(throws: StoreError.missing(name)) { try store.copy(name, to: other) }
      #expect(try store.names().isEmpty)
    },
    StoreContract(name: "a confirmation tells what was written from anything else") { store in
      let name = try Samples.name("gate-io/confirmed")
      try store.put(Samples.json, as: name)
      try store.confirm(name, holds: Samples.json)
      #expect(throws: StoreError.differs(name)) { try store.confirm(name, holds: Samples.other) }
    },
    StoreContract(name: "names of every kind and depth are listed in order") { store in
      let names = try [
        "bot", "gate-io/grid-bot-01", "gate-io/team/a.b_c-1", "kraken/main", "pending/7q4m.credential",
        "previous/kraken/main", "probe/0a1b",
      ].map(Samples.name)
      for name in names.reversed() { try store.put(Samples.json, as: name) }
      #expect(try store.names() == names)
    },
    StoreContract(name: "a renamed entry is under its new name alone") { store in
      let name = try Samples.name("pending/7q4m.credential")
      let other = try Samples.name("gate-io/renamed")
      try store.put(Samples.json, as: name)
      try store.rename(name, to: other, replacing: false)
      #expect(try store.get(other).constantTimeEquals(Samples.json))
      #expect(try store.names() == [other])
      #expect(throws: StoreError.missing(name)) { try store.get(name) }
    },
    StoreContract(name: "a rename overwrites only when it is told to") { store in
      let name = try Samples.name("pending/7q4m.credential")
      let other = try Samples.name("gate-io/there")
      try store.put(Samples.json, as: name)
      try store.put(Samples.other, as: other)
      #expect(throws: StoreError.taken(other)) { try store.rename(name, to: other, replacing: false) }
      #expect(try store.get(other).constantTimeEquals(Samples.other))
      try store.rename(name, to: other, replacing: true)
      #expect(try store.get(other).constantTimeEquals(Samples.json))
      #expect(try store.names() == [other])
    },
    StoreContract(name: "a copy is the same, and overwrites nothing") { store in
      let name = try Samples.name("gate-io/original")
      let other = try Samples.name("previous/gate-io/original")
      try store.put(Samples.json, as: name)
      try store.copy(name, to: other)
      #expect(try store.get(other).constantTimeEquals(Samples.json))
      #expect(try store.get(name).constantTimeEquals(Samples.json))
      #expect(throws: StoreError.taken(other)) { try store.copy(name, to: other) }
    },
    StoreContract(name: "only what is deleted is gone") { store in
      let names = try ["gate-io/bot", "gate-io/bot-2", "gate-io"].map(Samples.name)
      for name in names { try store.put(Samples.json, as: name) }
      try store.delete(names[0])
      #expect(try store.names() == [names[2], names[1]])
      try store.put(Samples.other, as: names[0])
      #expect(try store.get(names[0]).constantTimeEquals(Samples.other))
    },
    StoreContract(name: "a probe leaves nothing behind") { store in
      let probe = try Samples.name("probe/0a1b2c3d")
      try Custody(store).prove(with: probe, Samples.other)
      #expect(try store.names().isEmpty)
      #expect(store.condition().readiness == .ready)
    },
    StoreContract(name: "a held credential gets its name, or the first free one") { store in
      let custody = Custody(store)
      let name = try Samples.name("gate-io/grid-bot-01")
      for (run, settled, bytes) in [
        ("7q4m", "gate-io/grid-bot-01", Samples.json), ("8r5n", "gate-io/grid-bot-01-2", Samples.other),
      ] {
        let pending = try #require(EntryName.pending(run: run, step: "credential"))
        #expect(try custody.hold(bytes, as: pending) == pending)
        #expect(try custody.settle(pending, as: name).text == settled)
      }
      #expect(try store.names().map(\.text) == ["gate-io/grid-bot-01", "gate-io/grid-bot-01-2"])
    },
    StoreContract(name: "a held credential that is to have one very name waits on if that is taken") { store in
      let custody = Custody(store)
      let name = try Samples.name("gate-io/grid-bot-01")
      let pending = try Samples.name("pending/adopt.gate-io.grid-bot-01")
      try store.put(Samples.json, as: name)
      #expect(try custody.hold(Samples.other, as: pending) == pending)
      #expect(throws: StoreError.taken(name)) { try custody.settle(pending, exactlyAs: name) }
      #expect(try store.names() == [name, pending])
      try store.delete(name)
      try custody.settle(pending, exactlyAs: name)
      #expect(try store.get(name).constantTimeEquals(Samples.other))
      #expect(try store.names() == [name])
    },
    StoreContract(name: "a held credential that another command gave the same name counts as kept") { store in
      let custody = Custody(store)
      let name = try Samples.name("gate-io/grid-bot-01")
      let pending = try Samples.name("pending/adopt.gate-io.grid-bot-01")
      try store.put(Samples.json, as: name)
      #expect(try custody.hold(Samples.json, as: pending) == pending)
      try custody.settle(pending, exactlyAs: name, holding: Samples.json)
      #expect(try store.names() == [name])
      // The other may have renamed the very copy.
      try custody.settle(pending, exactlyAs: name, holding: Samples.json)
      #expect(throws: StoreError.missing(pending)) {
        try custody.settle(pending, exactlyAs: name, holding: Samples.other)
      }
      #expect(try custody.hold(Samples.other, as: pending) == pending)
      #expect(throws: StoreError.taken(name)) {
        try custody.settle(pending, exactlyAs: name, holding: Samples.other)
      }
      try custody.clear(pending, leftOf: name)
      #expect(try store.names() == [name, pending])
      #expect(try store.get(name).constantTimeEquals(Samples.json))
    },
    StoreContract(name: "what was written before is found by a try again, and another is held beside it") { store in
      let custody = Custody(store)
      let pending = try Samples.name("pending/7q4m.credential")
      try store.put(Samples.json, as: pending)
      #expect(try custody.hold(Samples.json, as: pending) == pending)
      #expect(try custody.hold(Samples.other, as: pending).text == "pending/7q4m.credential-2")
      #expect(try store.names().map(\.text) == ["pending/7q4m.credential", "pending/7q4m.credential-2"])
    },
    StoreContract(name: "a renaming that was cut short is found done") { store in
      guard !store.renamesAtOnce else { return }
      let pending = try Samples.name("pending/7q4m.credential")
      let name = try Samples.name("gate-io/cut-short")
      for entry in [pending, name] { try store.put(Samples.json, as: entry) }
      #expect(try Custody(store).settle(pending, as: name) == name)
      #expect(try store.names() == [name])
    },
    StoreContract(name: "a replaced entry stays as the previous one") { store in
      let custody = Custody(store)
      let name = try Samples.name("gate-io/rotated")
      let pending = try Samples.name("pending/7q4m.credential")
      for bytes in [Samples.json, Samples.other, Samples.long] {
        #expect(try custody.hold(bytes, as: pending) == pending)
        try custody.replace(name, with: pending)
        #expect(try store.get(name).constantTimeEquals(bytes))
      }
      // Each that was replaced is there until somebody forgets it.
      let names = try store.names()
      #expect(names.map(\.text) == ["gate-io/rotated", "previous/gate-io/rotated", "previous/gate-io/rotated-2"])
      #expect(try store.get(names[1]).constantTimeEquals(Samples.json))
      #expect(try store.get(names[2]).constantTimeEquals(Samples.other))
    },
  ]
}

/// What is stored in tests.
enum Samples {
  static let json = bytes(
    #"{"keyusher":1,"exchange":"gate-io","label":"grid bot \"Ü\"","credential":{"key":"AK","secret":"line\nbreak"}}"#)
  static let other = bytes(#"{"keyusher":1,"credential":{}}"#)
  static let oneByte = bytes("x")
  /// As much as every store takes: `secret-tool` reads 8 KiB.
  static let long = bytes(String(repeating: "0123456789abcdef", count: 500))

  static func bytes(_ text: String) -> SecretBytes {
    // A test that has no memory for a few bytes can't go on.
    guard let secret = try? SecretBytes(copying: Array(text.utf8)) else { fatalError("no guarded memory") }
    return secret
  }

  static func name(_ text: String) throws -> EntryName { try #require(EntryName(text)) }
}
