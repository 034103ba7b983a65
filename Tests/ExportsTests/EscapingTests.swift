import CustomDump
import FlowCore
import PlainText
import Testing

@testable import Exports

@Suite("Escaping")
struct EscapingTests {
  @Test("no control character reaches any format", arguments: Sample.allCases, ExportFormat.allCases)
  func noControls(sample: Sample, format: ExportFormat) throws {
    let text = try export(sample.record, as: format)
    let allowed: Set<Unicode.Scalar> = format == .csv ? ["\n", "\r"] : ["\n"]
    #expect(!text.unicodeScalars.contains { $0.isControlling && !allowed.contains($0) })
  }

  @Test("no markup of others reaches a page", arguments: [ExportFormat.html, .markdown, .json])
  func noMarkup(format: ExportFormat) throws {
    let text = try export(Sample.eventful.record, as: format)
    for raw in ["<script", "</script", "<img", "href=\"javascript", "<javascript"] {
      #expect(!text.contains(raw), "\(raw)")
    }
  }

  @Test("in Markdown every mark of a hostile text has its backslash, or stands in code", arguments: [false, true])
  func markdownMarks(isOfToday: Bool) throws {
    let page = try export(isOfToday ? Sample.eventful.today : Sample.eventful.record, as: .markdown)
    // A backtick of the text itself has a backslash.
    let text = page.replacing("\\`", with: "'").replacing(/`[^`\n]*`/, with: "code")
    for raw in [
      " ](javascript", " [x] `tick", " | ", " # ", " @someone", " www.evil", "://evil", " #12", " **bold**", " _it_",
    ] {
      #expect(!text.contains(raw), "\(raw)")
    }
  }

  @Test("the page has no script, loads nothing and says so", arguments: Sample.allCases)
  func selfContained(sample: Sample) throws {
    let page = try export(sample.record, as: .html)
    #expect(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""))
    for loading in ["<script", "<link", "<img", "<iframe", "src=", "url(", "@import", " onload", " onclick"] {
      let ours = page.split(separator: "\n").filter { !$0.contains("&lt;") }.joined(separator: "\n")
      #expect(!ours.contains(loading), "\(loading)")
    }
  }

  @Test("only https addresses without odd characters become links")
  func links() throws {
    let addresses = [
      "https://www.gate.com/myaccount/api_key_manage?a=1&b=2", "http://www.gate.com", "javascript:alert(1)",
      "https://a.example/<b>", "https://a.example/\"x", "https://a.example/a b", "https://a.example/`",
      "https://ä.example",
    ]
    expectNoDifference(addresses.map { Form.Link($0) != nil }, [true] + Array(repeating: false, count: 7))
  }

  @Test("in a text of the flow whole addresses without odd characters become links, and nothing else does")
  func linksInTexts() throws {
    let text = try export(Sample.plain.today, as: .markdown)
    #expect(text.contains("To do: More at <https://www.gate.com/help?a=1&b=2>, and (<https://www.gate.com>).\n"))
    #expect(
      text.contains(
        "To do: Not at `https://www.gate.com/`\\[what is the key for?\\] nor `https://evil.example/`\\`x\\`"
          + " nor `xhttps://evil.example`\n"))
    #expect(text.contains(": Look at grid-bot-01 on <https://www.gate.com/keys>: without"))
    let page = try export(Sample.plain.record, as: .html)
    #expect(
      page.contains(
        "<a href=\"https://www.gate.com/help?a=1&amp;b=2\" rel=\"noreferrer\">https://www.gate.com/help?a=1&amp;b=2</a>, and"
      ))
    #expect(!page.contains("href=\"https://evil"))
  }

  @Test("what a person typed into a text never becomes a link")
  func typedAddresses() {
    let typed = Form.Text("At https://www.gate.com, not https://evil.example", linking: ["https://www.gate.com"])
    expectNoDifference(typed.pieces.map(\.address), [nil, "https://www.gate.com", nil, nil])
    expectNoDifference(typed.plain, "At https://www.gate.com, not https://evil.example")
  }

  @Test(
    "an address reaches to the end of its word, without what ends the sentence",
    arguments: [
      ("https://a.example", ["https://a.example"]), ("https://", []),
      ("(https://a.example/b)?", ["https://a.example/b"]),
      ("see https://a.example/b,https://c.example", ["https://a.example/b,https://c.example"]),
      ("http://a.example HTTPS://a.example", []), ("https://a.example/<b>", []), ("1https://a.example", []),
      ("https://a.example\nhttps://b.example", ["https://a.example", "https://b.example"]),
      ("https://a.example/\u{202E}b", []),
    ])
  func addresses(text: String, links: [String]) {
    let template = Form.Text(Template(text), at: "login", in: sampleFlow, filledFrom: nil)
    expectNoDifference(template.pieces.compactMap(\.address), links)
  }

  @Test(
    "Markdown keeps every text a text",
    arguments: [
      ("plain words, and a full stop. 2 of 3", "plain words, and a full stop. 2 of 3"), ("# head", "\\# head"),
      ("- item", "\\- item"), ("1. item", "1\\. item"), ("0.1.0", "0.1.0"), ("12) item", "12\\) item"),
      ("[x] done", "\\[x\\] done"), ("a|b", "a\\|b"), ("`code`", "\\`code\\`"), ("**b** _i_", "\\*\\*b\\*\\* \\_i\\_"),
      ("<b>&amp;", "&lt;b&gt;&amp;amp;"), ("@ana, ana@desk.example.", "`@ana`, `ana@desk.example`."),
      ("(#12)", "(`#12`)"), ("https://a.example/b_c?d=*&e#f", "`https://a.example/b_c?d=*&e#f`"),
      ("**https://a.example**", "\\*\\*`https://a.example`\\*\\*"),
      ("https://a.example|`@b`", "`https://a.example`\\|\\``@b`\\`"),
      ("https://a.example/<b>", "`https://a.example/`&lt;b&gt;"), ("- ftp://a", "\\- `ftp://a`"),
      ("WWW.a.example", "`WWW.a.example`"), ("10:30 a@ #x", "10:30 a@ \\#x"),
      ("withdraw.", "withdraw."), ("\\", "\\\\"), ("a\nb", "a\\\\x0Ab"),
    ])
  func markdown(text: String, escaped: String) {
    expectNoDifference(Markdown.escape(text), escaped)
  }

  @Test(
    "a command is copied as it stands",
    arguments: [
      ("keyusher exec a/b_c -- x", "`keyusher exec a/b_c -- x`"), ("a `b`", "`` a `b` ``"),
    ])
  func code(text: String, code: String) {
    expectNoDifference(Markdown.code(text), code)
    expectNoDifference(HTML.code("<a>"), "<code>&lt;a&gt;</code>")
  }

  @Test("records of format 1 keep the pages that they had")
  func firstMarkdown() {
    expectNoDifference(
      FirstMarkdown.escape("- @ana #12 https://www.a.example_"),
      "\\- @<!-- -->ana \\#<!-- -->12 https:<!-- -->//www<!-- -->.a.example\\_")
    expectNoDifference(FirstMarkdown.code("a_b"), "`a\\_b`")
  }

  @Test("HTML keeps every text a text")
  func html() {
    expectNoDifference(
      HTML.escape("<a b=\"c\" d='e'>&\u{202E}"), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;\\u{202E}")
  }

  @Test(
    "no cell is a formula",
    arguments: [
      ("plain", "plain"), ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"),
      ("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠A", "'＠A"), ("\t=1", "' =1"), ("\r=1", "'\\x0D=1"),
      ("  =1", "'  =1"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("a\nb", "a\\x0Ab"), ("", ""),
    ])
  func cells(text: String, cell: String) {
    expectNoDifference(csvCell(text), cell)
  }

  @Test("every row of the table has as many cells as the first, and ends with CR LF", arguments: Sample.allCases)
  func rectangular(sample: Sample) throws {
    let rows = cells(of: try export(sample.record, as: .csv))
    #expect(Set(rows.map(\.count)) == [18])
    #expect(rows.count > 14)
  }

  @Test("plain text shows what is hidden and keeps every mark")
  func plain() {
    expectNoDifference(PlainForm.escape("**a** <b>\u{202E}\u{1B}[2J\n- [x]"), "**a** <b>\\u{202E}\\x1B[2J\\x0A- [x]")
  }

  @Test("a link is made by each format in its own way, and a filled hole is escaped", arguments: [false, true])
  func pieces(isFilled: Bool) throws {
    let link = try #require(Form.Link("https://a.example/?a=1&b=_"))
    let text = Form.Text(pieces: [.words("<_"), .link(link), .hole("[<_]", filled: isFilled ? "[*&]" : nil)])
    let html = "&lt;_<a href=\"https://a.example/?a=1&amp;b=_\" rel=\"noreferrer\">https://a.example/?a=1&amp;b=_</a>"
    expectNoDifference(
      Escaped<HTML>(text).text, html + (isFilled ? "<span class=\"filled\">[*&amp;]</span>" : "[&lt;_]"))
    expectNoDifference(
      Escaped<Markdown>(text).text,
      "&lt;\\_<https://a.example/?a=1&b=_>" + (isFilled ? "\\[\\*&amp;\\]" : "\\[&lt;\\_\\]"))
    expectNoDifference(
      Escaped<PlainForm>(text).text, "<_https://a.example/?a=1&b=_" + (isFilled ? "[*&]" : "[<_]"))
  }

  /// Reads RFC 4180; a line that does not end with CR LF adds a row of its own that is too short.
  private func cells(of text: String) -> [[String]] {
    var rows: [[String]] = [[""]]
    var isQuoted = false
    for character in text.unicodeScalars {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: rows[rows.count - 1].append("")
      case "\n" where !isQuoted && rows[rows.count - 1].last?.unicodeScalars.last == "\r": rows.append([""])
      default: rows[rows.count - 1][rows[rows.count - 1].count - 1].unicodeScalars.append(character)
      }
    }
    return rows.last == [""] ? rows.dropLast() : rows
  }
}

extension Form.Piece {
  fileprivate var address: String? { if case .link(let link) = self { link.address } else { nil } }
}
