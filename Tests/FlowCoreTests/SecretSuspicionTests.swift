import CustomDump
import Testing

@testable import FlowCore

@Suite struct SecretSuspicionTests {
  private static let hex32 = "9f86d081884c7d659a2feaa0c55ad015"
  private static let hex64 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
  private static let base64 =
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg7J/x0+K2bTq9vYt3hW1uR5sZ8aXc4mNoPqLeD6f=="

  @Test(
    "secrets look like secrets, alone and in company",
    arguments: [
      hex32, hex64, hex32.uppercased(), base64, "550e8400-e29b-41d4-a716-446655440000", "\"\(hex32)\"", "'\(hex64)'",
      "`\(hex32)`", "key=\(hex32)", "secret: \(hex64),", "https://gate.com/?token=\(hex32)&page=2",
      "https://gate.com/?page=2&token=\(hex32)#top", "https://gate.com/keys/\(hex32)", "\(hex32).", "(\(hex32))",
      "the secret is \(hex64) I think", "{\"secret\":\"\(base64)\"}", "\(hex32)|\(hex32)", "GATE_API_KEY=\(hex32)\n",
      "user:\(hex32)@gate.com", "«\(hex32)»", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
      "dBjftJeZ4CVPmB92K27uhbUJU1p1r_wW1gFWFOEjXk-x",
    ])
  func secrets(text: String) { #expect(looksLikeSecret(text)) }

  @Test(
    "ordinary answers do not",
    arguments: [
      "", "grid-bot-01", "grid-bot-tokyo-office-2026-11", "bot1-spot2-tokyo3-office4", "GridBotTokyoOffice2026Main",
      "a-very-long-label-without-any-digits-at-all",
      "The office machine, in the rack by the window, asked for it on Monday.",
      "Donaudampfschifffahrtsgesellschaft", "192.168.100.200, 203.0.113.7/32", "2001:0db8:85a3::8a2e:370:7334",
      "2026-11-23T14:05:09.000Z", "2026-11-23 to 2027-02-21", "https://www.gate.com/help/guide/functional/17521/api-v4",
      "https://www.gate.com/docs/developers/apiv4/en/2026/05/27/v4.106.9/notes1", "OPS-2026-1123",
      "CHG0031234, INC0045678",
      "https://tracker.example/browse/SEC-1234?focusedId=20261123", "+49 30 1234567890 1234567890",
      "000000000000000000000000000000",
      "ada.lovelace+keys@example.org", "[redacted]", "spot, margin, futures, withdraw",
    ])
  func ordinary(text: String) { #expect(!looksLikeSecret(text)) }

  @Test("random secrets of the usual makes are all seen")
  func random() {
    var random = SplitMix64(state: 7)
    let makes: [(String, Int)] = [
      ("0123456789abcdef", 32), ("0123456789abcdef", 64),
      ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 88),
      ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 64),
    ]
    for (alphabet, count) in makes {
      let letters = Array(alphabet)
      for _ in 0..<500 {
        let secret = String((0..<count).map { _ in random.pick(letters) })
        #expect(looksLikeSecret(secret), "\(secret)")
      }
    }
  }

  @Test("a word that fits a secret part of the flow is suspect, if ordinary words do not fit it")
  func knownShapes() {
    func part(_ length: ClosedRange<Int>, _ classes: [Characters.Class], secret: Bool = true) -> [CredentialPart] {
      [
        CredentialPart(
          name: "p", title: "P", secret: secret, shape: Shape(length: length, characters: Characters(classes: classes)))
      ]
    }
    let word = "abcdefghijklmnop"
    #expect(looksLikeSecret("it is \(word)", knowing: part(16...16, [.lower])))
    #expect(looksLikeSecret("https://x/?k=\(word)&l=1", knowing: part(16...16, [.lower])))
    #expect(!looksLikeSecret(word, knowing: part(16...16, [.lower], secret: false)))
    #expect(!looksLikeSecret(word, knowing: part(16...16, [.digits])))
    #expect(!looksLikeSecret("portfolio-tracker", knowing: part(8...32, [.any])), "a passphrase is no ground")
  }

  @Test func `Of a path from the root each name is looked at by itself, of any other the whole`() {
    #expect(!looksLikeSecret(path: "/tmp/tmp.a1B2c3D4e5/gate-io-grid-bot.age"))
    #expect(looksLikeSecret(path: "/tmp/ABCD7efgh8IJKL9mnop0QRST1/x"))
    #expect(looksLikeSecret(path: "ABCD7efgh8IJ/KL9mnop0QRST1"))
    #expect(!looksLikeSecret(path: "parts/12.secret"))
  }
}
