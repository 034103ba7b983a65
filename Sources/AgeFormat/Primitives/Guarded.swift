import CSodium
import SecretMemory

extension SecretBytes {
  /// A secret that `fill` writes in place, with this module's errors; it returns how many bytes it wrote.
  static func written(
    _ capacity: Int, by fill: (UnsafeMutableRawBufferPointer) throws(AgeError) -> Int
  ) throws(AgeError) -> SecretBytes {
    let secret: SecretBytes
    do throws(SecretMemoryError) { secret = try SecretBytes(capacity: capacity) } catch { throw .memory(error) }
    try secret.fill(fill)
    return secret
  }

  /// A secret of exactly `count` bytes that `fill` writes in place.
  static func whole(
    _ count: Int, by fill: (UnsafeMutablePointer<UInt8>) throws(AgeError) -> Void
  ) throws(AgeError) -> SecretBytes {
    try written(count) { room throws(AgeError) in
      guard let start = room.baseAddress else { return 0 }
      try fill(start.assumingMemoryBound(to: UInt8.self))
      return count
    }
  }

  /// Lends the bytes as libsodium wants them.
  func withPointer<Result: Sendable>(
    _ body: (UnsafePointer<UInt8>, Int) throws(AgeError) -> Result
  ) throws(AgeError) -> Result {
    try withBytes { bytes throws(AgeError) in
      // Guarded memory has a place even when it is empty.
      guard let start = bytes.baseAddress else { throw .memory(.noMemory(bytes: 0)) }
      return try body(start.assumingMemoryBound(to: UInt8.self), bytes.count)
    }
  }

  /// New random bytes from the system's generator.
  static func random(_ count: Int) throws(AgeError) -> SecretBytes {
    try whole(count) { randombytes_buf($0, count) }
  }
}

/// New random bytes that are no secret, such as a salt.
func publicRandom(_ count: Int) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: count)
  randombytes_buf(&bytes, count)
  return bytes
}
