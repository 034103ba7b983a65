/// Whether a text has a word in it that looks like a secret: such a text is neither journaled nor kept in a
/// history until the person says it is none.
///
/// A word is suspect if it fits the shape of a secret part of the flow, or if it is as long, unbroken and mixed as the
/// secrets of any exchange are: 24 or more characters of the base64 alphabet that change between letters and digits
/// five times at least. (A label such as `grid-bot-tokyo-office-2026-11` does not.)
public func looksLikeSecret(_ text: String, knowing parts: [CredentialPart] = []) -> Bool {
  let separators: Set<Character> = ["\"", "'", "`", ",", ";", "=", ":", "(", ")", "<", ">", "[", "]", "{", "}"]
  let words = text.split { $0.isWhitespace || separators.contains($0) }
  return words.contains { word in
    parts.contains { $0.secret && $0.shape.length.lowerBound >= 8 && $0.shape.mismatch(of: String(word)) == nil }
      || word.looksRandom
  }
}

extension Substring {
  fileprivate var looksRandom: Bool {
    guard utf8.count >= 24 else { return false }
    var changes = 0
    var wasDigit: Bool?
    for byte in utf8 {
      let isDigit: Bool
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): isDigit = false
      case UInt8(ascii: "0")...UInt8(ascii: "9"): isDigit = true
      case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"): continue
      default: return false
      }
      if let wasDigit, wasDigit != isDigit { changes += 1 }
      wasDigit = isDigit
    }
    return changes >= 5
  }
}
