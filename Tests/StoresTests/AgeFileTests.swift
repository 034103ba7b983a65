import Battery
import CustomDump
import Foundation
import Glibc
import Outside
import SecretMemory
import Testing

@testable import Stores

/// What the age store does with its folders and files, and what others may have put there.
@Suite(.counted(as: .attacks)) struct AgeFileTests {
  @Test("modes are the same under every umask", arguments: ["000", "022", "077", "777"])
  func modes(umask: String) throws {
    let desk = try AgeDesk()
    expectNoDifference(
      try desk.probe("umask", umask, "setup", "put", "gate-io/bot", "x", "copy", "gate-io/bot", "previous/gate-io/bot"),
      Probed(output: "umask: done\nsetup: done\nput: done\ncopy: done\n", status: 0))
    expectNoDifference(
      desk.modes,
      [
        "": "700", "identities": "600", "recipient": "600", "store": "700", "store/.age-recipients": "600",
        "store/.lock": "600", "store/gate-io": "700", "store/gate-io/bot.age": "600", "store/previous": "700",
        "store/previous/gate-io": "700", "store/previous/gate-io/bot.age": "600",
      ])
  }

  @Test(
    "a link, a pipe or a folder in the place of an entry is refused by name, and stays", arguments: Imposter.allCases)
  func imposters(_ imposter: Imposter) throws {
    let desk = try AgeDesk.ready()
    let name = try Samples.name("gate-io/bot")
    let other = try Samples.name("gate-io/other")
    try desk.store().put(Samples.json, as: other)
    let path = "\(desk.path)/store/gate-io/bot.age"
    try imposter.stand(at: path, target: desk.home.write([1, 2, 3], to: "victim"))
    #expect(throws: StoreError.unusableFile(path: path, why: imposter.why)) { try desk.store().get(name) }
    #expect(throws: imposter.putError(name, path)) { try desk.store().put(Samples.json, as: name) }
    #expect(throws: imposter.putError(name, path)) { try desk.store().copy(other, to: name) }
    #expect(throws: imposter.putError(name, path)) { try desk.store().rename(other, to: name, replacing: false) }
    expectNoDifference(desk.home.read("victim"), [1, 2, 3])
    try desk.store().confirm(other, holds: Samples.json, asking: desk)
  }

  enum Imposter: String, CaseIterable {
    case link, danglingLink, pipe, folder

    var why: String {
      switch self {
      case .link, .danglingLink: "it is a link"
      case .pipe, .folder: "it is no plain file"
      }
    }

    func putError(_ name: EntryName, _ path: String) -> StoreError {
      self == .folder ? .unusableFile(path: path, why: "there is a folder of that name") : .taken(name)
    }

    func stand(at path: String, target: String) throws {
      let result =
        switch self {
        case .link: symlink(target, path)
        case .danglingLink: symlink("/nowhere", path)
        case .pipe: mkfifo(path, 0o600)
        case .folder: mkdir(path, 0o700)
        }
      #expect(result == 0)
    }
  }

  @Test("what others could change is refused, wherever it is", arguments: ["", "store", "store/gate-io"])
  func looseFolders(folder: String) throws {
    let desk = try AgeDesk.ready()
    let name = try Samples.name("gate-io/bot")
    try desk.store().put(Samples.json, as: name)
    let path = folder.isEmpty ? desk.path : "\(desk.path)/\(folder)"
    for mode in [0o777, 0o720, 0o702] as [mode_t] {
      #expect(chmod(path, mode) == 0)
      let refusal = StoreError.unusableFile(path: path, why: "others can write it")
      #expect(throws: refusal) { try desk.opened().get(name) }
      #expect(throws: refusal) { try desk.store().put(Samples.json, as: Samples.name("gate-io/new")) }
      #expect(throws: refusal) { try desk.store().delete(name) }
      #expect(throws: refusal) { try desk.store().names() }
      if folder != "store/gate-io" { expectNoDifference(desk.store().condition().readiness, .unusable(refusal)) }
    }
    #expect(chmod(path, 0o700) == 0)
    #expect(try desk.opened().get(name).constantTimeEquals(Samples.json))
  }

  @Test("a link in the place of a folder is refused", arguments: ["", "store", "store/gate-io"])
  func linkedFolders(folder: String) throws {
    let desk = try AgeDesk.ready()
    let name = try Samples.name("gate-io/bot")
    try desk.store().put(Samples.json, as: name)
    let path = folder.isEmpty ? desk.path : "\(desk.path)/\(folder)"
    #expect(rename(path, desk.home.path("moved")) == 0 && symlink(desk.home.path("moved"), path) == 0)
    let refusal = StoreError.unusableFile(path: path, why: "it is no folder, or a link")
    #expect(throws: refusal) { try desk.opened().get(name) }
    #expect(throws: refusal) { try desk.store().put(Samples.json, as: Samples.name("gate-io/new")) }
    // A slash behind it must not open it.
    if folder.isEmpty {
      let store = AgeStore(folder: path + "/", asking: Nobody())
      #expect(throws: refusal) { try store.names() }
    }
  }

  @Test(
    "identities and recipients that others could change, or that are no files, are refused",
    arguments: ["identities", "store/.age-recipients", "recipient", "store/.lock"])
  func looseFiles(file: String) throws {
    for (number, why) in ["others can write it", "it is a link", "it is no plain file"].enumerated() {
      let desk = try AgeDesk.ready()
      let name = try Samples.name("gate-io/bot")
      try desk.store().put(Samples.json, as: name)
      let path = "\(desk.path)/\(file)"
      switch number {
      case 0: #expect(chmod(path, 0o622) == 0)
      case 1: #expect(rename(path, path + ".moved") == 0 && symlink(path + ".moved", path) == 0)
      default: #expect(unlink(path) == 0 && mkfifo(path, 0o600) == 0)
      }
      let refusal = StoreError.unusableFile(path: path, why: why)
      // The lock of a loose mode is one of ours, under an umask of long ago.
      if file == "store/.lock", number == 0 {
        try desk.store().delete(name)
        continue
      }
      if file == "identities" {
        #expect(throws: refusal) { try desk.opened().get(name) }
      } else {
        #expect(throws: refusal) { try desk.store().put(Samples.json, as: Samples.name("gate-io/new")) }
        #expect(try desk.opened().get(name).constantTimeEquals(Samples.json))
      }
      if file != "store/.lock" { expectNoDifference(desk.store().condition().readiness, .unusable(refusal)) }
    }
  }

  @Test func `what belongs to another user is refused`() throws {
    let why = "it belongs to another user"
    guard geteuid() == 0 else {
      // Who can't give files away has the system's.
      let refusal = StoreError.unusableFile(path: "/usr", why: why)
      #expect(throws: refusal) { try AgeStore(folder: "/usr", asking: Nobody()).names() }
      return
    }
    for file in ["", "store", "store/gate-io", "store/gate-io/bot.age", "identities"] {
      let desk = try AgeDesk.ready()
      let name = try Samples.name("gate-io/bot")
      try desk.store().put(Samples.json, as: name)
      let path = file.isEmpty ? desk.path : "\(desk.path)/\(file)"
      #expect(chown(path, 12_345, 12_345) == 0)
      #expect(throws: StoreError.unusableFile(path: path, why: why)) {
        try desk.opened().get(name)
      }
    }
  }

  @Test func `an entry with a second name, as backups make them, is read, and the other name keeps what it held`()
    throws
  {
    let desk = try AgeDesk.ready()
    let name = try Samples.name("gate-io/bot")
    let pending = try Samples.name("pending/a")
    try desk.store().put(Samples.json, as: name)
    let backup = desk.home.path("backup.age")
    #expect(link("\(desk.path)/store/gate-io/bot.age", backup) == 0)
    let before = desk.home.read("backup.age")
    #expect(try desk.opened().get(name).constantTimeEquals(Samples.json))
    try desk.store().put(Samples.other, as: pending)
    try desk.store().rename(pending, to: name, replacing: true)
    expectNoDifference(desk.home.read("backup.age"), before)
    #expect(try desk.opened().get(name).constantTimeEquals(Samples.other))
  }

  @Test func `two names of one file become one by a rename`() throws {
    let desk = try AgeDesk.ready()
    let names = try ["bot", "same"].map(Samples.name)
    try desk.store().put(Samples.json, as: names[0])
    #expect(link("\(desk.path)/store/bot.age", "\(desk.path)/store/same.age") == 0)
    try desk.store().rename(names[0], to: names[1], replacing: true)
    expectNoDifference(try desk.store().names(), [names[1]])
  }

  @Test func `to rename an entry to its own name changes nothing`() throws {
    let desk = try AgeDesk.ready()
    let name = try Samples.name("bot")
    try desk.store().put(Samples.json, as: name)
    #expect(throws: StoreError.taken(name)) { try desk.store().rename(name, to: name, replacing: false) }
    try desk.store().rename(name, to: name, replacing: true)
    #expect(try desk.opened().get(name).constantTimeEquals(Samples.json))
  }

  @Test func `what a killed change left is never listed, and goes with the next change`() throws {
    let desk = try AgeDesk.ready()
    try desk.store().put(Samples.json, as: Samples.name("gate-io/bot"))
    for left in [".identities.tmp.1", "store/.bot.age.tmp.99999", "store/gate-io/.bot.age.tmp.4"] {
      try desk.write([1], to: left)
    }
    // What looks like it and is not.
    let others = ["store/.tmp.x", "store/.note", "store/a.tmp.1", "store/.age-recipients.tmp.old"]
    for other in others { try desk.write([1], to: other) }
    expectNoDifference(try desk.store().names().map(\.text), ["gate-io/bot"])
    try desk.store().put(Samples.json, as: Samples.name("gate-io/new"))
    let kept = Set(desk.modes.keys)
    expectNoDifference(kept.filter { $0.contains(".tmp.") && !others.contains($0) }, [])
    #expect(others.allSatisfy(kept.contains))
  }

  @Test func `folders that no entry needs any more go with it, and others' files stay`() throws {
    let desk = try AgeDesk.ready()
    let name = try Samples.name("gate-io/team/bot")
    try desk.store().put(Samples.json, as: name)
    try desk.store().put(Samples.json, as: Samples.name("kraken/bot"))
    try desk.write([1], to: "store/kraken/.note")
    try desk.store().delete(name)
    try desk.store().delete(Samples.name("kraken/bot"))
    expectNoDifference(
      Set(desk.modes.keys),
      [
        "", "identities", "recipient", "store", "store/.age-recipients", "store/.lock", "store/kraken",
        "store/kraken/.note",
      ])
  }

  @Test func `what others keep beside the entries is passed over`() throws {
    let desk = try AgeDesk.ready()
    for folder in [".git", "Caps", "a b"] { #expect(mkdir("\(desk.path)/store/\(folder)", 0o777) == 0) }
    try desk.write([1], to: "store/.git/x.age")
    try desk.write([1], to: "store/Caps/x.age")
    try desk.write([1], to: "store/readme.txt")
    try desk.write([1], to: "store/Bot.age")
    try desk.store().put(Samples.json, as: Samples.name("bot"))
    expectNoDifference(try desk.store().names().map(\.text), ["bot"])
  }
}

extension AgeStore {
  /// Confirms with a store that may ask.
  fileprivate func confirm(_ name: EntryName, holds secret: SecretBytes, asking desk: AgeDesk) throws {
    try desk.opened().confirm(name, holds: secret)
  }
}
