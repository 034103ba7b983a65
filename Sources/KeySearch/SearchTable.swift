/// All that is looked for: the shapes of keys, and the words that stand beside them. Made once, used by all threads.
public struct SearchTable: Sendable {
  /// A bit for each kind of shape that looks different from the others.
  typealias Kinds = UInt64

  /// The ids of the exchanges; a shape names one by its place here.
  public let exchanges: [String]
  let shapes: [KeyShape]
  let listed: [ListedKey]
  /// For each kind the shapes that look so.
  private(set) var members: [[Int]] = []
  /// For each byte the kinds in which it can stand.
  private(set) var kindsOfByte = [Kinds](repeating: 0, count: 256)
  /// For each length the kinds that can have it; at the end for all that are longer.
  private(set) var kindsOfLength: [Kinds] = []
  /// The kinds that begin or end in a certain way.
  private(set) var framed: Kinds = 0
  /// The kinds that tell themselves by their beginning.
  private(set) var selfEvident: Kinds = 0
  /// For each byte whether it can stand in a run.
  let isToken: [Bool]
  /// The length of the shortest run that is looked at.
  private(set) var shortest = Int.max
  /// Exchanges that have a passphrase beside key and secret.
  private(set) var withPassphrase: ExchangeSet = 0
  let words: Vocabulary

  /// How many exchanges and kinds of shapes there can be.
  public static let most = 64

  /// - Parameters:
  ///   - exchanges: at most `most`; those behind are left out.
  ///   - names: what exchanges are called, in small letters and digits, each with its place.
  ///   - programs: what programs are called that use keys.
  ///   - variables: names that hold a part, and whether that is secret.
  ///   - listed: the keys that are known already.
  public init(
    exchanges: [String], shapes: [KeyShape], names: [(String, Int)], programs: [String],
    variables: [(String, isSecret: Bool)] = [], listed: [ListedKey] = []
  ) {
    self.exchanges = exchanges
    self.shapes = shapes.filter { $0.exchange < SearchTable.most }
    self.listed = listed
    words = Vocabulary(names: names.filter { $0.1 < SearchTable.most }, programs: programs, variables: variables)
    let marks = Set("+/-_".utf8)
    isToken = (0...UInt8.max).map { Text.isWord($0) || marks.contains($0) }
    for (index, shape) in self.shapes.enumerated() {
      if shape.part == "passphrase" { withPassphrase |= 1 << ExchangeSet(shape.exchange) }
      if shape.isSought { add(shape, index) }
    }
    let longest = members.map { self.shapes[$0[0]].length.upperBound }.filter { $0 <= SearchTable.longest }.max() ?? 0
    kindsOfLength = (0...longest + 1).map { length in
      members.indices.reduce(0) { $0 | (self.shapes[members[$1][0]].length.contains(length) ? 1 << Kinds($1) : 0) }
    }
  }

  /// What is longer is looked for only as open ends of a shape.
  private static let longest = 4096

  private mutating func add(_ shape: KeyShape, _ index: Int) {
    if let same = members.firstIndex(where: { shapes[$0[0]].looks(as: shape) }) {
      members[same].append(index)
      return
    }
    guard members.count < SearchTable.most else { return }
    let kind: Kinds = 1 << Kinds(members.count)
    members.append([index])
    for byte in 0..<256 where shape.allows[byte] { kindsOfByte[byte] |= kind }
    if !shape.prefix.isEmpty || !shape.suffix.isEmpty { framed |= kind }
    if shape.prefix.count >= 3 { selfEvident |= kind }
    shortest = min(shortest, shape.length.lowerBound)
  }

  /// The exchanges of which something can be a part, secret or not.
  func exchanges(of kinds: Kinds, secret: Bool) -> ExchangeSet {
    var set: ExchangeSet = 0
    eachShape(of: kinds) { if $0.isSecret == secret { set |= 1 << ExchangeSet($0.exchange) } }
    return set
  }

  /// The exchanges that call something a private key which it can be.
  func exchangesOfPrivate(_ kinds: Kinds) -> ExchangeSet {
    var set: ExchangeSet = 0
    eachShape(of: kinds) { if $0.isPrivate { set |= 1 << ExchangeSet($0.exchange) } }
    return set
  }

  /// The exchanges for whose shapes hardly any length fits: what else fits may do so by accident.
  func specific(_ kinds: Kinds) -> ExchangeSet {
    var set: ExchangeSet = 0
    eachShape(of: kinds) { if $0.length.count <= 8 { set |= 1 << ExchangeSet($0.exchange) } }
    return set
  }

  /// Those of some exchanges whose shape has one length only, if there are any: a shape of many lengths fits by accident.
  func exact(_ exchanges: ExchangeSet, _ kinds: Kinds, secret: Bool) -> ExchangeSet {
    var set: ExchangeSet = 0
    eachShape(of: kinds) {
      if $0.isSecret == secret, $0.length.count == 1 { set |= 1 << ExchangeSet($0.exchange) }
    }
    return set & exchanges == 0 ? exchanges : set & exchanges
  }

  func eachShape(of kinds: Kinds, _ body: (KeyShape) -> Void) {
    var rest = kinds
    while rest != 0 {
      for index in members[rest.trailingZeroBitCount] { body(shapes[index]) }
      rest &= rest - 1
    }
  }
}

extension KeyShape {
  fileprivate func looks(as other: KeyShape) -> Bool {
    length == other.length && prefix == other.prefix && suffix == other.suffix && allows == other.allows
  }
}
