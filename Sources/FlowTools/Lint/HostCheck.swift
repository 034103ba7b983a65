import FlowText
import PlainText

extension Findings {
  /// Addresses must be such that a person sees where they lead, and that they lead anywhere.
  ///
  /// - Returns: the hosts to which they lead, and where findings about these point.
  func checkAddresses(_ notes: LintNotes) -> [(host: String, place: Place)] {
    var hosts: [(host: String, place: Place)] = []
    for (text, place, isWhole) in notes.addresses {
      for (host, port) in authorities(in: text) {
        func at(_ part: String) -> Place {
          isWhole ? place : Place(spot: place.spot, text: place.text, part: part)
        }
        hosts.append((host, at(host)))
        if host.lowercased().split(separator: ".").contains(where: { $0.hasPrefix("xn--") }) {
          report(
            .badURL, at: at(host),
            "\(quoted(host)) is written in punycode (xn--), and may look like another host on the page",
            hint: "take an address of the provider in plain letters")
        }
        guard let port, UInt16(port).map({ $0 > 0 }) != true else { continue }
        report(
          .badURL, at: at(":" + port), "there is no port \(quoted(port))",
          hint: "a port is a number from 1 to 65535; leave it out if the address bar shows none")
      }
    }
    return hosts
  }

  /// Addresses must lead to a host of the provider: each other host is told once, since a group may mention the pack's
  /// address in every step.
  func checkHosts(_ notes: LintNotes, _ official: [String]) {
    var known = Set(official.map { $0.lowercased() })
    for (host, place) in notes.hosts where !known.contains(host.lowercased()) && known.insert(host).inserted {
      reportHost(host, at: place)
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

/// The hosts of all http and https addresses in a text, with their ports where they name one.
private func authorities(in text: String) -> [(host: String, port: String?)] {
  var authorities: [(host: String, port: String?)] = []
  var rest = text[...].utf8
  while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
    let scheme = Substring(rest[..<colon].suffix(5)).lowercased()
    rest = rest[rest.index(after: colon)...]
    guard scheme.hasSuffix("http") || scheme == "https", rest.starts(with: "//".utf8) else { continue }
    rest = rest.dropFirst(2)
    let authority = Substring(rest.prefix { !endsAuthority.contains($0) }).prefix { !$0.isWhitespace }
    rest = rest[authority.endIndex...]
    // What stands before an '@' is a name; what stands after the host is a port, or ends the sentence.
    let place = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    let host = place.prefix { $0 != ":" }
    let port = String(place.dropFirst(host.count + 1)).trimmingEnd(of: ".!")
    let ended = String(host).trimmingEnd(of: ".!")
    if !ended.isEmpty { authorities.append((ended, port.isEmpty ? nil : port)) }
  }
  return authorities
}

private let endsAuthority = Array(" \t\n\r/?#\"'<>()[]{}|\\,;".utf8)

extension String {
  fileprivate func trimmingEnd(of characters: String) -> String {
    var text = self[...]
    while let last = text.last, characters.contains(last) { text.removeLast() }
    return String(text)
  }
}
