/// Finds the name that stands beside a value: `NAME=VALUE`, `"name": "value"`, `--name value`, `Name: value`, `?name=value`,
/// `["NAME"] = 'value'`, `<name>value</name>`, `set("NAME", "value")`, `name: NAME` above `value: VALUE`, or a line above it.
struct NameReader {
  let bytes: Bytes
  let words: Vocabulary

  /// What the name says of the value that begins at a place; nil if there is no name, or it says that it is something else.
  func grade(before start: Int) -> NameGrade? {
    guard let name = name(before: start) else { return nil }
    return words.grade(bytes.part(name))
  }

  /// How far a name may reach.
  private static let longest = 64

  // MARK: - Private

  private func byte(before place: Int) -> UInt8 { place > 0 ? bytes[place - 1] : 0x0A }

  private func name(before start: Int) -> Range<Int>? {
    var place = start
    if Text.isQuote(byte(before: place)) {
      place = beforeEscapes(place - 1)
      // Letters such as those of b'…' and @"…".
      if NameReader.isPrefix(byte(before: place)), place < 2 || !Text.isWord(bytes[place - 2]) { place -= 1 }
    }
    return name(beforeValueAt: place, depth: 0)
  }

  private func name(beforeValueAt value: Int, depth: Int) -> Range<Int>? {
    guard depth < 3 else { return nil }
    var place = beforeBlanks(value)
    let isLineStart = Text.isBreak(byte(before: place))
    if isLineStart {
      guard let above = lineAbove(place) else { return nil }
      if let label = label(in: above) { return label }
      place = above.upperBound
    }
    let separator = byte(before: place)
    switch separator {
    case UInt8(ascii: "="), UInt8(ascii: ":"):
      place -= 1
      while NameReader.isSign(byte(before: place)) { place -= 1 }
    case UInt8(ascii: ">"):
      if place > 1, bytes[place - 2] == UInt8(ascii: "=") {
        place -= 2
      } else {
        return isLineStart ? nil : tag(endingAt: place - 1)
      }
    case UInt8(ascii: ","):
      let end = beforeBlanks(place - 1)
      return Text.isQuote(byte(before: end)) ? quoted(before: end) : nil
    case UInt8(ascii: "("): return isLineStart ? nil : word(before: place - 1)
    default:
      guard !isLineStart, place < value, Text.isWord(separator) else { return nil }
      return phrase(before: place)
    }
    place = beforeBlanks(place)
    if byte(before: place) == UInt8(ascii: "]") { place -= 1 }
    let found: Range<Int>?
    if Text.isQuote(byte(before: place)) {
      found = quoted(before: place)
    } else {
      found = separator == UInt8(ascii: ":") ? phrase(before: place) : word(before: place)
    }
    guard let found else { return nil }
    return other(than: found, depth: depth)
  }

  /// Another name where this one names no value: that of a type, or the word `value` of a pair.
  private func other(than name: Range<Int>, depth: Int) -> Range<Int>? {
    let word = bytes.part(name)
    let isType = word.isText("str") || word.isText("string") || word.isText("String") || word.isText("bytes")
    if isType, byte(before: beforeBlanks(name.lowerBound)) == UInt8(ascii: ":") {
      return self.name(beforeValueAt: name.lowerBound, depth: depth + 1)
    }
    guard word.isText("value") || word.isText("Value") else { return name }
    return partner(before: name.lowerBound) ?? name
  }

  /// The value of `name` or `key` that stands a little before.
  private func partner(before end: Int) -> Range<Int>? {
    var place = end
    let least = max(0, end - 160)
    while place > least {
      place -= 1
      let byte = bytes[place]
      guard byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=") else { continue }
      var nameEnd = beforeBlanks(place)
      if Text.isQuote(self.byte(before: nameEnd)) { nameEnd -= 1 }
      guard let name = word(before: nameEnd), isName(bytes.part(name)) else { continue }
      var start = place + 1
      while start < end, Text.isBlank(bytes[start]) || Text.isQuote(bytes[start]) { start += 1 }
      var stop = start
      while stop < end, isOfName(bytes[stop]) { stop += 1 }
      return start < stop ? start..<stop : nil
    }
    return nil
  }

