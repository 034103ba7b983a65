import PlainText
import SecretMemory

extension GuardedJSON {
  /// A value to be written.
  indirect enum Value {
    case object([(name: String, value: Value)])
    case array([Value])
    case number(Int)
    /// A string that is no secret.
    case text(String)
    /// A string that is written from guarded memory into guarded memory.
    case secret(SecretBytes)
  }

  /// Writes a value on one line, without spaces, members in the given order; only `"`, `\` and control characters are
  /// escaped. Throws `notText` for a secret that is no UTF-8, `tooLong` over `mostBytes`, `memory`.
  ///
  /// - Parameter escaping: what is escaped besides, and how.
  static func written(_ value: Value, escaping: Escaping = .least) throws(Fault) -> SecretBytes {
    // Counted first, so that the text is written once, into its place, and never moves.
    var count = 0
    try walk(value, escaping) { _ in count += 1 }
    guard count <= mostBytes else { throw .tooLong(limit: mostBytes) }
    return try filled(capacity: count) { room throws(Fault) in
      var position = 0
      try walk(value, escaping) { byte in
        if position < room.count { room[position] = byte }
        position += 1
      }
      // Another thread may have changed a secret since it was counted.
      guard position == room.count else { throw .notText }
    }
  }

  /// How a string is written.
  enum Escaping {
    /// What must be escaped, as briefly as can be.
    case least
    /// `<`, `>` and `&` too, and control characters at the length that any version of Go gives them, so that a program in Go
    /// answers with no more bytes than it was given.
    case go
  }

  // MARK: - Private

  private static func walk(_ value: Value, _ escaping: Escaping, _ put: (UInt8) -> Void) throws(Fault) {
    switch value {
    case .object(let members):
      put(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { put(UInt8(ascii: ",")) }
        try walk(.text(member.name), escaping, put)
        put(UInt8(ascii: ":"))
        try walk(member.value, escaping, put)
      }
      put(UInt8(ascii: "}"))
    case .array(let values):
      put(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { put(UInt8(ascii: ",")) }
        try walk(value, escaping, put)
      }
      put(UInt8(ascii: "]"))
    case .number(let number): for byte in String(number).utf8 { put(byte) }
    case .text(let text): quote(text.utf8, escaping, put)
    case .secret(let secret):
      try secret.withBytes { bytes throws(Fault) in
        var rest = bytes[...]
        while !rest.isEmpty {
          guard let length = UTF8Length.of(rest) else { throw .notText }
          rest = rest.dropFirst(length)
        }
        quote(bytes, escaping, put)
      }
    }
  }

  private static func quote(_ bytes: some Sequence<UInt8>, _ escaping: Escaping, _ put: (UInt8) -> Void) {
    put(UInt8(ascii: "\""))
    for byte in bytes {
      switch byte {
      case 0x08 where escaping == .go, 0x0C where escaping == .go: escapeByNumber(byte, put)
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
        if escaping == .go { escapeByNumber(byte, put) } else { put(byte) }
      default:
        if let letter = escapeLetter(of: byte) {
          escape(letter, put)
        } else if byte < 0x20 {
          escapeByNumber(byte, put)
        } else {
          put(byte)
        }
      }
    }
    put(UInt8(ascii: "\""))
  }

  private static func escapeByNumber(_ byte: UInt8, _ put: (UInt8) -> Void) {
    escape(UInt8(ascii: "u"), put)
    for digit in [0, 0, byte >> 4, byte & 15] { put(hexadecimalDigit(digit)) }
  }

  private static func escape(_ byte: UInt8, _ put: (UInt8) -> Void) {
    put(UInt8(ascii: "\\"))
    put(byte)
  }
}
