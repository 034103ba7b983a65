public import SecretMemory

/// An age file being opened chunk by chunk; what it releases is authentic.
///
/// Only the end, where `next` returns nil, says that nothing is missing: whoever acted on earlier chunks must be able
/// to undo it.
public struct Decryption: ~Copyable {
  private let reader: ByteReader
  private var payload: Payload
  private var isDone = false
  /// Once something was wrong, nothing more is released.
  private var failure: AgeError?

  /// Reads the header, finds the file key and checks the header's MAC.
  ///
  /// `form` says how the source is written. Throws every `AgeError` that a header can have.
  public init(_ source: @escaping ByteSource, form: AgeFile.Form, with key: DecryptionKey) throws(AgeError) {
    switch form {
    case .binary: reader = ByteReader(source)
    case .armored:
      let armor = ArmorReader(source)
      reader = ByteReader { atMost throws(AgeError) in try armor.read(atMost: atMost) }
    }
    let header = try Header(from: reader)
    let fileKey = try key.fileKey(from: header.stanzas)
    try header.verify(fileKey: fileKey)
    let nonce = try reader.read(Payload.nonceBytes)
    guard nonce.count == Payload.nonceBytes else { throw .noPayload }
    payload = try Payload(fileKey: fileKey, nonce: nonce)
  }

  /// The next chunk, at most 64 KiB; nil at the end of the whole file.
  ///
  /// Throws `payloadForged` and `malformedArmor`; what was released before stays authentic, but is not the whole.
  public mutating func next() throws(AgeError) -> SecretBytes? {
    if let failure { throw failure }
    do throws(AgeError) {
      guard let sealed = try nextSealed() else { return nil }
      let count = max(sealed.count - AEAD.tagBytes, 0)
      return try .written(count) { room throws(AgeError) in try open(sealed, into: room) }
    } catch {
      failure = error
      throw error
    }
  }

  /// Opens all that is left into `room`, which is at least as long as the file, and returns how many bytes it was.
  mutating func readAll(into room: UnsafeMutableRawBufferPointer) throws(AgeError) -> Int {
    var count = 0
    while let sealed = try nextSealed() {
      count += try open(sealed, into: UnsafeMutableRawBufferPointer(rebasing: room[count...]))
    }
    return count
  }

  // MARK: - Private

  private mutating func nextSealed() throws(AgeError) -> [UInt8]? {
    if isDone {
      guard try reader.isAtEnd() else { throw payload.forged }
      return nil
    }
    return try reader.read(Payload.sealedChunk)
  }

  private mutating func open(_ sealed: [UInt8], into room: UnsafeMutableRawBufferPointer) throws(AgeError) -> Int {
    let count = sealed.count - AEAD.tagBytes
    guard count >= 0, count <= room.count, let start = room.baseAddress else { throw payload.forged }
    isDone = try payload.open(sealed, into: start.assumingMemoryBound(to: UInt8.self))
    return count
  }
}
