public import FlowCore
import PlainText
import SecretMemory

/// What a part that was taken tells by itself, before anybody relies on it: the same for a run and for a command.
public struct PartLook {
  /// Why it may not be the part that is meant.
  public enum Oddity: Equatable, Sendable {
    /// It is the same text as the part of this title.
    case sameAs(String)
    /// Whatever the part, it is none as a page gives it.
    case flaw(PasteFlaw)
    /// It does not look as such a part does; in a sentence.
    case unusual(String)
    /// It is none of those that alone are taken; in a sentence.
    case refused(String)
  }

  public let oddity: Oddity?
  let taken: String

  public var sentences: [Sentence] { [standing] + (words.map { [Sentence(.warning, $0)] } ?? []) }

  /// How much was taken, and what was left out.
  public var standing: Sentence { Sentence(.standing, taken) }

  /// How often a person is asked whether to paste it again. One text twice is nearly always a slip: that is said two times.
  public var askings: Int {
    switch oddity {
    case nil, .refused: 0
    case .sameAs: 2
    case .flaw, .unusual: 1
    }
  }

  /// Whether it can't be kept, whoever wants it.
  public var isRefused: Bool { if case .refused? = oddity { true } else { false } }

  /// What is odd about it, in a sentence; nil if nothing is.
  public var words: String? {
    switch oddity {
    case nil: nil
    case .sameAs(let title): Phrases.sameAs(title)
    case .flaw(let flaw): flaw.words
    case .unusual(let words), .refused(let words): words
    }
  }
}

extension CredentialInHand {
  /// Looks at a part, beside those that are in hand.
  ///
  /// - Parameters:
  ///   - parts: those that the credential has.
  ///   - words: the words of a text of the flow.
  public func look(
    at taken: TakenPart, as part: CredentialPart, among parts: [CredentialPart], words: (Template) -> String
  ) -> PartLook {
    let bytes = taken.bytes
    let count = bytes.withBytes { $0.characterCount }
    let change: String? =
      switch taken.change {
      case nil: nil
      case .endsLeftOut: Phrases.endsLeftOut
      case .linesPutRight: Phrases.linesPutRight
      }
    return PartLook(
      oddity: oddity(of: bytes, as: part, among: parts, words: words),
      taken: "\(part.title): \(count) \(characters(count)) taken" + (change.map { ", \($0)" } ?? ""))
  }

  /// What is odd about a part that is in hand, in a sentence; nil if nothing is, or it is not in hand.
  ///
  /// - Parameters:
  ///   - parts: those that the credential has.
  ///   - words: the words of a text of the flow.
  public func oddity(
    of part: CredentialPart, among parts: [CredentialPart], words: (Template) -> String
  ) -> String? {
    self.parts[part.name].flatMap { bytes in
      PartLook(oddity: oddity(of: bytes, as: part, among: parts, words: words), taken: "").words
    }
  }

  private func oddity(
    of bytes: SecretBytes, as part: CredentialPart, among all: [CredentialPart], words: (Template) -> String
  ) -> PartLook.Oddity? {
    let mismatch = bytes.withBytes { part.mismatch(of: $0) }
    if mismatch != nil, bytes.count > 1, bytes.begins(with: ":") { return .unusual(Phrases.likeACommand) }
    if part.isOnly, let mismatch { return .refused(part.shape.message.map(words) ?? mismatch.words) }
    let others = all.filter { $0.name != part.name }
    if let twin = others.first(where: { parts[$0.name]?.constantTimeEquals(bytes) == true }) {
      return .sameAs(twin.title)
    }
    if part.isPassphrase, !bytes.isTrimmed { return .unusual(Phrases.endsKept) }
    let flaw = bytes.withBytes { PasteFlaw(in: $0) }.flatMap { part.secret || $0 != .publicKey ? $0 : nil }
    if let flaw, flaw != .shortened { return .flaw(flaw) }
    if let lookalike = bytes.withBytes({ raw in part.lookalikes.first { $0.shape.mismatch(of: raw) == nil } }) {
      return .unusual(words(lookalike.text))
    }
    if let flaw { return .flaw(flaw) }
    if !part.isPEM, PEMText.begins(bytes) { return .unusual(Phrases.isPrivateKey(no: part.title)) }
    if let mismatch {
      let other = others.first { other in
        !other.shape.characters.classes.contains(.any) && bytes.withBytes { other.mismatch(of: $0) } == nil
      }
      if let other { return .unusual(Phrases.looksLike(other.title)) }
      return .unusual(part.shape.message.map(words) ?? mismatch.words)
    }
    return part.isPEM && !PEMText.begins(bytes) ? .unusual(Phrases.noPrivateKey) : nil
  }
}
