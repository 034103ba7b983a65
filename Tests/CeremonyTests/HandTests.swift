import CustomDump
import FlowCore
import SecretMemory
import Testing

@testable import Ceremony

/// How a part comes into the hand, and what is told of it, of a run and of a command alike.
@Suite struct HandTests {
  private static let body = "MHcCAQEEIBmadeUpForATestAndOfNoUseAnywhereAtAll0oAoGCCqGSM49AwEH"

  private static func key(_ label: String) -> String {
    "-----BEGIN \(label)-----\n\(body)\nAwEHoUQDQgAEalsoMadeUp==\n-----END \(label)-----\n"
  }

  private let part = CredentialPart(
    name: "private-key", title: "Private key", secret: true, shape: Shape(), isPEM: true)
  private let key = CredentialPart(
    name: "key", title: "API key", secret: false, shape: Shape(length: 8...8, characters: Characters(classes: [.hex])))
  private let secret = CredentialPart(
    name: "secret", title: "Secret", secret: true,
    shape: Shape(length: 16...16, characters: Characters(classes: [.hex])))
  private let passphrase = CredentialPart(name: "passphrase", title: "Passphrase", secret: true, shape: Shape())

  private func bytes(_ text: String) throws -> SecretBytes { try SecretBytes(copying: Array(text.utf8)) }
  private func text(_ taken: TakenPart?) -> String? { taken?.bytes.publicPrefix(4096) }

  @Test(
    "A private key is taken in each form that it is copied in",
    arguments: ["EC PRIVATE KEY", "PRIVATE KEY", "RSA PRIVATE KEY"],
    [
      "NL", "", "CRNL", #"\n"#, #"\r\n"#, #"\\n"#, " ",
    ])
  func forms(label: String, lineEnd: String) throws {
    let real = ["NL": "\n", "CRNL": "\r\n", "": ""][lineEnd] ?? lineEnd
    let whole = Self.key(label)
    for (before, after) in [("", ""), ("\"", "\""), (" '", "' "), ("\"", "\",")] {
      // Without any line ends the body is one line, which is parted at 64.
      let given = before + whole.dropLast().split(separator: "\n").joined(separator: real) + after
      var hand = CredentialInHand()
      let taken = try hand.take(bytes(given), as: part)
      if lineEnd.isEmpty {
        let joined = Self.body + "AwEHoUQDQgAEalsoMadeUp=="
        expectNoDifference(
          text(taken),
          "-----BEGIN \(label)-----\n\(joined.prefix(64))\n\(joined.dropFirst(64))\n-----END \(label)-----\n")
      } else {
        expectNoDifference(text(taken), whole, "\(given)")
      }
      expectNoDifference(taken?.change, lineEnd == "NL" && before.isEmpty ? nil : .linesPutRight)
      #expect(hand.ahead.isEmpty && !hand.isGathering)
    }
  }

  @Test func `What stands behind a private key, and is none of it, is not left out in silence`() throws {
    var hand = CredentialInHand()
    let given = "\(Self.key("PRIVATE KEY").dropLast()) and more"
    expectNoDifference(text(try hand.take(bytes(given), as: part)), given)
    let taken = try #require(try hand.take(bytes(Self.key("EC PARAMETERS") + Self.key("EC PRIVATE KEY")), as: part))
    expectNoDifference(text(taken), Self.key("EC PARAMETERS"))
    expectNoDifference(hand.ahead.count, 4)
  }

  @Test(
    "A key is taken without what a paste puts around it, and that is said; a passphrase exactly",
    arguments: [
      ("0123abcd", "0123abcd", TakenPart.Change?.none), (" 0123abcd", "0123abcd", .endsLeftOut),
      ("\"0123abcd\"", "0123abcd", .endsLeftOut), ("0123abcd\r\n", "0123abcd", .none),
      ("'0123abcd", "'0123abcd", .none),
    ])
  func ends(given: String, taken: String, change: TakenPart.Change?) throws {
    var hand = CredentialInHand()
    let part = try #require(try hand.take(bytes(given), as: key))
    expectNoDifference(text(part), taken)
    expectNoDifference(part.change, change)
    let exact = try #require(try hand.take(bytes(given), as: passphrase))
    expectNoDifference(text(exact), given.hasSuffix("\r\n") ? String(given.dropLast()) : given)
    expectNoDifference(exact.change, nil)
  }

  @Test func `Lines pasted along become the next parts, a private key among them`() throws {
    var hand = CredentialInHand()
    expectNoDifference(text(try hand.take(bytes("0123abcd\n" + Self.key("PRIVATE KEY")), as: key)), "0123abcd")
    expectNoDifference(text(try hand.take(as: part)), Self.key("PRIVATE KEY"))
    #expect(try hand.take(as: passphrase) == nil)
  }

  @Test(
    "What is odd about a part is told from the paste alone",
    arguments: [
      ("key", "0123abcd0123abcd", "This looks like the Secret. Were two of them swapped?"),
      ("secret", "0123abcd", "This looks like the API key. Were two of them swapped?"),
      ("secret", key("PRIVATE KEY"), "This is a private key in PEM, and not the Secret."),
      ("private-key", "0123abcd", "This is no private key in PEM: it does not begin with -----BEGIN."),
      ("private-key", key("PUBLIC KEY"), PasteFlaw.publicKey.words),
      ("private-key", key("CERTIFICATE"), PasteFlaw.publicKey.words),
      ("private-key", key("ENCRYPTED PRIVATE KEY"), PasteFlaw.encryptedKey.words),
      (
        "private-key",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHI\n-----END OPENSSH PRIVATE KEY-----",
        PasteFlaw.encryptedKey.words
      ),
      ("private-key", "{\n \"privateKey\": \"x\"\n}", PasteFlaw.json.words),
      ("passphrase", " my pass", Phrases.endsKept), ("passphrase", "\"my pass\"", Phrases.endsKept),
      ("passphrase", "it's", nil), ("private-key", key("EC PRIVATE KEY"), nil), ("key", "0123abcd", nil),
    ])
  func odd(name: String, given: String, words: String?) throws {
    let all = [key, secret, part, passphrase]
    let part = try #require(all.first { $0.name == name })
    var hand = CredentialInHand()
    // A part that is no private key is looked at as the bytes are.
    let taken = try #require(
      part.isPEM ? try hand.take(bytes(given), as: part) : TakenPart(bytes(given), exactly: name == "passphrase"))
    let look = hand.look(at: taken, as: part, among: all) { $0.filled(from: State(), in: Self.flow) }
    expectNoDifference(look.words, words)
  }

  @Test func `One text twice is said, and asked about two times`() throws {
    var hand = CredentialInHand()
    hand.parts["key"] = try bytes("0123abcd")
    let taken = try #require(try hand.take(bytes("0123abcd"), as: secret))
    let look = hand.look(at: taken, as: secret, among: [key, secret]) { _ in "" }
    expectNoDifference(look.oddity, .sameAs("API key"))
    expectNoDifference(look.askings, 2)
  }

  private static let flow = Flow(id: "test/none", version: 1, title: "None", summary: "None", steps: [])
}
