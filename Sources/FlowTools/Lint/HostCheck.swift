import FlowText

extension Findings {
  /// Addresses must lead to a host of the provider: each other host is told once, since a group may mention the pack's
  /// address in every step.
  func checkHosts(_ notes: LintNotes, _ official: [String]) {
    var known = Set(official.map { $0.lowercased() })
    for (text, place, isWhole) in notes.addresses {
      for host in addressedHosts(in: text) where !known.contains(host.lowercased()) && known.insert(host).inserted {
        reportHost(host, at: isWhole ? place : Place(spot: place.spot, text: place.text, part: host))
      }
    }
  }

  private func reportHost(_ host: String, at place: Place) {
    if host.contains("\u{FFFC}") {
      report(
        .unofficialHost, at: Place(spot: place.spot), "an answer stands in the host of an address",
        hint: "write out one of the provider's official hosts")
    } else {
      report(
        .unofficialHost, at: place,
        "\(quoted(host)) is none of the provider's official hosts",
        hint: "add it to 'hosts' of the pack if it is the provider's own; otherwise correct the address")
    }
  }
}

/// The hosts of all http and https addresses in a text.
func addressedHosts(in text: String) -> [String] {
  var hosts: [String] = []
  var rest = text[...].utf8
  while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
    let scheme = Substring(rest[..<colon].suffix(5)).lowercased()
    rest = rest[rest.index(after: colon)...]
    guard scheme.hasSuffix("http") || scheme == "https", rest.starts(with: "//".utf8) else { continue }
    rest = rest.dropFirst(2)
    let authority = Substring(rest.prefix { !endsAuthority.contains($0) }).prefix { !$0.isWhitespace }
    rest = rest[authority.endIndex...]
    // What stands before an '@' is a name; what stands after the host is a port, or ends the sentence.
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last?.prefix { $0 != ":" } ?? ""
    let ended = String(host).trimmingEnd(of: ".!")
    if !ended.isEmpty { hosts.append(ended) }
  }
  return hosts
}

private let endsAuthority = Array(" \t\n\r/?#\"'<>()[]{}|\\,;".utf8)

extension String {
  fileprivate func trimmingEnd(of characters: String) -> String {
    var text = self[...]
    while let last = text.last, characters.contains(last) { text.removeLast() }
    return String(text)
  }
}
