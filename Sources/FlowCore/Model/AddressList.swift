import PlainText

/// What an IP list takes, one beside the other with commas between them.
public enum AddressList: String, Equatable, Sendable, CaseIterable {
  case ipv4
  /// IPv4 and IPv6.
  case ip
  /// IPv4 and IPv6, alone or as ranges in CIDR form, such as 203.0.113.0/29.
  case ranges

  /// The first entry of a text that is none of it; nil if all are.
  func stray(in text: String) -> String? {
    text.split(separator: ",", omittingEmptySubsequences: false).lazy
      .map { $0.drop { $0 == " " } }.map { $0.dropLast($0.reversed().prefix { $0 == " " }.count) }
      .first { !takes($0) }.map(String.init)
  }

  private func takes(_ entry: Substring) -> Bool {
    let parts = entry.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 1 || parts.count == 2 && self == .ranges else { return false }
    let bits = isIPv4(parts[0]) ? 32 : self != .ipv4 && isIPv6(parts[0]) ? 128 : nil
    guard let bits else { return false }
    return parts.count == 1 || number(parts[1], upTo: bits)
  }
}

/// Whether a text is an IPv4 address as RFC 6943 (3.1.1) has it in its strict form: four decimal numbers.
func isIPv4(_ text: some StringProtocol) -> Bool {
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  return parts.count == 4 && parts.allSatisfy { number($0, upTo: 255) }
}

/// Whether a text is an IPv6 address as RFC 4291 (2.2) has it.
func isIPv6(_ text: some StringProtocol) -> Bool {
  let halves = String(text).split(by: "::", maxSplits: 1, omittingEmptySubsequences: false)
  let groups = halves.map { $0.isEmpty ? [] : $0.split(separator: ":", omittingEmptySubsequences: false) }
  let all = groups.flatMap { $0 }
  guard let last = all.last else { return halves.count == 2 }
  // An IPv4 address may stand last, in place of two groups.
  let endsInIPv4 = groups.last?.isEmpty == false && isIPv4(last)
  let hexadecimal = endsInIPv4 ? all.dropLast() : all[...]
  guard hexadecimal.allSatisfy({ (1...4).contains($0.utf8.count) && $0.allSatisfy(\.isASCIIHexDigit) }) else {
    return false
  }
  let count = hexadecimal.count + (endsInIPv4 ? 2 : 0)
  return halves.count == 1 ? count == 8 : count < 8
}

func number(_ text: some StringProtocol, upTo most: Int) -> Bool {
  guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return false }
  return (text.utf8.count == 1 || text.utf8.first != 48) && Int(text).map { $0 <= most } ?? false
}

extension Character {
  fileprivate var isASCIIHexDigit: Bool { isASCII && isHexDigit }
}
