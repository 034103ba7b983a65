import Battery
import CustomDump
import Foundation
import Outside
import SecretMemory
import Testing

@testable import Stores

@Suite(.serialized, .beside, .counted(as: .contract)) struct SecretServiceTests {
  @Test(arguments: StoreContract.cases) func `the keyring keeps the contract`(_ contract: StoreContract) throws {
    guard let session = try SecretServiceSession() else { return }
    try contract.check(session.store)
  }

  @Test func `an entry is what secret-tool shows, byte for byte`() throws {
    guard let session = try SecretServiceSession() else { return }
    let name = try Samples.name("gate-io/bot")
    for value in ["two\nlines\n\n", "", "\u{0}\u{1}ü"] {
      try session.store.put(Samples.bytes(value), as: name)
      #expect(try session.store.get(name).constantTimeEquals(Samples.bytes(value)))
      let theirs = try session.run("secret-tool", ["lookup", "application", "keyusher", "id", "gate-io/bot"])
      expectNoDifference(theirs.text, value)
      try session.store.delete(name)
    }
  }

  @Test func `a locked keyring is told from a missing entry, and nothing waits for a window`() throws {
    guard let session = try SecretServiceSession() else { return }
    let (store, name, other) = (session.store, try Samples.name("gate-io/bot"), try Samples.name("gate-io/other"))
    try store.put(Samples.json, as: name)
    #expect(store.condition() == StoreCondition(.ready, place: "the keyring of this session (Secret Service)"))
    try session.lock()
    #expect(store.condition().readiness == .unusable(locked))
    #expect(throws: locked) { try store.get(name) }
    #expect(throws: locked) { try store.put(Samples.json, as: other) }
    #expect(throws: locked) { try store.rename(name, to: other, replacing: false) }
    #expect(throws: locked) { try store.delete(name) }
    #expect(throws: StoreError.missing(other)) { try store.get(other) }
    #expect(throws: StoreError.missing(other)) { try store.delete(other) }
    #expect(throws: StoreError.taken(name)) { try store.put(Samples.json, as: name) }
    #expect(try store.names() == [name])
  }

  @Test(arguments: [nil, "wrong"]) func `a keyring that was not opened in this session is locked`(_ password: String?)
    throws
  {
    guard let first = try SecretServiceSession() else { return }
    let name = try Samples.name("gate-io/bot")
    try first.store.put(Samples.json, as: name)
    let keyring: SecretServiceSession.Keyring = password.map { .unlocked(with: $0) } ?? .startedByTheBus
    guard let second = try SecretServiceSession(keyring, home: first.home) else { return }
    if password == nil {
      #expect(second.store.condition().readiness == .ready)
      #expect(try !second.isRunning())
    }
    #expect(throws: locked) { try second.store.names() }
    #expect(throws: locked) { try second.store.get(name) }
    #expect(throws: locked) { try second.store.delete(name) }
    #expect(throws: StoreError.taken(name)) { try second.store.put(Samples.json, as: name) }
    #expect(throws: StoreError.missing(try Samples.name("none"))) { try second.store.get(Samples.name("none")) }
    #expect(second.store.condition().readiness == .unusable(locked))
    guard let third = try SecretServiceSession(.unlocked(with: "kr-pass"), home: first.home) else { return }
    #expect(try third.store.get(name).constantTimeEquals(Samples.json))
  }

  @Test func `where a window could ask, it is tried, and a window that fails leaves it locked`() throws {
    guard let session = try SecretServiceSession() else { return }
    let (name, other) = (try Samples.name("gate-io/bot"), try Samples.name("gate-io/other"))
    try session.store.put(Samples.json, as: name)
    try session.lock()
    let store = SecretServiceStore(environment: session.environment.merging(["DISPLAY": ":nowhere"]) { $1 })
    #expect(store.condition().readiness == .ready)
    #expect(throws: locked) { try store.get(name) }
    #expect(throws: locked) { try store.put(Samples.json, as: other) }
    #expect(throws: locked) { try store.delete(name) }
    #expect(try store.names() == [name])
  }

  @Test func `without a keyring nothing is written, and nothing is missing`() throws {
    guard let session = try SecretServiceSession(.startedByTheBus) else { return }
    #expect(try session.store.names() == [])
    #expect(throws: StoreError.missing(try Samples.name("none"))) { try session.store.get(Samples.name("none")) }
    guard case .unusable(.notSetUp(_, let hint)) = session.store.condition().readiness else {
      Issue.record("\(session.store.condition())")
      return
    }
    #expect(hint.hasPrefix("make a keyring"))
    #expect(throws: StoreError.notSetUp(store: "secret-service", hint: hint)) {
      try session.store.put(Samples.json, as: Samples.name("gate-io/bot"))
    }
  }

  @Test func `a keyring that is forgotten with the session is refused`() throws {
    guard let session = try SecretServiceSession(.startedByTheBus) else { return }
    try session.call("SetAlias", "default", "/org/freedesktop/secrets/collection/session")
    let error = StoreError.notSetUp(
      store: "secret-service",
      hint:
        "its default keyring is forgotten when the session ends; make a lasting one the default, for example in 'seahorse'"
    )
    #expect(session.store.condition().readiness == .unusable(error))
    #expect(throws: error) { try session.store.put(Samples.json, as: Samples.name("gate-io/bot")) }
  }

  @Test func `a keyring without a password is called plain text`() throws {
    let home = try Folder()
    let folder = home.url(".local/share/keyrings")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("[keyring]\ndisplay-name=Default keyring\nlock-on-idle=false\nlock-after=false\n".utf8)
      .write(to: folder.appendingPathComponent("Default_keyring.keyring"))
    try Data("Default_keyring".utf8).write(to: folder.appendingPathComponent("default"))
    guard let session = try SecretServiceSession(.startedByTheBus, home: home) else { return }
    #expect(try session.store.names() == [])
    let file = folder.appendingPathComponent("Default_keyring.keyring").path
    #expect(session.store.condition().plaintext == "the keyring has no password, so '\(file)' is plain text")
  }

  @Test func `two items of one name are not guessed between`() throws {
    guard let session = try SecretServiceSession() else { return }
    let (store, name, other) = (session.store, try Samples.name("gate-io/bot"), try Samples.name("gate-io/other"))
    try store.put(Samples.json, as: name)
    try session.run(
      "secret-tool",
      ["store", "--collection=session", "--label=x", "application", "keyusher", "id", name.text], input: [0x78])
    #expect(throws: StoreError.damaged(name, why: "the keyring has 2 items of that name")) { try store.get(name) }
    #expect(try store.names() == [name])
    try store.put(Samples.other, as: other)
    try store.rename(other, to: name, replacing: true)
    #expect(try store.get(name).constantTimeEquals(Samples.other))
    #expect(try store.names() == [name])
  }

  @Test func `an item that another program has marked is not deleted, and other items are not seen`() throws {
    guard let session = try SecretServiceSession() else { return }
    let store = session.store
    let name = try Samples.name("gate-io/bot")
    for attributes in [
      // Less first: what is stored replaces whatever has its attributes, and more.
      ["application", "keyusher"], ["application", "keyusher", "id", name.text, "more", "x"],
      ["application", "keyusher", "id", "No Name'\"\\ü"],
      ["application", "other", "id", "gate-io/theirs"],
    ] {
      try session.run("secret-tool", ["store", "--label=x"] + attributes, input: [0x78])
    }
    #expect(try store.names() == [name])
    #expect(throws: StoreError.damaged(name, why: "another program has put attributes of its own to it")) {
      try store.delete(name)
    }
    #expect(try store.get(name).constantTimeEquals(Samples.oneByte))
  }

  @Test func `what secret-tool would cut short is refused, and nothing is written`() throws {
    guard let session = try SecretServiceSession() else { return }
    let (name, other) = (try Samples.name("gate-io/bot"), try Samples.name("gate-io/other"))
    let longest = try SecretBytes(copying: [UInt8](repeating: 0x61, count: 8192))
    try session.store.put(longest, as: name)
    #expect(try session.store.get(name).constantTimeEquals(longest))
    try longest.append(0x61)
    #expect(throws: StoreError.unstorable(why: "'secret-tool' takes no more than 8192 bytes")) {
      try session.store.put(longest, as: other)
    }
    #expect(try session.store.names() == [name])
  }

  @Test func `a rename to its own name changes nothing`() throws {
    guard let session = try SecretServiceSession() else { return }
    let name = try Samples.name("gate-io/bot")
    try session.store.put(Samples.json, as: name)
    try session.store.rename(name, to: name, replacing: true)
    #expect(throws: StoreError.taken(name)) { try session.store.rename(name, to: name, replacing: false) }
    #expect(try session.store.get(name).constantTimeEquals(Samples.json))
  }

  private let locked = StoreError.locked(
    store: "secret-service",
    hint: "unlock the keyring in its own program, for example 'seahorse'; without a desktop: "
      + #"read -rs P; printf %s "$P" | gnome-keyring-daemon --replace --unlock"#)
}
