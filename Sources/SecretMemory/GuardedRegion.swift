import CSodium

/// Memory between guard pages, locked against swapping and core dumps where the system allows it, wiped when freed.
///
/// It has one owner, so that moving it between threads is safe; whoever shares it puts a lock around it.
struct GuardedRegion: ~Copyable, @unchecked Sendable {
  private(set) var base: UnsafeMutableRawPointer
  private(set) var capacity: Int
  private(set) var count = 0

  init(capacity: Int) throws(SecretMemoryError) {
    self.capacity = max(capacity, 1)
    base = try GuardedRegion.allocate(self.capacity)
  }

  deinit { sodium_free(base) }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  /// Makes room for `needed` bytes in all; what moves out of the old place is wiped there.
  mutating func reserve(_ needed: Int) throws(SecretMemoryError) {
    guard needed > capacity else { return }
    let larger = max(needed, capacity * 2)
    let place = try GuardedRegion.allocate(larger)
    place.copyMemory(from: base, byteCount: count)
    sodium_free(base)
    base = place
    capacity = larger
  }

  /// Lets `body` write behind the last byte; it returns how many bytes it wrote.
  mutating func fill<Failure: Error>(_ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int) throws(Failure) {
    let room = UnsafeMutableRawBufferPointer(start: base + count, count: capacity - count)
    count += min(max(try body(room), 0), room.count)
  }

  /// Keeps only the bytes of `range`, moved to the front, and wipes the rest.
  mutating func keep(_ range: Range<Int>) {
    if range.lowerBound > 0 { base.copyMemory(from: base + range.lowerBound, byteCount: range.count) }
    sodium_memzero(base + range.count, capacity - range.count)
    count = range.count
  }

  /// `sodium_init` once, at the first secret.
  private static let isReady = sodium_init() >= 0

  private static func allocate(_ capacity: Int) throws(SecretMemoryError) -> UnsafeMutableRawPointer {
    guard isReady, let place = sodium_malloc(capacity) else { throw .noMemory(bytes: capacity) }
    return place
  }
}
