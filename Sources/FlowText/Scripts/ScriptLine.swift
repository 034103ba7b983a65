import FlowCore
import PlainText

/// One line of a script.
struct ScriptLine {
  let number: Int
  let text: Substring
  /// Where it begins, white space aside.
  let start: Substring.Index

  struct Value {
    var text: String
    var isQuoted: Bool
    var place: Place
  }

  enum Fault: Error {
    case openQuote, textAfterQuote, unknownEscape

    var message: String {
      switch self {
      case .openQuote: "a double quote is not closed"
      case .textAfterQuote: "something stands behind the closing quote"
      case .unknownEscape: "only \\\", \\\\ and \\u{...} are known in quotes"
      }
    }

    var hint: String {
      switch self {
      case .openQuote: "close it on the same line"
      case .textAfterQuote: "write \\\" for a quote within quotes"
      case .unknownEscape: "write \\\\ for a backslash"
      }
    }
  }

  init(_ text: Substring, _ number: Int) {
    self.number = number
    self.text = text
    start = text.firstVisible(from: text.startIndex)
  }

  /// Whether it holds nothing or a comment only.
  var isEmpty: Bool { start == text.endIndex || text[start] == "#" }
  var isIndented: Bool { start > text.startIndex }
  var firstWord: Substring { text.word(from: start) }
  var afterFirstWord: Substring.Index { firstWord.endIndex }
  var place: Place { place(at: start, String(firstWord)) }

  func place(at index: Substring.Index, _ word: String) -> Place {
    Place(spot: Spot(line: number, column: text[..<index].unicodeScalars.count + 1), text: word)
  }

  /// The value that begins somewhere: what double quotes hold, or everything up to a `#` behind white space.
  func value(from start: Substring.Index) -> Result<Value, Fault> {
    let begin = text.firstVisible(from: start)
    guard begin < text.endIndex, text[begin] == "\"" else {
      let value = text[begin..<endOfValue(from: begin, behind: start)].trimmed
      return .success(Value(text: value, isQuoted: false, place: place(at: begin, value)))
    }
    return quotedValue(from: begin)
  }

  /// Whether it gives a part of a credential otherwise than by reference.
  static func isLiteralPart(_ text: Substring) -> Bool {
    let line = ScriptLine(text, 1)
    guard let colon = line.text.firstIndex(of: ":"), line.start <= colon else { return false }
    let key = line.text[line.start..<colon].trimmed
    guard key.contains("."), !key.hasSuffix(".danger") else { return false }
    guard case .success(let value) = line.value(from: line.text.index(after: colon)) else { return true }
    return value.text != "ask" && SecretReference(value.text) == nil
  }

  // MARK: - Private

  /// Where a value without quotes ends that begins somewhere: at a `#` behind white space, or with the line.
  private func endOfValue(from begin: Substring.Index, behind start: Substring.Index) -> Substring.Index {
    // Characters are looked at only around a '#'.
    var rest = text[begin...].utf8
    while let place = rest.firstIndex(of: UInt8(ascii: "#")) {
      let isFirst = place == begin
      let isBehindSpace = isFirst ? begin > start : text[..<place].last?.isWhitespace == true
      if isBehindSpace, text[place...].first == "#" { return place }
      rest = rest[place...].dropFirst()
    }
    return text.endIndex
  }

  private func quotedValue(from begin: Substring.Index) -> Result<Value, Fault> {
    var value = ""
    var rest = text[begin...].dropFirst()
    while let character = rest.popFirst() {
      if character == "\\" {
        guard let next = rest.popFirst() else { return .failure(.openQuote) }
        if next == "u", let scalar = Self.scalar(from: &rest) {
          value.unicodeScalars.append(scalar)
          continue
        }
        guard next == "\"" || next == "\\" else { return .failure(.unknownEscape) }
        value.append(next)
      } else if character == "\"" {
        let tail = rest.trimmed
        guard tail.isEmpty || (tail.hasPrefix("#") && rest.first?.isWhitespace == true) else {
          return .failure(.textAfterQuote)
        }
        return .success(Value(text: value, isQuoted: true, place: place(at: begin, "")))
      } else {
        value.append(character)
      }
    }
    return .failure(.openQuote)
  }

  /// The character that `{200B}` names, taken off the text.
  private static func scalar(from rest: inout Substring) -> Unicode.Scalar? {
    guard rest.first == "{", let end = rest.firstIndex(of: "}") else { return nil }
    let digits = rest[..<end].dropFirst()
    guard (1...6).contains(digits.count), digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16),
      let scalar = Unicode.Scalar(value)
    else { return nil }
    rest = rest[end...].dropFirst()
    return scalar
  }
}
