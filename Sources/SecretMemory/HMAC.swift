import CSodium

/// HMAC under a key of any length (RFC 2104), with every intermediate in guarded memory: the state holds what the key
/// became.
package enum HMAC {
  case sha256, sha512

  /// The length of a tag, in bytes.
  package var byteCount: Int {
    switch self {
    case .sha256: Int(crypto_auth_hmacsha256_BYTES)
    case .sha512: Int(crypto_auth_hmacsha512_BYTES)
    }
  }

  /// The tag of a message under a key, which must not be the same secret.
  package func tag(of message: SecretBytes, key: SecretBytes) throws(SecretMemoryError) -> SecretBytes {
    let tag = try SecretBytes(capacity: byteCount)
    let size = max(MemoryLayout<crypto_auth_hmacsha256_state>.stride, MemoryLayout<crypto_auth_hmacsha512_state>.stride)
    guard let place = sodium_malloc(size) else { throw .noMemory(bytes: size) }
    defer { sodium_free(place) }
    tag.fill { room in
      message.withBytes { message in
        key.withBytes { key in write(message, key, using: place, into: room) }
      }
    }
    return tag
  }

  // MARK: - Private

  private func write(
    _ message: UnsafeRawBufferPointer, _ key: UnsafeRawBufferPointer, using place: UnsafeMutableRawPointer,
    into room: UnsafeMutableRawBufferPointer
  ) -> Int {
    // Guarded memory has a place even when it is empty.
    guard let room = room.baseAddress?.assumingMemoryBound(to: UInt8.self),
      let text = message.baseAddress?.assumingMemoryBound(to: UInt8.self),
      let start = key.baseAddress?.assumingMemoryBound(to: UInt8.self)
    else { return 0 }
    switch self {
    case .sha256:
      let state = place.bindMemory(to: crypto_auth_hmacsha256_state.self, capacity: 1)
      crypto_auth_hmacsha256_init(state, start, key.count)
      crypto_auth_hmacsha256_update(state, text, UInt64(message.count))
      crypto_auth_hmacsha256_final(state, room)
    case .sha512:
      let state = place.bindMemory(to: crypto_auth_hmacsha512_state.self, capacity: 1)
      crypto_auth_hmacsha512_init(state, start, key.count)
      crypto_auth_hmacsha512_update(state, text, UInt64(message.count))
      crypto_auth_hmacsha512_final(state, room)
    }
    return byteCount
  }
}
