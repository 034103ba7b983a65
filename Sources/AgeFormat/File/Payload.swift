import SecretMemory

/// The STREAM of an age file: chunks of 64 KiB, each sealed with its number and with whether it is the last.
struct Payload {
  static let chunk = 65_536
  static let sealedChunk = chunk + AEAD.tagBytes
  static let nonceBytes = 16

  private let key: SecretBytes
  /// How many chunks are done.
  private(set) var count: UInt64 = 0

  init(fileKey: SecretBytes, nonce: [UInt8]) throws(AgeError) {
    key = try KeyDerivation.derivedKey(from: fileKey, salt: nonce, info: "payload")
  }

  /// How many bytes a plaintext of `count` bytes becomes: even an empty one has a chunk.
  static func sealedLength(of count: Int) -> Int { count + max(1, (count + chunk - 1) / chunk) * AEAD.tagBytes }

  /// Seals the next chunk, of `count` bytes; `room` gets 16 more.
  mutating func seal(
    _ plain: UnsafePointer<UInt8>, _ count: Int, isLast: Bool, into room: UnsafeMutablePointer<UInt8>
  ) throws(AgeError) {
    try AEAD.seal(plain, count, key: key, nonce: nonce(isLast: isLast), into: room)
    self.count += 1
  }

  /// Opens the next chunk into `room`, which has 16 bytes less, and says whether it is the last.
  ///
  /// A full chunk can be either, a shorter one only the last; an empty one must be the only one.
  mutating func open(_ sealed: [UInt8], into room: UnsafeMutablePointer<UInt8>) throws(AgeError) -> Bool {
    let isFull = sealed.count == Payload.sealedChunk
    if isFull, try AEAD.open(sealed, key: key, nonce: nonce(isLast: false), into: room) {
      count += 1
      return false
    }
    guard isFull || count == 0 || sealed.count > AEAD.tagBytes,
      try AEAD.open(sealed, key: key, nonce: nonce(isLast: true), into: room)
    else { throw forged }
    count += 1
    return true
  }

  /// That the chunk to come is not what was written.
  var forged: AgeError { .payloadForged(chunk: Int(clamping: count) + 1) }

  // MARK: - Private

  /// Eleven bytes of number, big end first, and the flag.
  private func nonce(isLast: Bool) -> [UInt8] {
    [0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) } + [isLast ? 1 : 0]
  }
}
