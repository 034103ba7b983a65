import Foundation
import NetProtocol
import SecretMemory

@testable import keyusher_net

extension Moment {
  /// The time at which the vectors were made.
  static let sample = Moment(
    milliseconds: 1_700_000_000_000, nonce: Array(repeating: 0xA5, count: Moment.nonceBytes))
}

func secret(_ text: String) -> SecretBytes {
  // A test that has no memory for a few bytes can't go on.
  guard let secret = try? SecretBytes(copying: Array(text.utf8)) else { fatalError("no guarded memory") }
  return secret
}

/// The fake key of P-256 in the vectors: its lines stand apart, so that no scanner takes it for a real one.
let fakePEM = (try? Vectors.signing.first { $0.exchange == "coinbase" }?.secretText) ?? ""

/// Parts of a credential that nobody has, by the names that the exchange's pack gives them.
func sampleParts(for exchange: String) -> [KeyRequest.Part] {
  parts(
    exchange, key: "FAKE000000000000000000000000key1",
    secret: exchange == "coinbase" ? fakePEM : "RkFLRS1OT1QtQS1TRUNSRVQtT0YtQU5ZLUVYQ0hBTkdFLUZBS0U=", "FakePass-1")
}

func parts(_ exchange: String, key: String, secret text: String, _ passphrase: String?) -> [KeyRequest.Part] {
  [.init("key", secret(key)), .init(exchange == "coinbase" ? "private-key" : "secret", secret(text))]
    + (passphrase.map { [.init("passphrase", secret($0))] } ?? [])
}

extension RequestRow.Mark {
  var text: String { "\(name): \(value)" }
}

extension SecretBytes {
  var text: String { publicPrefix(count) }
}

extension SignedRequest {
  var targetText: String { target.text }

  /// A header's value; nil if it is not there, or not once.
  func header(_ name: String) -> String? {
    let found = headers.filter { $0.name.lowercased() == name.lowercased() }
    return found.count == 1 ? found[0].value.text : nil
  }

  var query: [[String]] { queryOf(targetText) }
}

/// A query's names and values.
func queryOf(_ target: String) -> [[String]] {
  let query: Substring =
    target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first ?? ""
  return query.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
}
