import PlainText

extension AddressList {
  /// What is wrong with an entry that a list does not take.
  public static func flaw(of entry: String) -> String {
    let shown = "'\(display(entry))'"
    if entry.isEmpty { return "A comma has no address before it, or none behind it." }
    let parts = entry.split(separator: "/", omittingEmptySubsequences: false)
    let (isIPv4, isIPv6) = (isIPv4(parts[0]), isIPv6(parts[0]))
    if parts.count == 2, isIPv4 || isIPv6 {
      let most = isIPv4 ? 32 : 128
      guard number(parts[1], upTo: most) else {
        return "\(shown): behind the '/' of a range stands a number up to \(most)."
      }
      return "\(shown) is a range; the list takes single addresses alone."
    }
    if isIPv6 { return "\(shown) is an IPv6 address; the list takes IPv4 alone, such as 203.0.113.7." }
    let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, !isIPv4, numbers.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }) else {
      return "\(shown) is no address that the list takes. One looks like 203.0.113.7."
    }
    if numbers.count != 4 || numbers.contains("") {
      let count = numbers.count { !$0.isEmpty }
      return "\(shown) has \(count == 1 ? "1 number" : "\(count) numbers"); an address has four."
    }
    if let large = numbers.first(where: { Int($0).map { $0 > 255 } ?? true }) {
      return "\(shown): \(large) is too large; each of the four numbers is at most 255."
    }
    return "\(shown): a number begins with 0. Leave that out: it is read in two ways."
  }
}
