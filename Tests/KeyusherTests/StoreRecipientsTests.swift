import CustomDump
import Foundation
import KeyusherHarness
import Outside
import SecretMemory
import Stores
import Testing

@Suite struct StoreRecipientsTests {
  @Test func `A recipient who is added can open what was kept, and one who was removed nothing new`() throws {
    guard let age = tool("age"), let keygen = tool("age-keygen") else { return }
    let desk = try Desk.withStore()
    let name = try #require(EntryName("gate-io/bot"))
    try desk.ageStore().put(SecretBytes(copying: Array("x".utf8)), as: name)
    expectNoDifference(try desk.run(["-o", "colleague.txt"], program: keygen).status, 0)
    let colleague = try desk.run(["-y", "colleague.txt"], program: keygen).output.trimmingCharacters(in: .newlines)
    let file = desk.ageFolder + "/store/gate-io/bot.age"
    expectNoDifference(try desk.run(["-d", "-i", "colleague.txt", file], program: age).status, 1)

    let words = ["--passphrase", "file:\(try desk.passphraseFile())"]
    let added = try desk.run(["store", "recipients", "add", colleague] + words)
    expectNoDifference(added.status, 0)
    expectNoDifference(try desk.run(["-d", "-i", "colleague.txt", file], program: age).output, "x")
    let listed = try desk.run(["store", "recipients"]).output
    #expect(listed.contains(" (yours)\n  \(colleague)\n"))
    expectNoDifference(try desk.run(["config", "get", "age.recipients"]).output, colleague + "\n")
    #expect(try desk.run(["config"]).output.contains("  age.recipients: \(colleague)\n"))

    let removed = try desk.run(["store", "recipients", "remove", colleague] + words)
    expectNoDifference(removed.status, 0)
    #expect(removed.output.contains("make new keys"))
    expectNoDifference(try desk.run(["-d", "-i", "colleague.txt", file], program: age).status, 1)
    #expect(try desk.ageStore().get(name).isWord("x"))

    expectNoDifference(try desk.run(["config", "set", "age.recipients", colleague] + words).status, 0)
    expectNoDifference(try desk.run(["-d", "-i", "colleague.txt", file], program: age).output, "x")
    expectNoDifference(try desk.run(["config", "unset", "age.recipients"] + words).status, 0)
    expectNoDifference(try desk.run(["config", "get", "age.recipients"]).output, "")
    #expect(!FileManager.default.fileExists(atPath: desk.home + "/config.yaml"))
  }

  @Test func `The owner stays among the recipients`() throws {
    let desk = try Desk.withStore()
    let own = try desk.ageStore().recipients()[0].description
    let ran = try desk.run(["store", "recipients", "remove", own, "--passphrase", "file:\(desk.passphraseFile())"])
    expectNoDifference(ran.status, 66)
    expectNoDifference(ran.errors, "keyusher: \(own) is yours\nhint: without it you could not open what is kept\n")
    expectNoDifference(try desk.ageStore().recipients().map(\.description), [own])
  }

  @Test(
    "What is no recipient is refused, and a secret key is not quoted",
    arguments: [
      "age1abc", "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ", "ssh-ed25519 AAAA", "",
    ])
  func noRecipient(word: String) throws {
    let desk = try Desk.withStore()
    let ran = try desk.run(["store", "recipients", "add", word, "--passphrase", "file:\(desk.passphraseFile())"])
    expectNoDifference(ran.status, 64)
    #expect(ran.errors.hasPrefix("keyusher: word 1 is no recipient\nhint: "))
    #expect(!ran.errors.contains("QQQQ"))
  }
}
