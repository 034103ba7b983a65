import FlowCore
import FlowText
import Introspection
import Inventory
import PlainText
import Records

/// What whoever has a key could do with it, as far as anybody knows; the worst first.
enum Danger: Int, Comparable {
  case withdraws, mayWithdraw, tradesFromAnywhere, trades, reads

  static func < (one: Danger, other: Danger) -> Bool { one.rawValue < other.rawValue }

  /// - Parameter plansWithdrawal: whether it was planned that it can withdraw, which counts where nobody asked.
  init(_ powers: KeyPowers?, plansWithdrawal: Bool) {
    guard let powers, let withdraws = powers.withdraws else {
      self = plansWithdrawal ? .withdraws : .mayWithdraw
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
}

extension KeyRow {
  var danger: Danger { Danger(life?.check?.powers, plansWithdrawal: plansWithdrawal) }

  /// `withdrawal unknown, no IP list`
  var dangerWords: String {
    let powers = life?.check?.powers
    let list: String
    switch (powers?.isBound, facts?.plan?.addresses) {
    case (let isBound?, _): list = isBound ? "IP list" : "no IP list"
    case (nil, .some?), (nil, .these?): list = "IP list planned"
    case (nil, KeyPlan.Addresses.none?): list = "no IP list planned"
    case (nil, .notSaid?), (nil, nil): list = "IP list unknown"
    }
    return switch danger {
    case .withdraws where powers?.withdraws == nil: "withdrawal planned, \(list)"
    case .withdraws: "can withdraw, \(list)"
    case .mayWithdraw: "withdrawal unknown, \(list)"
    case .tradesFromAnywhere, .trades: "can trade, \(list)"
    case .reads: "read only"
    }
  }

  private var plansWithdrawal: Bool {
    let ids = Set(pack?.page.filter { $0.risk == .withdraw }.map(\.id) ?? [])
    return facts?.plan?.permissions?.contains(where: ids.contains) ?? false
  }
}

/// A key that may be in other hands, with the number by which a person means it.
struct ExposedKey {
  var number: Int
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
    case .exposed: life.exposure = KeyLife.Exposure(since: moment, record: record, number: number)
    case .safe: life.exposure = nil
    case .deleted: life.deletion = KeyLife.Deletion(at: moment, person: person)
    case .undeleted: life.deletion = nil
    }
  }

  /// `Gate, grid-bot-01 (c5dcfbf1f3a7...)`
  var title: String {
    let facts = row.facts
    let exchange = row.pack?.short ?? row.exchange ?? "Unknown exchange"
    let name = facts?.label ?? row.name.split(separator: "/").last.map(String.init) ?? "a key without a name"
    return "\(display(exchange)), \(display(name))" + (facts?.listed.map { " (\(display($0))...)" } ?? "")
  }

  /// Those keys, the worst first; those of one page stand together.
  static func all(_ rows: [KeyRow]) -> [ExposedKey] {
    func order(_ row: KeyRow) -> (Int, Int, String, String) {
      (row.danger.rawValue, row.life?.check?.powers?.isBound == true ? 1 : 0, row.exchange ?? "~", row.name)
    }
    return rows.sorted { order($0) < order($1) }.enumerated().map { place, row in
      let life = row.life ?? KeyLife(ofKeyAt: row.reference, since: Timestamp(milliseconds: 0))
      return ExposedKey(number: place + 1, row: row, life: life)
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
    case .store: return Array(life.stores) + handouts.filter { $0.kind == .copy }.map(\.to)
    case .program:
      return [life.facts.program].compactMap(\.self) + handouts.filter { [.exec, .config].contains($0.kind) }.map(\.to)
    case .person: return Array(life.people) + [life.facts.owner].compactMap(\.self)
    case .exchange: return [life.facts.exchange, row.pack?.short].compactMap(\.self)
    }
  }
}
