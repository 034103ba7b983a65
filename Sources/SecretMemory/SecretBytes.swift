import CSodium
import Files
import Glibc
import Synchronization

/// A secret: bytes in guarded memory that are wiped at the end and have no text form.
///
/// It prints as `(secret)`, its mirror is empty, and it can be neither encoded nor hashed. A lock makes it safe to
/// share; `withBytes` must therefore not use the same secret again inside its body.
public final class SecretBytes: Sendable {
  private let region: Mutex<GuardedRegion>

  /// An empty secret with room for `capacity` bytes.
  public init(capacity: Int) throws(SecretMemoryError) {
    region = Mutex(try GuardedRegion(capacity: capacity))
  }

  /// A copy of bytes; wiping the originals is the caller's.
  public convenience init(copying bytes: some Collection<UInt8>) throws(SecretMemoryError) {
    try self.init(capacity: bytes.count)
    try append(contentsOf: bytes)
  }

  /// A copy of another secret.
  public convenience init(copying other: SecretBytes) throws(SecretMemoryError) {
    try self.init(capacity: other.count)
    try append(contentsOf: other)
  }

  /// Reads a descriptor to its end, in place; nothing passes through ordinary memory.
  public convenience init(readingFrom descriptor: Int32, limit: Int = 65_536) throws(SecretMemoryError) {
    try self.init(capacity: limit + 1)
    try fill { room throws(SecretMemoryError) in
      let count = readWhole(from: descriptor, into: room)
      guard count >= 0 else { throw .unreadable(errno: errno) }
      guard count <= limit else { throw .tooLong(limit: limit) }
      return count
    }
  }

  public var count: Int { region.withLock { $0.count } }
  public var isEmpty: Bool { count == 0 }

