import CustomDump
import Exports
import Foundation
import PlainText
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// The page over keys, of a small inventory that was made up.
@Suite struct KeysPageTests {
  @Test func `The page is as it was`() throws {
    try expectGolden(html(of: KeysPageTests.sample), "keys.html")
    try expectGolden(html(of: KeysPageTests.empty), "keys-none.html")
  }

  @Test func `It is well formed, loads nothing, runs nothing, and has a language and landmarks`() throws {
    for page in [KeysPageTests.sample, KeysPageTests.empty] {
      let text = try html(of: page)
      let parsed = try ParsedPage(text)
      #expect(parsed.elements.isSubset(of: ParsedPage.known), "\(parsed.elements.subtracting(ParsedPage.known))")
      #expect(parsed.elements.isSuperset(of: ["header", "main", "footer", "h1"]))
      #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n"))
      #expect(text.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""))
      // Links lead within the page alone, and each has its place.
      #expect(parsed.links.isSubset(of: parsed.places), "\(parsed.links.subtracting(parsed.places))")
      #expect(!parsed.attributes.contains { $0 == "src" || $0 == "style" || $0.hasPrefix("on") })
      for loading in ["url(", "@import", "http:", "https:"] { #expect(!text.contains(loading), "\(loading)") }
      #expect(!text.unicodeScalars.contains { $0.isControlling && $0 != "\n" })
      // By this line, near its beginning, a later page finds that it may take its place.
      #expect(text.prefix(300).contains(KeysPage.mark))
    }
  }

  @Test func `Every table has a caption and headers for its columns and rows`() throws {
    let page = try ParsedPage(html(of: KeysPageTests.sample))
    let headers = page.scopes.filter { $0 == "col" }.count
    expectNoDifference(headers, 7 * KeysPageTests.sample.byExchange.count)
    expectNoDifference(page.scopes.count - headers, KeysPageTests.sample.rows.count)
    expectNoDifference(page.count["caption"], KeysPageTests.sample.byExchange.count)
    expectNoDifference(page.count["tr"], KeysPageTests.sample.rows.count + KeysPageTests.sample.byExchange.count)
  }

  @Test func `What others wrote stays text, in every place of the page`() throws {
    let hostile = "<script>alert('1')</script>&\"\u{202E}\u{1B}[2J</td>"
    var page = KeysPage(hostile, headline: hostile)
    var concern = KeysPage.Concern(hostile)
    (concern.lead, concern.command, concern.others) = (hostile, hostile, [hostile])
    concern.items = [KeysPage.Item(hostile, facts: hostile, advice: hostile, command: hostile)]
    var row = KeysPage.Row(hostile, place: hostile, state: hostile, powers: hostile, verdict: hostile)
    (row.listed, row.account, row.asked) = (hostile, hostile, hostile)
    (row.ends, row.endsBy, row.mark) = (hostile, hostile, hostile)
    let groups = [KeysPage.Group(hostile, rows: [0])]
    (page.scope, page.missing, page.foot) = ([hostile], hostile, [hostile])
    (page.concerns, page.rows) = ([concern], [row])
    (page.byExchange, page.byProgram, page.byOwner) = (groups, groups, groups)
    page.changes = KeysPage.Changes(since: hostile, [(day: hostile, what: hostile)])
    let text = try html(of: page)
    let parsed = try ParsedPage(text)
    #expect(parsed.elements.isSubset(of: ParsedPage.known))
    #expect(!text.unicodeScalars.contains { $0.isControlling && $0 != "\n" })
    let shown = "<script>alert('1')</script>&\"\\u{202E}\\x1B[2J</td>"
    // The title twice; each of the others at least once.
    #expect(parsed.text.components(separatedBy: shown).count > 25)
    #expect(!text.contains("<script") && !text.contains("'1'"))
  }

  private static var empty: KeysPage {
    var page = KeysPage("API keys on office, 2026-12-03", headline: "No key is listed here.")
    (page.scope, page.foot) = (["0 keys that may still live."], ["The records on this computer."])
    page.changes = KeysPage.Changes(since: "2026-11-26", [])
    return page
  }

  private static var sample: KeysPage {
    var page = KeysPage("API keys on office, 2026-12-03", headline: "3 keys need you.")
    page.scope = ["4 keys that may still live.", "Only keys of Ana & <Ben>."]
    page.missing = "1 record can't be read: more keys may need you."
    var exposed = KeysPage.Concern("Exposed")
    exposed.items = [
      KeysPage.Item(
        "htx/leaked may be in other hands since 2026-11-28.",
        facts: "Whoever has it can use it until it is deleted. As record l1 says.", advice: "Delete it on its page:",
        command: "keyusher compromise")
    ]
    var never = KeysPage.Concern("Never verified, or not for 90 days")
    (never.lead, never.command) = ("All at once:", "keyusher key verify --all")
    never.items = ["kraken/tax", "gate-io/grid-bot-01"].map {
      KeysPage.Item(
        "\($0) was never checked. No deadline is known.", facts: "For <freqtrade>.", advice: "Ask its exchange:",
        command: "keyusher key verify \($0)")
    }
    never.others = ["Without a copy here nobody can ask about 1 key: okx/far."]
    page.concerns = [exposed, KeysPage.Concern("Due, or over"), never]
    page.rows = [
      KeysPage.Row("gate-io/grid-bot-01", place: "in age", state: "active", powers: "nobody asked", verdict: "never"),
      KeysPage.Row("htx/leaked", place: "in age and pass", state: "exposed", powers: "read", verdict: "too wide"),
      KeysPage.Row("kraken/tax", place: "in age", state: "active", powers: "nobody can tell", verdict: "refused"),
      KeysPage.Row(
        "kraken/<script>\u{202E}", place: "in age", state: "overdue", powers: "spot read and write; no IP list",
        verdict: "as planned"),
    ]
    page.rows[0].listed = "c5dcfbf1f3a7..."
    (page.rows[1].isUrgent, page.rows[1].isAgainst, page.rows[1].mark) = (true, true, "exposed, too wide")
    page.rows[1].asked = "2026-11-27"
    page.rows[2].account = "\"main\" & sub"
    (page.rows[2].ends, page.rows[2].endsBy, page.rows[2].isByRule) = ("2026-12-10", "Kraken's <rule>", true)
    (page.rows[3].ends, page.rows[3].endsBy, page.rows[3].asked) = ("2026-11-30", "its exchange", "2026-11-01")
    page.byExchange = [
      KeysPage.Group("Gate", rows: [0]), KeysPage.Group("HTX", rows: [1]), KeysPage.Group("Kraken", rows: [2, 3]),
    ]
    page.byProgram = [KeysPage.Group("freqtrade", rows: [0, 1]), KeysPage.Group("No program is named", rows: [2, 3])]
    page.byOwner = [KeysPage.Group("Ana", rows: [0, 1, 2, 3])]
    page.changes = KeysPage.Changes(
      since: "2026-11-26",
      [
        (day: "2026-11-28", what: "htx/leaked was marked as exposed."),
        (day: "2026-11-27", what: "gate-io/grid-bot-01 was taken in by ana."),
      ])
    page.foot = ["The records on this computer, as they stood on 2026-12-03 14:05 UTC.", "Record abcd can't be read."]
    return page
  }
}

/// A page as a reader of XML has it, once what HTML leaves open is closed.
private final class ParsedPage: NSObject, XMLParserDelegate {
  static let known: Set<String> = [
    "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "footer", "h1", "h2", "p",
    "ul",
    "li", "a", "b", "i", "code", "span", "time", "table", "caption", "thead", "tbody", "tr", "th", "td", "dl", "div",
    "dt",
    "dd",
  ]

  private(set) var count: [String: Int] = [:]
  private(set) var attributes: Set<String> = []
  private(set) var scopes: [String] = []
  /// Where links lead, and what can be led to.
  private(set) var links: Set<String> = []
  private(set) var places: Set<String> = []
  private(set) var text = ""

  var elements: Set<String> { Set(count.keys) }

  init(_ page: String) throws {
    super.init()
    let closed = page.replacing(/<meta([^>]*)>/) { "<meta\($0.output.1)/>" }
    let parser = XMLParser(data: Data(closed.utf8))
    parser.delegate = self
    if !parser.parse() { throw try #require(parser.parserError) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    count[name, default: 0] += 1
    self.attributes.formUnion(attributes.keys)
    if let scope = attributes["scope"] { scopes.append(scope) }
    if let id = attributes["id"] {
      #expect(places.insert("#" + id).inserted, "two places are named '\(id)'")
    }
    if let link = attributes["href"] { links.insert(link) }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) { self.text += text }
}
