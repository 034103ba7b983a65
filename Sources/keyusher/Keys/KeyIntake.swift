import Ceremony
import FlowCore
import FlowText
import PlainText
import SecretMemory
import Stores

/// Takes the parts of a key that is there already, as a ceremony takes them: by reference, or unseen at the terminal.
struct KeyIntake {
  let console: Console
  let exchange: String
  /// What a key of the exchange can be.
  let kinds: [KeyKind]
  /// Whether flows say that.
  let isListed: Bool
  let isBrief: Bool

  init(of exchange: String, for context: CommandContext, isListed: Bool) throws {
    console = context.console
    isBrief = context.brief
    self.exchange = exchange
    self.isListed = isListed
    kinds = KeyKind.kinds(of: exchange, on: try context.catalog())
  }

  // MARK: - By reference

  /// A part that was given by reference.
  struct Given {
    var part: String
    var reference: PartReference
  }

  /// Whether a text can be the name of a part, of whatever exchange.
  static func isPartName(_ text: String) -> Bool {
    EntryName.chosen(text) != nil && !text.contains("/") && !looksLikeSecret(text)
  }

  /// A part that was read, and what is to be said of it.
  struct Read {
    var part: CredentialPart
    var bytes: SecretBytes
    var look: PartLook
    /// Whose keys have no such part, as far as flows tell; nil if they have, or no flow does.
    var isStrangeTo: String?

    /// What is odd about it, in sentences.
    var doubts: [String] {
      (isStrangeTo.map { ["Keys of \($0) have no \(part.name), as far as is known here. It is kept."] } ?? [])
        + (look.words.map { [$0] } ?? [])
    }
  }

  /// Why a part can't be taken.
  struct Obstacle: Error {
    var part: String
    var message: String
    var hint: String?
  }

  /// Reads the parts of one key, in the order in which they are given.
  ///
  /// - Parameter isAgreed: whether what is certainly none is taken all the same.
  /// - Throws: `KeyKind.Misfit`, `Obstacle`, or what a store of others says.
  func read(_ given: [Given], from source: PartSource, isAgreed: Bool) throws -> [Read] {
    let (kind, unforeseen) = try KeyKind.fitting(Set(given.map(\.part)), among: kinds, isListed: isListed)
    var hand = CredentialInHand()
    var all: [Read] = []
    for given in given {
      guard let part = kind[given.part] else { continue }
      let taken = try taken(part, given.reference, from: source, into: &hand)
      let look = hand.look(at: taken, as: part, among: kind.parts, words: kind.words)
      if !isAgreed, let words = look.words, look.isCertain(of: part) {
        throw Obstacle(
          part: part.name, message: "\(part.title), from \(given.reference.shown): \(words)", hint: Self.allTheSame)
      }
      hand.parts[part.name] = taken.bytes
      let isStrangeTo = unforeseen.contains(part.name) ? exchange : nil
      all.append(Read(part: part, bytes: taken.bytes, look: look, isStrangeTo: isStrangeTo))
    }
    return all
  }

  private func taken(
    _ part: CredentialPart, _ reference: PartReference, from source: PartSource, into hand: inout CredentialInHand
  ) throws -> TakenPart {
    func obstacle(_ message: String, _ hint: String?) -> Obstacle {
      Obstacle(part: part.name, message: message, hint: hint)
    }
    let bytes: SecretBytes
    do {
      bytes = try source.read(reference, isToItsEnd: part.isPEM)
    } catch let error as SecretObstacle {
      throw obstacle(error.message, error.hint)
    }
    let from = "what came from \(reference.shown)"
    if !part.isPEM, bytes.begins(with: "-----BEGIN ") {
      throw obstacle("\(from) is a private key in PEM, and no \(part.title)", Self.givePEM)
    }
    let taken = try hand.take(bytes, as: part)
    if hand.isGathering {
      throw obstacle("\(from) begins as a private key and has no last line '-----END …'", "give the whole file")
    }
    if !hand.ahead.isEmpty, bytes.withBytes({ PasteFlaw(in: $0) }) == nil {
      throw obstacle("\(from) has several lines, and \(part.title) is one", "give that one alone")
    }
    guard let taken else {
      throw obstacle("\(reference.shown) is empty", "look at what should have filled it")
    }
    hand.ahead = []
    return taken
  }

  private static let allTheSame = "if it is right all the same, say so beforehand: --yes"
  private static let givePEM = "a private key is given whole, as the part 'private-key' (--private-key REF)"

  // MARK: - At the terminal

  func ask() throws -> Taken {
    guard console.isTerminal else {
      throw CommandError(
        "the key's parts are wanted, and nobody can be asked",
        hints: ["give them by reference: --key env:NAME --secret file:PATH"], status: .usage)
    }
    let kind = try chosenKind()
    defer { console.endUnseen() }
    var hand = CredentialInHand()
    var taken: [(CredentialPart, SecretBytes, Bool)] = []
    for (index, part) in kind.parts.enumerated() {
      taken.append(try take(part, of: kind, isFirst: index == 0 && !isBrief, into: &hand))
    }
    // Who is asked for the last part may have pasted more than that.
    if try !hand.ahead.isEmpty || hand.isGathering || console.discardMore() { throw CommandError.linesLeft }
    return Taken(parts: hand.parts, listed: listed(of: taken))
  }

