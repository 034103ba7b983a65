import FlowCore
import FlowText
import Inventory
import PlainText
import Records

/// What whoever has a key could do with it, as far as anybody knows; the worst first.
enum Danger: Int, Comparable {
  case withdraws, mayWithdraw, tradesFromAnywhere, trades, reads

  static func < (one: Danger, other: Danger) -> Bool { one.rawValue < other.rawValue }

  init(_ powers: KeyPowers?) {
    guard let powers, let withdraws = powers.withdraws else {
      self = .mayWithdraw
      return
    }
    if withdraws {
      self = .withdraws
    } else if powers.trades != false {
      self = powers.isBound == true ? .trades : .tradesFromAnywhere
    } else {
      self = .reads
    }
  }

  /// `withdrawal unknown, no IP list`
  static func words(_ powers: KeyPowers?) -> String {
    let list = powers.flatMap(\.isBound).map { $0 ? "IP list" : "no IP list" } ?? "IP list unknown"
    return switch Danger(powers) {
    case .withdraws: "can withdraw, \(list)"
    case .mayWithdraw: "withdrawal unknown, \(list)"
    case .tradesFromAnywhere, .trades: "can trade, \(list)"
    case .reads: "read only"
    }
  }
}

/// A key that may be in other hands, with the number by which a person means it.
struct ExposedKey {
  let number: Int
  let row: KeyRow
  /// What is known of it by now.
  var life: KeyLife

  var isDeleted: Bool { life.deletion != nil }
  /// Whether it still has to be deleted.
  var isLeft: Bool { life.exposure != nil && !isDeleted }

  /// Takes in what was just said of it.
  ///
  /// - Parameter record: the id of the record that has it.
  mutating func take(_ mark: KeyMark.Kind, at moment: Timestamp, by person: String, in record: String) {
    switch mark {
    case .exposed: life.exposure = KeyLife.Exposure(since: moment, record: record)
    case .safe: life.exposure = nil
    case .deleted: life.deletion = KeyLife.Deletion(at: moment, person: person)
    case .undeleted: life.deletion = nil
    }
  }

  /// `Gate, grid-bot-01 (c5dcfbf1f3a7...)`
  var title: String {
    let facts = row.facts
    let exchange = row.pack?.short ?? facts?.exchange ?? "Unknown exchange"
    let name = facts?.label ?? facts?.reference.name?.split(separator: "/").last.map(String.init) ?? row.name
    return "\(display(exchange)), \(display(name))" + (facts?.listed.map { " (\(display($0))...)" } ?? "")
  }

  /// Those keys, the worst first; those of one page stand together.
  static func all(_ rows: [KeyRow]) -> [ExposedKey] {
    func order(_ row: KeyRow) -> (Int, Int, String, String) {
      let powers = row.life?.check?.powers
      return (Danger(powers).rawValue, powers?.isBound == true ? 1 : 0, row.exchange ?? "~", row.name)
    }
    return rows.sorted { order($0) < order($1) }.enumerated().compactMap { place, row in
      row.life.map { ExposedKey(number: place + 1, row: row, life: $0) }
    }
  }
}

// MARK: - What was exposed

/// What may be in other hands: what a person names when they know more than that something leaked.
struct ExposedThing {
  enum Kind: String, CaseIterable {
    case key, computer, store, program, person, exchange
  }

  let kind: Kind
  let name: String

  /// Whether a key may be in other hands with it.
  func includes(_ row: KeyRow) -> Bool {
    ExposedThing.names(of: row, as: kind).contains { $0.lowercased() == name.lowercased() }
  }

  /// What a word may mean among keys.
  static func meant(by word: String, among rows: [KeyRow]) -> [ExposedThing] {
    Kind.allCases.compactMap { kind in
      let names = rows.lazy.flatMap { self.names(of: $0, as: kind) }
      return names.first { $0.lowercased() == word.lowercased() }.map { ExposedThing(kind: kind, name: $0) }
    }
  }

  /// The words that mean a thing of a kind.
  static func words(for kind: Kind, among rows: [KeyRow]) -> [String] {
    Set(rows.flatMap { names(of: $0, as: kind) }).sorted()
  }

  private static func names(of row: KeyRow, as kind: Kind) -> [String] {
    guard let life = row.life else { return [] }
    let handouts = life.given
    switch kind {
    case .key: return [row.name, life.facts.label].compactMap(\.self)
    case .computer: return Array(life.hosts)
    case .store: return life.places.map(\.store) + handouts.filter { $0.kind == .copy }.map(\.to)
    case .program:
      return [life.facts.program].compactMap(\.self) + handouts.filter { [.exec, .config].contains($0.kind) }.map(\.to)
    case .person: return Array(life.people) + [life.facts.owner].compactMap(\.self)
    case .exchange: return [life.facts.exchange, row.pack?.short].compactMap(\.self)
    }
  }
}
