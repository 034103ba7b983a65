import NetProtocol
import PlainText
import SecretMemory

/// The parts of a credential, by name, with what can be said of each before it is used.
struct Credential {
  private let parts: [KeyRequest.Part]

  init(_ request: KeyRequest) { parts = request.parts }

  /// A part as it is.
  subscript(_ name: String) -> SecretBytes {
    get throws(Unbuilt) {
      guard let value = parts.first(where: { $0.name == name })?.value, !value.isEmpty else {
        throw .part(name, .missing)
      }
      return value
    }
  }

  /// A part that goes into a header, or into a query.
  func printable(_ name: String) throws(Unbuilt) -> SecretBytes {
    let value = try self[name]
    guard value.withBytes({ $0.allSatisfy { (0x21...0x7E).contains($0) } }) else {
      throw .part(name, .unprintable)
    }
    return value
  }

  /// A secret that is used as the text it is, and never a private key.
  func text(_ name: String) throws(Unbuilt) -> SecretBytes {
    let value = try self[name]
    guard !value.isPEM else { throw .part(name, .kind) }
    return value
  }
}

extension SecretBytes {
  /// Whether it begins as a key of several lines does.
  var isPEM: Bool { begins(with: "-----BEGIN ") }
}