  private func isName(_ word: Bytes) -> Bool {
    word.isText("name") || word.isText("Name") || word.isText("key") || word.isText("Key")
  }

  /// What can stand before a quotation mark and belongs to it.
  private static func isPrefix(_ byte: UInt8) -> Bool {
    switch byte | 0x20 {
    case UInt8(ascii: "b"), UInt8(ascii: "u"), UInt8(ascii: "r"), UInt8(ascii: "f"), UInt8(ascii: "l"): true
    default: byte == UInt8(ascii: "@") || byte == UInt8(ascii: "$")
    }
  }

  /// What can stand before the last sign between a name and a value, as in `:=`.
  private static func isSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "+")
  }

  private func isOfName(_ byte: UInt8) -> Bool { Text.isWord(byte) || byte == 0x5F || byte == 0x2D || byte == 0x2E }

  private func beforeBlanks(_ place: Int) -> Int {
    var place = place
    while place > 0, Text.isBlank(bytes[place - 1]) { place -= 1 }
    return place
  }

  private func beforeEscapes(_ place: Int) -> Int {
    var place = place
    while place > 0, bytes[place - 1] == UInt8(ascii: "\\") { place -= 1 }
    return place
  }

  /// The name that ends before a place, without marks at its ends.
  private func word(before end: Int) -> Range<Int>? {
    var start = end
    let least = max(0, end - NameReader.longest)
    while start > least, isOfName(bytes[start - 1]) { start -= 1 }
    return start < end ? start..<end : nil
  }

  /// A name of up to four words with a blank between them, such as `Access Key`.
  private func phrase(before end: Int) -> Range<Int>? {
    guard var found = word(before: end), bytes[found.lowerBound] != 0x2D else { return word(before: end) }
    for _ in 0..<3 {
      let place = found.lowerBound
      guard byte(before: place) == 0x20, let more = word(before: place - 1), Text.isWord(bytes[place - 2]) else {
        break
      }
      found = more.lowerBound..<found.upperBound
    }
    return found
  }

  /// What stands within the quotes that end before a place.
  private func quoted(before end: Int) -> Range<Int>? {
    let quote = bytes[end - 1]
    let stop = beforeEscapes(end - 1)
    var start = stop
    let least = max(0, stop - NameReader.longest)
    while start > least, bytes[start - 1] != quote, !Text.isBreak(bytes[start - 1]) { start -= 1 }
    return start > 0 && bytes[start - 1] == quote && start < stop ? start..<stop : nil
  }

  /// The name of a tag that ends at a place.
  private func tag(endingAt end: Int) -> Range<Int>? {
    var start = end
    let least = max(0, end - NameReader.longest)
    while start > least, isOfName(bytes[start - 1]) { start -= 1 }
    return start > 0 && bytes[start - 1] == UInt8(ascii: "<") && start < end ? start..<end : nil
  }

  /// The line that ends before a place, without blanks at its ends; nil if it is blank.
  private func lineAbove(_ place: Int) -> Range<Int>? {
    var end = place
    while end > 0, Text.isBreak(bytes[end - 1]), place - end < 3 { end -= 1 }
    end = beforeBlanks(end)
    var start = end
    let least = max(0, end - 2 * NameReader.longest)
    while start > least, !Text.isBreak(bytes[start - 1]) { start -= 1 }
    while start < end, Text.isBlank(bytes[start]) { start += 1 }
    return start < end ? start..<end : nil
  }

  /// A line of words alone, such as a page has it above a value; nil if it is another.
  private func label(in line: Range<Int>) -> Range<Int>? {
    var end = line.upperBound
    if bytes[end - 1] == UInt8(ascii: ":") { end -= 1 }
    guard end - line.lowerBound <= 40, line.lowerBound < end else { return nil }
    for byte in bytes.part(line.lowerBound..<end) where !isOfName(byte) && byte != 0x20 { return nil }
    return line.lowerBound..<end
  }
}
