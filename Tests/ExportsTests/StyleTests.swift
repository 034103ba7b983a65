import FlowCore
import Foundation
import Records
import Testing

@testable import Exports

@Suite("The page's looks")
struct StyleTests {
  @Test("every text colour has 4.5 : 1 at least on both grounds, in light, in dark and on paper")
  func contrast() throws {
    let palettes = resource("style").components(separatedBy: ":root {").dropFirst().map(colours)
    #expect(palettes.count == 3)
    let texts = [
      "ink", "soft", "link", "answered", "claimed", "scripted", "verified", "not-verified", "not-knowable", "skipped",
    ]
    for palette in palettes {
      for ground in ["paper", "sheet"] {
        for text in texts {
          let ratio = try #require(palette[text]).contrast(with: #require(palette[ground]))
          #expect(ratio >= 4.5, "\(text) on \(ground): \(ratio)")
        }
      }
    }
  }

  @Test("every standing has a shape and a border of its own")
  func shapes() {
    var borders: Set<String> = []
    let said: [Standing] = [.reported(.yes, by: ""), .reported(.no, by: "")]
    let meanings = StandingWords.second.meanings(of: said)
    for code in meanings.map(\.word).map(Standing.code) {
      // What an exchange said stands in the page itself, and only where one was asked.
      #expect((resource("marks") + resource("page")).contains("id=\"mark-\(code)\""))
      let rule =
        (resource("style") + resource("page")).components(separatedBy: "\n").first { $0.hasPrefix(".\(code) { --tone") }
        ?? ""
      borders.insert(rule.components(separatedBy: "; ").dropFirst().joined(separator: ";"))
    }
    #expect(borders.count == meanings.count)
    #expect(StandingWords.second.meanings(of: []).count == meanings.count - 2)
  }

  private func resource(_ name: String) -> String { Resources.html.first { $0.name == name }?.text ?? "" }

  private func colours(_ block: String) -> [String: Colour] {
    let declarations = block.prefix { $0 != "}" }.split(whereSeparator: { $0 == ";" || $0 == "\n" })
    return Dictionary(
      declarations.compactMap { declaration in
        let parts = declaration.split(separator: ":").map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 2, parts[0].hasPrefix("--"), let colour = Colour(parts[1]) else { return nil }
        return (String(parts[0].dropFirst(2)), colour)
      }, uniquingKeysWith: { $1 })
  }
}

/// A colour as WCAG 2 weighs it.
private struct Colour {
  let luminance: Double

  init?(_ text: String) {
    guard text.hasPrefix("#") else { return nil }
    let digits = text.dropFirst()
    let whole = digits.count == 3 ? digits.map { "\($0)\($0)" }.joined() : String(digits)
    guard whole.count == 6, let value = Int(whole, radix: 16) else { return nil }
    let parts = [value >> 16, value >> 8 & 0xFF, value & 0xFF].map { part -> Double in
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    luminance = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  func contrast(with other: Colour) -> Double {
    (max(luminance, other.luminance) + 0.05) / (min(luminance, other.luminance) + 0.05)
  }
}
