/// Whether characters look as if they were drawn by chance, as those of keys are: no words, no rows such as `0123…`, no
/// placeholder of few signs over and over.
enum MadeByChance {
  /// - Parameter value: a run of characters, of which marks such as hyphens say nothing.
  static func holds(_ value: Bytes) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(value.count, 1)) { room in
      var count = 0
      for byte in value where Text.isWord(byte) {
        room[count] = byte
        count += 1
      }
      defer { room.update(repeating: 0) }
      return count >= 12 && holds(Bytes(room), count)
    }
  }

  // MARK: - Private

  private static func holds(_ signs: Bytes, _ count: Int) -> Bool {
    var seen: (UInt64, UInt64) = (0, 0)
    var rows = 0
    var strides = 0
    var longest = 1
    var same = 1
    var isHex = true
    for place in 0..<count {
      let sign = signs[place]
      if sign < 64 { seen.0 |= 1 << UInt64(sign) } else { seen.1 |= 1 << UInt64(sign & 63) }
      let value = order(sign)
      if value >= 16 { isHex = false }
      guard place > 0 else { continue }
      if abs(value - order(signs[place - 1])) <= 1 { rows += 1 }
      same = sign == signs[place - 1] ? same + 1 : 1
      longest = max(longest, same)
      if place > 1, UInt(bitPattern: value - order(signs[place - 2])) <= 1 { strides += 1 }
    }
    let different = seen.0.nonzeroBitCount + seen.1.nonzeroBitCount
    // By chance each of these is rarer than one of 100,000 keys.
    if different <= 6 || longest >= 8 || rows * 5 >= count * 3 || strides * 3 >= count * 2 { return false }
    if isPeriodic(signs, count) { return false }
    return isHex || !isOfWords(signs, count)
  }

  /// The place in `0…9a…z`; capitals count as small letters.
  private static func order(_ sign: UInt8) -> Int {
    Text.isDigit(sign) ? Int(sign) - 0x30 : Int(sign | 0x20) - 0x61 + 10
  }

  /// Whether it is one piece, twice or more.
  private static func isPeriodic(_ signs: Bytes, _ count: Int) -> Bool {
    var period = 1
    while period <= count / 2 {
      var place = period
      while place < count, signs[place] == signs[place - period] { place += 1 }
      if place == count { return true }
      period += 1
    }
    return false
  }

  /// Whether most neighbours are pairs of letters that are common in words.
  private static func isOfWords(_ signs: Bytes, _ count: Int) -> Bool {
    var common = 0
    for place in 1..<count where isCommon(signs[place - 1], signs[place]) { common += 1 }
    return common * 5 >= (count - 1) * 3
  }

  /// A capital behind a small letter begins a word, and is no pair with it.
  private static func isCommon(_ first: UInt8, _ second: UInt8) -> Bool {
    guard !Text.isDigit(first), !Text.isDigit(second), !(Text.isLower(first) && Text.isUpper(second)) else {
      return false
    }
    return pairs[Int(first | 0x20) - 0x61] & 1 << (UInt32(second | 0x20) - 0x61) != 0
  }

  /// For each letter those that often come after it in English, and in names of programs.
  private static let pairs: [UInt32] = [
    "bcdgilmnprstuvy", "aeiloru", "aehikotu", "aeiosu", "acdeilmnprstvxy", "aefior", "aehior", "aeiot",
    "acdefglmnorstv", "osu", "ei", "aeiloy", "aeiopu", "acdegiost", "bcdfklmnoprstuvw", "aehiloprt", "u",
    "acdeiklmnorsty", "aceghiopstu", "aehiorsty", "cdeilmnprst", "aei", "aehio", "pt", "aeos", "e",
  ].map { letters in letters.utf8.reduce(0) { $0 | 1 << (UInt32($1) - 0x61) } }
}
