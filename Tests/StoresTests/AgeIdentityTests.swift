import AgeFormat
import CustomDump
import Foundation
import Glibc
import Outside
import PtyHarness
import SecretMemory
import Testing

@testable import Stores

/// The identities and the recipients: made, opened, changed, given away.
@Suite struct AgeIdentityTests {
  let name = EntryName("gate-io/bot")

  @Test func `a store says what it lacks`() throws {
    let desk = try AgeDesk()
    let name = try #require(name)
    let notSetUp = StoreError.notSetUp(store: "age", hint: "set it up: keyusher store init age")
    expectNoDifference(desk.store().condition(), StoreCondition(.needsSetUp, place: desk.path))
    expectNoDifference(try desk.store().names(), [])
    #expect(throws: notSetUp) { try desk.store().put(Samples.json, as: name) }
    #expect(throws: notSetUp) { try desk.store().recipients() }
    #expect(throws: notSetUp) { try desk.store().exportIdentity() }
    #expect(throws: StoreError.missing(name)) { try desk.store().get(name) }
    #expect(!FileManager.default.fileExists(atPath: desk.path))
    try desk.store(Person()).setUp()
    expectNoDifference(desk.store().condition(), StoreCondition(.ready, place: desk.path))
  }

  @Test func `after the set-up the store is open, and a second set-up changes nothing`() throws {
    let desk = try AgeDesk()
    let name = try #require(name)
    let person = Person()
    let store = desk.store(person)
    try store.setUp()
    try store.put(Samples.json, as: name)
    #expect(try store.get(name).constantTimeEquals(Samples.json))
    expectNoDifference(person.asked, [])
    let before = try desk.store().exportIdentity()
    #expect(
      throws: StoreError.unusableFile(
        path: "\(desk.path)/identities", why: "it is there already, and nothing was changed")
    ) { try desk.store().setUp() }
    expectNoDifference(try desk.store().exportIdentity(), before)
  }

  @Test func `a set-up that was cut short is completed by the next, under the same passphrase`() throws {
    for lost in [["store/.age-recipients"], ["store/.age-recipients", "recipient"]] {
      let desk = try AgeDesk.ready()
      let name = try #require(name)
      let identity = try desk.store().exportIdentity()
      let recipients = try desk.store().recipients()
      for file in lost { #expect(unlink("\(desk.path)/\(file)") == 0) }
      expectNoDifference(desk.store().condition().readiness, .needsSetUp)
      try desk.opened().setUp()
      expectNoDifference(try desk.store().recipients(), recipients)
      expectNoDifference(try desk.store().exportIdentity(), identity)
      try desk.store().put(Samples.json, as: name)
      #expect(try desk.opened().get(name).constantTimeEquals(Samples.json))
    }
  }

  @Test func `a store whose identities are gone is not set up as if it were new`() throws {
    let desk = try AgeDesk.ready()
    let name = try #require(name)
    try desk.store().put(Samples.json, as: name)
    let backup = try desk.store().exportIdentity()
    #expect(unlink("\(desk.path)/identities") == 0)
    let refusal = StoreError.unusableFile(
      path: "\(desk.path)/identities",
      why: "it is missing, and what is kept in 'store' opens with it alone: put it back from your backup")
    expectNoDifference(desk.store().condition().readiness, .unusable(refusal))
    #expect(throws: refusal) { try desk.store().setUp() }
    try desk.write(backup, to: "identities")
    #expect(try desk.opened().get(name).constantTimeEquals(Samples.json))
  }

  @Test func `a set-up that the person stops leaves a store that can be set up`() throws {
    let desk = try AgeDesk()
    #expect(throws: StoreError.stopped) { try desk.store(Person(new: [])).setUp() }
    expectNoDifference(desk.store().condition().readiness, .needsSetUp)
    let refusal = StoreError.forbidden(
      store: "age", hint: "an empty passphrase protects nothing: type one, or have one made")
    #expect(throws: refusal) {
      try desk.store(Person(new: [""])).setUp()
    }
    expectNoDifference(desk.store().condition().readiness, .needsSetUp)
    expectNoDifference(Set(desk.modes.keys), ["", "store", "store/.lock"])
  }

  @Test func `a changed passphrase opens what the old one opened, and the old one nothing`() throws {
    let desk = try AgeDesk.ready()
    let name = try #require(name)
    try desk.store().put(Samples.json, as: name)
    let before = try desk.store().exportIdentity()
    #expect(throws: StoreError.wrongPassphrase(store: "age")) {
      try desk.store(Person(answers: ["a", "b", "c"], new: ["three words"])).changePassphrase()
    }
    expectNoDifference(try desk.store().exportIdentity(), before)
    try desk.store(Person(answers: ["a", "two words"], new: ["three words"])).changePassphrase()
    #expect(throws: StoreError.wrongPassphrase(store: "age")) {
      try desk.store(Person(answers: ["two words", "two words", "two words"])).get(name)
    }
    #expect(try desk.store(Person(answers: ["three words"])).get(name).constantTimeEquals(Samples.json))
    expectNoDifference(desk.modes["identities"], "600")
    expectNoDifference(
      String(decoding: desk.read("identities").prefix(34), as: UTF8.self), "-----BEGIN AGE ENCRYPTED FILE-----")
  }

  @Test func `identities without a passphrase work, are called plain text, and can be given one`() throws {
    let desk = try AgeDesk.ready()
    let name = try #require(name)
    let identity = try Identity.generate()
    try desk.write(identity.file.withBytes { Array($0) }, to: "identities")
    #expect(chmod("\(desk.path)/identities", 0o600) == 0 && unlink("\(desk.path)/recipient") == 0)
    try desk.write(Array("\(identity.recipient)\n".utf8), to: "store/.age-recipients")
    try desk.store().put(Samples.json, as: name)
    #expect(try desk.store().get(name).constantTimeEquals(Samples.json))
    let path = "\(desk.path)/identities"
    expectNoDifference(
      desk.store().condition(),
      StoreCondition(.ready, place: desk.path, plaintext: "'\(path)' has no passphrase: it opens whatever is kept"))
    #expect(
      throws: StoreError.unusableFile(path: path, why: "it has no passphrase, and would be a plain copy of the key")
    ) { try desk.store().exportIdentity() }
    #expect(chmod(path, 0o644) == 0)
    #expect(throws: StoreError.unusableFile(path: path, why: "it has no passphrase, and others can read it")) {
      try desk.store().get(name)
    }
    #expect(chmod(path, 0o600) == 0)
    try desk.store(Person()).changePassphrase()
    expectNoDifference(desk.store().condition(), StoreCondition(.ready, place: desk.path))
    #expect(try desk.opened().get(name).constantTimeEquals(Samples.json))
  }

  @Test func `damaged identities are told apart from a wrong passphrase`() throws {
    let desk = try AgeDesk.ready()
    let name = try #require(name)
    try desk.store().put(Samples.json, as: name)
    let whole = try desk.store().exportIdentity()
    for (bytes, why) in [
      (Array(whole.dropLast(40)), "the age armor can't be read at line"), ([], "there is no identity in it"),
      (Array("AGE-SECRET-KEY-1X\n".utf8), "line 1 is no age identity"),
    ] {
      try desk.write(bytes, to: "identities")
      #expect(chmod("\(desk.path)/identities", 0o600) == 0)
      let error = try #require(throws: StoreError.self) { try desk.opened().get(name) }
      #expect(error.what.hasPrefix("'\(desk.path)/identities' can't be used: \(why)"))
    }
  }

  @Test func `a team reads what is kept from then on and what was kept before`() throws {
    let desk = try AgeDesk.ready()
    let mate = try Identity.generate()
    let names = try ["gate-io/bot", "kraken/main", "previous/gate-io/bot"].map(Samples.name)
    for name in names { try desk.store().put(Samples.json, as: name) }
    let own = try desk.store().recipients()
    try desk.opened().setRecipients(own + [mate.recipient])
    expectNoDifference(try desk.store().recipients(), own + [mate.recipient])
    try desk.store().put(Samples.json, as: Samples.name("gate-io/new"))
    for name in names + [try Samples.name("gate-io/new")] {
      let file = desk.read("store/\(name).age")
      #expect(try AgeFile.decrypt(file, with: .identities([mate])).constantTimeEquals(Samples.json))
      #expect(try desk.opened().get(name).constantTimeEquals(Samples.json))
    }
    try desk.opened().setRecipients(own)
    let file = desk.read("store/gate-io/bot.age")
    #expect(throws: AgeError.noMatch) { try AgeFile.decrypt(file, with: .identities([mate])) }
  }

  @Test func `an entry that can't be encrypted anew stays, is named, and keeps no other from it`() throws {
    let desk = try AgeDesk.ready()
    let mate = try Identity.generate()
    let names = try ["a", "b", "c"].map(Samples.name)
    for name in names { try desk.store().put(Samples.json, as: name) }
    var bytes = desk.read("store/b.age")
    bytes[bytes.count - 1] ^= 1
    try desk.write(bytes, to: "store/b.age")
    #expect(
      throws: StoreError.damaged(names[1], why: "the contents were changed or cut off, at chunk 1 of 64 KiB")
    ) { try desk.opened().setRecipients(desk.store().recipients() + [mate.recipient]) }
    expectNoDifference(desk.read("store/b.age"), bytes)
    for name in ["a", "c"] {
      #expect(
        try AgeFile.decrypt(desk.read("store/\(name).age"), with: .identities([mate])).constantTimeEquals(Samples.json))
    }
  }

  @Test func `nothing is kept for others alone`() throws {
    let desk = try AgeDesk.ready()
    let name = try #require(name)
    let own = try desk.store().recipients()
    let mate = try Identity.generate().recipient
    let refusal = StoreError.unusableFile(
      path: "\(desk.path)/store/.age-recipients",
      why: "none of these recipients is yours (\(own[0])): you could not open what is kept for them")
    for list in [[], [mate]] { #expect(throws: refusal) { try desk.opened().setRecipients(list) } }
    expectNoDifference(try desk.store().recipients(), own)
    try desk.write(Array("\(mate)\n".utf8), to: "store/.age-recipients")
    #expect(throws: refusal) { try desk.store().put(Samples.json, as: name) }
    expectNoDifference(desk.store().condition().readiness, .unusable(refusal))
    // A folder that was brought has no note of whose it is; unlocked, it is known.
    #expect(unlink("\(desk.path)/recipient") == 0)
    let store = desk.opened()
    _ = try store.unlocked()
    #expect(throws: refusal) { try store.put(Samples.json, as: name) }
    expectNoDifference(store.condition().readiness, .unusable(refusal))
  }

  @Test func `recipients that can't be used are told by their line`() throws {
    let desk = try AgeDesk.ready()
    let name = try #require(name)
    let own = try desk.store().recipients()[0]
    for (text, why) in [
      ("# nobody\n", "there is nobody to encrypt to"),
      ("\(own)\nssh-ed25519 AAAA\n", "line 2 is a recipient of a kind that can't be used here"),
      ("age1x\n", "line 1 is no age recipient"),
    ] {
      try desk.write(Array(text.utf8), to: "store/.age-recipients")
      let refusal = StoreError.unusableFile(path: "\(desk.path)/store/.age-recipients", why: why)
      #expect(throws: refusal) { try desk.store().put(Samples.json, as: name) }
      expectNoDifference(desk.store().condition().readiness, .unusable(refusal))
    }
  }

  @Test func `an entry that was changed, cut off or is another's is damaged, with or without the passphrase`() throws {
    let desk = try AgeDesk.ready()
    let name = try #require(name)
    let writer = desk.store()
    try writer.put(Samples.json, as: name)
    let whole = desk.read("store/gate-io/bot.age")
    let other = try AgeFile.encrypt(Samples.json, for: .recipients([Identity.generate().recipient]))
    var flipped = whole
    flipped[whole.count - 20] ^= 1
    for (bytes, why) in [
      (flipped, "the contents were changed or cut off, at chunk 1 of 64 KiB"),
      (Array(whole.dropLast()), "the contents were changed or cut off, at chunk 1 of 64 KiB"),
      (Array(whole.prefix(30)), "the age header can't be read at line 2"), ([], "this is not an age file"),
      (other, "none of the identities opens the file"),
    ] {
      try desk.write(bytes, to: "store/gate-io/bot.age")
      #expect(throws: StoreError.damaged(name, why: why)) { try desk.opened().get(name) }
      #expect(throws: StoreError.self) { try writer.confirm(name, holds: Samples.json) }
    }
  }
}
