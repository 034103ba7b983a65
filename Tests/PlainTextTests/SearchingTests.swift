import CustomDump
import Foundation
import Testing

@testable import PlainText

/// Held against Foundation, which searches literally when it is asked to.
@Suite struct SearchingTests {
  static let texts = [
    "", "a", "aa", "aaaa", "a--b--c", "--a--", "-----", "α – ω", "ααβααβ", "e\u{301}e", "\r\n\r\n", "x\r\ny", "🇩🇪🇩🇪",
    "no such thing", String(repeating: "ab", count: 300) + "c",
  ]
  static let sought = [
    "a", "aa", "--", "b", "α", "αβ", "e", "\u{301}", "\n", "\r\n", "🇩🇪", "abc", "longer than the text is",
  ]

  @Test(arguments: texts, sought)
  func `A text is found, cut and replaced as it stands there, byte by byte`(text: String, other: String) {
    let range = text.range(of: other, options: .literal)
    expectNoDifference(text.firstRange(of: other), range)
    let piece = "<\(text)>".dropFirst()
    expectNoDifference(piece.contains(other), piece.range(of: other, options: .literal) != nil)
    // `components` takes what only looks the same for the same.
    var pieces: [String] = []
    var rest = text[...]
    while let range = rest.range(of: other, options: .literal) {
      pieces.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    pieces.append(String(rest))
    expectNoDifference(text.split(by: other, omittingEmptySubsequences: false).map(String.init), pieces)
    expectNoDifference(text.split(by: other).map(String.init), pieces.filter { !$0.isEmpty })
    expectNoDifference(
      text.replacing(other, with: "<>"), text.replacingOccurrences(of: other, with: "<>", options: .literal))
  }

  @Test func `It separates no more often than it may`() {
    expectNoDifference("::1::2".split(by: "::", maxSplits: 1, omittingEmptySubsequences: false), ["", "1::2"])
    expectNoDifference("::1::2".split(by: "::", maxSplits: 1), ["1", "2"])
    expectNoDifference("1::2::3".split(by: "::", maxSplits: 1), ["1", "2::3"])
    expectNoDifference("1::2".split(by: ""), ["1::2"])
    expectNoDifference("1::2".replacing("", with: "-"), "1::2")
  }

  @Test func `Bytes that do not lie side by side are searched, too`() {
    let bytes: [UInt8] = [0, 1, 2, 1, 2, 3]
    expectNoDifference(AnyCollection(bytes).firstRange(of: [1, 2, 3]) != nil, true)
    expectNoDifference(bytes.firstRange(of: [1, 2, 3]), 3..<6)
    expectNoDifference(bytes.firstRange(of: [3, 4]), nil)
    expectNoDifference([UInt8]().firstRange(of: [1]), nil)
  }
}
