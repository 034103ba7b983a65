/// Whether a text has a word in it that looks like a secret: such a text is neither journaled nor kept in a
/// history until the person says it is none.
///
/// A word is suspect if it fits the shape of a secret part of the flow, or if it is as long, unbroken and mixed as the
/// secrets of any exchange are: 24 or more characters of the base64 alphabet that keep changing between letters and
/// digits. Labels change too, but once a piece (`bot1-spot2-tokyo3`); so the first change of each piece does not count, and
/// three others do it.
public func looksLikeSecret(_ text: String, knowing parts: [CredentialPart] = []) -> Bool {
  let shapes = parts.filter { $0.secret && $0.shape.tellsSecrets }.map(\.shape)
  if !shapes.isEmpty {
    let words = text.split { $0.isWhitespace || separators.contains($0) }
    if words.contains(where: { word in shapes.contains { $0.mismatch(of: String(word)) == nil } }) { return true }
  }
  return text.utf8.split { !$0.isLetter && !$0.isDigit && !$0.joinsPieces }.contains { $0.looksRandom }
}

/// Whether a path has a name in it that looks like a secret.
///
/// The names of a path from the root are looked at one by one: folders for a while are named by chance, and with what stands
/// around them would be long enough. Any other path is looked at whole, since a secret in base64 has slashes, too.
public func looksLikeSecret(path: String) -> Bool {
  path.hasPrefix("/") ? path.split(separator: "/").contains { looksLikeSecret(String($0)) } : looksLikeSecret(path)
}

/// The text, for an error; `…` in its place if it looks like a secret.
public func unlessSecret(_ text: String) -> String { looksLikeSecret(text) ? "…" : text }

/// The path, for an error; `…` in its place if something in it looks like a secret.
public func unlessSecret(path: String) -> String { looksLikeSecret(path: path) ? "…" : path }

/// What stands around a secret in a sentence, a setting or an address.
private let separators = Set("\"'`,;=:()<>[]{}&?#|")

extension Shape {
  /// Whether ordinary words do not fit it.
  fileprivate var tellsSecrets: Bool { length.lowerBound >= 16 && !characters.classes.contains(.any) }
}

extension Substring.UTF8View.SubSequence {
  fileprivate var looksRandom: Bool {
    guard count >= 24 else { return false }
    return split { $0.joinsPieces }.reduce(0) { $0 + Swift.max(0, $1.changes - 1) } >= 3
  }

  /// How often letters and digits take turns.
  private var changes: Int {
    zip(self, dropFirst()).count { $0.isDigit != $1.isDigit }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }

  /// The rest of the base64 alphabets; in labels, dates and paths they stand between the pieces.
  fileprivate var joinsPieces: Bool { "+/-_".utf8.contains(self) }
}
