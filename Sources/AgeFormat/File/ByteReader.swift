/// Where an age file comes from: each call gives the next bytes, at most as many as asked for; none means the end.
///
/// What is read is ciphertext. Reading that fails throws `AgeError.unreadable(errno:)`.
public typealias ByteSource = (_ atMost: Int) throws(AgeError) -> [UInt8]

/// A source of bytes that are there already.
func source(of bytes: [UInt8]) -> ByteSource {
  var given = 0
  return { atMost throws(AgeError) in
    let next = bytes[given...].prefix(atMost)
    given += next.count
    return Array(next)
  }
}

/// Reads a source by lines and by counts.
final class ByteReader {
  private let source: ByteSource
  private var buffer: [UInt8] = []
  private var start = 0
  private var isDry = false

  init(_ source: @escaping ByteSource) { self.source = source }

  /// The next `count` bytes; fewer only at the end.
  func read(_ count: Int) throws(AgeError) -> [UInt8] {
    while buffer.count - start < count, try fill() {}
    return take(min(count, buffer.count - start))
  }

  /// The next line without its line feed. Without one in the next `limit` bytes, it is those bytes, not `isEnded`.
  func line(atMost limit: Int) throws(AgeError) -> (bytes: [UInt8], isEnded: Bool) {
    var searched = 0
    while true {
      let known = min(buffer.count - start, limit)
      if let end = buffer[(start + searched)..<(start + known)].firstIndex(of: UInt8(ascii: "\n")) {
        let line = take(end - start)
        start += 1
        return (line, true)
      }
      searched = known
      guard known < limit, try fill() else { return (take(known), false) }
    }
  }

  /// Whether nothing is left.
  func isAtEnd() throws(AgeError) -> Bool {
    while buffer.count == start { guard try fill() else { return true } }
    return false
  }

  // MARK: - Private

  private static let block = 65_536

  private func take(_ count: Int) -> [UInt8] {
    defer { start += count }
    return Array(buffer[start..<(start + count)])
  }

  /// Whether there came more.
  private func fill() throws(AgeError) -> Bool {
    guard !isDry else { return false }
    buffer.removeSubrange(..<start)
    start = 0
    let more = try source(ByteReader.block)
    isDry = more.isEmpty
    buffer += more
    return !isDry
  }
}