  /// Lends the bytes for the time of `body`, which must not keep the pointer.
  public func withBytes<Result: Sendable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try region.withLock { region throws(Failure) in try body(region.bytes) }
  }

  /// Adds a byte, moving to a larger place if it must; the old place is wiped.
  public func append(_ byte: UInt8) throws(SecretMemoryError) {
    try region.withLock { region throws(SecretMemoryError) in
      try region.reserve(region.count + 1)
      region.fill { room in
        room[0] = byte
        return 1
      }
    }
  }

  /// Adds the bytes of another secret, or of a text that is none.
  public func append(contentsOf other: SecretBytes) throws(SecretMemoryError) {
    try other.withBytes { bytes throws(SecretMemoryError) in try append(contentsOf: bytes) }
  }

  public func append(contentsOf bytes: some Collection<UInt8>) throws(SecretMemoryError) {
    try region.withLock { region throws(SecretMemoryError) in
      try region.reserve(region.count + bytes.count)
      region.fill { room in
        room.copyBytes(from: bytes)
        return bytes.count
      }
    }
  }

  /// Makes room for so many bytes behind the last, moving to a place twice as large if it must; the old place is wiped.
  package func reserve(_ free: Int) throws(SecretMemoryError) {
    try region.withLock { region throws(SecretMemoryError) in try region.reserve(region.count + free) }
  }

  /// Lets `body` write behind the last byte, as far as there is room; it returns how many bytes it wrote.
  public func fill<Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) {
    try region.withLock { region throws(Failure) in try region.fill(body) }
  }

  /// Overwrites the bytes; afterwards the secret is empty.
  public func wipe() {
    region.withLock { $0.keep(0..<0) }
  }

  // MARK: - Comparing

  /// Whether both are the same bytes, in a time that depends on their lengths alone.
  public func constantTimeEquals(_ other: SecretBytes) -> Bool {
    self === other
      || withBoth(other) { $0.count == $1.count && sodium_memcmp($0.baseAddress, $1.baseAddress, $0.count) == 0 }
  }

  /// Whether it ends in the bytes of `other`, in a time that depends on their lengths alone.
  public func hasSuffix(_ other: SecretBytes) -> Bool {
    if self === other { return true }
    return withBoth(other) { mine, its in
      guard its.count <= mine.count else { return false }
      guard let start = mine.baseAddress else { return true }
      return sodium_memcmp(start + (mine.count - its.count), its.baseAddress, its.count) == 0
    }
  }

  /// Whether it is a word that is no secret, such as a command.
  public func isWord(_ word: String) -> Bool {
    withBytes { $0.elementsEqual(word.utf8) }
  }

  /// Whether it begins with words that are no secret, such as a line of a format.
  public func begins(with words: String) -> Bool {
    withBytes { $0.starts(with: words.utf8) }
  }

  /// Whether a text that is no secret is in it.
  package func contains(_ text: String) -> Bool {
    let sought = Array(text.utf8)
    return withBytes { bytes in sought.withUnsafeBytes { SecretBytes.isThere($0, in: bytes) } }
  }

  /// Whether all of another secret is in it.
  public func contains(_ other: SecretBytes) -> Bool {
    self === other || withBoth(other) { mine, its in SecretBytes.isThere(its, in: mine) }
  }

  /// The first bytes as text: only for the part by which an exchange itself lists a key.
  public func publicPrefix(_ count: Int) -> String {
    withBytes { String(decoding: $0.prefix(max(count, 0)), as: UTF8.self) }
  }

  // MARK: - Tidying

  /// Removes white space and matching quotes (`"`, `'`, `` ` ``) at both ends, in place.
  public func trim() {
    region.withLock { region in
      let kept = SecretBytes.trimmed(region.bytes, 0..<region.count)
      region.keep(kept)
    }
  }

  /// Whether it is nothing, or only white space.
  public var isBlank: Bool { withBytes { $0.allSatisfy(SecretBytes.isSpace) } }

  /// Whether `trim` would leave it as it is.
  public var isTrimmed: Bool { withBytes { SecretBytes.trimmed($0, 0..<$0.count).count == $0.count } }

  /// The lines as they are, without their line feeds and without those that are only white space.
  public func lines() throws(SecretMemoryError) -> [SecretBytes] {
    try withBytes { bytes throws(SecretMemoryError) in
      var lines: [SecretBytes] = []
      for line in bytes.split(separator: 0x0A) where !line.allSatisfy(SecretBytes.isSpace) {
        lines.append(try SecretBytes(copying: line))
      }
      return lines
    }
  }

  /// Takes away a carriage return at the end, as the lines of some files have it before their line feeds.
  public func dropCarriageReturn() {
    region.withLock { region in
      if region.bytes.last == 0x0D { region.keep(0..<(region.count - 1)) }
    }
  }

  /// Takes away one line end behind the last line: that of a file is no part of what it holds.
  public func dropLineEnd() {
    region.withLock { region in
      guard region.bytes.last == 0x0A else { return }
      region.keep(0..<(region.count - 1))
      if region.bytes.last == 0x0D { region.keep(0..<(region.count - 1)) }
    }
  }

  // MARK: - Private

  private static func trimmed(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Range<Int> {
    var kept = range
    while true {
      let before = kept
      while let first = kept.first, isSpace(bytes[first]) { kept = kept.dropFirst() }
      while let last = kept.last, isSpace(bytes[last]) { kept = kept.dropLast() }
      if kept.count >= 2, bytes[kept.lowerBound] == bytes[kept.upperBound - 1],
        [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`")].contains(bytes[kept.lowerBound])
      {
        kept = kept.dropFirst().dropLast()
      }
      if kept == before { return kept }
    }
  }

  private static func isThere(_ sought: UnsafeRawBufferPointer, in bytes: UnsafeRawBufferPointer) -> Bool {
    guard let wanted = sought.baseAddress, let start = bytes.baseAddress, !sought.isEmpty else { return sought.isEmpty }
    guard bytes.count >= sought.count else { return false }
    return (0...(bytes.count - sought.count)).contains { memcmp(start + $0, wanted, sought.count) == 0 }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// Locks both, always in the same order, so that two threads never wait for each other.
  private func withBoth(
    _ other: SecretBytes, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    if ObjectIdentifier(self) < ObjectIdentifier(other) {
      return withBytes { mine in other.withBytes { its in body(mine, its) } }
    }
    return other.withBytes { its in withBytes { mine in body(mine, its) } }
  }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "(secret)" }
  public var debugDescription: String { "(secret)" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
