import PlainText

/// What a text looks like: length, characters, beginning and end. Data, so that checking takes linear time.
public struct Shape: Equatable, Sendable {
  /// In characters.
  public var length: ClosedRange<Int>
  public var characters: Characters
  public var prefix: String
  public var suffix: String
  /// What a text is a list of; nil: of nothing. A credential is none.
  public var addresses: AddressList?
  /// What is said when a text does not fit; none: a sentence made of the mismatch.
  public var message: Template?

  /// The most a text may ever have.
  public static let longest = 4096

  public init(
    length: ClosedRange<Int> = 1...Shape.longest, characters: Characters = .any, prefix: String = "",
    suffix: String = "", addresses: AddressList? = nil, message: Template? = nil
  ) {
    self.length = length
    self.characters = characters
    self.prefix = prefix
    self.suffix = suffix
    self.addresses = addresses
    self.message = message
  }

  /// The first thing in which a text departs from the shape.
  public enum Mismatch: Equatable, Sendable {
    case tooShort(count: Int, least: Int)
    case tooLong(count: Int, most: Int)
    /// 1-based; the character is not given for credentials.
    case character(at: Int, Character?)
    case prefix(String)
    case suffix(String)
    /// No address, or none that the list takes.
    case address(String)
  }

  public func mismatch(of text: String) -> Mismatch? {
    let count = text.count
    if count < length.lowerBound { return .tooShort(count: count, least: length.lowerBound) }
    if count > length.upperBound { return .tooLong(count: count, most: length.upperBound) }
    if !text.hasPrefix(prefix) { return .prefix(prefix) }
    if !text.hasSuffix(suffix) { return .suffix(suffix) }
    for (offset, character) in text.enumerated() where !characters.contains(character) {
      return .character(at: offset + 1, character)
    }
    if let entry = addresses?.stray(in: text) { return .address(entry) }
    return nil
  }

  /// The same for bytes of UTF-8, which are looked at in place and never become a `String`.
  public func mismatch(of bytes: some Collection<UInt8>) -> Mismatch? {
    let count = bytes.characterCount
    if count < length.lowerBound { return .tooShort(count: count, least: length.lowerBound) }
    if count > length.upperBound { return .tooLong(count: count, most: length.upperBound) }
    if !bytes.starts(with: prefix.utf8) { return .prefix(prefix) }
    if !bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) { return .suffix(suffix) }
    var place = 0
    for byte in bytes {
      if byte & 0xC0 != 0x80 { place += 1 }
      if !characters.contains(byte: byte) { return .character(at: place, nil) }
    }
    return nil
  }
}

/// A set of characters, named as flows name it.
public struct Characters: Equatable, Sendable {
  public enum Class: String, Equatable, Sendable, CaseIterable {
    case any, letters, lower, upper, digits, hex, space
  }

  public var classes: [Class]
  /// Single characters besides.
  public var literals: String

  public static let any = Characters(classes: [.any])

  public init(classes: [Class], literals: String = "") {
    self.classes = classes
    self.literals = literals
  }

  public func contains(_ character: Character) -> Bool {
    if literals.contains(character) { return true }
    if classes.contains(.any) { return !character.unicodeScalars.contains { $0.isControlling } }
    guard let byte = character.asciiValue else { return false }
    return classes.contains { $0.contains(byte) }
  }

  public func contains(byte: UInt8) -> Bool {
    classes.contains { $0.contains(byte) } || literals.utf8.contains(byte)
  }
}

extension Characters.Class {
  fileprivate func contains(_ byte: UInt8) -> Bool {
    switch self {
    case .any: byte >= 0x20 && byte != 0x7F
    case .letters: Self.lower.contains(byte) || Self.upper.contains(byte)
    case .lower: (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    case .upper: (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    case .digits: (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    case .hex: Self.digits.contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    case .space: byte == 0x20
    }
  }
}
