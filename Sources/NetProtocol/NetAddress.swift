import PlainText

/// Where a request goes: a scheme, a host, perhaps a port and a path. Plain `http` is taken to this computer alone.
///
/// What stands in an address is narrow on purpose: two readers of a looser one could see two hosts in it.
public struct NetAddress: Hashable, Sendable, CustomStringConvertible {
  /// Why a text is no address to send a secret to.
  public enum Fault: Error, Equatable, Sendable {
    /// It is not `https://HOST`, with a port or a path of plain characters behind.
    case malformed
    /// It is `http`, and does not stay on this computer.
    case plain
  }

  /// The whole, as it was given, without a `/` at the end.
  public let text: String
  public let isEncrypted: Bool
  /// Whether it is written as this computer's own: `localhost`, `[::1]` or `127.…`.
  public let isLoopback: Bool
  /// With brackets, if it is an IPv6 address.
  public let host: String
  /// The one that is spoken to: 443 or 80 where the address names none.
  public let port: Int
  /// Scheme, host and port: the part that says who is spoken to.
  public let origin: String

  public var description: String { text }
  /// Host and port, as the header `Host` has them.
  public var authority: String { String(origin.dropFirst(isEncrypted ? 8 : 7)) }

  public init(_ text: String) throws(Fault) {
    var text = text[...]
    while text.last == "/" { text = text.dropLast() }
    let isEncrypted = text.hasPrefix("https://")
    guard isEncrypted || text.hasPrefix("http://") else { throw .malformed }
    let rest = text.dropFirst(isEncrypted ? 8 : 7)
    let authority = rest.prefix { $0 != "/" }
    let path = rest[authority.endIndex...]
    // Letters, digits and the marks that need no escape; `?`, `=`, `&` and `%` for the question behind a path.
    guard path.utf8.areWord(with: "._-/~?=&%"), !path.contains("..") else { throw .malformed }
    let host = try NetAddress.host(of: authority)
    isLoopback = NetAddress.isLoopback(host)
    guard isEncrypted || isLoopback else { throw .plain }
    port = Int(authority[host.endIndex...].dropFirst()) ?? (isEncrypted ? 443 : 80)
    self.text = String(text)
    self.isEncrypted = isEncrypted
    self.host = String(host)
    origin = String(text[..<authority.endIndex])
  }

  /// Whether host and port, as the header `Host` has them, are written as this computer's own.
  public static func isLoopback(authority: String) -> Bool {
    (try? NetAddress("http://\(authority)")) != nil
  }

  // MARK: - Private

  private static func host(of authority: Substring) throws(Fault) -> Substring {
    let host: Substring
    if authority.first == "[", let end = authority.firstIndex(of: "]") {
      host = authority[...end]
      guard host.count > 3, host.dropFirst().dropLast().utf8.allSatisfy({ isHexDigit($0) || $0 == UInt8(ascii: ":") })
      else { throw .malformed }
    } else {
      host = authority.prefix { $0 != ":" }
      guard host.first != ".", host.first != "-", !host.isEmpty, host.utf8.count <= 253, host.utf8.areWord(with: "._-")
      else { throw .malformed }
    }
    let behind = authority[host.endIndex...]
    guard !behind.isEmpty else { return host }
    guard behind.first == ":", (2...6).contains(behind.utf8.count), let port = UInt16(behind.dropFirst()), port > 0,
      behind.dropFirst().utf8.allSatisfy(\.isDigit)
    else { throw .malformed }
    return host
  }

  private static func isLoopback(_ host: Substring) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers.first == "127"
      && numbers.allSatisfy { UInt8($0) != nil && ($0.count == 1 || $0.first != "0") && $0.utf8.allSatisfy(\.isDigit) }
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool { byte.isDigit || (0x61...0x66).contains(byte | 0x20) }
}
