public import AgeFormat
import CSodium
import Files
import Glibc
import PlainText
public import SecretMemory

/// The identities file: made once, opened once, and what can be said of it unopened.
extension AgeStore {
  static let identitiesName = "identities"
  private static let ownName = "recipient"
  private static let mostTries = 3

  public func condition() -> StoreCondition {
    do throws(StoreError) {
      return try telling {
        guard let file = try openOwn(AgeStore.identitiesName)?.file else {
          return StoreCondition(try leftWithoutIdentities().map { .unusable($0) } ?? .needsSetUp, place: folder)
        }
        let plaintext = try isEncrypted(file) ? nil : "'\(identitiesPath)' has no passphrase: it opens whatever is kept"
        guard let store = try openStore(), let recipients = try readRecipients(in: store) else {
          return StoreCondition(.needsSetUp, place: folder, plaintext: plaintext)
        }
        try checkOwn(in: recipients)
        return StoreCondition(.ready, place: folder, plaintext: plaintext)
      }
    } catch {
      return StoreCondition(.unusable(error), place: folder)
    }
  }

  /// Makes the identity under a new passphrase, and the recipients file; completes a set-up that was cut short.
  ///
  /// What is there is never overwritten: throws `unusableFile` if the store is set up already.
  public func setUp() throws(StoreError) {
    switch condition().readiness {
    case .unusable(let error): throw error
    case .ready: throw isThere(identitiesPath)
    case .needsSetUp: break
    }
    try telling {
      let folder = try OpenFolder.making(folder)
      _ = try folder.making(AgeStore.storeName)
      if try !folder.contains(AgeStore.identitiesName) {
        // People are asked before the lock is taken.
        let passphrase = try asking.newPassphrase(for: id)
        try changing { _ in try makeIdentity(under: passphrase, in: folder) }
      }
      let own = try unlocked().map(\.recipient)
      try changing { store in
        try noteOwn(own, in: folder)
        guard try readRecipients(in: store) == nil else { return }
        let list = try FreshFile(recipientsText(own), for: AgeStore.recipientsName, in: store)
        guard try list.place(as: AgeStore.recipientsName, replacing: false) else { throw isThere(recipientsPath) }
      }
    }
  }

  /// Puts a new passphrase in the place of the old one, which is asked for first; the old file goes once the new is proven.
  public func changePassphrase() throws(StoreError) {
    let (old, content, opened) = try openIdentities()
    let passphrase = try asking.newPassphrase(for: id)
    try changing { _ in
      guard let (folder, now) = try openOwn(AgeStore.identitiesName), try now.readSecret().constantTimeEquals(old)
      else {
        throw StoreError.unusableFile(path: identitiesPath, why: "it was changed meanwhile, and stays")
      }
      let file = try proven(content, under: passphrase, in: folder)
      try file.place(as: AgeStore.identitiesName, replacing: true)
      // A note for later: what was asked for is done.
      try? noteOwn(opened.map(\.recipient), in: folder)
    }
  }

  /// The identities file as it is, under its passphrase, for a backup; to restore it is to put it back.
  ///
  /// Throws `unusableFile` if it has no passphrase.
  public func exportIdentity() throws(StoreError) -> [UInt8] {
    try telling {
      guard let file = try openOwn(AgeStore.identitiesName)?.file else { throw notSetUp }
      guard try isEncrypted(file) else {
        throw StoreError.unusableFile(
          path: identitiesPath, why: "it has no passphrase, and would be a plain copy of the key")
      }
      return try file.readPublic()
    }
  }

  /// What opens the entries; the passphrase is asked for at the first time, three times at most.
  func unlocked() throws(StoreError) -> [Identity] {
    if let identities { return identities }
    let opened = try openIdentities().identities
    identities = opened
    // A note for later, where the folder can be written to: it decides nothing here.
    if let folder = try? OpenFolder.ours(folder) { try? noteOwn(opened.map(\.recipient), in: folder) }
    return opened
  }

  /// The recipients of our own identities, as far as they are known without asking: `FOLDER/recipient` has them from the
  /// set-up on, and in a folder that was brought, or whose identities were put back, from the first opening on.
  public func ownRecipients() throws(StoreError) -> [Recipient] {
    if let identities { return identities.map(\.recipient) }
    return try telling {
      guard let (folder, file) = try openOwn(AgeStore.ownName) else { return [] }
      let bytes = try file.readPublic()
      guard let bound = try boundTo(folder), bytes.starts(with: bound) else { return [] }
      return (try? Recipient.list(in: bytes)) ?? []
    }
  }

  /// Opens a file that was encrypted elsewhere, for one of our identities; asks for the passphrase.
  ///
  /// Throws `AgeError` for what is wrong with the file, and `StoreError` for what is wrong with the store.
  public func openSent(_ file: [UInt8]) throws -> SecretBytes {
    let identities = try unlocked()
    return try AgeFile.decrypt(file, with: .identities(identities))
  }

  /// Opens identities that were never opened here: what is kept must be for them, which no note says. Asks for the passphrase.
  func openUnknownIdentities() throws(StoreError) {
    guard try ownRecipients().isEmpty else { return }
    guard try telling({ try OpenFolder.ours(folder)?.contains(AgeStore.identitiesName) ?? false }) else { return }
    _ = try unlocked()
  }

