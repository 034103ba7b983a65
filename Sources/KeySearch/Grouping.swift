/// Decides which candidates of a file are keys, and which of them belong together.
struct Grouping {
  let table: SearchTable
  /// What the path of the file names.
  let path: (exchanges: ExchangeSet, isOfProgram: Bool)
  /// Whether a private key in PEM counts where nothing tells of an exchange.
  let takesAnyPEM: Bool

  /// How far apart the parts of one key may stand, in bytes.
  private static let reach = 1200
  /// The same for parts of which only both together tell.
  private static let nearReach = 300

  /// - Parameter candidates: in the order in which they stand.
  /// - Returns: the keys, and how many private keys in PEM were left out since nothing tells of an exchange.
  func keys(among candidates: [Candidate]) -> (keys: [FoundKey], otherPEM: Int) {
    var isTaken = candidates.map(isKey)
    takePairs(candidates, &isTaken)
    takePartners(candidates, &isTaken)
    var groups: [Group] = []
    for (index, candidate) in candidates.enumerated() where isTaken[index] {
      if let last = groups.indices.last, groups[last].takes(candidate, reach: Grouping.reach, self) { continue }
      groups.append(Group(candidate, self))
    }
    let others = candidates.indices.count { candidates[$0].pem != nil && !isTaken[$0] }
    return (groups.map { $0.key(self) }, others)
  }

  // MARK: - One candidate

  /// The exchanges of which a candidate can be a part.
  fileprivate func exchanges(of candidate: Candidate) -> ExchangeSet {
    if let pem = candidate.pem {
      let named = candidate.name.exchanges != 0 ? candidate.name.exchanges : candidate.near | path.exchanges
      return pem & named != 0 ? pem & named : named != 0 ? named : pem
    }
    if candidate.name.isPrivate, candidate.name.exchanges == 0 { return table.exchangesOfPrivate(candidate.kinds) }
    switch candidate.name.isSecret {
    case let isSecret?: return table.exchanges(of: candidate.kinds, secret: isSecret)
    case nil:
      return table.exchanges(of: candidate.kinds, secret: true) | table.exchanges(of: candidate.kinds, secret: false)
    }
  }

  /// Whether it is secret, as its name says; where that says nothing, as its shape does.
  fileprivate func isSecret(_ candidate: Candidate) -> Bool {
    if candidate.pem != nil { return true }
    return candidate.name.isSecret ?? (table.exchanges(of: candidate.kinds, secret: false) == 0)
  }

  private func isKey(_ candidate: Candidate) -> Bool {
    let name = candidate.name
    let isInPlace = candidate.hasContext || path.exchanges != 0 || path.isOfProgram
    if let pem = candidate.pem {
      if takesAnyPEM || name.exchanges != 0 || candidate.near != 0 || path.exchanges != 0 { return true }
      return pem != 0 && (name.strength == .strong || isInPlace)
    }
    let own = exchanges(of: candidate)
    let isNamed = own & (name.exchanges | candidate.near | path.exchanges) != 0
    let isSpecific = table.specific(candidate.kinds) & own != 0
    switch name.strength {
    case .strong: return candidate.tellsItself || isSpecific || isNamed
    case .fair: return candidate.tellsItself || isNamed || isSpecific && isInPlace
    case .weak: return candidate.tellsItself || isNamed && isSpecific
    case .neutral: return own != 0 && candidate.tellsItself && hasWord(candidate)
    }
  }

  /// Whether a word within the value says what it is: the name of a key, which has its place in it.
  private func hasWord(_ candidate: Candidate) -> Bool { candidate.kinds & table.selfEvident == 0 }

  /// A key and a secret of one exchange, side by side, tell each other.
  private func takePairs(_ candidates: [Candidate], _ isTaken: inout [Bool]) {
    for (index, first) in candidates.enumerated() where first.name.strength > .neutral && !first.isAmongVectors {
      for other in candidates.indices.dropFirst(index + 1) {
        let second = candidates[other]
        guard second.start - first.end <= Grouping.nearReach else { break }
        guard second.name.strength > .neutral, isPair(first, second), !(isTaken[index] && isTaken[other]) else {
          continue
        }
        isTaken[index] = true
        isTaken[other] = true
      }
    }
  }

