import Battery
import CustomDump
import Foundation
import Outside
import PtyHarness
import SecretMemory
import Testing

@testable import AgeFormat

/// Both directions against the `age` program, which asks a passphrase on its terminal alone.
@Suite(.counted(as: .vectors)) struct InteropTests {
  @Test("What we encrypt to a recipient, age opens", arguments: sizes, AgeFile.Form.allCases)
  func recipientToAge(size: Int, form: AgeFile.Form) throws {
    guard let age = tool("age") else { return }
    let folder = try Folder()
    let identity = try Identity.generate()
    let identityFile = try folder.write(identity.file.revealed, to: "identity")
    let plain = sample(size)
    let file = try AgeFile.encrypt(
      secret(plain), for: .recipients([Identity.generate().recipient, identity.recipient]), form: form)
    let (opened, status) = try output(of: age, ["-d", "-i", identityFile], input: file)
    expectNoDifference(status, 0)
    #expect(opened == plain)
  }

  @Test("What age encrypts to recipients, we open", arguments: sizes, AgeFile.Form.allCases)
  func recipientFromAge(size: Int, form: AgeFile.Form) throws {
    guard let age = tool("age") else { return }
    let folder = try Folder()
    let identity = try Identity.generate()
    let recipients = [try Identity.generate().recipient, identity.recipient].map { "\($0)\n" }.joined()
    let list = try folder.write(Array(recipients.utf8), to: "recipients")
    let plain = sample(size)
    let (file, status) = try output(of: age, ["-R", list] + (form == .armored ? ["-a"] : []), input: plain)
    expectNoDifference(status, 0)
    #expect(try AgeFile.decrypt(file, with: .identities([identity]), form: form).revealed == plain)
  }

  @Test("What we encrypt with a passphrase, age opens", arguments: sizes, AgeFile.Form.allCases)
  func passphraseToAge(size: Int, form: AgeFile.Form) throws {
    guard let age = tool("age") else { return }
    let folder = try Folder()
    let plain = sample(size)
    let file = try AgeFile.encrypt(secret(plain), for: .passphrase(secret("two words"), workFactor: 8), form: form)
    let pty = try Pty(age, ["-d", "-o", folder.path("out"), try folder.write(file, to: "in.age")])
    try pty.expect("passphrase")
    try pty.send("two words\r")
    expectNoDifference(try pty.end(), .exited(0))
    // Of an empty file it writes none.
    #expect(folder.read("out") == plain)
  }

  @Test("What age encrypts with a passphrase, we open", arguments: sizes)
  func passphraseFromAge(size: Int) throws {
    guard let age = tool("age") else { return }
    let folder = try Folder()
    let plain = sample(size)
    let form: AgeFile.Form = size % 2 == 0 ? .binary : .armored
    let arguments = ["-p", "-o", folder.path("out.age")] + (form == .armored ? ["-a"] : [])
    let pty = try Pty(age, arguments + [try folder.write(plain, to: "in")])
    try pty.expect("Enter passphrase")
    try pty.send("two words\r")
    try pty.expect("Confirm passphrase")
    try pty.send("two words\r")
    expectNoDifference(try pty.end(within: .seconds(60)), .exited(0))
    #expect(
      try AgeFile.decrypt(folder.read("out.age"), with: .passphrase(secret("two words")), form: form).revealed == plain)
  }

  @Test func `age opens a file with our identity file under a passphrase`() throws {
    guard let age = tool("age") else { return }
    let folder = try Folder()
    let identity = try Identity.generate()
    let locked = try AgeFile.encrypt(
      identity.file, for: .passphrase(secret("two words"), workFactor: 8), form: .armored)
    let file = try AgeFile.encrypt(secret("kept"), for: .recipients([identity.recipient]))
    let pty = try Pty(
      age,
      [
        "-d", "-i", try folder.write(locked, to: "identity.age"), "-o", folder.path("out"),
        try folder.write(file, to: "in.age"),
      ])
    try pty.expect("passphrase")
    try pty.send("two words\r")
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(folder.read("out"), Array("kept".utf8))
  }

  @Test func `age refuses a wrong passphrase of ours`() throws {
    guard let age = tool("age") else { return }
    let folder = try Folder()
    let file = try AgeFile.encrypt(secret("kept"), for: .passphrase(secret("two words"), workFactor: 8))
    let pty = try Pty(age, ["-d", "-o", folder.path("out"), try folder.write(file, to: "in.age")])
    try pty.expect("passphrase")
    try pty.send("three words\r")
    try pty.expect("incorrect passphrase")
    expectNoDifference(try pty.end(), .exited(1))
    expectNoDifference(folder.read("out"), [])
  }

  @Test func `Keys of age-keygen are read, and it reads ours`() throws {
    guard let keygen = tool("age-keygen") else { return }
    let (made, status) = try output(of: keygen, [])
    expectNoDifference(status, 0)
    let identity = try #require(try Identity.list(in: secret(made)).first)
    #expect(String(decoding: made, as: UTF8.self).contains("# public key: \(identity.recipient)\n"))
    let ours = try Identity.generate()
    let (recipient, _) = try output(of: keygen, ["-y"], input: ours.file.revealed)
    expectNoDifference(String(decoding: recipient, as: UTF8.self), "\(ours.recipient)\n")
  }
}
