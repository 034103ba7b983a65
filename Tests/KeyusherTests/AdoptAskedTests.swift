import CustomDump
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness
import Testing

/// How `key adopt` asks at a terminal: as a ceremony does.
@Suite struct AdoptAskedTests {
  @Test func `A private key whose lines come as if typed is gathered to its last line`() throws {
    let desk = try KeyDesk.make()
    let pty = try desk.start(["key", "adopt", "bitfinex/old", "--exchange", "bitfinex", "--unlisted"])
    try pty.expect("1 Secret")
    try pty.expect("2 Key or id and Secret")
    try pty.expect("3 Id or name of the key and Private key")
    try pty.expect("4 Key or id, Secret and Passphrase")
    try pty.send("2\r")
    try pty.expect("Key or id: ")
    try pty.send(Canary.key + "\r")
    try pty.expect("Secret: ")
    try pty.send(KeyDesk.pem.replacing("\n", with: "\r"))
    try pty.expect("Go on: the last line begins with -----END.")
    try pty.expect("Private key: ")
    try pty.expect("Keyusher saw: kept as bitfinex/old in age")
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(pty.settings, pty.settingsBefore)
    try AdoptTests.expectNoTrace(pty.text, on: desk)
    let json = try JSONSerialization.jsonObject(with: Data(AdoptTests.content(of: "bitfinex/old", on: desk).utf8))
    expectNoDifference(
      (json as? [String: Any])?["credential"] as? [String: String],
      ["key": Canary.key, "private-key": KeyDesk.pem])
  }

  @Test("A secret that came in three lines is not taken for a secret and a passphrase", arguments: [true, false])
  func brokenSecret(isBracketed: Bool) throws {
    let desk = try KeyDesk.make()
    let pty = try desk.start(["key", "adopt", "bitfinex/old", "--exchange", "bitfinex", "--unlisted"])
    try pty.expect("Number or name: ")
    try pty.send("4\r")
    try pty.expect("Key or id: ")
    try pty.send(Canary.key + "\r")
    try pty.expect("Secret: ")
    let lines = [Canary.secret.prefix(30), Canary.secret.dropFirst(30).prefix(20), Canary.secret.suffix(14)]
    if isBracketed { try pty.paste(lines.joined(separator: "\n")) } else { try pty.send(lines.joined(separator: "\r")) }
    try pty.send("\r")
    try pty.expect("more lines came than were asked for")
    expectNoDifference(try pty.end(), .exited(65))
    expectNoDifference(pty.settings, pty.settingsBefore)
    try AdoptTests.expectNoTrace(pty.text, on: desk)
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
  }

  @Test func `What looks odd is offered to be pasted again, as in a ceremony, and in its order of parts`() throws {
    let desk = try KeyDesk.make()
    let pty = try desk.start(["key", "adopt", "okx/new"])
    try pty.expect("Passphrase: ")
    try pty.send("Correct-horse-7\r")
    try pty.expect("Passphrase: 15 characters taken")
    try pty.expect("API key: ")
    try pty.send("Correct-horse-7\r")
    try pty.expect("This is the same text as Passphrase. One may have been copied twice.")
    try pty.expect("Paste it once more? no: it is kept as it was pasted.")
    try pty.send("\r")
    try pty.expect("API key: ")
    try pty.send("0f8fad5b-d9cb-469f-a165-70867728950e\r")
    try pty.expect("API key: 36 characters taken")
    try pty.expect("Secret key: ")
    try pty.send("YOUR_API_SECRET\r")
    try pty.expect("This is a placeholder from an example, and no part of a key.")
    try pty.expect("yes or no: ")
    try pty.send("what\r")
    try pty.expect("Please say yes or no.")
    try pty.send("y\r")
    try pty.expect("Secret key: ")
    try pty.send("0123456789ABCDEF0123456789ABCDEF\r")
    try pty.expect("Keyusher saw: kept as okx/new in age")
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(pty.settings, pty.settingsBefore)
    #expect(!pty.text.contains("Correct-horse"))
  }

  @Test func `A key whose exchange nothing says is asked for it, and a strange one a second time`() throws {
    let desk = try KeyDesk.make()
    let pty = try desk.start(["key", "adopt", "okex/new"])
    try pty.expect("Which exchange is 'okex/new' a key of?")
    try pty.expect("Enter = okx")
    try pty.expect("Number or name: ")
    try pty.send("blofin\r")
    try pty.expect("No flow here is for an exchange 'blofin'. Type it once more if it is right.")
    try pty.expect("Number or name: ")
    try pty.send("Gate.io\r")
    try pty.expect("'Gate.io' can't be an exchange's id; the nearest that can: gate-io.")
    try pty.send("\r")
    try pty.expect("Call it okx/new? yes, or Enter for no: ")
    try pty.send("\r")
    try pty.expect("Passphrase: ")
    try pty.control("C")
    expectNoDifference(try pty.end(), .signalled(SIGINT))
    expectNoDifference(pty.settings, pty.settingsBefore)
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
  }

  @Test func `Help and leaving are understood where a part is pasted`() throws {
    let desk = try KeyDesk.make()
    let pty = try desk.start(["key", "adopt", "gate-io/new"])
    try pty.expect("API key: ")
    try pty.send("?\r")
    try pty.expect("nothing is kept before you have given all of it.")
    try pty.expect("API key: ")
    try pty.send("YOUR_API_KEY\r")
    try pty.expect("yes or no: ")
    try pty.send("\r")
    try pty.expect("API key: ")
    try pty.send(":quit\r")
    try pty.expect("left with :quit, and nothing was taken in")
    expectNoDifference(try pty.end(), .exited(3))
    expectNoDifference(pty.settings, pty.settingsBefore)
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
  }

  @Test func `A private key is no silent secret of an exchange that has none`() throws {
    let desk = try KeyDesk.make()
    let pty = try desk.start(["key", "adopt", "gate-io/new"])
    try pty.expect("API key: ")
    try pty.send(Canary.key + "\r")
    try pty.expect("Secret: ")
    try pty.send(KeyDesk.pem.replacing("\n", with: "\\n") + "\r")
    try pty.expect("Keys of gate-io have no private key, as far as is known here.")
    try pty.expect("Paste it once more?")
    try pty.send("\r")
    try pty.expect("Secret: ")
    try pty.send(Canary.secret + "\r")
    try pty.expect("Keyusher saw: kept as gate-io/new in age")
    expectNoDifference(try pty.end(), .exited(0))
  }
}
