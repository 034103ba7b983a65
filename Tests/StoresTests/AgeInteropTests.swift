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
@Suite(.counted(as: .vectors)) struct AgeInteropTests {
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
    try desk.store().put(Samples.json, as: name)
    #expect(try desk.opened().get(name).constantTimeEquals(Samples.json))
    expectNoDifference(try desk.store().ownRecipients(), [])
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
