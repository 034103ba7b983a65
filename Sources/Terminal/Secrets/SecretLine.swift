import SecretMemory

/// Turns the bytes of a terminal into one secret line, a byte at a time.
///
/// Bracketed paste markers are taken away, and line breaks between them kept as line feeds. Other escape sequences and
/// control characters are dropped; a tab counts as a space. Outside a paste, Backspace, Ctrl-U and Ctrl-W wipe it all.
struct SecretLine {
  enum Turn: Equatable {
    case more, done, endOfInput
  }

  private enum Place: Equatable {
    case text
    case escape
    /// In `ESC [`; the number it began with, while it has one.
    case control(Int?)
    /// After `ESC O`: one more byte.
    case single
    /// In `ESC ]`, `ESC P`, `ESC ^`, `ESC _` or `ESC X`, up to BEL or `ESC \`.
    case string
  }

  let bytes: SecretBytes
  private var place = Place.text
  private var isPasting = false

  init() throws {
    bytes = try SecretBytes(capacity: 256)
  }

  mutating func take(_ byte: UInt8) throws -> Turn {
    switch place {
    case _ where byte < 0x20 && byte != 0x1B && !(place == .string && byte == 0x07):
      // A control character breaks a sequence off, so that a stray Escape can't swallow Enter.
      place = .text
      return try takeText(byte)
    case .text: return try takeText(byte)
    case .escape: place = afterEscape(byte)
    case .control(let number): takeControl(byte, number)
    case .single: place = byte == 0x1B ? .escape : .text
    case .string:
      if byte == 0x07 { place = .text }
      if byte == 0x1B { place = .escape }
    }
    return .more
  }

  // MARK: - Private

  private mutating func takeText(_ byte: UInt8) throws -> Turn {
    switch byte {
    case 0x1B: place = .escape
    case 0x0A, 0x0D:
      guard isPasting else { return .done }
      try bytes.append(0x0A)
    case 0x09: try bytes.append(0x20)
    case 0x04 where !isPasting && bytes.isEmpty: return .endOfInput
    case 0x08, 0x7F, 0x15, 0x17: if !isPasting { bytes.wipe() }
    case ..<0x20: break
    default: try bytes.append(byte)
    }
    return .more
  }

  private func afterEscape(_ byte: UInt8) -> Place {
    switch byte {
    case UInt8(ascii: "["): .control(0)
    case UInt8(ascii: "O"): .single
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "X"): .string
    case 0x1B: .escape
    default: .text
    }
  }

  private mutating func takeControl(_ byte: UInt8, _ number: Int?) {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      place = .control(number.flatMap { $0 < 1000 ? $0 * 10 + Int(byte - UInt8(ascii: "0")) : nil })
    case 0x1B: place = .escape
    case 0x40...0x7E:
      if byte == UInt8(ascii: "~"), let number, number == 200 || number == 201 { isPasting = number == 200 }
      place = .text
    default: place = .control(nil)
    }
  }
}