  /// The first line of the note: which identities file it is about. Nil if there is none.
  private func boundTo(_ folder: OpenFolder) throws -> [UInt8]? {
    guard let file = try folder.openFile(AgeStore.identitiesName) else { return nil }
    let digest = try file.readSecret().withBytes { bytes in
      var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
      crypto_hash_sha256(&digest, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
      return digest
    }
    return Array("# of the identities file with SHA-256 \(digest.hexadecimal)\n".utf8)
  }

  /// Writes down which recipients are our own, for checking without the passphrase that what is kept is kept for us.
  func noteOwn(_ own: [Recipient], in folder: OpenFolder) throws {
    guard let bound = try boundTo(folder) else { return }
    let text = bound + recipientsText(own)
    if let file = try folder.openFile(AgeStore.ownName), try file.readPublic() == text { return }
    try FreshFile(text, for: AgeStore.ownName, in: folder).place(as: AgeStore.ownName, replacing: true)
  }

  /// Refuses recipients among which there is none of our own: what is kept for others alone is lost to its owner.
  func checkOwn(in recipients: [Recipient]) throws(StoreError) {
    let own = try ownRecipients()
    guard let first = own.first, !own.contains(where: recipients.contains) else { return }
    let why = "none of these recipients is yours (\(first)): you could not open what is kept for them"
    throw .unusableFile(path: recipientsPath, why: why)
  }

  // MARK: - Private

  private var identitiesPath: String { "\(folder)/\(AgeStore.identitiesName)" }

  private func isThere(_ path: String) -> StoreError {
    .unusableFile(path: path, why: "it is there already, and nothing was changed")
  }

  /// A file beside the folder of the entries, and the folder that it is in; nil if there is none.
  private func openOwn(_ name: String) throws(FileError) -> (folder: OpenFolder, file: Descriptor)? {
    guard let folder = try OpenFolder.ours(folder), let file = try folder.openFile(name) else { return nil }
    return (folder, file)
  }

  /// Why a store without identities must not be set up as if it were new; nil if it can be.
  private func leftWithoutIdentities() throws -> StoreError? {
    guard let store = try openStore() else { return nil }
    guard try entries(in: store).isEmpty, try !store.contains(AgeStore.recipientsName) else {
      let why = "it is missing, and what is kept in 'store' opens with it alone: put it back from your backup"
      return .unusableFile(path: identitiesPath, why: why)
    }
    return nil
  }

  private func isEncrypted(_ file: Descriptor) throws(StoreError) -> Bool {
    try file.readSecret().withBytes { AgeFile.form(of: $0) != nil }
  }

  private func makeIdentity(under passphrase: SecretBytes, in folder: OpenFolder) throws {
    let identity = try telling(at: identitiesPath) { try Identity.generate() }
    let content = try telling(at: identitiesPath) { try identity.file }
    guard try proven(content, under: passphrase, in: folder).place(as: AgeStore.identitiesName, replacing: false) else {
      throw isThere(identitiesPath)
    }
    identities = [identity]
  }

  /// The identities under a passphrase, armored, written beside their place and opened again from there.
  private func proven(_ content: SecretBytes, under passphrase: SecretBytes, in folder: OpenFolder) throws -> FreshFile
  {
    let bytes = try telling(at: identitiesPath) {
      try AgeFile.encrypt(content, for: .passphrase(passphrase, workFactor: workFactor), form: .armored)
    }
    let file = try FreshFile(bytes, for: AgeStore.identitiesName, in: folder)
    let written = try file.readBack()
    guard let read = try? AgeFile.decrypt(written, with: .passphrase(passphrase)), read.constantTimeEquals(content)
    else { throw StoreError.unusableFile(path: identitiesPath, why: "what was written does not open again") }
    return file
  }

  /// The identities file as it is, what it holds, and that read; asks for the passphrase if it has one.
  private func openIdentities() throws(StoreError) -> (file: SecretBytes, content: SecretBytes, identities: [Identity])
  {
    try telling(at: identitiesPath) {
      guard let file = try openOwn(AgeStore.identitiesName)?.file else { throw notSetUp }
      let bytes = try file.readSecret()
      guard bytes.withBytes({ AgeFile.form(of: $0) != nil }) else {
        guard try file.status().st_mode & 0o044 == 0 else {
          throw StoreError.unusableFile(path: identitiesPath, why: "it has no passphrase, and others can read it")
        }
        return (bytes, bytes, try Identity.list(in: bytes))
      }
      let encrypted = bytes.withBytes { Array($0) }
      for attempt in 0..<AgeStore.mostTries {
        let passphrase = try asking.passphrase(opening: id, isRepeated: attempt > 0)
        do {
          let content = try AgeFile.decrypt(encrypted, with: .passphrase(passphrase))
          return (bytes, content, try Identity.list(in: content))
        } catch AgeError.wrongPassphrase, AgeError.emptyPassphrase {}
      }
      throw StoreError.wrongPassphrase(store: id)
    }
  }
}
