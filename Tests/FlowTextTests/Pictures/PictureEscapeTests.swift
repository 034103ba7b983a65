import CustomDump
import FlowCore
import Foundation
import Outside
import PlainText
import Testing

@testable import FlowText
@testable import FlowTools

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Texts of flows that others wrote stay texts, in every format.
@Suite struct PictureEscapeTests {
  private static let names = ["hostile", "sample"] + Shipped.ids

  private func pictures(_ name: String) throws -> [Picture] {
    let flow =
      switch name {
      case "hostile": Hostile.flow
      case "sample": try PictureSample.flow()
      default: try Shipped.flow(name)
      }
    return [Picture(of: flow), Picture(of: flow, walked: PictureSample.walked([.began], flow))]
  }

  @Test("no format passes on what steers a terminal or a page", arguments: names)
  func controls(name: String) throws {
    for picture in try pictures(name) {
      for text in [picture.dot, picture.mermaid, picture.text { display($0) }] {
        expectNoDifference(text, display(text, keepingLines: true))
      }
    }
  }

  @Test("no line of the list is wider than 80 columns", arguments: names)
  func columns(name: String) throws {
    for picture in try pictures(name) {
      for line in picture.text(shown: { display($0) }).split(separator: "\n") {
        #expect(line.width <= 80, "\(line)")
        #expect(!line.hasSuffix(" "), "\(line)")
      }
    }
  }

  @Test("the list is in ASCII but for the flow's own words", arguments: names)
  func ascii(name: String) throws {
    for picture in try pictures(name) {
      let text = picture.text { String(display($0).unicodeScalars.filter(\.isASCII)) }
      #expect(text.utf8.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) })
    }
  }

  @Test("Mermaid gets only forms and labels that it can't mistake", arguments: names)
  func mermaid(name: String) throws {
    for picture in try pictures(name) {
      expectNoDifference(try MermaidGrammar(checking: picture.mermaid).faults, [])
      #expect(!picture.mermaid.contains("<script"))
    }
  }

  @Test(
    "the grammar refuses what Mermaid would take otherwise",
    arguments: [
      "  s0[\"a]\"b\"]", "  s0[\"<script>\"]", "  s0[\"a;b\"]", "  end[\"a\"]", "  s0 --> s1", "  s0[\"`a`\"]",
      "  s0[\"#lt;\"]",
      "  click s0 x", "%%{init: {}}%%", "  linkStyle 0 stroke:#000000", "  class s0 x",
      "  end", "  subgraph p0[a]", "  subgraph s0[\"a\"]", "  subgraph \"a\"", "  subgraph p0[\"a\"] x",
    ])
  func grammar(line: String) throws {
    expectNoDifference(try MermaidGrammar(checking: "flowchart TB\n\(line)\n").faults, [line])
  }

  @Test("the grammar takes subgraphs that are closed, and stand apart")
  func subgraphs() throws {
    func faults(_ lines: String...) throws -> [String] {
      try MermaidGrammar(checking: (["flowchart TB"] + lines.map { "  " + $0 }).joined(separator: "\n") + "\n").faults
    }
    let (first, second) = (#"subgraph p0["A"]"#, #"subgraph p1["B#58; b"]"#)
    expectNoDifference(try faults(first, #"s0["a"]"#, "end", second, #"s1["b"]"#, "end", "s0 --> s1"), [])
    expectNoDifference(try faults(first, #"s0["a"]"#), ["no end of a subgraph"])
    expectNoDifference(try faults(first, second, "end"), ["  " + second])
    expectNoDifference(try faults(first, "end", first, "end"), ["  " + first])
    expectNoDifference(try faults(first, "end", "end"), ["  end"])
  }

  @Test("graphviz draws it, with every title in its place", arguments: names)
  func graphviz(name: String) throws {
    guard let dot = tool("dot") else { return }
    for picture in try pictures(name) {
      let drawn = try output(of: dot, ["-Tsvg"], input: Array(picture.dot.utf8))
      expectNoDifference(drawn.status, 0)
      let svg = try SVGTexts(drawn.bytes)
      expectNoDifference(
        svg.elements.subtracting(["svg", "g", "title", "polygon", "path", "text", "ellipse", "polyline"]), [])
      // Every step, the start, and the picture itself.
      expectNoDifference(svg.groups["node"], picture.nodes.count + 1)
      expectNoDifference(svg.groups["edge"], picture.edges.count + 1)
      let words = svg.texts.joined()
      // Titles that are not cut; the lines of one label follow each other.
      for title in picture.nodes.map({ display($0.title) }) where title.width < 70 {
        #expect(words.contains(title.filter { !$0.isWhitespace }), "\(title)")
      }
    }
  }
}

/// What an SVG says: its elements, how many groups of each class it has, and its texts without white space.
private final class SVGTexts: NSObject, XMLParserDelegate {
  var elements: Set<String> = []
  var groups: [String: Int] = [:]
  var texts: [String] = []

  init(_ bytes: [UInt8]) throws {
    super.init()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = self
    if !parser.parse() { throw try #require(parser.parserError) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements.insert(name)
    if name == "g", let kind = attributes["class"] { groups[kind, default: 0] += 1 }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    texts.append(text.filter { !$0.isWhitespace })
  }
}
