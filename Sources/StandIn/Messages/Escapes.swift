import PlainText

/// A text of a URL without its escapes (RFC 3986, 2.1); nil if one is not well formed, or if it is no UTF-8.
func unescaped(_ text: String) -> String? {
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "%") else {
      bytes.append(byte)
      continue
    }
    let digits = rest.prefix(2).map { $0.isLetter ? $0 | 0x20 : $0 }
    guard digits.count == 2, let value = digits[...].hexadecimalBytes else { return nil }
    bytes += value
    rest = rest.dropFirst(2)
  }
  return String(validating: bytes, as: UTF8.self)
}

/// A text with an escape, in upper case, for whatever is not unreserved (RFC 3986, 2.3).
func escaped(_ text: String) -> String {
  text.utf8.map { byte in
    [byte].areWord(with: "-._~") ? String(UnicodeScalar(byte)) : "%" + byte.hexadecimal(digits: 2, uppercase: true)
  }.joined()
}
