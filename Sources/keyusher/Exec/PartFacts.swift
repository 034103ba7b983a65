import FlowCore
import FlowText
import Inventory
import Stores

/// What is known of a key beside its entry: the parts that it must have, and the variables that they go into.
struct PartFacts: Equatable {
  /// The parts without which it is no whole key; empty where nobody says.
  var needed: [String] = []
  /// By part.
  var variables: [String: String] = [:]

  /// Looks at the run that made it, then at the exchange's pack.
  ///
  /// - Parameters:
  ///   - pack: the pack of an exchange.
  ///   - remark: takes the reason why the record of the run is not used, if it is there.
  init(
    of credential: StoredCredential, from entry: EntryName, in inventory: Inventory,
    pack: (String) throws -> Pack?, remark: (String) -> Void
  ) throws {
    if let run = credential.run {
      do {
        let parts = try inventory.parts(ofKey: entry.text, madeBy: run, having: Set(credential.parts.keys))
        if let parts {
          variables = PartFacts.variables(of: parts)
          return
        }
      } catch {
        remark("The record of run \(run), which made this key, can't be read: its flow names no variables for it.")
      }
    }
    guard let pack = try pack(credential.exchange) else { return }
    needed = pack.parts.map(\.name)
    variables = PartFacts.variables(of: pack.parts)
  }

  /// The first part that is missing. A private key stands where others have a secret.
  func missing(from credential: StoredCredential) -> String? {
    let secrets = ["secret", "private-key"]
    return needed.first { part in
      !(secrets.contains(part) ? secrets : [part]).contains { credential.parts[$0] != nil }
    }
  }

  private static func variables(of parts: [CredentialPart]) -> [String: String] {
    Dictionary(parts.compactMap { part in part.variable.map { (part.name, $0) } }) { first, _ in first }
  }
}
