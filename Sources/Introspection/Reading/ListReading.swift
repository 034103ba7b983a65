import PlainText

extension FactReader {
  /// What a list has, each a text that can stand in one of its kind.
  func texts(_ value: JSON, _ listing: ExchangeAPI.Listing, _ fact: ExchangeAPI.Fact) throws(Doubt) -> [String] {
    let texts = try entries(value, listing, fact)
    if let mark = fact.masked, texts.contains(where: { $0.contains(mark) }) {
      // The key's own list, as the exchange shows it, and no message.
      let shown = display(texts.prefix(10).joined(separator: ", ")).unicodeScalars.prefix(200)
      throw Doubt("the answer shows them only in part: \(String(shown))")
    }
    let areAddresses = fact.fact == .addresses
    if let other = texts.first(where: { areAddresses ? !Self.isAddress($0) : !Self.isPlain($0) }) {
      let kind = areAddresses ? "an address" : "a name"
      throw Doubt("the answer has '\(harmless(other, most: 40))' in '\(fact.at)', where \(kind) belongs")
    }
    return texts
  }

  /// The entries of a list, or of a text with commas: none empty, not too many, none too long.
  func entries(_ value: JSON, _ listing: ExchangeAPI.Listing, _ fact: ExchangeAPI.Fact) throws(Doubt) -> [String] {
    var texts: [String] = []
    switch (listing, value) {
    case (.list, .array(let elements)):
      guard elements.count <= Self.mostEntries else { throw tooMany(elements.count, fact) }
      for element in elements {
        guard let text = element.text else {
          throw Doubt("the answer has \(element.shown) in '\(fact.at)', where a text belongs")
        }
        texts.append(text)
      }
    case (.commas, .text(let text)):
      let pieces = text.split(separator: ",", omittingEmptySubsequences: false)
      guard pieces.count <= Self.mostEntries else { throw tooMany(pieces.count, fact) }
      texts = pieces.map(\.trimmed)
    default:
      let kind = listing == .list ? "a list" : "a text"
      throw Doubt("the answer has \(value.shown) for '\(fact.at)', where \(kind) belongs")
    }
    guard texts.allSatisfy({ (1...Self.longestEntry).contains($0.utf8.count) }) else {
      throw Doubt("the answer has an entry in '\(fact.at)' that is empty or endless")
    }
    return texts
  }

  // MARK: - Private

  private func tooMany(_ count: Int, _ fact: ExchangeAPI.Fact) -> Doubt {
    Doubt("the answer has \(count) entries in '\(fact.at)', more than a key can have")
  }

  /// Whether a text looks like an address, or like a range of them: `203.0.113.0/24`, `203.0.113.1-203.0.113.9`.
  private static func isAddress(_ text: String) -> Bool {
    let sides = text.split(separator: "-", omittingEmptySubsequences: false)
    return sides.count <= 2
      && sides.allSatisfy { side in
        let parts = side.split(separator: "/", omittingEmptySubsequences: false)
        let isWide = parts.count == 2 && (1...3).contains(parts[1].utf8.count) && parts[1].utf8.allSatisfy(isDigit)
        return (parts.count == 1 || isWide) && (isIPv4(parts[0]) || isIPv6(parts[0]))
      }
  }

  private static func isIPv4(_ text: Substring) -> Bool {
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4
      && numbers.allSatisfy {
        (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy(isDigit) && (Int($0) ?? 256) <= 255
      }
  }

  /// By its groups alone: which may be left out is for whoever compares addresses.
  private static func isIPv6(_ text: Substring) -> Bool {
    let groups = text.split(separator: ":", omittingEmptySubsequences: false)
    return (3...9).contains(groups.count)
      && groups.allSatisfy {
        $0.utf8.count <= 4 && $0.utf8.allSatisfy { isDigit($0) || (0x41...0x46).contains($0 & ~0x20) }
      }
      && groups.contains { !$0.isEmpty }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      isDigit(byte) || (0x41...0x5A).contains(byte & ~0x20) || Array("_-./:".utf8).contains(byte)
    }
  }
}
