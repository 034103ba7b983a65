import Ceremony
import FlowCore
import FlowText
import PlainText
import SecretMemory
import Stores

/// Takes the parts of a key that is there already: by reference, or unseen at the terminal.
struct KeyIntake {
  let console: Console
  /// What the exchange's keys look like, as its flows have it; empty if there is none.
  let shapes: [CredentialPart]

  /// What the flows of an exchange say of its keys' parts, each part once.
  static func shapes(of exchange: String, on catalog: FlowCatalog) -> [CredentialPart] {
    var shapes: [CredentialPart] = []
    for source in catalog.sources where source.id.hasPrefix(exchange + "/") {
      guard let flow = try? catalog.flow(source.id).flow else { continue }
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
        let secret = try source.read(reference, isToItsEnd: part == "private-key")
        if secret.isPEM, !secret.isWholePEM { throw CommandError.cutPEM(part, from: reference) }
        parts[part] = secret
      } catch let obstacle as SecretObstacle {
        throw CommandError(obstacle.message, hints: obstacle.hint.map { [$0] } ?? [], status: .wrongInput)
      }
    }
    for (part, secret) in parts.sorted(by: { $0.key < $1.key }) { console.remark(remarks(on: secret, as: part)) }
    remarkTwins(among: parts)
    return parts
  }

  func ask() throws -> [String: SecretBytes] {
    guard console.isTerminal else {
      throw CommandError(
        "the key's parts are wanted, and nobody can be asked",
        hints: ["give them by reference: --key env:NAME --secret file:PATH"], status: .usage)
    }
    console.remark([Sentence(.body, "Paste each part; nothing will appear.")])
    defer { console.endUnseen() }
    var parts: [String: SecretBytes] = [:]
    var ahead: [SecretBytes] = []
    for part in asked {
      let isOptional = part.name == "passphrase" && shapes.isEmpty
      // A line that was pasted along with others becomes nothing that need not be given.
      if isOptional { try refuseMore(ahead) }
      guard let taken = try take(part, isOptional: isOptional, from: &ahead) else { continue }
      let name = part.name == "secret" && taken.isPEM ? "private-key" : part.name
      parts[name] = taken
      console.remark(remarks(on: taken, as: name))
    }
    try refuseMore(ahead)
    remarkTwins(among: parts)
    return parts
  }

  /// Throws if one of the texts, which are no secrets, holds one of the parts, or 16 bytes of one in a row.
  static func refuse(_ texts: [String], holding parts: [String: SecretBytes]) throws {
    for secret in parts.values {
      let trace: SecretTrace
      do throws(SecretMemoryError) { trace = try SecretTrace(of: secret) } catch { throw StoreError.memory(error) }
      if texts.contains(where: trace.isFound) {
        throw CommandError(
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
    while ahead.isEmpty {
      let taken = try line("\(part.title): ")
      if taken.isEmpty, isOptional { return nil }
      // Two lines pasted at once are two parts.
      ahead = try taken.lines()
      if ahead.isEmpty { console.remark([Sentence(.problem, "Nothing came. Ctrl-C leaves everything as it is.")]) }
    }
    return ahead[0].isPEM ? try gather(from: &ahead) : ahead.removeFirst()
  }

  /// A private key in PEM, which came line by line; empty lines are passed over.
  private func gather(from ahead: inout [SecretBytes]) throws -> SecretBytes {
    let whole = try SecretBytes(capacity: 4096)
    var isTold = false
    while true {
      while !ahead.isEmpty {
        try whole.append(contentsOf: ahead.removeFirst())
        if whole.isWholePEM { return whole }
        try whole.append(UInt8(ascii: "\n"))
      }
      if !isTold { console.remark([Sentence(.hint, "Go on: the last line begins with -----END.")]) }
      isTold = true
      ahead = try line("Next line: ").lines()
    }
  }

  private func line(_ prompt: String) throws -> SecretBytes {
    let taken = try console.unseen(prompt)
    taken.trim()
    return taken
  }

  /// Throws if lines are left over, or come still, that nobody asks for.
  private func refuseMore(_ ahead: [SecretBytes]) throws {
    if try !ahead.isEmpty || console.discardMore() { throw CommandError.linesLeft }
  }

  /// One text twice is nearly always a slip.
  private func remarkTwins(among parts: [String: SecretBytes]) {
    let all = parts.sorted { $0.key < $1.key }
    for (index, part) in all.enumerated() {
      for other in all[..<index] where other.value.constantTimeEquals(part.value) {
        console.remark([Sentence(.warning, "\(part.key) is the same text as \(other.key). Was one given twice?")])
      }
    }
  }

  /// What was taken, and what is odd about it.
  private func remarks(on secret: SecretBytes, as name: String) -> [Sentence] {
    let part = shapes.first { $0.name == name }
    let title = part?.title ?? name
    let count = secret.withBytes { $0.characterCount }
    let taken = Sentence(.standing, "\(title): \(count) \(count == 1 ? "character" : "characters") taken")
    if name == "private-key", !secret.isPEM {
      return [taken, Sentence(.warning, "This is no private key in PEM: it does not begin with -----BEGIN.")]
    }
    if let flaw = secret.withBytes({ PasteFlaw(in: $0) }) { return [taken, Sentence(.warning, flaw.words)] }
    guard let part, let mismatch = secret.withBytes({ part.mismatch(of: $0) }) else { return [taken] }
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
      case .address: "is a list of addresses"
      }
    return "Usually it \(usual). Is it the right one, and whole? It is taken as it is."
  }
}

extension SecretBytes {
  /// Whether it is a key in PEM, which has several lines.
  fileprivate var isPEM: Bool { begins(with: "-----BEGIN ") }

  /// Whether its last line is that of a key in PEM.
  fileprivate var isWholePEM: Bool {
    withBytes { bytes in
      let start = bytes.lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
      return bytes[start...].starts(with: "-----END ".utf8)
    }
  }
}

// MARK: - Words

extension CommandError {
  fileprivate static func cutPEM(_ part: String, from reference: SecretReference) -> CommandError {
    CommandError(
      "what came from \(reference.written) begins as a private key and has no last line '-----END …', and nothing was taken in",
      hint: part == "private-key"
        ? "give the whole file" : "a private key in PEM is given with --private-key, and is whole", status: .wrongInput)
  }

  fileprivate static var linesLeft: CommandError {
    CommandError(
      "more lines came than were asked for, and nothing was taken in",
      hints: [
        "paste each part by itself; a secret that a page has broken into lines is one line: join them before",
        "or give the parts by reference: --key file:PATH --secret file:PATH",
      ], status: .wrongInput)
  }
}
