import Glibc
public import SecretMemory

/// Searches the content of one file after the other, in memory that is wiped behind each. For one thread.
///
/// What comes is written into `room`, and `filled` says how much; after the last, `end` has what was found.
public final class ContentSearch {
  let table: SearchTable
  private let memory: WorkRoom
  /// How much of the memory is filled, and from where on it has not been searched.
  private var count = 0
  private var from = 0
  /// How many bytes came before those.
  private var dropped = 0
  private var isBinary = false
  private var isText = false
  private var candidates: [Candidate] = []
  private var looks: CandidateLook
  /// Up to where lines are counted, and the line there, from 1.
  private var counted = (place: 0, line: 1)

  /// How much is searched at once, and how much of it stays for what stands around the next.
  private static let capacity = 256 << 10
  private static let margin = 16 << 10
  /// In so many bytes at the beginning a zero byte says that it is no text.
  private static let beginning = 8 << 10
  /// A file of a key alone is not larger.
  private static let mostOfKeyFile = 1024

  /// - Parameter seed: the same for all that search together, so that equal values are known as such; chosen by chance.
  public init(_ table: SearchTable, seed: UInt64) throws(SecretMemoryError) {
    self.table = table
    looks = CandidateLook(table: table, seed: seed)
    memory = try WorkRoom(capacity: ContentSearch.capacity)
  }

  /// Begins with another file.
  ///
  /// - Parameter isText: whether it is searched even where it looks like no text.
  public func begin(isText: Bool = false) {
    (count, from, dropped, isBinary) = (0, 0, 0, false)
    self.isText = isText
    counted = (0, 1)
    candidates.removeAll(keepingCapacity: true)
    looks.around = nil
  }

  /// Where the next bytes go; empty once nothing more is wanted.
  public var room: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: isBinary ? memory.bytes[..<0] : memory.bytes[count...])
  }

  /// Says that bytes came.
  public func filled(_ more: Int) {
    if count < ContentSearch.beginning, dropped == 0, !isText, let start = memory.bytes.baseAddress {
      let end = min(count + more, ContentSearch.beginning)
      isBinary = memchr(start + count, 0, end - count) != nil
    }
    count += more
    guard !isBinary, count == memory.bytes.count else { return }
    search(upTo: count - ContentSearch.margin)
    drop(max(0, min(from, count) - ContentSearch.margin))
  }

  /// What came of one file.
  public struct Outcome: Sendable {
    /// Whether it was no text, and not searched.
    public var isBinary = false
    public var keys: [FoundKey] = []
    /// How many private keys in PEM are there of which nothing tells an exchange.
    public var otherPEM = 0
  }

  /// Ends with the file, and wipes what was read of it.
  ///
  /// - Parameters:
  ///   - path: its path, whose names may tell of an exchange.
  ///   - takesAnyPEM: whether a private key in PEM counts where nothing tells of an exchange.
  public func end(path: () -> String, takesAnyPEM: Bool = false) -> Outcome {
    defer { memory.wipe(dropped > 0 ? memory.bytes.count : count) }
    if isBinary { return Outcome(isBinary: true) }
    search(upTo: count)
    if candidates.isEmpty { return Outcome() }
    let path = path()
    let isSmall = dropped == 0 && count <= ContentSearch.mostOfKeyFile
    let name = isSmall ? table.words.grade(ofFile: path) : nil
    candidates = candidates.compactMap { candidate in
      guard candidate.isAlone else { return candidate }
      var named = candidate
      guard let name else { return nil }
      named.name = name
      return named
    }
    let grouping = Grouping(table: table, path: table.words.told(byPath: path), takesAnyPEM: takesAnyPEM)
    let (keys, others) = grouping.keys(among: candidates)
    return Outcome(keys: keys, otherPEM: others)
  }

  // MARK: - Pieces

  private var bytes: Bytes { Bytes(memory.bytes.bindMemory(to: UInt8.self)).part(0..<count) }

  private func drop(_ gone: Int) {
    guard gone > 0, let start = memory.bytes.baseAddress else { return }
    _ = line(at: gone)
    counted.place -= gone
    start.copyMemory(from: start + gone, byteCount: count - gone)
    count -= gone
    from -= gone
    dropped += gone
    looks.around = nil
  }

  /// The line in which a place is, which is not before the one asked for last.
  private func line(at place: Int) -> Int {
    guard place > counted.place else { return counted.line }
    counted.line += bytes.part(counted.place..<place).count(of: 0x0A)
    counted.place = place
    return counted.line
  }

  /// Looks at each run of characters that is long enough and begins before a place. Only each nth byte is looked at, where n is
  /// the length of the shortest: what does not stand in a run ends all that could lead there.
  private func search(upTo limit: Int) {
    let shortest = table.shortest
    guard shortest < ContentSearch.margin else { return }
    let (bytes, table) = (bytes, table)
    table.isToken.withUnsafeBufferPointer { isToken in
      func stands(_ place: Int) -> Bool { isToken[Int(bytes[place])] }
      var place = from
      // Up to here all from `place` on are known to stand in a run.
      var known = place
      while place < limit {
        let probe = place + shortest - 1
        guard probe < count else { break }
        guard stands(probe) else {
          place = probe + 1
          known = place
          continue
        }
        var start = probe
        while start > known, stands(start - 1) { start -= 1 }
        if start > known {
          place = start
          known = probe + 1
          continue
        }
        var end = probe + 1
        while end < count, stands(end) { end += 1 }
        var next = end
        // What began in a piece before is no run of its own.
        if place == 0 || !stands(place - 1) {
          if end - place >= PEMBlock.shortestLine, let block = PEMBlock(bodyAt: place, in: bytes) {
            // Its body is no run of its own.
            next = max(next, block.range.upperBound)
            keep(looks.candidate(block, in: bytes))
          } else if let (value, kinds) = table.value(of: place..<end, in: bytes),
            let found = looks.candidate(value, of: kinds, in: bytes)
          {
            keep(found)
          }
        }
        place = next + 1
        known = place
      }
      from = min(place, count)
    }
  }

  private func keep(_ candidate: Candidate) {
    var found = candidate
    found.line = line(at: found.start)
    found.passphrase?.line += found.line
    found.start += dropped
    candidates.append(found)
  }
}
