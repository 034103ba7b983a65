import Battery
import CustomDump
import Foundation
import Glibc
import Outside
import PtyHarness
import SecretMemory
import Testing

@testable import Stores

/// The folder as the stock `age` sees it, and as it would have made it.
@Suite(.beside, .counted(as: .vectors)) struct AgeInteropTests {
  @Test func `age opens what was kept, with the identities and their passphrase`() throws {
    guard let age = tool("age") else { return }
    let desk = try AgeDesk.ready()
    try desk.store().put(Samples.json, as: Samples.name("gate-io/bot"))
    let opened = try open("gate-io/bot", of: desk, by: age, "two words")
    #expect(Samples.bytes(opened).constantTimeEquals(Samples.json))
    try desk.store(Person(answers: ["two words"], new: ["three words"])).changePassphrase()
    #expect(try Samples.bytes(open("gate-io/bot", of: desk, by: age, "three words")).constantTimeEquals(Samples.json))
  }

  @Test func `what age keeps for the recipients is listed and opened`() throws {
    guard let age = tool("age") else { return }
    let desk = try AgeDesk.ready()
    #expect(mkdir("\(desk.path)/store/gate-io", 0o755) == 0)
    for (name, armor) in [("bot", []), ("armored", ["-a"])] {
      let (_, status) = try output(
        of: age,
        ["-R", "\(desk.path)/store/.age-recipients", "-o", "\(desk.path)/store/gate-io/\(name).age"] + armor,
        input: Array("by hand".utf8))
      expectNoDifference(status, 0)
    }
    expectNoDifference(try desk.store().names().map(\.text), ["gate-io/armored", "gate-io/bot"])
    let store = desk.opened()
    for name in try store.names() { #expect(try store.get(name).constantTimeEquals(Samples.bytes("by hand"))) }
  }

  @Test func `a folder that age and age-keygen made is a store`() throws {
    guard let age = tool("age"), let keygen = tool("age-keygen") else { return }
    let desk = try AgeDesk()
    #expect(mkdir(desk.path, 0o700) == 0 && mkdir("\(desk.path)/store", 0o700) == 0)
    let (identity, _) = try output(of: keygen, [])
    let (recipient, _) = try output(of: keygen, ["-y"], input: identity)
    try desk.write(recipient, to: "store/.age-recipients")
    let plain = try desk.home.write(identity, to: "plain")
    let pty = try Pty(age, ["-p", "-a", "-o", "\(desk.path)/identities", plain])
    try pty.expect("Enter passphrase")
    try pty.send("two words\r")
    try pty.expect("Confirm passphrase")
    try pty.send("two words\r")
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(desk.store().condition(), StoreCondition(.ready, place: desk.path))
    let name = try Samples.name("gate-io/bot")
    // Nothing says yet that what is kept here opens with these identities: they are opened once.
    #expect(throws: StoreError.self) { try desk.store(Person()).put(Samples.json, as: name) }
    try desk.opened().put(Samples.json, as: name)
    #expect(try desk.opened().get(name).constantTimeEquals(Samples.json))
    expectNoDifference(try desk.store().ownRecipients(), try desk.store().recipients())
    // The comments that age-keygen wrote stay with the identity.
    try desk.store(Person(answers: ["two words"], new: ["three words"])).changePassphrase()
    try desk.store(Person(answers: ["three words"], new: ["two words"])).changePassphrase()
    expectNoDifference(try desk.store().ownRecipients(), try desk.store().recipients())
    #expect(try Samples.bytes(open("gate-io/bot", of: desk, by: age, "two words")).constantTimeEquals(Samples.json))
  }

  private func open(_ name: String, of desk: AgeDesk, by age: String, _ passphrase: String) throws -> String {
    let out = desk.home.path("out")
    unlink(out)
    let pty = try Pty(age, ["-d", "-i", "\(desk.path)/identities", "-o", out, "\(desk.path)/store/\(name).age"])
    try pty.expect("passphrase")
    try pty.send("\(passphrase)\r")
    expectNoDifference(try pty.end(), .exited(0))
    return String(decoding: desk.home.read("out"), as: UTF8.self)
  }
}

/// What is kept must open with the identities that are there, also after a backup was put back.
@Suite(.beside) struct AgeBindingTests {
  /// A store whose identities file is another store's.
  private func swapped() throws -> AgeDesk {
    let desk = try AgeDesk.ready()
    let other = try AgeDesk.ready()
    let bytes = other.home.read("age/identities")
    _ = try desk.home.write(bytes, to: "age/identities")
    return desk
  }

  @Test func `identities of another store are opened before anything is kept, and refused`() throws {
    let desk = try swapped()
    let name = try Samples.name("gate-io/bot")
    let person = Person(answers: ["two words"])
    let error = #expect(throws: StoreError.self) { try desk.store(person).put(Samples.json, as: name) }
    expectNoDifference(person.asked, [false])
    #expect("\(try #require(error))".contains("you could not open what is kept for them"))
    #expect(try desk.store().names().isEmpty)
  }

  @Test func `where nobody can be asked, nothing is kept for identities that were never opened`() throws {
    let desk = try swapped()
    #expect(throws: StoreError.stopped) { try desk.store(Person()).put(Samples.json, as: Samples.name("gate-io/bot")) }
    #expect(try desk.store().names().isEmpty)
  }

  @Test func `our own, put back, are opened once, and then known`() throws {
    let desk = try AgeDesk.ready()
    let backup = desk.home.read("age/identities")
    try desk.store(Person(answers: ["two words"], new: ["three words"])).changePassphrase()
    _ = try desk.home.write(backup, to: "age/identities")
    let person = Person(answers: ["two words"])
    try desk.store(person).put(Samples.json, as: Samples.name("gate-io/bot"))
    expectNoDifference(person.asked, [false])
    try desk.store().put(Samples.other, as: Samples.name("gate-io/bot-2"))
  }
}
