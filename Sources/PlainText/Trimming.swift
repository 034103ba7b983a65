/// Whether a byte is a visible character of ASCII, which most texts are made of.
private func isVisible(_ byte: UInt8) -> Bool { (0x21..<0x7F).contains(byte) }

/// Whether a byte is white space of ASCII.
private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

extension Substring {
  /// Where its first character from a place on stands that is no white space; its end if there is none.
  public func firstVisible(from start: Index) -> Index {
    let bytes = self[start...].utf8
    let place = bytes.firstIndex { !isSpace($0) } ?? endIndex
    // A mark belongs to the character before it: beyond ASCII characters are looked at.
    if place == endIndex || isVisible(utf8[place]) { return place }
    return self[start...].firstIndex { !$0.isWhitespace } ?? endIndex
  }

  /// Its characters from a place on, up to the first white space.
  public func word(from start: Index) -> Substring {
    let bytes = self[start...].utf8
    let end = bytes.firstIndex { !isVisible($0) } ?? endIndex
    if end == endIndex || isSpace(utf8[end]) { return self[start..<end] }
    return self[start...].prefix { !$0.isWhitespace }
  }
}

extension StringProtocol {
  /// Without white space at both ends.
  public var trimmed: String {
    // Most texts begin and end with something visible of ASCII, or with spaces beside it.
    let bytes = Substring(self).utf8
    if let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) }),
      isVisible(bytes[first]), isVisible(bytes[last])
    {
      let end = bytes.index(after: last)
      return first == startIndex && end == endIndex ? String(self) : String(self[first..<end])
    }
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
