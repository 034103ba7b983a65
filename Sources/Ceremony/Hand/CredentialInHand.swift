import FlowCore
import SecretMemory

/// The credential that waits to be kept; its bytes are wiped when they are let go.
struct CredentialInHand {
  var parts: [CredentialPart.Name: SecretBytes] = [:]
  /// Who gave the last of them.
  var source: AnswerSource = .typed
  /// The further lines of a paste that had more than one.
  var ahead: [SecretBytes] = []
  /// Whether the store refused it: it is tried again only when somebody says so.
  var wasRefused = false
  /// The lines of a private key so far.
  private var lines: [SecretBytes] = []

  var isGathering: Bool { !lines.isEmpty }

  /// Adds lines of a private key in PEM; returns the whole once its last line is there, each line with its end.
  mutating func gather(_ bytes: SecretBytes) throws -> SecretBytes? {
    lines += try bytes.lines()
    let isPEM = lines.first?.begins(with: CredentialInHand.begin) ?? false
    guard let last = lines.last, last.begins(with: CredentialInHand.end) || !isPEM else { return nil }
    let whole = try SecretBytes(capacity: lines.reduce(0) { $0 + $1.count + 1 })
    for line in lines {
      try whole.append(contentsOf: line)
      try whole.append(UInt8(ascii: "\n"))
    }
    lines = []
    return whole
  }

  private static let begin = "-----BEGIN "
  private static let end = "-----END "
}
