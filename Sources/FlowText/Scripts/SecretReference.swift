import FlowCore

/// Where a part of a credential comes from: never the part itself.
public enum SecretReference: Equatable, Hashable, Sendable {
  /// A variable of the environment.
  case env(String)
  /// A file; one that others can read is refused by whoever opens it.
  case file(String)
  /// An open file descriptor.
  case fd(Int32)

  /// Reads `env:NAME`, `file:PATH` or `fd:NUMBER`; nil if it is none of them.
  public init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let rest = String(text[text.index(after: colon)...])
    switch text[..<colon] {
    case "env":
      guard let first = rest.utf8.first, !(0x30...0x39).contains(first), rest.utf8.allSatisfy(\.isNameByte) else {
        return nil
      }
      self = .env(rest)
    case "file":
      guard !rest.isEmpty, !rest.utf8.contains(0) else { return nil }
      self = .file(rest)
    case "fd":
      guard let number = Int32(rest), number >= 0, number <= 65_535, String(number) == rest else { return nil }
      self = .fd(number)
    default: return nil
    }
  }

  /// As it is told of: without what may be the secret itself, put where its place belongs.
  public var shown: String {
    switch self {
    case .env(let name): "env:\(unlessSecret(name))"
    case .file(let path): "file:\(unlessSecret(path: path))"
    case .fd: written
    }
  }

  /// As a script writes it.
  public var written: String {
    switch self {
    case .env(let name): "env:\(name)"
    case .file(let path): "file:\(path)"
    case .fd(let number): "fd:\(number)"
    }
  }
}

extension UInt8 {
  fileprivate var isNameByte: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
    default: false
    }
  }
}
