/// The words of a name, in small letters: `gateApiKey` and `GATE_API_KEY` have three.
struct Words {
  /// All of them, one behind the other.
  let letters: Bytes
  private let ends: UnsafeMutableBufferPointer<Int>
  let count: Int

  /// More are not looked at.
  private static let most = 16

  /// Lends the words of a name, which are gone afterwards; nil if it has too many, or none.
  static func with<Result>(_ name: Bytes, _ body: (Words) -> Result?) -> Result? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(name.count, 1)) { room in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: Words.most) { ends in
        var used = 0
        var count = 0
        // A line above a value may be another value.
        defer { room.update(repeating: 0) }
        func close() {
          guard used > (count == 0 ? 0 : ends[min(count, Words.most) - 1]) else { return }
          if count < Words.most { ends[count] = used }
          count += 1
        }
        var place = 0
        while place < name.count {
          let byte = name[place]
          if !Text.isWord(byte) {
            close()
          } else {
            if place > 0, Words.begins(at: place, in: name) { close() }
            room[used] = Text.small(byte)
            used += 1
          }
          place += 1
        }
        close()
        guard (1...Words.most).contains(count) else { return nil }
        return body(Words(letters: Bytes(room).part(0..<used), ends: ends, count: count))
      }
    }
  }

  subscript(index: Int) -> Bytes { letters.part((index == 0 ? 0 : ends[index - 1])..<ends[index]) }

  /// Whether a capital begins a word: behind a small letter or a digit, or before a small one in a row of capitals.
  private static func begins(at place: Int, in name: Bytes) -> Bool {
    guard Text.isUpper(name[place]) else { return false }
    let before = name[place - 1]
    return Text.isLower(before) || Text.isDigit(before)
      || Text.isUpper(before) && place + 1 < name.count && Text.isLower(name[place + 1])
  }
}
