import CTerminal
import PlainText

/// The characters a terminal can show.
public enum Charset: Equatable, Sendable {
  case utf8, ascii

  /// Takes the locale's character set for the whole process; readline and column counting need it.
  public static func adopt() -> Charset {
    kt_adopt_charset() != 0 ? .utf8 : .ascii
  }

  /// A text that is safe to show in this character set: control characters made visible, and without UTF-8 a
  /// plain spelling of typographic signs and `\u{E9}` for every other character.
  public func shown(_ text: some StringProtocol, keepingLines: Bool = false) -> String {
    let safe = display(text, keepingLines: keepingLines)
    guard self == .ascii, !safe.utf8.allSatisfy({ $0 < 0x80 }) else { return safe }
    var plain = ""
    for scalar in safe.unicodeScalars {
      if scalar.isASCII {
        plain.unicodeScalars.append(scalar)
      } else if let spelling = Charset.spellings[scalar] {
        plain += spelling
      } else {
        plain += "\\u{\(scalar.value.hexadecimal(uppercase: true))}"
      }
    }
    return plain
  }

  private static let spellings: [Unicode.Scalar: String] = [
    "→": "->", "←": "<-", "↑": "^", "↓": "v", "⇒": "=>", "“": "\"", "”": "\"", "„": "\"", "«": "\"", "»": "\"",
    "‘": "'", "’": "'", "‚": "'", "…": "...", "–": "-", "—": "-", "−": "-", "‑": "-", "·": "-", "•": "*", "×": "x",
    "✓": "ok", "✔": "ok", "✗": "no", "✘": "no", "≤": "<=", "≥": ">=", "≠": "!=", "\u{A0}": " ", "\u{202F}": " ",
    "½": "1/2", "°": " degrees", "€": "EUR", "£": "GBP", "©": "(c)", "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae",
    "Ö": "Oe", "Ü": "Ue", "ß": "ss",
  ]
}
