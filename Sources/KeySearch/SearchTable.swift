/// All that is looked for: the shapes of keys, and the words that stand beside them. Made once, used by all threads.
public final class SearchTable: Sendable {
  /// A bit for each kind of shape that looks different from the others.
  typealias Kinds = UInt64

  /// The ids of the exchanges; a shape names one by its place here.
  public let exchanges: [String]
  let shapes: [KeyShape]
  let listed: [ListedKey]
  /// For each kind the shapes that look so.
  let members: [[Int]]
  /// For each byte the kinds in which it can stand.
  private let kindsOfByte: [Kinds]
  /// For each length the kinds that can have it; at the end for all that are longer.
  private let kindsOfLength: [Kinds]
  /// The kinds that begin or end in a certain way.
  private let framed: Kinds
  /// The kinds that tell themselves by their beginning.
  let selfEvident: Kinds
  /// For each byte whether it can stand in a run.
  let isToken: [Bool]
  /// For each byte whether it can stand behind a value.
  private let isEnd: [Bool]
  /// The length of the shortest run that is looked at.
  let shortest: Int
  /// Exchanges that have a passphrase beside key and secret.
  let withPassphrase: ExchangeSet
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
    let shapes = shapes.filter { $0.exchange < SearchTable.most }
    var members: [[Int]] = []
    for (index, shape) in shapes.enumerated() where shape.isSought {
      if let same = members.firstIndex(where: { shapes[$0[0]].looks(as: shape) }) {
        members[same].append(index)
      } else if members.count < SearchTable.most {
        members.append([index])
      }
    }
    let kinds = members.map { shapes[$0[0]] }
    func set(of fits: (KeyShape) -> Bool) -> Kinds {
      kinds.indices.reduce(0) { fits(kinds[$1]) ? $0 | 1 << Kinds($1) : $0 }
    }
    let longest = kinds.map(\.length.upperBound).filter { $0 <= SearchTable.longest }.max() ?? 0
    kindsOfByte = (0..<256).map { byte in set { $0.allows[byte] } }
    kindsOfLength = (0...longest + 1).map { length in set { $0.length.contains(length) } }
    framed = set { !$0.prefix.isEmpty || !$0.suffix.isEmpty }
    selfEvident = set { $0.prefix.count >= 3 }
    shortest = kinds.map(\.length.lowerBound).min() ?? Int.max
    withPassphrase = shapes.reduce(0) { $1.part == "passphrase" ? $0 | 1 << ExchangeSet($1.exchange) : $0 }
    (self.exchanges, self.shapes, self.members, self.listed) = (exchanges, shapes, members, listed)
    words = Vocabulary(names: names.filter { $0.1 < SearchTable.most }, programs: programs, variables: variables)
    let marks = Array("+/-_".utf8)
    let ends = Array("\"'`,;)]}&<|\\#".utf8)
    isToken = (0...UInt8.max).map { Text.isWord($0) || marks.contains($0) }
    isEnd = (0...UInt8.max).map { $0 <= 0x20 || $0 >= 0x7F || ends.contains($0) }
  }

  /// What is longer is looked for only as open ends of a shape.
  private static let longest = 4096

  /// The value that a run is, with the signs of equality that may end it, and the kinds that look so; nil if none does.
  func value(of run: Range<Int>, in bytes: Bytes) -> (range: Range<Int>, kinds: Kinds)? {
    var end = run.upperBound
    while end < bytes.count, end < run.upperBound + 2, bytes[end] == UInt8(ascii: "=") { end += 1 }
    var kinds = kindsOfLength[min(end - run.lowerBound, kindsOfLength.count - 1)]
    var place = run.lowerBound
    while kinds != 0, place < end {
      kinds &= kindsOfByte[Int(bytes[place])]
      place += 1
    }
    guard kinds != 0, end == bytes.count || isEnd[Int(bytes[end])] else { return nil }
    let range = run.lowerBound..<end
    var rest = kinds & framed
    while rest != 0 {
      let shape = shapes[members[rest.trailingZeroBitCount][0]]
      let text = bytes.part(range)
      if !text.hasPrefix(shape.prefix) || !text.hasSuffix(shape.suffix) { kinds &= ~(rest & (~rest + 1)) }
      rest &= rest - 1
    }
    return kinds == 0 ? nil : (range, kinds)
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
