import FlowCore

extension FlowReader {
  /// No exchange gives out as many.
  private static let mostParts = FlowKeys.step["parts"]?.content.most ?? .max

  /// Reports prefixes that could give away more than by which a key is listed: of a key that is hardly longer, or of a
  /// secret that was typed where the key belongs.
  func reportPrefixes(_ parts: [(part: CredentialPart, node: TextNode)]) {
    if parts.count > Self.mostParts {
      findings.report(
        .wrongValue, at: parts[Self.mostParts].node.place, "a credential of \(parts.count) parts",
        hint: "\(Self.mostParts) are the most")
    }
    let parts = parts.prefix(Self.mostParts)
    let secrets = parts.map(\.part).filter(\.secret)
    for (part, node) in parts where part.publicPrefix > 0 {
      guard let place = node["public-prefix"]?.place else { continue }
      if part.secret {
        findings.report(
          .wrongValue, at: place, "a secret part has no public prefix", hint: "take it out: nothing of a secret is kept"
        )
        continue
      }
      let half = part.shape.length.lowerBound / 2
      if part.publicPrefix > half {
        findings.report(
          .wrongValue, at: place,
          "a public prefix of \(part.publicPrefix) characters, of a part that may have \(part.shape.length.lowerBound)",
          hint: half == 0
            ? "give the part's shape a 'length' or 'min' first"
            : "half of them is the most: write \(half) or less, or raise 'min'")
      }
      if let secret = secrets.first(where: { $0.shape.isTaken(for: part.shape) }) {
        findings.report(
          .wrongValue, at: place, "part \(quoted(secret.name)) looks the same, and would be shown if it came here",
          hint: "take 'public-prefix' out, or give shapes that tell the two apart")
      }
    }
  }
}

extension Shape {
  /// Whether what fits it fits another too: the same lengths and characters, and beginnings and ends that do not differ.
  fileprivate func isTaken(for other: Shape) -> Bool {
    length == other.length && prefix.hasPrefix(other.prefix) && suffix.hasSuffix(other.suffix)
      && (0...UInt8.max).allSatisfy { characters.contains(byte: $0) == other.characters.contains(byte: $0) }
  }
}
