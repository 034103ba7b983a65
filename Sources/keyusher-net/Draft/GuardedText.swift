import NetProtocol
import PlainText
import SecretMemory

/// A piece of a text that has secrets in it.
enum Piece: ExpressibleByStringInterpolation {
  case text(String)
  case secret(SecretBytes)

  init(stringLiteral text: String) { self = .text(text) }
}

/// A text in guarded memory, made of pieces.
func guarded(_ pieces: Piece...) throws(Unbuilt) -> SecretBytes { try guarded(pieces) }

func guarded(_ pieces: [Piece]) throws(Unbuilt) -> SecretBytes {
  try inMemory { () throws(SecretMemoryError) in
    let whole = try SecretBytes(capacity: 512)
    for piece in pieces {
      switch piece {
      case .text(let text): try whole.append(contentsOf: text.utf8)
      case .secret(let secret): try whole.append(contentsOf: secret)
      }
    }
    return whole
  }
}

/// Does what needs guarded memory, with this module's error if there is none.
func inMemory<Result>(_ body: () throws(SecretMemoryError) -> Result) throws(Unbuilt) -> Result {
  do throws(SecretMemoryError) { return try body() } catch { throw .memory }
}

extension SecretBytes {
  /// Its base64.
  func base64(_ form: Base64 = .padded) throws(Unbuilt) -> SecretBytes {
    try inMemory { () throws(SecretMemoryError) in try form.encode(self) }
  }

  /// Two digits a byte, in small letters.
  func hexadecimal() throws(Unbuilt) -> SecretBytes {
    try inMemory { () throws(SecretMemoryError) in
      let text = try SecretBytes(capacity: count * 2)
      text.fill { room in
        withBytes { bytes in
          for (place, byte) in bytes.enumerated() {
            room[2 * place] = hexadecimalDigit(byte >> 4)
            room[2 * place + 1] = hexadecimalDigit(byte & 15)
          }
          return bytes.count * 2
        }
      }
      return text
    }
  }

  /// As it stands in a query: all but letters, digits and `-._~` as `%` and two large digits (RFC 3986, 2.3).
  func escaped() throws(Unbuilt) -> SecretBytes {
    try inMemory { () throws(SecretMemoryError) in
      let text = try SecretBytes(capacity: count * 3)
      text.fill { room in
        withBytes { bytes in
          var place = 0
          for byte in bytes {
            if CollectionOfOne(byte).areWord(with: "-._~") {
              room[place] = byte
              place += 1
            } else {
              room[place] = UInt8(ascii: "%")
              room[place + 1] = upper(byte >> 4)
              room[place + 2] = upper(byte & 15)
              place += 3
            }
          }
          return place
        }
      }
      return text
    }
  }

  /// The tag of this message under a key.
  func tag(_ hash: HMAC, key: SecretBytes) throws(Unbuilt) -> SecretBytes {
    try inMemory { () throws(SecretMemoryError) in try hash.tag(of: self, key: key) }
  }
}

private func upper(_ digit: UInt8) -> UInt8 {
  let digit = hexadecimalDigit(digit)
  return digit.isDigit ? digit : digit - 0x20
}
