import CustomDump
import Foundation
import KeyusherHarness
import Testing

/// The same key taken in again does no harm.
@Suite struct AdoptAgainTests {
  private func adopt(_ options: [String], on desk: Desk) throws -> Ran {
    try desk.unlocked(["key", "adopt"] + options, setting: AdoptTests.references)
  }

  private static let parts = ["--key", "env:OLD_KEY", "--secret", "env:OLD_SECRET"]

  @Test(
    "A key put in its own place is found kept already",
    arguments: [[], ["--exchange", "gate-io"], ["--label", "bot"]])
  func itsOwnPlace(options: [String]) throws {
    let desk = try KeyDesk.make()
    let before = try AdoptTests.content(of: "gate-io/bot", on: desk)
    let ran = try adopt(["gate-io/bot", "--replace"] + options + Self.parts, on: desk)
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    expectNoDifference(
      ran.output.split(whereSeparator: \.isWhitespace).joined(separator: " "),
      "Keyusher saw: kept already as gate-io/bot in age, the same in every part; nothing was changed")
    expectNoDifference(try AdoptTests.content(of: "gate-io/bot", on: desk), before)
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
    expectNoDifference(try desk.records.runs(), [])
  }

  @Test func `What is said anew of a key that stays is on record`() throws {
    let desk = try KeyDesk.make()
    let ran = try adopt(["gate-io/bot", "--replace", "--owner", "Ana"] + Self.parts, on: desk)
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    #expect(ran.output.contains("on record now"), "\(ran.output)")
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
    #expect(try desk.run(["key", "list"]).output.contains("Owner: Ana"))
  }

  @Test func `With another label it takes the place all the same`() throws {
    let desk = try KeyDesk.make()
    let ran = try adopt(["gate-io/half", "--replace", "--label", "New"] + Self.parts, on: desk)
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    #expect(try AdoptTests.content(of: "gate-io/half", on: desk).contains(#""label":"New""#))
  }

  @Test("What a stopped command left waiting of a key that is kept is deleted", arguments: ["", "-2"])
  func leftWaiting(number: String) throws {
    let desk = try KeyDesk.make()
    try desk.write(Canary.key, to: "k")
    try desk.write(Canary.secret, to: "s")
    try desk.write("name,key,secret\ngate-io/new,file:k,file:s\n", to: "keys.csv")
    expectNoDifference(try desk.run(["key", "adopt", "--from", "keys.csv"]).status, 0)
    let store = desk.home + "/age/store/"
    try FileManager.default.createDirectory(atPath: store + "pending", withIntermediateDirectories: true)
    func leave(_ name: String) throws {
      try FileManager.default.copyItem(
        atPath: "\(store)\(name).age", toPath: store + "pending/adopt.gate-io.new\(number).age")
    }
    try leave("gate-io/new")
    let names = (KeyCommandTests.names + ["gate-io/new"]).sorted()
    #expect(try desk.keys() != names)
    expectNoDifference(try adopt(["--from", "keys.csv"], on: desk).status, 0)
    expectNoDifference(try desk.keys(), names)
    // What holds something else stays: it may be all there is of it.
    try leave("okx/bot")
    expectNoDifference(try adopt(["--from", "keys.csv"], on: desk).status, 0)
    #expect(try desk.keys().contains("pending/adopt.gate-io.new\(number)"))
  }
}
