import Battery
import CustomDump
import Glibc
import SecretMemory
import Testing

@testable import AgeFormat

@Suite(.counted(as: .vectors)) struct RoundTripTests {
  @Test("What is encrypted to an identity comes back", arguments: sizes, AgeFile.Form.allCases)
  func identity(size: Int, form: AgeFile.Form) throws {
    let identity = try Identity.generate()
    let plain = sample(size)
    let file = try AgeFile.encrypt(secret(plain), for: .recipients([identity.recipient]), form: form)
    expectNoDifference(AgeFile.form(of: file), form)
    expectNoDifference(Opened(whole: file, form: form, with: .identities([identity])).released == plain, true)
    let streamed = Opened(streaming: file, form: form, with: .identities([identity]))
    #expect(streamed.released == plain && streamed.failure == nil)
    expectNoDifference(try AgeFile.decrypt(file, with: .identities([identity])).count, size)
  }

  @Test("What is encrypted with a passphrase comes back", arguments: sizes, AgeFile.Form.allCases)
  func passphrase(size: Int, form: AgeFile.Form) throws {
    let plain = sample(size)
    let file = try AgeFile.encrypt(
      secret(plain), for: .passphrase(secret("Größe – 9"), workFactor: 4), form: form)
    #expect(try AgeFile.decrypt(file, with: .passphrase(secret("Größe – 9"))).revealed == plain)
    let refused = Opened(whole: file, form: form, with: .passphrase(try secret("Größe – 8")))
    expectNoDifference(refused.failure, .noMatch)
  }

  @Test func `The writer reads a file back with its file key, and no other file`() throws {
    let recipient = try Identity.generate().recipient
    for key in [EncryptionKey.recipients([recipient, recipient]), .passphrase(try secret("word"), workFactor: 2)] {
      let plain = sample(70_000)
      let (file, fileKey) = try AgeFile.encryptKeepingKey(secret(plain), for: key)
      let (other, otherKey) = try AgeFile.encryptKeepingKey(secret(plain), for: key)
      #expect(try AgeFile.decrypt(file, with: .fileKey(fileKey)).revealed == plain)
      #expect(throws: AgeError.headerForged) { try AgeFile.decrypt(other, with: .fileKey(fileKey)) }
      #expect(throws: AgeError.headerForged) { try AgeFile.decrypt(file, with: .fileKey(otherKey)) }
      #expect(throws: AgeError.headerForged) { try AgeFile.decrypt(file, with: .fileKey(secret([]))) }
    }
  }

  @Test func `Each of several recipients opens a file, and nobody else`() throws {
    let team = try (0..<5).map { _ in try Identity.generate() }
    let stranger = try Identity.generate()
    let file = try AgeFile.encrypt(secret("shared"), for: .recipients(team.map(\.recipient)))
    for member in team {
      expectNoDifference(
        try AgeFile.decrypt(file, with: .identities([stranger, member])).revealed, Array("shared".utf8))
    }
    #expect(throws: AgeError.noMatch) { try AgeFile.decrypt(file, with: .identities([stranger])) }
    #expect(throws: AgeError.noMatch) { try AgeFile.decrypt(file, with: .identities([])) }
    #expect(throws: AgeError.needsIdentity) { try AgeFile.decrypt(file, with: .passphrase(secret("shared"))) }
  }

  @Test func `The same secret never becomes the same file`() throws {
    let identity = try Identity.generate()
    let files = try (0..<20).map { _ in
      try AgeFile.encrypt(secret("again"), for: .recipients([identity.recipient]))
    }
    expectNoDifference(Set(files).count, 20)
  }

  @Test func `An identity file under a passphrase opens in two steps`() throws {
    let identity = try Identity.generate()
    let vault = try AgeFile.encrypt(secret("kept"), for: .recipients([identity.recipient]))
    let locked = try AgeFile.encrypt(
      identity.file, for: .passphrase(secret("open sesame"), workFactor: 4), form: .armored)
    expectNoDifference(try secret(locked).withBytes { AgeFile.form(of: $0) }, .armored)
    expectNoDifference(try identity.file.withBytes { AgeFile.form(of: $0) }, nil)
    let identities = try Identity.list(in: AgeFile.decrypt(locked, with: .passphrase(secret("open sesame"))))
    expectNoDifference(try AgeFile.decrypt(vault, with: .identities(identities)).revealed, Array("kept".utf8))
  }

  @Test func `What cannot be encrypted is refused by name`() throws {
    let plain = try secret("x")
    #expect(throws: AgeError.noRecipients) { try AgeFile.encrypt(plain, for: .recipients([])) }
    #expect(throws: AgeError.emptyPassphrase) { try AgeFile.encrypt(plain, for: .passphrase(secret(""))) }
    for workFactor in [-1, 0, 21, 64, Int.max] {
      #expect(throws: AgeError.unusableWorkFactor(workFactor)) {
        try AgeFile.encrypt(plain, for: .passphrase(secret("p"), workFactor: workFactor))
      }
    }
  }

  @Test func `A passphrase is stretched 2^18 times unless it is said otherwise`() throws {
    guard case .passphrase(_, let workFactor) = EncryptionKey.passphrase(try secret("p")) else {
      Issue.record("not a passphrase")
      return
    }
    expectNoDifference(workFactor, 18)
  }

  @Test func `A header that wants too much work is refused before any is done`() throws {
    for workFactor in ["21", "22", "63", "64", "99999999999999999999"] {
      let stanza = Stanza(["scrypt", Base64.bare.text(sample(16)), workFactor], body: sample(32))
      let header = try Header([stanza], fileKey: secret(sample(16)))
      // What this thread worked, not how long it waited for its turn.
      let before = clock(CLOCK_THREAD_CPUTIME_ID)
      #expect(throws: AgeError.workFactorTooHigh(workFactor: String(workFactor.prefix(9)), limit: 20)) {
        try AgeFile.decrypt(header.serialized, with: .passphrase(secret("p")))
      }
      #expect(clock(CLOCK_THREAD_CPUTIME_ID) - before < .seconds(1))
    }
  }

  private func clock(_ id: clockid_t) -> Duration {
    var time = timespec()
    clock_gettime(id, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
