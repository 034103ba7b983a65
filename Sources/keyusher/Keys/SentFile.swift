import AgeFormat
import Files
import FlowCore
import Glibc
import Inventory
import PlainText
import Records
import SecretMemory
import Stores

/// A file that brings a key from another machine.
struct SentFile {
  let path: String
  let bytes: [UInt8]

  /// What two people compare: SHA-256 of the encrypted file, as `sha256sum` prints it.
  ///
  /// Not of what is in it: such a digest would stand in records for ever, say of two files whether they hold one key, and let
  /// a short secret be guessed. Each encryption gives other bytes, so that this one says nothing but that it is the file that
  /// was sent; which age does not: whoever knows a recipient can encrypt a key of his own to it.
  static func digest(of bytes: [UInt8]) -> String { hexadecimalSHA256(of: bytes) }

  var digest: String { SentFile.digest(of: bytes) }

  /// Reads a plain file that an age file of one key may be.
  init(path: String) throws {
    self.path = path
    do throws(FileError) {
      let file = try Descriptor(path, flags: O_RDONLY | O_NONBLOCK, followsLink: true)
      try file.requirePlain()
      bytes = try file.read(most: SentFile.most)
    } catch {
      throw CommandError(
        "can't read '\(path)': \(error.why)", hints: ["name the file that 'keyusher key send' wrote"], status: .noInput)
    }
    guard AgeFile.form(of: bytes) != nil else {
      throw CommandError(
        "'\(path)' is no age file, and nothing was received",
        hints: ["'keyusher key send' writes one; a key in another form is taken in by 'keyusher key adopt'"],
        status: .wrongInput)
    }
  }

  /// What is in it: a key, and what its sender knew of it.
  struct Content {
    /// The entry as it is to be kept.
    let entry: SecretBytes
    let credential: StoredCredential
    /// The name that it had, or the nearest to what the exchange calls it; nil if neither can be one.
    let name: EntryName?
    /// What goes on record of it.
    let facts: [String: String]
  }

  /// Opens it with the store's own identity; asks for the passphrase.
  func open(with age: AgeStore) throws -> Content {
    let text: SecretBytes
    do {
      text = try age.openSent(bytes)
    } catch let error as AgeError {
      if case .memory(let error) = error { throw StoreError.memory(error) }
      throw CommandError.cannotOpen(self, error, own: (try? age.ownRecipients()) ?? [])
    }
    let sent: SentKey
    let credential: StoredCredential
    do throws(StoredCredential.Fault) {
      sent = try SentKey(decoding: text)
      credential = try StoredCredential(decoding: sent.entry)
    } catch {
      if case .memory(let error) = error { throw StoreError.memory(error) }
      throw CommandError.holdsNoKey(self, "\(error)")
    }
    let known = sent.facts.filter { KeyFacts.travelling.contains($0.key) }
    if let flaw = credential.flaw ?? known.flaw { throw CommandError.holdsNoKey(self, flaw) }
    let facts = known.merging(["exchange": credential.exchange, "label": credential.label]) { $1 }
    let name =
      sent.name.map { EntryName.chosen($0) } ?? EntryName.fitting("\(credential.exchange)/\(credential.label)")
    // Whoever made the file may have put the secret where it would go on record.
    try KeyIntake.refuse(
      facts.values + [credential.run, name?.text].compactMap { $0 }, holding: credential.parts)
    try KeyIntake.refuse([path], holding: credential.parts, as: "the file's name")
    return Content(entry: sent.entry, credential: credential, name: name, facts: facts)
  }

  static let wiping = """
    Whoever can open this store can read the key from this file. Copies elsewhere are not wiped.
    """

  /// Writes over the file and deletes it, if it is still the one that was read.
  func wipe() -> Result<Void, CommandError> {
    do throws(FileError) {
      let file = try Descriptor(path, flags: O_RDWR | O_NONBLOCK)
      try file.requirePlain()
      guard try file.read(most: SentFile.most) == bytes else {
        return .failure(.notWiped(path, "it was changed meanwhile"))
      }
      lseek(file.number, 0, SEEK_SET)
      try file.write([UInt8](repeating: 0, count: bytes.count))
      try file.sync()
      let (above, name) = parted(path)
      try OpenFolder(above, followsLink: true).delete(name)
      return .success(())
    } catch {
      return .failure(.notWiped(path, error.why))
    }
  }

  // MARK: - Private

  /// In bytes: an entry may have 64 KiB, and so may what is known of it; armor adds a third.
  private static let most = 256 << 10
}

extension KeyFacts {
  /// What goes with a key, by the names that operations have for it.
  static let travelling: Set = ["account", "purpose", "program", "owner"]

  var forTheWay: [String: String] {
    ["account": account, "purpose": purpose, "program": program, "owner": owner].compactMapValues { $0 }
  }
}

// MARK: - Words

extension CommandError {
  fileprivate static func notWiped(_ path: String, _ why: String) -> CommandError {
    CommandError(
      "the key is kept, but '\(path)' could not be wiped: \(why)", hints: ["delete it yourself"], status: .inputOutput)
  }

  fileprivate static func cannotOpen(_ file: SentFile, _ error: AgeError, own: [Recipient]) -> CommandError {
    let again = "send it again: keyusher key send NAME --to \(own.first.map(\.description) ?? "RECIPIENT")"
    switch error {
    case .noMatch:
      return CommandError(
        "'\(file.path)' is for another machine: the store 'age' here does not open it", hints: [again],
        status: .wrongInput)
    case .needsPassphrase:
      return CommandError(
        "'\(file.path)' opens with a passphrase of its own, and not with this store", hints: [again],
        status: .wrongInput)
    default:
      return CommandError(
        "'\(file.path)' can't be opened, and nothing was received: \(error.what)",
        hints: ["copy the file again, or \(again)"], status: .wrongInput)
    }
  }

  fileprivate static func holdsNoKey(_ file: SentFile, _ why: String) -> CommandError {
    CommandError(
      "what '\(file.path)' holds is no key of a store: \(why)",
      hints: ["'keyusher key send' writes such files; a key in another form is taken in by 'keyusher key adopt'"],
      status: .wrongInput)
  }
}
