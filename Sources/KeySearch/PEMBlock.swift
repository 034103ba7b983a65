/// A private key in PEM, its line ends as they are or written as `\n`.
struct PEMBlock {
  /// From the first hyphen to the last.
  var range: Range<Int>
  /// Between the two lines of hyphens.
  var body: Range<Int>

  /// The longest that is looked at, in bytes; RSA of 4096 bits takes about 3300.
  private static let longest = 8192

  /// The first line of a body is longer.
  static let shortestLine = 40

  /// The block whose body begins with a run; nil if there is none, or it is one that no exchange takes: under a passphrase, of
  /// OpenSSH, or a public one.
  init?(bodyAt run: Int, in bytes: Bytes) {
    var place = run
    // Of a written line end the run begins with its letter.
    if place > 0, bytes[place] == UInt8(ascii: "n"), bytes[place - 1] == UInt8(ascii: "\\") { place += 1 }
    while place > 0 {
      let before = bytes[place - 1]
      if before <= 0x20 || before == UInt8(ascii: "\\") {
        place -= 1
      } else if before == UInt8(ascii: "n") || before == UInt8(ascii: "r"), place > 1,
        bytes[place - 2] == UInt8(ascii: "\\")
      {
        place -= 2
      } else {
        break
      }
      if run - place > 64 { return nil }
    }
    guard place > 10, bytes[place - 1] == 0x2D, bytes[place - 2] == 0x2D else { return nil }
    let body = place
    while place > 0, bytes[place - 1] == 0x2D { place -= 1 }
    let labelEnd = place
    while place > 0, bytes[place - 1] == 0x20 || Text.isUpper(bytes[place - 1]), labelEnd - place < 48 { place -= 1 }
    let label = bytes.part(place..<labelEnd)
    guard label.count >= 17, label.stands("BEGIN ", at: 0), label.stands("PRIVATE KEY", at: label.count - 11),
      !label.stands("OPENSSH", at: 6), !label.stands("ENCRYPTED", at: 6)
    else { return nil }
    var start = place
    while start > 0, bytes[start - 1] == 0x2D, place - start < 5 { start -= 1 }
    guard place - start == 5 else { return nil }
    let most = min(bytes.count, body + PEMBlock.longest)
    var end = body
    while end < most, bytes[end] != 0x2D { end += 1 }
    guard bytes.stands("-----END ", at: end) else { return nil }
    let last = end
    end += 9
    while end < most, bytes[end] != 0x2D, !Text.isBreak(bytes[end]) { end += 1 }
    guard bytes.stands("-----", at: end) else { return nil }
    (range, self.body) = (start..<end + 5, body..<last)
  }
}
