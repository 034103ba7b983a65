import CSodium

/// Guarded memory that is written and read in place over and over, such as what files are read into; wiped when freed. It is
/// for one thread.
public final class WorkRoom {
  private let region: GuardedRegion

  public init(capacity: Int) throws(SecretMemoryError) { region = try GuardedRegion(capacity: capacity) }

  /// All of it, for as long as the object lives.
  public var bytes: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: region.base, count: region.capacity)
  }

  /// Overwrites the first bytes.
  public func wipe(_ count: Int) { sodium_memzero(region.base, min(count, region.capacity)) }
}
