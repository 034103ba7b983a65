import FlowCore
import SecretMemory

extension KeyIntake {
  /// A key as it was taken in.
  struct Taken {
    var parts: [String: SecretBytes] = [:]
    /// The leading characters by which the exchange lists it; nil where they are not known, or could be a secret's.
    var listed: String?
  }

  /// What was read, as one key.
  func taken(_ read: [Read]) -> Taken {
    Taken(
      parts: Dictionary(uniqueKeysWithValues: read.map { ($0.part.name, $0.bytes) }),
      listed: listed(of: read.map { ($0.part, $0.bytes, $0.doubts.isEmpty) }))
  }

  /// The leading characters by which the exchange lists a key. They go on record, and a secret that was given in the key's place
  /// must not: nil unless a flow for the exchange says that they are public, every part looks exactly as it says, and nothing
  /// that looks like the key could be a secret of that exchange.
  ///
  /// - Parameter parts: all that was taken, and whether nothing is odd about it.
  func listed(of parts: [(part: CredentialPart, bytes: SecretBytes, isAsExpected: Bool)]) -> String? {
    let shown = parts.filter { !$0.part.secret && $0.part.publicPrefix > 0 }
    guard isListed, let (key, bytes, _) = shown.first, shown.count == 1, parts.allSatisfy(\.isAsExpected),
      key.shape.isSpecific, key.publicPrefix * 2 <= key.shape.length.lowerBound
    else { return nil }
    let secrets = (kinds.flatMap(\.parts) + parts.map(\.part)).filter(\.secret)
    guard secrets.allSatisfy({ secret in bytes.withBytes { secret.mismatch(of: $0) } != nil }) else { return nil }
    let listed = bytes.publicPrefix(key.publicPrefix)
    let others = parts.filter(\.part.secret).map(\.bytes)
    return others.contains { $0.withBytes { $0.holds(Array(listed.utf8)) } } ? nil : listed
  }
}

extension Shape {
  /// Whether hardly anything else looks so: one length, and few characters.
  fileprivate var isSpecific: Bool {
    length.lowerBound == length.upperBound && !characters.classes.contains(.any)
  }
}

extension UnsafeRawBufferPointer {
  /// Whether some bytes stand in it, one after the other.
  fileprivate func holds(_ bytes: [UInt8]) -> Bool {
    guard bytes.count <= count else { return false }
    return (0...(count - bytes.count)).contains { self[$0..<($0 + bytes.count)].elementsEqual(bytes) }
  }
}
