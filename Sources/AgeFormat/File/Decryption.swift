import SecretMemory

/// An age file being opened chunk by chunk; what it releases is authentic.
///
/// Only the end, where `next` returns nil, says that nothing is missing: whoever acted on earlier chunks must be able
/// to undo it.
struct Decryption {
  private let reader: ByteReader
  private var payload: Payload
  private var isDone = false
  /// Once something was wrong, nothing more is released.
  private var failure: AgeError?

  /// Reads the header, finds the file key and checks the header's MAC.
  ///
  /// `form` says how the file is written. Throws every `AgeError` that a header can have, and `malformedArmor`.
  init(_ file: [UInt8], form: AgeFile.Form, with key: DecryptionKey) throws(AgeError) {
    reader = ByteReader(form == .armored ? try Armor.decode(file) : file)
    let header = try Header(from: reader)
    let fileKey = try key.fileKey(from: header.stanzas)
    try header.verify(fileKey: fileKey)
    let nonce = reader.read(Payload.nonceBytes)
    guard nonce.count == Payload.nonceBytes else { throw .noPayload }
    payload = try Payload(fileKey: fileKey, nonce: nonce)
  }

  /// Opens the next chunk, at most 64 KiB, into `room` and returns how many bytes it was; nil at the end of the whole file.
  ///
  /// Throws `payloadForged`; what was released before stays authentic, but is not the whole.
  mutating func next(into room: UnsafeMutableRawBufferPointer) throws(AgeError) -> Int? {
    if let failure { throw failure }
    do throws(AgeError) {
      if isDone {
        guard reader.isAtEnd else { throw payload.forged }
        return nil
      }
      let sealed = reader.read(Payload.sealedChunk)
      let count = sealed.count - AEAD.tagBytes
      guard count >= 0, count <= room.count, let start = room.baseAddress else { throw payload.forged }
      isDone = try payload.open(sealed, into: start.assumingMemoryBound(to: UInt8.self))
      return count
    } catch {
      failure = error
      throw error
    }
  }
}
