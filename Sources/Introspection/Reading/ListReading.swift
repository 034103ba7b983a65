import PlainText

extension FactReader {
  /// What a list has, each a text that can stand in one of its kind.
  func texts(_ value: JSON, _ listing: ExchangeAPI.Listing, _ fact: ExchangeAPI.Fact) throws(Doubt) -> [String] {
    let texts = try entries(value, listing, fact)
    if let mark = fact.masked, texts.contains(where: { $0.contains(mark) }) {
      // The key's own list, as the exchange shows it, and no message.
      throw Doubt("the answer shows them only in part: \(display(texts.prefix(10).joined(separator: ", ")))")
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

  /// Whether a text has only what an address or a range has; whether it is one is for whoever compares it.
  private static func isAddress(_ text: String) -> Bool {
    text.utf8.count <= 49 && text.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte & ~0x20) || Array(".:/-".utf8).contains(byte)
      }
  }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & ~0x20) || Array("_-./:".utf8).contains(byte)
    }
  }
}