  private static let help = """
    Copy it from where the exchange, or your own safe place, shows it. Nothing appears while you paste, and nothing is kept \
    before you have given all of it. :quit leaves everything as it is.
    """

  /// Takes a part until nothing is odd about it, or the person keeps it as it is.
  private func take(
    _ part: CredentialPart, of kind: KeyKind, isFirst: Bool, into hand: inout CredentialInHand
  ) throws -> (CredentialPart, SecretBytes, isAsExpected: Bool) {
    let other = part.name == "secret" ? kind.inTheOtherForm : nil
    var question = Question.part(part, isFirst: isFirst)
    while true {
      var taken = try hand.take(as: part, mayBePEM: other != nil)
      if taken == nil {
        let line = try console.unseen(question)
        question.hints = []
        question.problem = nil
        if line.isWord(":quit") { throw CommandError.left }
        if line.isWord("?") {
          console.remark([Sentence(.body, Self.help)])
          continue
        }
        taken = try hand.take(line, as: part, mayBePEM: other != nil)
      }
      guard let taken else {
        if hand.isGathering { console.remark([.goOnWithThePEM]) } else { question.problem = .nothingPasted }
        continue
      }
      let isKey = other != nil && taken.bytes.begins(with: "-----BEGIN ")
      let (kind, part) = isKey ? (other ?? kind, .privateKey) : (kind, part)
      let look = hand.look(at: taken, as: part, among: kind.parts, words: kind.words)
      console.remark(look.sentences)
      if look.isRefused {
        hand.ahead = []
        continue
      }
      var askings = look.askings
      if isKey, isListed, !kinds.contains(where: { $0[CredentialPart.privateKey.name] != nil }) {
        console.remark([Sentence(.warning, "Keys of \(exchange) have no private key, as far as is known here.")])
        askings = max(askings, 1)
      }
      if try isPastedAgain(askings, &hand) { continue }
      hand.parts[part.name] = taken.bytes
      return (part, taken.bytes, look.oddity == nil)
    }
  }

  /// Whether it is pasted again; what was pasted along goes with it then.
  ///
  /// - Parameter askings: how often the person is asked.
  private func isPastedAgain(_ askings: Int, _ hand: inout CredentialInHand) throws -> Bool {
    for _ in 0..<askings {
      var question = Question.pasteAgain
      var answer = try console.unseen(question)
      while !answer.isWord("no"), !answer.isWord("n") {
        if answer.isBlank || answer.isWord("yes") || answer.isWord("y") {
          hand.ahead = []
          return true
        }
        if answer.isWord(":quit") { throw CommandError.left }
        question.problem = .yesOrNo
        answer = try console.unseen(question)
      }
    }
    return false
  }

  /// The kind that the person has, where there are several.
  private func chosenKind() throws -> KeyKind {
    guard kinds.count > 1 else {
      if let kind = kinds.first { return kind }
      throw CommandError(
        "no flow says what parts a key has", hints: ["'keyusher flow list' shows the flows that there are"],
        status: .noInput)
    }
    var question = Question(.answer, .choose, text: "What does the key consist of?")
    question.choices = kinds.enumerated().map { Question.Choice(id: "\($0 + 1)", title: $1.title, number: $0 + 1) }
    while true {
      let answer = try console.answer(question).trimmed
      if let number = Int(answer), kinds.indices.contains(number - 1) { return kinds[number - 1] }
      question.problem = Sentence(.problem, "Please type a number from 1 to \(kinds.count).")
      question.isRepeated = true
    }
  }

  // MARK: - What must hold no secret

  /// Throws if one of the texts, which are no secrets, holds one of the parts, or 16 bytes of one in a row.
  ///
  /// - Parameters:
  ///   - what: what the texts are.
  ///   - undone: what is not done then.
  static func refuse(
    _ texts: [String], holding parts: [String: SecretBytes], as what: String = "the name or the label",
    undone: String = "taken in"
  ) throws {
    for secret in parts.values {
      let trace: SecretTrace
      do throws(SecretMemoryError) { trace = try SecretTrace(of: secret) } catch { throw StoreError.memory(error) }
      if texts.contains(where: trace.isFound) {
        throw CommandError(
          "\(what) holds a part of the key itself, and nothing was \(undone)",
          hints: ["take another; it may stand in your shell's history now: remove it there"], status: .usage)
      }
    }
  }
}

extension PartLook {
  /// Whether it can't be a part of a key, whatever its exchange.
  func isCertain(of part: CredentialPart) -> Bool {
    switch oddity {
    case .sameAs, .refused: true
    // What a person made up may look like anything.
    case .flaw(.placeholder), .flaw(.json), .flaw(.shortened): part.name != CredentialPart.passphrase
    case .flaw(.mask), .flaw(.publicKey): true
    case .flaw(.encryptedKey), .flaw(.invisible), .unusual, nil: false
    }
  }
}

// MARK: - Words

extension CommandError {
  fileprivate static var left: CommandError {
    CommandError("left with :quit, and nothing was taken in", status: .endedEarly)
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
