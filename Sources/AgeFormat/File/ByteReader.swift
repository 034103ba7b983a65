/// Reads bytes by lines and by counts.
final class ByteReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  /// The next `count` bytes; fewer only at the end.
  func read(_ count: Int) -> [UInt8] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  /// The next line without its line feed. Without one in the next `limit` bytes, it is those bytes, not `isEnded`.
  func line(atMost limit: Int) -> (bytes: [UInt8], isEnded: Bool) {
    let line = rest.prefix(limit)
    guard let end = line.firstIndex(of: UInt8(ascii: "\n")) else { return (read(limit), false) }
    defer { rest = rest[(end + 1)...] }
    return (Array(rest[..<end]), true)
  }
}
