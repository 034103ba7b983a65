import SecretMemory

/// The text form of an age file: base64 in lines of 64 columns between a BEGIN and an END line.
enum Armor {
  static let begin = Array("-----BEGIN AGE ENCRYPTED FILE-----".utf8)
  static let end = Array("-----END AGE ENCRYPTED FILE-----".utf8)
  static let columns = 64
  static let bytesPerLine = 48
  /// How much white space may stand before and after.
  static let whitespaceLimit = 1024

  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / bytesPerLine * (columns + 1) + 200)
    text += begin + [newline]
    for start in stride(from: 0, to: bytes.count, by: bytesPerLine) {
      text += Base64.padded.encode(bytes[start..<min(start + bytesPerLine, bytes.count)])
      text.append(newline)
    }
    return text + end + [newline]
  }

  /// The bytes that an armored text stands for.
  static func decode(_ text: [UInt8]) throws(AgeError) -> [UInt8] {
    let lines = ByteReader(text)
    var bytes: [UInt8] = []
    var (number, whitespace) = (0, 0)
    var (isInside, isLast) = (false, false)
    while true {
      number += 1
      var (line, isEnded) = lines.line(atMost: whitespaceLimit)
      if isEnded, line.last == UInt8(ascii: "\r") { line.removeLast() }
      if line == end, isInside {
        let rest = lines.read(whitespaceLimit + 1)
        guard isEnded || rest.isEmpty, rest.count <= whitespaceLimit, rest.allSatisfy(isWhitespace) else {
          throw .malformedArmor(line: number + 1)
        }
        return bytes
      }
      guard isEnded else { throw .malformedArmor(line: number) }
      if isInside {
        guard !isLast, !line.isEmpty, line.count <= columns, let decoded = Base64.padded.decode(line) else {
          throw .malformedArmor(line: number)
        }
        isLast = decoded.count < bytesPerLine
        bytes += decoded
      } else if line == begin {
        isInside = true
      } else {
        whitespace += line.count + 1
        guard line.allSatisfy(isWhitespace), whitespace <= whitespaceLimit else { throw .malformedArmor(line: number) }
      }
    }
  }

  static func isWhitespace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static let newline = UInt8(ascii: "\n")
}
