import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// A private key in PEM is one part, however its lines come.
@Suite struct PEMTests {
  private static let lines = [
    "-----BEGIN EC PRIVATE KEY-----", "MHcCAQEEIBmadeUpForATestAndOfNoUseAnywhereAtAll0oAoGCCqGSM49",
    "AwEHoUQDQgAEalsoMadeUp==", "-----END EC PRIVATE KEY-----",
  ]

  private func flow() throws -> Flow {
    try Flows.small(
      """
        - {id: store, kind: store, title: Store, required: true}
        - id: credential
          kind: credential
          title: Take the key
          store: store
          name: test/key
          if-lost: done
          parts:
            - {name: private-key, title: Private key, secret: true, pem: true, shape: {prefix: "-----BEGIN "}}
          next: review
        - {id: review, kind: review, title: Review}
      """)
  }

  /// What a whole key comes to: its lines, each with its end.
  private var length: Int { Self.lines.reduce(0) { $0 + $1.count + 1 } }

  private func take(_ sayings: [Partner.Saying]) throws -> Dialogue {
    let dialogue = Dialogue(
      try flow(),
      [(key: "store", saying: "offline")] + sayings.map { (key: "credential.private-key", saying: $0) }
        + Partner.Lines(["credential.copy": .secret("yes"), "review": ""]))
    return dialogue
  }

  @Test(arguments: ["\n", "\n\n"]) func `pasted at once it is taken at once`(_ lineEnd: String) throws {
    let dialogue = try take([.secret(Self.lines.joined(separator: lineEnd))])
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    #expect(dialogue.ledger.texts.contains("Private key: \(length) characters taken"))
  }

  @Test(arguments: ["\r\n", "\n  ", "\\n", "\\r\\n", "\\\\n", " "])
  func `with its line ends written otherwise it is put right, and that is said`(_ lineEnd: String) throws {
    let dialogue = try take([.secret("\"" + Self.lines.joined(separator: lineEnd) + lineEnd + "\",")])
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    #expect(dialogue.ledger.texts.contains("Private key: \(length) characters taken, its line ends put right"))
  }

  @Test func `line by line it is gathered, and empty lines are passed over`() throws {
    let sayings = Self.lines.flatMap { [Partner.Saying.secret($0), .line("")] }.dropLast()
    let dialogue = try take(Array(sayings))
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    #expect(dialogue.ledger.texts.contains("Private key: \(length) characters taken"))
    expectNoDifference(dialogue.ledger.texts.count { $0 == "Go on: the last line begins with -----END." }, 3)
  }

  @Test func `what does not begin as a private key is taken as it is, and warned of`() throws {
    let dialogue = Dialogue(
      try flow(),
      Partner.Lines(["store": "offline", "credential.private-key": .secret("abc"), "credential.again": .line("")])
        + Self.lines.map { (key: "credential.private-key", saying: .secret($0)) }
        + Partner.Lines(["credential.copy": .secret("yes"), "review": ""]))
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    #expect(dialogue.ledger.texts.contains("It should begin with '-----BEGIN '."))
    #expect(dialogue.ledger.texts.contains("Private key: \(length) characters taken"))
  }
}
