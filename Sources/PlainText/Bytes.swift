extension UInt8 {
  /// Whether it is a digit of ASCII.
  public var isDigit: Bool { (0x30...0x39).contains(self) }

  /// Whether it is a letter of ASCII, small or large.
  public var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }

  public var isSmallLetter: Bool { (0x61...0x7A).contains(self) }
}

extension Sequence<UInt8> {
  /// Whether all are letters and digits of ASCII, or among these marks.
  public func areWord(with marks: String) -> Bool {
    allSatisfy { $0.isDigit || $0.isLetter || marks.utf8.contains($0) }
  }

  /// Whether all are small letters and digits of ASCII, or among these marks.
  public func areSmallWord(with marks: String) -> Bool {
    allSatisfy { $0.isDigit || $0.isSmallLetter || marks.utf8.contains($0) }
  }
}
