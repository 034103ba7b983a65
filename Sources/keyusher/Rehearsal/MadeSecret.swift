import Ceremony
import FlowCore
import SecretMemory

/// A made-up part of a credential: bytes that fit what the part looks like, the same each time, and that nobody has.
enum MadeSecret {
  /// The bytes for a part; where no text can fit its shape they come as near as they can.
  static func bytes(of part: CredentialPart, at step: Step.ID) -> [UInt8] {
    let made = lengths(part.shape).lazy.flatMap { length in
      (0..<3).lazy.map { bytes(of: part, length: length, seed: "\(step).\(part.name).\($0)") }
    }
    let fitting = made.filter { part.mismatch(of: $0) == nil }
    let own = fitting.first { bytes in !part.lookalikes.contains { $0.shape.mismatch(of: bytes) == nil } }
    return own ?? fitting.first ?? made.first ?? []
  }

  /// What a question of a script wants, made up; of a store's passphrase as well.
  static func secret(for question: Question, in flow: Flow) throws -> SecretBytes {
    guard let step = question.step, let part = flow.part(wantedBy: question) else {
      return try SecretBytes(copying: Array("made up for a rehearsal".utf8))
    }
    return try SecretBytes(copying: bytes(of: part, at: step))
  }

  // MARK: - Private

  /// What most keys have, if the shape leaves a choice.
  private static let usualLength = 32

  private static func lengths(_ shape: Shape) -> [Int] {
    let usual = min(max(usualLength, shape.length.lowerBound), shape.length.upperBound)
    return [usual, shape.length.lowerBound, shape.length.upperBound]
  }

  private static func bytes(of part: CredentialPart, length: Int, seed: String) -> [UInt8] {
    let begin = Array(part.shape.prefix.utf8)
    let end = Array(part.shape.suffix.utf8)
    let alphabet = alphabet(of: part.shape.characters)
    var state = seed.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let middle = (0..<max(length - begin.count - end.count, 0)).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return alphabet[Int((state >> 33) % UInt64(alphabet.count))]
    }
    // The lines of a private key belong together, and its first and last tell that it is one.
    return part.isPEM && !begin.isEmpty && !end.isEmpty
      ? begin + [UInt8(ascii: "\n")] + middle + [UInt8(ascii: "\n")] + end : begin + middle + end
  }

  /// Letters and digits if there are any: signs could be taken for quotes or commands.
  private static func alphabet(of characters: Characters) -> [UInt8] {
    let allowed = (0x20...0x7E).filter { characters.contains(byte: $0) }
    let plain = allowed.filter { Character(Unicode.Scalar($0)).isLetter || Character(Unicode.Scalar($0)).isNumber }
    return plain.isEmpty ? allowed.isEmpty ? [UInt8(ascii: "x")] : allowed : plain
  }
}

extension Flow {
  /// The part of a credential that a question asks for; nil if it asks for something else.
  func part(wantedBy question: Question) -> CredentialPart? {
    guard case .part(let name) = question.subject, let step = question.step,
      case .credential(let rule)? = self[step]?.body
    else { return nil }
    return rule.parts.first { $0.name == name }
  }
}
