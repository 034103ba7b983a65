import Battery
import Foundation
import Outside
import SecretMemory
import Testing

@testable import Stores

@Suite(.beside, .counted(as: .contract)) struct PassTests {
  @Test(arguments: StoreContract.cases) func `pass keeps the contract`(_ contract: StoreContract) throws {
    guard let home = try PassHome() else { return }
    try contract.check(home.store)
  }

  @Test(arguments: StoreContract.cases.prefix(8)) func `pass keeps the contract over git`(
    _ contract: StoreContract
  ) throws {
    guard tool("git") != nil, let home = try PassHome() else { return }
    try home.run("/usr/bin/pass", "git", "init")
    try contract.check(home.store)
  }

  @Test func `over git it says that the history keeps what was deleted`() throws {
    guard tool("git") != nil, let home = try PassHome() else { return }
    #expect(home.store.history == nil)
    try home.run("/usr/bin/pass", "git", "init")
    for (name, value) in [("user.email", "ana@example.org"), ("user.name", "Ana")] {
      try home.run("/usr/bin/pass", "git", "config", name, value)
    }
    try home.store.put(Samples.other, as: Samples.name("gate-io/bot"))
    try Custody(home.store).forget(Samples.name("gate-io/bot"))
    #expect(try home.store.names() == [])
    let history = try #require(home.store.history)
    #expect(
      history.hasPrefix("the git history of '/")
        && history.hasSuffix("', from which whoever can decrypt it can take it"))
    let before = try home.run("/usr/bin/pass", "git", "ls-tree", "-r", "--name-only", "HEAD~1")
    #expect(before.contains("keyusher/gate-io/bot.gpg"))
  }

  @Test func `pass shows an entry as one line, and only ours are listed`() throws {
    guard let home = try PassHome() else { return }
    try home.run("/usr/bin/pass", "generate", "bank/mine")
    try home.store.put(Samples.other, as: Samples.name("gate-io/bot"))
    #expect(try home.run("/usr/bin/pass", "show", "keyusher/gate-io/bot") == "{\"keyusher\":1,\"credential\":{}}\n")
    #expect(try home.store.names() == [Samples.name("gate-io/bot")])
    #expect(try home.files() == ["bank/mine.gpg", "keyusher/gate-io/bot.gpg"])
  }

  @Test func `an entry that others made is read whole; a folder is none`() throws {
    guard let home = try PassHome() else { return }
    let word = try home.run("/usr/bin/pass", "generate", "bank/mine").split(separator: "\n").last ?? ""
    let entry = try #require(try home.store.content(at: "bank/mine"))
    #expect(try home.run("/usr/bin/pass", "show", "bank/mine") == entry.publicPrefix(100))
    #expect(word.contains(entry.publicPrefix(8)))
    for path in ["bank", "bank/other", "../bank/mine", "bank/mine/x", "-c"] {
      #expect(try home.store.content(at: path) == nil, "\(path)")
    }
  }

  @Test func `bytes of every kind come back, line ends too`() throws {
    guard let home = try PassHome() else { return }
    for (number, text) in ["a\n", "a\n\n", "\n", "\u{0}b", "ü\r\n"].enumerated() {
      let name = try Samples.name("bytes/\(number)")
      try home.store.put(Samples.bytes(text), as: name)
      try home.store.confirm(name, holds: Samples.bytes(text))
    }
  }

  @Test func `what is too long to be read back is refused before it is written`() throws {
    guard let home = try PassHome() else { return }
    let name = try Samples.name("gate-io/bot")
    let longest = String(repeating: "x", count: 65_535)
    #expect(throws: StoreError.broken(store: "pass", why: "keys of 65536 bytes and more could not be read back")) {
      try home.store.put(Samples.bytes(longest + "x"), as: name)
    }
    try home.store.put(Samples.bytes(longest), as: name)
    #expect(try home.store.get(name).count == 65_535)
  }

  @Test func `an entry that has the name of a folder goes to its name, by every verb`() throws {
    guard let home = try PassHome() else { return }
    let store = home.store
    let (inner, outer, spare) = try (Samples.name("a/b/c"), Samples.name("a/b"), Samples.name("x"))
    try store.put(Samples.json, as: inner)
    try store.put(Samples.other, as: outer)
    #expect(try store.names() == [outer, inner])
    try store.rename(outer, to: spare, replacing: false)
    try store.rename(spare, to: outer, replacing: false)
    #expect(try store.names() == [outer, inner])
    try store.copy(outer, to: Samples.name("a"))
    try store.rename(inner, to: outer, replacing: true)
    try store.confirm(outer, holds: Samples.json)
    try store.confirm(Samples.name("a"), holds: Samples.other)
    #expect(try home.files() == ["keyusher/a.gpg", "keyusher/a/b.gpg"])
  }

  @Test func `a key whose passphrase nobody can be asked for is written, and is locked when it is read`() throws {
    guard let home = try PassHome(passphrase: "correct horse") else { return }
    let name = try Samples.name("pending/7q4m.credential")
    try home.store.put(Samples.json, as: name)
    let locked = StoreError.locked(
      store: "pass",
      hint: "give the passphrase of your GnuPG key where it can ask for it: in a terminal, export GPG_TTY=$(tty), "
        + "then try again")
    #expect(throws: locked) { try home.store.get(name) }
    #expect(throws: locked) { try home.store.confirm(name, holds: Samples.json) }
    #expect(try home.store.names() == [name])
    try home.store.rename(name, to: Samples.name("gate-io/bot"), replacing: false)
    #expect(try home.files() == ["keyusher/gate-io/bot.gpg"])
  }

  @Test func `a store whose secret key is elsewhere says so`() throws {
    guard let home = try PassHome(), let other = try PassHome() else { return }
    let name = try Samples.name("gate-io/bot")
    try home.store.put(Samples.json, as: name)
    let mixed = PassStore(
      environment: home.environment.merging(["GNUPGHOME": other.environment["GNUPGHOME"] ?? ""]) { $1 })
    #expect(
      throws: StoreError.locked(
        store: "pass",
        hint: "the secret key is not here: put in the card that holds it, or import it with gpg --import")
    ) { try mixed.get(name) }
  }

  @Test func `a store that was never set up says how`() throws {
    guard let home = try PassHome(setUp: false) else { return }
    let error = StoreError.notSetUp(
      store: "pass", hint: "make a GnuPG key if you have none (gpg --full-generate-key), then: pass init YOUR-KEY")
    let name = try Samples.name("gate-io/bot")
    #expect(home.store.condition() == StoreCondition(.unusable(error), place: home.folder.path("store/keyusher")))
    #expect(throws: error) { try home.store.put(Samples.json, as: name) }
    #expect(throws: error) { try home.store.delete(name) }
    #expect(throws: StoreError.missing(name)) { try home.store.get(name) }
    #expect(try home.store.names() == [])
    let docker = StoreError.notSetUp(
      store: "docker-credential-pass",
      hint: "make a GnuPG key if you have none (gpg --full-generate-key), then: pass init YOUR-KEY")
    #expect(throws: docker) { try home.docker.names() }
  }

  @Test func `a store for a key that is unknown here says so, and leaves nothing`() throws {
    guard let home = try PassHome() else { return }
    _ = try home.folder.write(Array("nobody@example.invalid\n".utf8), to: "store/.gpg-id")
    let error = StoreError.notSetUp(
      store: "pass",
      hint: "the key that the file .gpg-id names can't be used here; import it, or: pass init YOUR-KEY")
    #expect(throws: error) { try home.store.put(Samples.json, as: Samples.name("gate-io/bot")) }
    #expect(try home.files() == [])
  }

  @Test func `an entry that was cut off is damaged, and one that is cut to nothing too`() throws {
    guard let home = try PassHome() else { return }
    let cuts: [(word: String, left: (Int) -> Int)] = [
      ("none", { _ in 0 }), ("some", { _ in 20 }), ("most", { $0 - 40 }),
    ]
    for (word, left) in cuts {
      let name = try Samples.name("cut/\(word)")
      try home.store.put(Samples.json, as: name)
      let file = "store/keyusher/\(name).gpg"
      let whole = home.folder.read(file)
      _ = try home.folder.write(Array(whole.prefix(left(whole.count))), to: file)
      #expect(
        throws: StoreError.damaged(name, why: word == "some" ? "it is empty" : "GnuPG finds no whole message in it")
      ) {
        try home.store.get(name)
      }
    }
  }

  @Test func `links are not followed`() throws {
    guard let home = try PassHome() else { return }
    try home.store.put(Samples.json, as: Samples.name("real"))
    let files = FileManager.default
    let ours = home.folder.path("store/keyusher")
    try files.createSymbolicLink(atPath: "\(ours)/file.gpg", withDestinationPath: "\(ours)/real.gpg")
    try files.createDirectory(atPath: home.folder.path("away"), withIntermediateDirectories: false)
    try files.createSymbolicLink(atPath: "\(ours)/folder", withDestinationPath: home.folder.path("away"))
    #expect(try home.store.names() == [Samples.name("real")])
    #expect(throws: StoreError.unusableFile(path: "\(ours)/file.gpg", why: "it is no ordinary file")) {
      try home.store.get(Samples.name("file"))
    }
    #expect(throws: StoreError.unusableFile(path: "\(ours.dropLast(9))/keyusher/folder", why: "Not a directory")) {
      try home.store.put(Samples.json, as: Samples.name("folder/bot"))
    }
    #expect(try files.contentsOfDirectory(atPath: home.folder.path("away")) == [])
  }

  @Test func `a put that was cut short hides, and is cleared by the next of its name`() throws {
    guard let home = try PassHome() else { return }
    try home.store.put(Samples.other, as: Samples.name("bot"))
    try home.run("/usr/bin/pass", "mv", "keyusher/bot", "keyusher/.new-1/gate-io/bot")
    #expect(try home.store.names() == [])
    try home.store.put(Samples.json, as: Samples.name("gate-io/other"))
    #expect(try home.files() == ["keyusher/.new-1/gate-io/bot.gpg", "keyusher/gate-io/other.gpg"])
    try home.store.put(Samples.json, as: Samples.name("gate-io/bot"))
    #expect(try home.files() == ["keyusher/gate-io/bot.gpg", "keyusher/gate-io/other.gpg"])
  }

  @Test func `of many that write one name at once, one does`() async throws {
    guard let home = try PassHome() else { return }
    let name = try Samples.name("gate-io/bot")
    let store = PassStore(environment: home.environment, patience: 60, patienceWithPeople: 60)
    let kept = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<6 {
        group.addTask { @Sendable in (try? store.put(Samples.json, as: name)) != nil }
      }
      var kept = 0
      for await isKept in group where isKept { kept += 1 }
      return kept
    }
    #expect(kept == 1)
    #expect(try home.files() == ["keyusher/gate-io/bot.gpg"])
  }

  @Test func `without the program the store says what to install`() throws {
    let folder = try Folder()
    let store = PassStore(environment: ["HOME": folder.path(""), "PATH": folder.path("")])
    let error = StoreError.notInstalled(store: "pass", program: "pass")
    #expect(store.condition().readiness == .unusable(error))
    #expect(throws: error) { try store.put(Samples.json, as: Samples.name("gate-io/bot")) }
  }
}
