import CustomDump
import SecretMemory
import Testing

@testable import AgeFormat

/// The identity that most vectors of the age testkit are for.
private let identityText = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0"

@Suite struct KeyTests {
  @Test func `A new identity survives its text, and its recipient too`() throws {
    for _ in 0..<20 {
      let identity = try Identity.generate()
      let text = try identity.text
      expectNoDifference(text.count, 74)
      let again = try Identity(text)
      #expect(again.scalar.constantTimeEquals(identity.scalar))
      expectNoDifference(again.recipient, identity.recipient)
      expectNoDifference(identity.recipient.description.count, 62)
      expectNoDifference(try Recipient(identity.recipient.description), identity.recipient)
      expectNoDifference(String(describing: try identity.file), "(secret)")
    }
  }

  @Test func `An identity with a character changed is refused`() throws {
    let text = Array(identityText.utf8)
    expectNoDifference(try Identity(secret(text)).text.revealed, text)
    for index in text.indices {
      for letter in "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L1aB".utf8 where letter != text[index] {
        var changed = text
        changed[index] = letter
        #expect(throws: AgeError.malformedIdentity(line: 1)) { try Identity(secret(changed)) }
      }
    }
    for wrong in [identityText.lowercased(), String(identityText.dropLast()), identityText + "Q", ""] {
      #expect(throws: AgeError.malformedIdentity(line: 1)) { try Identity(secret(wrong)) }
    }
  }

  @Test func `A recipient with a character changed is refused`() throws {
    let recipient = try Identity(secret(identityText)).recipient.description
    for index in recipient.indices.dropFirst(4) {
      for letter in "qpzry9x8gf2tvdw0s3jn54khce6mua7lB" where letter != recipient[index] {
        let changed = recipient[..<index] + String(letter) + recipient[recipient.index(after: index)...]
        #expect(throws: AgeError.malformedRecipient(line: 1)) { try Recipient(changed) }
      }
    }
    for wrong in [recipient.uppercased(), recipient + "q", " " + recipient, "age1", ""] {
      #expect(throws: AgeError.malformedRecipient(line: 1)) { try Recipient(wrong) }
    }
  }

  @Test func `A recipient whose checksum is right but whose length or spare bits are not is refused`() throws {
    expectNoDifference(
      try Recipient("age1xmwwc06ly3ee5rytxm9mflaz2u56jjj36s0mypdrwsvlul66mv4q47ryef").description.suffix(6), "47ryef")
    for wrong in [
      "age1xmwwc06ly3ee5rytxm9mflaz2u56jjj36s0mypdrwsvlul66mv4pggh3ym",
      "age1xmwwc06ly3ee5rytxm9mflaz2u56jjj36s0mypdrwsvlul66mv4qqe76j06",
      "age1xmwwc06ly3ee5rytxm9mflaz2u56jjj36s0mypdrwsvlul66mv498z4h2",
    ] {
      #expect(throws: AgeError.malformedRecipient(line: 1)) { try Recipient(wrong) }
    }
  }

  @Test func `A recipient that would hide nothing is refused`() throws {
    for point in [[UInt8](repeating: 0, count: 32), [1] + [UInt8](repeating: 0, count: 31)] {
      let text = Recipient(point: point).description
      #expect(throws: AgeError.malformedRecipient(line: 4)) { try Recipient(text, line: 4) }
    }
  }

  @Test func `An identity file may have comments, empty lines, line ends of both kinds and several identities`() throws
  {
    let one = try Identity.generate()
    let other = try Identity.generate()
    let file = Array("# created: today\r\n\n".utf8) + (try one.file.revealed) + (try other.text.revealed)
    expectNoDifference(try Identity.list(in: secret(file)).map(\.recipient), [one.recipient, other.recipient])
    expectNoDifference(
      try Identity.list(in: secret(try one.text.revealed + Array("\r\n".utf8))).map(\.recipient), [one.recipient])
  }

  @Test func `A wrong line of an identity file is told by its number`() throws {
    let good = try Identity.generate().file.revealed
    #expect(throws: AgeError.malformedIdentity(line: 3)) {
      try Identity.list(in: secret(good + Array("nonsense".utf8)))
    }
    #expect(throws: AgeError.unsupportedIdentity(line: 3)) {
      try Identity.list(in: secret(good + Array("AGE-PLUGIN-YUBIKEY-1QQQQQQ\n".utf8)))
    }
    #expect(throws: AgeError.unsupportedIdentity(line: 1)) {
      try Identity.list(in: secret("-----BEGIN OPENSSH PRIVATE KEY-----\n"))
    }
    #expect(throws: AgeError.noIdentities) { try Identity.list(in: secret("# nothing\n\n")) }
    #expect(throws: AgeError.noIdentities) { try Identity.list(in: secret("")) }
  }

  @Test func `A recipients file is read by the same rules`() throws {
    let one = try Identity.generate().recipient
    let other = try Identity.generate().recipient
    expectNoDifference(try Recipient.list(in: Array("# team\n\(one)\r\n\n\(other)".utf8)), [one, other])
    #expect(throws: AgeError.unsupportedRecipient(line: 2)) {
      try Recipient.list(in: Array("\(one)\nssh-ed25519 AAAA\n".utf8))
    }
    #expect(throws: AgeError.unsupportedRecipient(line: 1)) { try Recipient.list(in: Array("age1yubikey1qqqq".utf8)) }
    #expect(throws: AgeError.malformedRecipient(line: 3)) { try Recipient.list(in: Array("\(one)\n\nage1\n".utf8)) }
    #expect(throws: AgeError.noRecipients) { try Recipient.list(in: Array("#\n".utf8)) }
  }

  @Test func `Bech32 agrees with the examples of BIP 173`() {
    let data: [UInt8] = []
    let text = data.withUnsafeBytes { bytes in
      withUnsafeTemporaryAllocation(byteCount: 20, alignment: 1) { room in
        Array(room[..<Bech32(prefix: "a").encode(bytes, into: room)])
      }
    }
    expectNoDifference(String(decoding: text, as: UTF8.self), "a12uel5l")
    expectNoDifference(decoded("A12UEL5L", "A"), [])
    expectNoDifference(decoded("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "abcdef")?.first, 0x00)
    // Spare bits that are not zero, a checksum of five letters, mixed case, a space.
    for wrong in ["a12uel5", "A12UEl5L", "a1 2uel5l", "a12uel5m", "1qzzfhee"] {
      expectNoDifference(decoded(wrong, "a"), nil)
    }
  }

  private func decoded(_ text: String, _ prefix: String) -> [UInt8]? {
    Array(text.utf8).withUnsafeBytes { text in
      withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { room in
        Bech32(prefix: prefix).decode(text, into: room).map { Array(room[..<$0]) }
      }
    }
  }
}
