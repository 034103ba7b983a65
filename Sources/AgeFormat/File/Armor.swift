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

  static func isWhitespace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static let newline = UInt8(ascii: "\n")
}

/// Reads an armored source as the bytes it stands for.
final class ArmorReader {
  private enum Place { case outside, inside, lastLine, ended }

  private let lines: ByteReader
  private var place = Place.outside
  private var number = 0

  init(_ source: @escaping ByteSource) { lines = ByteReader(source) }

  /// The bytes of the next lines, at least one line's worth; none at the end.
  func read(atMost limit: Int) throws(AgeError) -> [UInt8] {
    if place == .outside { try findBeginning() }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(limit)
    while place != .ended {
      try readLine(into: &bytes)
      if bytes.count + Armor.bytesPerLine > limit { break }
    }
    return bytes
  }

  // MARK: - Private

  private var failure: AgeError { .malformedArmor(line: number) }

  private func findBeginning() throws(AgeError) {
    var whitespace = 0
    while true {
      let (line, isEnded) = try next()
      guard isEnded else { throw failure }
      if line == Armor.begin { break }
      whitespace += line.count + 1
      guard line.allSatisfy(Armor.isWhitespace), whitespace <= Armor.whitespaceLimit else { throw failure }
    }
    place = .inside
  }

  private func readLine(into bytes: inout [UInt8]) throws(AgeError) {
    let (line, isEnded) = try next()
    if line == Armor.end {
      let rest = try lines.read(Armor.whitespaceLimit + 1)
      number += 1
      guard isEnded || rest.isEmpty, rest.count <= Armor.whitespaceLimit, rest.allSatisfy(Armor.isWhitespace) else {
        throw failure
      }
      place = .ended
      return
    }
    guard place == .inside, isEnded, !line.isEmpty, line.count <= Armor.columns,
      let decoded = Base64.padded.decode(line)
    else { throw failure }
    if decoded.count < Armor.bytesPerLine { place = .lastLine }
    bytes += decoded
  }

  /// A line without LF or CR LF.
  private func next() throws(AgeError) -> (bytes: [UInt8], isEnded: Bool) {
    number += 1
    var (line, isEnded) = try lines.line(atMost: Armor.whitespaceLimit)
    if isEnded, line.last == UInt8(ascii: "\r") { line.removeLast() }
    return (line, isEnded)
  }
}
