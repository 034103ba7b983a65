import Ceremony
import FlowCore
import FlowText
import SecretMemory
import Stores

/// Takes the parts of a key that is there already: by reference, or unseen at the terminal.
struct KeyIntake {
  let stage: Stage
  /// What the exchange's keys look like, as its flows have it; empty if there is none.
  let shapes: [CredentialPart]

  /// What the flows of an exchange say of its keys' parts, each part once.
  static func shapes(of exchange: String, on shelf: FlowShelf) -> [CredentialPart] {
    var shapes: [CredentialPart] = []
    for volume in shelf.volumes where volume.id.hasPrefix(exchange + "/") {
      guard let flow = try? shelf.flow(volume.id).flow else { continue }
      shapes += flow.credentialShapes.filter { part in !shapes.contains { $0.name == part.name } }
    }
    return shapes
  }

  /// Reads each part from where it is said to be.
  func read(_ references: [(part: String, reference: SecretReference)]) throws -> [String: SecretBytes] {
    let source = SecretSource()
    var parts: [String: SecretBytes] = [:]
    for (part, reference) in references {
      do {
        parts[part] = try source.read(reference)
      } catch let obstacle as SecretObstacle {
        throw Complaint(obstacle.message, hints: obstacle.hint.map { [$0] } ?? [], status: .wrongInput)
      }
    }
    for (part, secret) in parts.sorted(by: { $0.key < $1.key }) { stage.remark(remarks(on: secret, as: part)) }
    return parts
  }

  /// Asks for each part.
  func ask() throws -> [String: SecretBytes] {
    guard stage.isTerminal else {
      throw Complaint(
        "the key's parts are wanted, and nobody can be asked",
        hints: ["give them by reference: --key env:NAME --secret file:PATH"], status: .usage)
    }
    stage.remark([Sentence(.body, "Paste each part; nothing will appear.")])
    var parts: [String: SecretBytes] = [:]
    var ahead: [SecretBytes] = []
    for part in asked {
      let isOptional = part.name == "passphrase" && shapes.isEmpty
      guard let taken = try take(part, isOptional: isOptional, from: &ahead) else { continue }
      let name = part.name == "secret" && taken.isPEM ? "private-key" : part.name
      parts[name] = taken
      stage.remark(remarks(on: taken, as: name))
    }
    return parts
  }

  /// Throws if one of the texts, which are no secrets, holds one of the parts, or 16 bytes of one in a row.
  static func refuse(_ texts: [String], holding parts: [String: SecretBytes]) throws {
    for secret in parts.values {
      let trace: SecretTrace
      do throws(SecretMemoryError) { trace = try SecretTrace(of: secret) } catch { throw StoreError.memory(error) }
      if texts.contains(where: trace.isFound) {
        throw Complaint(
          "the name or the label holds a part of the key itself, and nothing was taken in",
          hints: ["take another; it may stand in your shell's history now: remove it there"], status: .usage)
      }
    }
  }

  // MARK: - Private

  /// The parts that are asked for: the exchange's own, or those that most have.
  private var asked: [CredentialPart] {
    if !shapes.isEmpty { return shapes }
    let parts = [("key", "API key"), ("secret", "Secret"), ("passphrase", "Passphrase (Enter = none)")]
    return parts.map { CredentialPart(name: $0, title: $1, secret: $0 != "key", shape: Shape()) }
  }

  private func take(
    _ part: CredentialPart, isOptional: Bool, from ahead: inout [SecretBytes]
  ) throws -> SecretBytes? {
    if !ahead.isEmpty { return ahead.removeFirst() }
    while true {
      guard let taken = try stage.unseen("\(part.title): ") else { throw StoreError.stopped }
      taken.trim()
      if taken.isEmpty, isOptional { return nil }
      if taken.isEmpty {
        stage.remark([Sentence(.problem, "Nothing came. Ctrl-C leaves everything as it is.")])
      } else if taken.isPEM {
        return taken
      } else {
        // Two lines pasted at once are two parts.
        var lines = try taken.lines()
        let first = lines.removeFirst()
        ahead = lines
        return first
      }
    }
  }

  /// What was taken, and what is odd about it.
  private func remarks(on secret: SecretBytes, as name: String) -> [Sentence] {
    let part = shapes.first { $0.name == name }
    let title = part?.title ?? name
    let taken = Sentence(.standing, "\(title): \(secret.count) \(secret.count == 1 ? "character" : "characters") taken")
    guard let part, let mismatch = secret.withBytes({ part.shape.mismatch(of: $0) }) else { return [taken] }
    return [taken, Sentence(.warning, KeyIntake.words(for: mismatch, of: part))]
  }

  private static func words(for mismatch: Shape.Mismatch, of part: CredentialPart) -> String {
    let usual =
      switch mismatch {
      case .tooShort(_, let least): "has \(least) characters at least"
      case .tooLong(_, let most): "has \(most) characters at most"
      case .character(let place, _): "has another kind of character at place \(place)"
      case .prefix(let prefix): "begins with '\(display(prefix))'"
      case .suffix(let suffix): "ends with '\(display(suffix))'"
      }
    return "Usually it \(usual). Is it the right one, and whole? It is taken as it is."
  }
}

extension SecretBytes {
  /// Whether it is a key in PEM, which has several lines.
  fileprivate var isPEM: Bool { withBytes { $0.starts(with: "-----BEGIN ".utf8) } }
}
