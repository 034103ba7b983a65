import SecretMemory

/// A JSON object of texts alone, as Docker's credential helpers speak it, written and read in guarded memory.
enum FlatObject {
  struct Member {
    var name: String
    var value: SecretBytes
  }

  /// One line, with its end: texts that are no secret, and one that is.
  static func line(_ members: [(String, String)], _ name: String, _ secret: SecretBytes) throws -> SecretBytes {
    let line = try SecretBytes(capacity: length(members, name, secret) + 1)
    try line.append("{")
    for member in members {
      try line.append("\"\(member.0)\":\"")
      for byte in member.1.utf8 { try line.append(escaped: byte) }
      try line.append("\",")
    }
    try line.append("\"\(name)\":\"")
    try secret.withBytes { bytes in
      for byte in bytes { try line.append(escaped: byte) }
    }
    try line.append("\"}\n")
    return line
  }

  /// How many bytes the line is long, without its end.
  static func length(_ members: [(String, String)], _ name: String, _ secret: SecretBytes) -> Int {
    let open = members.reduce(0) { sum, member in
      sum + member.0.utf8.count + 6 + member.1.utf8.reduce(0) { $0 + SecretBytes.escapedLength($1) }
    }
    return open + name.utf8.count + 7 + secret.withBytes { $0.reduce(0) { $0 + SecretBytes.escapedLength($1) } }
  }

  /// The members of an object, and white space around it; nil if the bytes are anything else.
  static func members(of text: SecretBytes) throws -> [Member]? {
    try text.withBytes { bytes in
      var reader = Reader(bytes: bytes)
      return try reader.object()
    }
  }
}

/// Reads JSON, byte by byte; nil wherever the bytes are no object of texts.
private struct Reader {
  let bytes: UnsafeRawBufferPointer
  var position = 0

  mutating func object() throws -> [FlatObject.Member]? {
    guard takes("{") else { return nil }
    var members: [FlatObject.Member] = []
    if !takes("}") {
      repeat {
        guard let name = try text(), takes(":"), let value = try text() else { return nil }
        // Names of members are addresses of entries, and no secret.
        members.append(FlatObject.Member(name: name.publicPrefix(name.count), value: value))
      } while takes(",")
      guard takes("}") else { return nil }
    }
    skipSpace()
    return position == bytes.count ? members : nil
  }

  // MARK: - Private

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  private mutating func takes(_ sign: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: sign) else { return false }
    position += 1
    return true
  }

  private mutating func next() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  private mutating func text() throws -> SecretBytes? {
    guard takes("\"") else { return nil }
    let text = try SecretBytes(capacity: lengthOfText())
    while let byte = next() {
      switch byte {
      case UInt8(ascii: "\""): return text
      case UInt8(ascii: "\\"):
        guard try escape(into: text) else { return nil }
      case 0..<0x20: return nil
      default: try text.append(byte)
      }
    }
    return nil
  }

  /// How many bytes there are before the quote that ends a text: as many as it can come to.
  private func lengthOfText() -> Int {
    var end = position
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    return end - position
  }

  private mutating func escape(into text: SecretBytes) throws -> Bool {
    guard let letter = next() else { return false }
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): try text.append(letter)
    case UInt8(ascii: "b"): try text.append(0x08)
    case UInt8(ascii: "f"): try text.append(0x0C)
    case UInt8(ascii: "n"): try text.append(0x0A)
    case UInt8(ascii: "r"): try text.append(0x0D)
    case UInt8(ascii: "t"): try text.append(0x09)
    case UInt8(ascii: "u"):
      guard let scalar = scalar() else { return false }
      for byte in UTF8.encode(scalar) ?? UTF8.EncodedScalar() { try text.append(byte) }
    default: return false
    }
    return true
  }

  /// The scalar of a `\u`, of two where it is a surrogate pair.
  private mutating func scalar() -> Unicode.Scalar? {
    guard let first = unit() else { return nil }
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
    guard next() == UInt8(ascii: "\\"), next() == UInt8(ascii: "u"), let second = unit(),
      (0xDC00..<0xE000).contains(second)
    else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private mutating func unit() -> UInt32? {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = next().flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else { return nil }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }
}

extension SecretBytes {
  fileprivate func append(_ text: String) throws(SecretMemoryError) {
    for byte in text.utf8 { try append(byte) }
  }

  /// Adds a byte of a JSON text; `<`, `>` and `&` as Go writes them, so that an answer is as long as the question.
  fileprivate func append(escaped byte: UInt8) throws(SecretMemoryError) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      try append(UInt8(ascii: "\\"))
      try append(byte)
    case 0..<0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
      try append("\\u00")
      let digits = Array("0123456789abcdef".utf8)
      try append(digits[Int(byte >> 4)])
      try append(digits[Int(byte & 15)])
    default: try append(byte)
    }
  }

  fileprivate static func escapedLength(_ byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): 2
    case 0..<0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"): 6
    default: 1
    }
  }
}
