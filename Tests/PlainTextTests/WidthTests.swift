import CustomDump
import Glibc
import PlainText
import Testing

/// The C library's, which its module does not show.
@_silgen_name("wcwidth") private func wcwidth(_ scalar: Int32) -> Int32

@Suite struct WidthTests {
  @Test(
    "width is counted in columns",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("鍵", 2), ("🔑", 2), ("a鍵b", 4), ("☕", 2), ("👍🏽", 4), ("🇩🇪", 2),
      ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2), ("ｶﾞ", 2), ("ﷺ", 1), ("ก็", 1), ("→…–", 3), ("䷀", 2), ("㉈", 2),
      ("\u{601}12", 3),
    ])
  func widths(text: String, width: Int) {
    expectNoDifference(text.width, width)
    expectNoDifference(Substring(text).width, width)
  }

  @Test func `what the system's wcwidth says is said here, but for a few of which versions of Unicode differ`() {
    setlocale(LC_CTYPE, "C.UTF-8")
    var differing: [String] = []
    for scalar in (0x20...0x3FFFF).compactMap(Unicode.Scalar.init) {
      let theirs = wcwidth(Int32(scalar.value))
      // Control characters, private ones and those that the system does not know yet.
      guard theirs >= 0, !scalar.isControlling, scalar.properties.generalCategory != .unassigned else { continue }
      let ours = String(Character(scalar)).width
      if ours != Int(theirs) { differing.append("\(String(scalar.value, radix: 16)): \(ours), not \(theirs)") }
    }
    #expect(differing.count < 60, "\(differing)")
  }

  @Test(arguments: [
    ("abcdef", 3, "abc", "def"), ("鍵鍵鍵", 3, "鍵", "鍵"), ("e\u{301}x", 1, "e\u{301}", "x"), ("ab", 9, "ab", "ab"),
    ("ab", 0, "", ""),
  ])
  func `as much as fits is taken from the beginning or the end`(text: String, columns: Int, first: String, last: String)
  {
    expectNoDifference(text.prefix(columns: columns), first[...])
    expectNoDifference(text.suffix(columns: columns), last[...])
  }
}

@Suite struct WrappingTests {
  @Test func `lines break at spaces, and no word is broken`() {
    expectNoDifference(
      wrapped("  one two  three supercalifragilistic four ", columns: 8),
      ["one two", "three", "supercalifragilistic", "four"])
    expectNoDifference(wrapped("鍵鍵 鍵鍵 鍵", columns: 9), ["鍵鍵 鍵鍵", "鍵"])
    expectNoDifference(wrapped("", columns: 9), [""])
    expectNoDifference(wrapped("   ", columns: 9), [""])
  }

  @Test func `a word that is too long goes on on the next line where it may be broken`() {
    expectNoDifference(wrapped("one abcdefghij k", columns: 4, longWords: .broken), ["one", "abcd", "efgh", "ij k"])
    expectNoDifference(wrapped("鍵鍵鍵", columns: 5, longWords: .broken), ["鍵鍵", "鍵"])
    expectNoDifference(wrapped("鍵a", columns: 1, longWords: .broken), ["鍵", "a"])
  }

  @Test func `what stands alone has a line of its own`() {
    expectNoDifference(wrapped("a b @x c", columns: 20) { $0.hasPrefix("@") }, ["a b", "@x", "c"])
    expectNoDifference(wrapped("@x @y", columns: 20) { $0.hasPrefix("@") }, ["@x", "@y"])
  }
}
