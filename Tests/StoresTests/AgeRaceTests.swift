import AgeFormat
import Battery
import CustomDump
import Foundation
import Glibc
import Outside
import SecretMemory
import Testing

@testable import Stores

/// Gives the passphrase after something else was done.
private struct Meanwhile: PassphraseAsking {
  let action: () -> Void

  func passphrase(opening store: String, isRepeated: Bool) throws(StoreError) -> SecretBytes {
    action()
    return Samples.bytes("two words")
  }

  func newPassphrase(for store: String) throws(StoreError) -> SecretBytes { throw .stopped }
}

/// Several processes at one store.
@Suite(.beside, .counted(as: .crowds)) struct AgeRaceTests {
  @Test func `while others write, every reading is whole`() throws {
    let desk = try AgeDesk.ready()
    let name = try Samples.name("gate-io/swung")
    try desk.probe("swing", "1")
    let writers = try (0..<4).map { _ in try start(desk, "swing", "25") }
    defer { for writer in writers where writer.isRunning { kill(writer.processIdentifier, SIGKILL) } }
    let store = desk.opened()
    var readings = 0
    while readings < 5 || writers.contains(where: \.isRunning) {
      let isWhole = try store.get(name).withBytes { bytes in bytes.count == 3000 && bytes.allSatisfy { $0 == bytes[0] }
      }
      #expect(isWhole)
      readings += 1
    }
    for writer in writers {
      writer.waitUntilExit()
      expectNoDifference(writer.terminationStatus, 0)
    }
    print("age store: \(readings) readings beside 4 writers")
    expectNoDifference(try store.names(), [name])
    expectNoDifference(desk.leftovers, [])
  }

  @Test func `of several that put one name, one does`() throws {
    let desk = try AgeDesk.ready()
    let name = try Samples.name("gate-io/one")
    let writers = try (0..<6).map { try start(desk, "put", name.text, "writer \($0)") }
    for writer in writers { writer.waitUntilExit() }
    let winners = writers.indices.filter { writers[$0].terminationStatus == 0 }
    expectNoDifference(winners.count, 1)
    let bytes = Samples.bytes("writer \(winners.first ?? -1)")
    #expect(try desk.opened().get(name).constantTimeEquals(bytes))
  }

  @Test func `a lock that a killed process held holds nobody up`() throws {
    let desk = try AgeDesk.ready()
    guard let strace = tool("strace") else { return }
    _ = try output(
      of: strace,
      ["-f", "-qq", "-e", "trace=fsync", "-e", "inject=fsync:signal=KILL:when=1", ageProbe, desk.path, "put", "a", "x"])
    try desk.store().put(Samples.json, as: Samples.name("a"))
  }

  @Test func `whoever keeps the lock is named as another process, and nothing waits for ever`() throws {
    let desk = try AgeDesk.ready()
    let lock = open("\(desk.path)/store/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(lock) }
    #expect(flock(lock, LOCK_EX) == 0)
    let store = AgeStore(folder: desk.path, asking: Nobody(), workFactor: 2, lockPatience: 30)
    #expect(throws: StoreError.unreachable(store: "age", why: "another process is changing it all the time")) {
      try store.put(Samples.json, as: Samples.name("a"))
    }
    expectNoDifference(try store.names(), [])
    #expect(flock(lock, LOCK_UN) == 0)
    try store.put(Samples.json, as: Samples.name("a"))
  }

  @Test func `of several that replace one key at once, no key is lost`() throws {
    let desk = try AgeDesk.ready()
    let name = try Samples.name("gate-io/bot")
    try desk.store().put(Samples.bytes("before"), as: name)
    let texts = (0..<6).map { "writer \($0)" }
    let writers = try texts.indices.map {
      try start(desk, "put", "pending/\($0)", texts[$0], "replace", name.text, "pending/\($0)")
    }
    for writer in writers {
      writer.waitUntilExit()
      expectNoDifference(writer.terminationStatus, 0)
    }
    let store = desk.opened()
    expectNoDifference(try store.names().map { try text(of: store.get($0)) }.sorted(), ["before"] + texts)
  }

  @Test func `what is read under the lock is so still when it is written`() throws {
    let desk = try AgeDesk.ready()
    let other = AgeStore(folder: desk.path, asking: Nobody(), workFactor: 2, lockPatience: 30)
    _ = try desk.store().exclusively { () throws(StoreError) in
      #expect(throws: StoreError.unreachable(store: "age", why: "another process is changing it all the time")) {
        try other.put(Samples.json, as: Samples.name("a"))
      }
    }
    try other.put(Samples.json, as: Samples.name("a"))
  }

  @Test func `a recipient that is taken out while another waits for the passphrase stays out`() throws {
    let desk = try AgeDesk.ready()
    let (first, second) = (try Identity.generate().recipient, try Identity.generate().recipient)
    let own = try desk.store().recipients()
    try desk.opened().changeRecipients { $0 + [first] }
    expectNoDifference(try desk.store().recipients(), own + [first])
    let slow = Meanwhile { try? desk.opened().changeRecipients { $0.filter { $0 != first } } }
    try desk.store(slow).changeRecipients { $0 + [second] }
    expectNoDifference(try desk.store().recipients(), own + [second])
  }

  @Test func `a look that fails is no absence: whatever call fails, a replaced key is still there`() throws {
    guard let strace = tool("strace") else { return }
    for number in 1...40 {
      let desk = try AgeDesk.ready()
      try desk.store().put(Samples.bytes("before"), as: Samples.name("gate-io/bot"))
      try desk.store().put(Samples.bytes("after"), as: Samples.name("pending/a"))
      let arguments = [
        "-f", "-qq", "-e", "trace=newfstatat", "-e", "inject=newfstatat:error=EIO:when=\(number)", ageProbe, desk.path,
        "replace", "gate-io/bot", "pending/a",
      ]
      let (_, status) = try output(of: strace, arguments)
      let store = desk.opened()
      let kept = try store.names().map { try text(of: store.get($0)) }
      #expect(kept.contains("before"), "call \(number), status \(status)")
      #expect(kept.contains("after"), "call \(number), status \(status)")
    }
  }

  private func start(_ desk: AgeDesk, _ steps: String...) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: ageProbe)
    process.arguments = [desk.path] + steps
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    return process
  }
}
