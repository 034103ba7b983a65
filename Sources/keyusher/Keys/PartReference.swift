import Ceremony
import FlowCore
import FlowText
import SecretMemory
import Stores

/// Where a part of a key that is taken in comes from.
enum PartReference: Hashable {
  case secret(SecretReference)
  /// An entry of `pass` that somebody made there, by its path.
  case pass(String)

  /// Reads `env:NAME`, `file:PATH`, `fd:NUMBER` or `pass:PATH`; nil if it is none of them.
  init?(_ text: String) {
    if let reference = SecretReference(text) {
      self = .secret(reference)
    } else if text.hasPrefix("pass:"), text.count > 5, !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
      self = .pass(String(text.dropFirst(5)))
    } else {
      return nil
    }
  }

  static let forms = "env:NAME, file:PATH, fd:N or pass:ENTRY"

  /// As it is told of: without what may be the part itself.
  var shown: String {
    switch self {
    case .secret(let reference): reference.shown
    case .pass(let path): "pass:\(unlessSecret(path: path))"
    }
  }
}

/// Reads parts of keys by reference.
final class PartSource {
  private let secrets = SecretSource()
  private let pass: PassStore

  init(environment: [String: String]) { pass = PassStore(environment: environment) }

  /// - Parameter isToItsEnd: whether all lines are the part, and not only the first of a descriptor or an entry.
  func read(_ reference: PartReference, isToItsEnd: Bool) throws -> SecretBytes {
    switch reference {
    case .secret(let reference): return try secrets.read(reference, isToItsEnd: isToItsEnd)
    case .pass(let path):
      guard let entry = try pass.content(at: path) else {
        let shown = unlessSecret(path: path)
        throw SecretObstacle(
          message: "there is no entry '\(shown)' in pass",
          hint: shown == path ? "'pass ls' shows those there are" : SecretSource.notShown)
      }
      // By custom the first line is the secret, and what follows is about it.
      guard let part = isToItsEnd ? entry : try entry.lines().first else {
        throw SecretObstacle(message: "\(reference.shown) is empty", hint: "look at what should have filled it")
      }
      return part
    }
  }
}