  /// What has any name beside a part that is one.
  private func takePartners(_ candidates: [Candidate], _ isTaken: inout [Bool]) {
    let taken = candidates.indices.filter { isTaken[$0] }
    for (index, candidate) in candidates.enumerated() where !isTaken[index] {
      isTaken[index] = taken.contains { other in
        let known = candidates[other]
        let gap = max(known.start - candidate.end, candidate.start - known.end)
        return gap <= Grouping.nearReach && isPair(known, candidate)
          && (candidate.name.strength > .neutral || known.name.strength == .strong || known.tellsItself)
      }
    }
    // A name of a key that tells itself makes a key of the PEM beside it, whatever that is called.
    for (index, candidate) in candidates.enumerated() where candidate.pem != nil && !isTaken[index] {
      isTaken[index] = candidates.contains { other in
        other.tellsItself && abs(other.start - candidate.start) <= Grouping.reach && isPair(other, candidate)
      }
    }
  }

  private func isPair(_ first: Candidate, _ second: Candidate) -> Bool {
    first.identity != second.identity && isSecret(first) != isSecret(second)
      && exchanges(of: first) & exchanges(of: second) != 0
  }

  // MARK: - Several

  private struct Group {
    private var parts: [Candidate]
    private var common: ExchangeSet

    init(_ first: Candidate, _ grouping: Grouping) {
      parts = [first]
      common = grouping.exchanges(of: first)
    }

    /// Adds a part if it belongs to the others; what is there already is dropped.
    mutating func takes(_ candidate: Candidate, reach: Int, _ grouping: Grouping) -> Bool {
      guard let last = parts.last, candidate.start - last.end <= reach else { return false }
      if parts.contains(where: { $0.identity == candidate.identity }) { return true }
      let both = common & grouping.exchanges(of: candidate)
      let names = parts.reduce(0) { $0 | $1.name.exchanges }
      let isOther = names & candidate.name.exchanges == 0 && names != 0 && candidate.name.exchanges != 0
      let isSecret = grouping.isSecret(candidate)
      guard both != 0, !isOther, !parts.contains(where: { grouping.isSecret($0) == isSecret }) else { return false }
      common = both
      parts.append(candidate)
      return true
    }

    func key(_ grouping: Grouping) -> FoundKey {
      let (exchanges, isNamed) = narrowed(grouping)
      let places = (0..<grouping.table.exchanges.count).filter { exchanges & 1 << ExchangeSet($0) != 0 }
      // The key comes first, wherever it stands.
      let inOrder = parts.filter { !grouping.isSecret($0) } + parts.filter { grouping.isSecret($0) }
      var found = inOrder.map { part in
        FoundKey.Part(
          name: part.pem != nil ? "private-key" : grouping.isSecret(part) ? "secret" : "key", line: part.line,
          length: part.length, identity: part.identity)
      }
      if exchanges & grouping.table.withPassphrase == exchanges, exchanges != 0,
        let passphrase = parts.lazy.compactMap(\.passphrase).first
      {
        found.append(.init(name: "passphrase", line: passphrase.line, length: passphrase.length, identity: 0))
      }
      let key = parts.first { !grouping.isSecret($0) }
      // What was put in the key's place by mistake must not show.
      let shown =
        key?.name.isSecret == false && places.count == 1 ? key?.publicParts[places[0]] : nil
      return FoundKey(
        exchanges: places, isNamed: isNamed, parts: found, listed: shown.map { String(decoding: $0, as: UTF8.self) },
        knownKey: key?.listed)
    }

    /// The exchanges that names, or else what stands around, or else the path tell, of those that it can be of.
    private func narrowed(_ grouping: Grouping) -> (ExchangeSet, isNamed: Bool) {
      let names = parts.reduce(0) { $0 | $1.name.exchanges } & common
      if names != 0 { return (names, true) }
      let exact = parts.reduce(common) {
        $1.pem != nil ? $0 : grouping.table.exact($0, $1.kinds, secret: grouping.isSecret($1))
      }
      let near = parts.reduce(0) { $0 | $1.near }
      for told in [near & exact, near & common, grouping.path.exchanges & common] where told != 0 {
        return (told, true)
      }
      return (exact, exact == common && exact.nonzeroBitCount == 1)
    }
  }
}
