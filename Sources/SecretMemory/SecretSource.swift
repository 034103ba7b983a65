import Glibc

extension SecretBytes {
  /// Reads a descriptor to its end, in place; nothing passes through ordinary memory.
  public convenience init(readingFrom descriptor: Int32, limit: Int = 65_536) throws {
    try self.init(capacity: limit + 1) { room throws(SecretMemoryError) in
      var count = 0
      while count < room.count {
        let got = read(descriptor, room.baseAddress.map { $0 + count }, room.count - count)
        if got < 0, errno == EINTR { continue }
        guard got >= 0 else { throw .unreadable(errno: errno) }
        if got == 0 { break }
        count += got
      }
      guard count <= limit else { throw .tooLong(limit: limit) }
      return count
    }
  }
}
