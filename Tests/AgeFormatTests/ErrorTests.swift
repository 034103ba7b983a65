import CustomDump
import SecretMemory
import Testing

@testable import AgeFormat

@Suite struct ErrorTests {
  @Test func `Each error is in its class`() {
    let classes: [(AgeError, AgeError.Class)] = [
      (.notAge, .header), (.unsupportedVersion, .header), (.malformedHeader(line: 2), .header),
      (.malformedStanza(type: "scrypt"), .header), (.passphraseNotAlone, .header),
      (.workFactorTooHigh(workFactor: "22", limit: 20), .header), (.noPayload, .header), (.noMatch, .noMatch),
      (.wrongPassphrase, .noMatch), (.needsIdentity, .noMatch), (.needsPassphrase, .noMatch), (.headerForged, .mac),
      (.payloadForged(chunk: 1), .payload), (.malformedArmor(line: 1), .armor), (.emptyPassphrase, .input),
      (.noRecipients, .input), (.unusableWorkFactor(0), .input), (.noMemoryForPassphrase(workFactor: 22), .input),
      (.malformedIdentity(line: 1), .input), (.unsupportedIdentity(line: 1), .input), (.noIdentities, .input),
      (.malformedRecipient(line: 1), .input), (.unsupportedRecipient(line: 1), .input),
      (.memory(.noMemory(bytes: 1)), .input),
    ]
    for (error, expected) in classes {
      expectNoDifference(error.failureClass, expected)
      let lines = error.description.split(separator: "\n")
      expectNoDifference(lines.count, 2)
      #expect(lines.last?.hasPrefix("hint: ") == true, "\(error)")
    }
    expectNoDifference(Set(classes.map(\.0.description)).count, classes.count)
  }

  @Test func `The errors that people meet say what to do`() {
    expectNoDifference(
      AgeError.wrongPassphrase.description,
      "the passphrase does not open the file\nhint: type it again; capitals and spaces count")
    expectNoDifference(
      AgeError.workFactorTooHigh(workFactor: "22", limit: 20).description,
      """
      opening takes 2^22 rounds of scrypt, and the most allowed is 2^20
      hint: open it with the program that wrote it, and encrypt it again with a lower work factor
      """)
    expectNoDifference(
      AgeError.noMemoryForPassphrase(workFactor: 18).description,
      "there is not enough memory for the passphrase (256 MiB)\nhint: close other programs and try again")
  }

  @Test func `A header tells the line that is wrong`() throws {
    let identity = try Identity.generate()
    let cases: [(String, AgeError)] = [
      ("", .notAge), ("age", .notAge), ("age-encryption.org/v1", .notAge),
      ("age-encryption.org/v2\n", .unsupportedVersion),
      ("age-encryption.org/v1\n\n", .malformedHeader(line: 2)),
      ("age-encryption.org/v1\n-> X \n\n", .malformedHeader(line: 2)),
      ("age-encryption.org/v1\n-> X\nAA==\n", .malformedHeader(line: 3)),
      ("age-encryption.org/v1\n-> X\n\n--- AAAA\n", .malformedHeader(line: 4)),
      ("age-encryption.org/v1\n--- \(String(repeating: "A", count: 43))\n", .malformedHeader(line: 2)),
    ]
    for (text, expected) in cases {
      #expect(throws: expected) { try AgeFile.decrypt(Array(text.utf8), with: .identities([identity]), form: .binary) }
    }
  }
}
