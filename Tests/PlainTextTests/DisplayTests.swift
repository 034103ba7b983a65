import CustomDump
import PlainText
import Testing

@Suite struct DisplayTests {
  @Test(
    "what could command a terminal or hide text is shown",
    arguments: [
      ("\u{1B}]52;c;ZXZpbA==\u{7}", #"\x1B]52;c;ZXZpbA==\x07"#),
      ("\u{1B}]8;;https://evil.example\u{1B}\\gate.com", #"\x1B]8;;https://evil.example\x1B\gate.com"#),
      ("\u{1B}[2J\u{1B}[H", #"\x1B[2J\x1B[H"#), ("\u{1B}[1A\u{1B}[2Kverified", #"\x1B[1A\x1B[2Kverified"#),
      ("\u{1B}P1$r\u{1B}\\", #"\x1BP1$r\x1B\"#), ("\u{1B}_G\u{1B}\\", #"\x1B_G\x1B\"#), ("\u{1B}c", #"\x1Bc"#),
      ("\u{1B}[31mred", #"\x1B[31mred"#), ("\u{9B}2J", #"\x9B2J"#), ("\u{9D}0;title\u{9C}", #"\x9D0;title\x9C"#),
      ("\u{90}q\u{9C}", #"\x90q\x9C"#), ("\u{85}", #"\x85"#), ("\0", #"\x00"#), ("a\u{8}b", #"a\x08b"#),
      ("a\rb", #"a\x0Db"#), ("a\nb", #"a\x0Ab"#), ("a\r\nb", #"a\x0D\x0Ab"#), ("a\u{B}\u{C}b", #"a\x0B\x0Cb"#),
      ("\u{E}\u{F}", #"\x0E\x0F"#), ("\u{7F}", #"\x7F"#), ("a\tb", "a b"),
      ("\u{202E}moc.etag", #"\u{202E}moc.etag"#),
      ("\u{202A}\u{202B}\u{202C}\u{202D}", #"\u{202A}\u{202B}\u{202C}\u{202D}"#),
      ("\u{2066}\u{2067}\u{2068}\u{2069}", #"\u{2066}\u{2067}\u{2068}\u{2069}"#),
      ("\u{200E}\u{200F}\u{61C}", #"\u{200E}\u{200F}\u{61C}"#), ("ga\u{200B}te", #"ga\u{200B}te"#),
      ("\u{200C}\u{200D}\u{2060}", #"\u{200C}\u{200D}\u{2060}"#), ("\u{FEFF}a", #"\u{FEFF}a"#),
      ("ga\u{AD}te", #"ga\xADte"#),
      ("\u{2028}\u{2029}", #"\u{2028}\u{2029}"#), ("\u{180E}\u{180B}", #"\u{180E}\u{180B}"#),
      ("\u{E0001}\u{E0041}\u{E007F}", #"\u{E0001}\u{E0041}\u{E007F}"#), ("\u{E0100}", #"\u{E0100}"#),
      ("\u{FFF9}\u{FFFA}\u{FFFB}", #"\u{FFF9}\u{FFFA}\u{FFFB}"#), ("\u{34F}", #"\u{34F}"#),
      ("\u{3164}\u{FFA0}", #"\u{3164}\u{FFA0}"#), ("\u{115F}\u{1160}", #"\u{115F}\u{1160}"#),
      ("\u{2800}", #"\u{2800}"#),
      ("\u{1D173}", #"\u{1D173}"#), ("\u{2061}\u{206A}", #"\u{2061}\u{206A}"#), ("\u{17B4}", #"\u{17B4}"#),
      ("e\u{200D}\u{301}", #"e\u{200D}\#u{301}"#),
    ])
  func payloads(text: String, shown: String) {
    expectNoDifference(display(text), shown)
    expectNoDifference(display(text[...]), shown)
    #expect(!display(text).unicodeScalars.contains { $0.isControlling })
  }

  @Test(
    "ordinary text stays as it is",
    arguments: [
      "", "grid-bot-01", "Schlüssel für Gate.io", "ключ 漢字 العربية", "café ☕ 👍🏽", "a b", #"C:\x1B"#, "<b>&amp;|=1+1",
    ])
  func ordinary(text: String) { expectNoDifference(display(text), text) }

  @Test("a line break stays only where lines are kept, and nothing else does")
  func lines() {
    expectNoDifference(display("a\nb\r\u{1B}c\td", keepingLines: true), "a\nb\\x0D\\x1Bc d")
    expectNoDifference(display("a\r\nb", keepingLines: true), "a\\x0D\nb")
  }
}
