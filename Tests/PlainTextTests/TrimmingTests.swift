import CustomDump
import PlainText
import Testing

/// White space is looked for by bytes where a text is plain, and the outcome is that of a look at characters.
@Suite struct TrimmingTests {
  private static let pieces = [
    " ", "\t", "\r\n", "\n", "\u{B}", "a", "Z~", "#", "é", "e\u{301}", "\u{301}", "\u{A0}", "\u{2003}", "\u{85}", "鍵",
    "\u{200B}", "\u{0}", "\u{7F}", "👩‍👧",
  ]

  private static func texts() -> [String] {
    var random = SystemRandomNumberGenerator()
    let mixed = (0..<4000).map { _ in
      (0..<Int.random(in: 0...6, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }.joined()
    }
    return ["", " ", "a", " a", "a ", " \u{301}a", "a \u{301}", "\u{301} a"] + pieces + mixed
  }

  @Test func `What is trimmed is what characters say`() {
    for text in Self.texts() {
      let slow = text[...].trimmedSlowly
      #expect(text.trimmed.unicodeScalars.elementsEqual(slow.unicodeScalars), "\(text.debugDescription)")
      let part = ("<" + text + ">").dropFirst().dropLast()
      #expect(part.trimmed.unicodeScalars.elementsEqual(part.trimmedSlowly.unicodeScalars), "\(text.debugDescription)")
    }
  }

  @Test func `Where something visible begins, and where a word ends, is what characters say`() {
    for text in Self.texts() {
      let whole = text[...]
      for start in whole.indices + [whole.endIndex] {
        let rest = whole[start...]
        #expect(
          whole.firstVisible(from: start) == rest.firstIndex { !$0.isWhitespace } ?? whole.endIndex,
          "\(text.debugDescription)")
        #expect(
          whole.word(from: start).unicodeScalars.elementsEqual(rest.prefix { !$0.isWhitespace }.unicodeScalars),
          "\(text.debugDescription)")
      }
    }
  }

  @Test func `A text that is folded has the words between its spaces`() {
    // What has no width takes no place between spaces.
    for text in Self.texts() where text.split(separator: " ").allSatisfy({ $0.width > 0 }) {
      expectNoDifference(wrapped(text, columns: 1_000), [text.split(separator: " ").joined(separator: " ")])
    }
  }
}

extension Substring {
  fileprivate var trimmedSlowly: Substring {
    var slow = self
    while slow.first?.isWhitespace == true { slow.removeFirst() }
    while slow.last?.isWhitespace == true { slow.removeLast() }
    return slow
  }
}
