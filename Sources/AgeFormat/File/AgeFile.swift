public import SecretMemory

/// A whole age file in memory: the format age v1, which the `age` program reads and writes.
///
/// Source: C2SP `age.md`, read at 5ba5ee83 of 2026-07-22.
public enum AgeFile {
  /// How a file is written.
  public enum Form: Sendable, CaseIterable {
    case binary
    /// As text, between a BEGIN and an END line.
    case armored
  }

  /// Encrypts a secret; every call gives other bytes.
  ///
  /// Throws `noRecipients`, `emptyPassphrase`, `unusableWorkFactor`, `noMemoryForPassphrase` and `memory`.
  public static func encrypt(
    _ plaintext: SecretBytes, for key: EncryptionKey, form: Form = .binary
  ) throws(AgeError) -> [UInt8] {
    try encryptKeepingKey(plaintext, for: key, form: form).file
  }

  /// Encrypts a secret, and hands back the file key as well: with it the writer can read the file back (`DecryptionKey.fileKey`)
  /// without the identity or passphrase that everybody else needs.
  ///
  /// Throws as `encrypt` does.
  public static func encryptKeepingKey(
    _ plaintext: SecretBytes, for key: EncryptionKey, form: Form = .binary
  ) throws(AgeError) -> (file: [UInt8], fileKey: SecretBytes) {
    let fileKey = try SecretBytes.random(FileKey.byteCount)
    let header = try Header(key.stanzas(wrapping: fileKey), fileKey: fileKey)
    let nonce = publicRandom(Payload.nonceBytes)
    let payload = try Payload(fileKey: fileKey, nonce: nonce)
    let file = try sealed(plaintext, by: payload, after: header.serialized + nonce)
    return (form == .armored ? Armor.encode(file) : file, fileKey)
  }

  /// Decrypts a whole file; if anything in it is wrong, nothing is released.
  ///
  /// Without a form, it is found out by `form(of:)`. Throws every `AgeError` that a file can have.
  public static func decrypt(
    _ file: [UInt8], with key: DecryptionKey, form: Form? = nil
  ) throws(AgeError) -> SecretBytes {
    let form = form ?? AgeFile.form(of: file) ?? .binary
    var decryption = try Decryption(file, form: form, with: key)
    return try .written(file.count) { room throws(AgeError) in
      var count = 0
      while let more = try decryption.next(into: UnsafeMutableRawBufferPointer(rebasing: room[count...])) {
        count += more
      }
      return count
    }
  }

  /// How a file is written, by how it begins; nil if it does not look like an age file.
  ///
  /// An identity file may be either: ask with `secret.withBytes { AgeFile.form(of: $0) }`, since a plain one must not
  /// leave guarded memory.
  public static func form(of file: some Collection<UInt8>) -> Form? {
    if file.starts(with: Header.family.utf8) { return .binary }
    return file.drop(while: Armor.isWhitespace).starts(with: Armor.begin) ? .armored : nil
  }

  // MARK: - Private

  private static func sealed(
    _ plaintext: SecretBytes, by payload: consuming Payload, after beginning: [UInt8]
  ) throws(AgeError) -> [UInt8] {
    var payload = payload
    return try plaintext.withPointer { plain, count throws(AgeError) in
      var file = beginning
      file += [UInt8](repeating: 0, count: Payload.sealedLength(of: count))
      var written = beginning.count
      var read = 0
      repeat {
        let length = min(Payload.chunk, count - read)
        let place = written
        try file.withUnsafeMutableBufferPointer { file throws(AgeError) in
          guard let start = file.baseAddress else { return }
          try payload.seal(plain + read, length, isLast: read + length == count, into: start + place)
        }
        read += length
        written += length + AEAD.tagBytes
      } while read < count
      return file
    }
  }
}
