import CSodium
import Foundation
import SecretMemory

@testable import AgeFormat

/// A secret out of bytes that are none.
func secret(_ bytes: [UInt8]) throws -> SecretBytes { try SecretBytes(copying: bytes) }
func secret(_ text: String) throws -> SecretBytes { try secret(Array(text.utf8)) }

extension SecretBytes {
  /// The bytes, for comparing what is no secret in a test.
  var revealed: [UInt8] { withBytes { Array($0) } }
}

/// Bytes that look like nothing, the same each time.
func sample(_ count: Int) -> [UInt8] {
  var generator = Seeded(UInt64(count) + 1)
  return (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
}

/// The sizes around the borders of chunks.
let sizes = [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000]

/// The same numbers for the same seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

func sha256(_ bytes: [UInt8]) -> String {
  var digest = [UInt8](repeating: 0, count: 32)
  crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
  return digest.map { String(format: "%02x", $0) }.joined()
}
