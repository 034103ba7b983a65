/// Looks at runs of characters: which could be a part of a key, and what stands around it.
struct CandidateLook {
  let table: SearchTable
  let seed: UInt64
  /// What stands around the last candidate, kept for those beside it.
  var around: (block: Int, told: Vocabulary.Told)?

  /// The candidate that a value is; nil if it is none. Its line is not known here; a passphrase's is told from that one.
  mutating func candidate(
    _ value: Range<Int>, of kinds: SearchTable.Kinds, in bytes: Bytes
  ) -> Candidate? {
    let named = NameReader(bytes: bytes, words: table.words).grade(before: value.lowerBound)
    guard let name = named ?? (isAlone(value, in: bytes) ? NameGrade() : nil), MadeByChance.holds(bytes.part(value))
    else {
      return nil
    }
    var found = candidate(value, named: name, in: bytes)
    found.kinds = kinds
    found.isAlone = named == nil
    found.tellsItself = kinds & table.selfEvident != 0 || saysKey(bytes.part(value))
    if name.strength > .neutral || found.tellsItself { describe(&found, value, in: bytes) }
    found.listed = table.listed.firstIndex { key in
      bytes.part(value).hasPrefix(key.listed)
        && table.exchanges(of: kinds, secret: false) & 1 << ExchangeSet(key.exchange) != 0
    }
    found.publicParts = publicParts(of: kinds, bytes.part(value))
    return found
  }

  // MARK: - Shapes

  /// Whether nothing else stands in its line, near the beginning of a file.
  private func isAlone(_ value: Range<Int>, in bytes: Bytes) -> Bool {
    guard value.upperBound <= 1024 else { return false }
    return (value.lowerBound == 0 || Text.isBreak(bytes[value.lowerBound - 1]))
      && (value.upperBound == bytes.count || Text.isBreak(bytes[value.upperBound]))
  }

  /// Whether a value is a path in which `apiKeys` stands, as the name of a key has it.
  private func saysKey(_ value: Bytes) -> Bool {
    (0..<value.count).contains { value[$0] == UInt8(ascii: "/") && value.stands("apiKeys", at: $0 + 1) }
  }

  /// As much as each exchange lists, unless a secret of it looks the same.
  private func publicParts(of kinds: SearchTable.Kinds, _ value: Bytes) -> [Int: [UInt8]] {
    let secrets = table.exchanges(of: kinds, secret: true)
    var parts: [Int: [UInt8]] = [:]
    table.eachShape(of: kinds) { shape in
      if !shape.isSecret, shape.publicPrefix > 0, secrets & 1 << ExchangeSet(shape.exchange) == 0 {
        parts[shape.exchange] = Array(value.part(0..<min(shape.publicPrefix, value.count / 2)))
      }
    }
    return parts
  }

  // MARK: - Around it

  private func candidate(_ value: Range<Int>, named name: NameGrade, in bytes: Bytes) -> Candidate {
    Candidate(
      start: value.lowerBound, length: value.count, line: 0, kinds: 0, pem: nil, name: name, near: 0,
      isNearProgram: false, isAmongVectors: false, tellsItself: false, isAlone: false,
      identity: identity(of: bytes.part(value), isPEM: false), listed: nil, publicParts: [:], passphrase: nil)
  }

  /// The candidate that a private key in PEM is.
  mutating func candidate(_ block: PEMBlock, in bytes: Bytes) -> Candidate {
    let named = NameReader(bytes: bytes, words: table.words).grade(before: block.range.lowerBound)
    var found = candidate(block.range, named: named ?? NameGrade(), in: bytes)
    var exchanges: ExchangeSet = 0
    for shape in table.shapes where shape.isPEM && bytes.part(block.range).hasPrefix(shape.prefix) {
      exchanges |= 1 << ExchangeSet(shape.exchange)
    }
    found.pem = exchanges
    found.identity = identity(of: bytes.part(block.body), isPEM: true)
    describe(&found, block.range, in: bytes)
    return found
  }

  private mutating func describe(_ found: inout Candidate, _ value: Range<Int>, in bytes: Bytes) {
    let told = told(around: value, in: bytes)
    (found.near, found.isNearProgram, found.isAmongVectors) = (told.exchanges, told.isOfProgram, told.isOfVectors)
    let exchanges = table.exchanges(of: found.kinds, secret: true) | table.exchanges(of: found.kinds, secret: false)
    if exchanges & table.withPassphrase != 0 {
      found.passphrase = PassphraseLook(bytes: bytes).passphrase(near: value)
    }
  }

  /// What the words around a value tell, the same for all that begin in one block.
  private mutating func told(around value: Range<Int>, in bytes: Bytes) -> Vocabulary.Told {
    let block = value.lowerBound / CandidateLook.blockSize
    if let around, around.block == block { return around.told }
    let start = max(0, (block - 1) * CandidateLook.blockSize)
    let end = min(bytes.count, max(value.upperBound, (block + 1) * CandidateLook.blockSize) + CandidateLook.blockSize)
    let told = table.words.told(by: bytes.part(start..<end))
    around = (block, told)
    return told
  }

  private static let blockSize = 512

  /// A number of a value, of which nobody who does not know the seed can tell anything. How the line ends of a PEM are written
  /// makes no difference.
  private func identity(of bytes: Bytes, isPEM: Bool) -> UInt64 {
    var sum = seed
    for byte in bytes where !isPEM || Text.isWord(byte) && byte != UInt8(ascii: "n") && byte != UInt8(ascii: "r") {
      sum = (sum ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
      sum ^= sum >> 29
    }
    return sum
  }
}
