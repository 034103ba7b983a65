import FlowCore
import FlowText
import Inventory
import NetProtocol
import PlainText
import Records
import Stores

/// All keys that are known, by the records and by what stores list.
struct KeyRows {
  /// How far ahead is looked where nobody says.
  static let daysAhead = 14

  /// What records know, what was asked in an exchange's place included.
  let origins: KeyOrigins
  let today: Day
  let days: Int
  /// The same by the word of exchanges alone.
  let honest: KeyOrigins
  /// What needs somebody.
  let needs: KeyNeeds
  private let lives: [KeyLife]
  private let packs: [String: Pack]
  private let placesInNeed: Set<String>

  /// Reads the records.
  ///
  /// - Parameter days: how far ahead is looked.
  init(_ context: CommandContext, within days: Int) throws {
    let inventory = try context.inventory()
    inventory.keepsIndex = true
    origins = try inventory.origins()
    // What was asked on this computer, in an exchange's place, is no word of the exchange.
    honest = origins.withoutWord { NetAddress.isLoopback(authority: $0) }
    today = Day(ofSecond: Int(context.surroundings.now().milliseconds / 1000))
    self.days = days
    lives = honest.allLives
    let library = FlowCatalog.library(of: nil)
    let exchanges = Set(lives.compactMap(\.facts.exchange)).union(FlowCatalog.providers)
    packs = exchanges.reduce(into: [:]) { $0[$1] = library.pack(of: $1) }
    needs = honest.needs(on: today, within: days, where: \.isInUse)
    placesInNeed = Set(needs.now.compactMap { $0.key?.reference.place })
    inventory.keep(honest.dueNote(on: today, within: KeyRows.daysAhead, where: \.isInUse))
  }

  /// The records that can't be read, and may tell of keys.
  var unreadable: [UnreadableRecord] { origins.unreadable }

  /// A row for each entry, in their order; then one for each key of which none of them is a copy, if that is wanted.
  func rows(of entries: [(name: EntryName, store: String)], alsoWithoutCopy: Bool) -> [KeyRow] {
    let byIdentity = Dictionary(lives.map { ($0.identity, $0) }) { first, _ in first }
    var listed: Set<String> = []
    let rows = entries.map { entry in
      let reference = CredentialReference(store: entry.store, name: entry.name.text)
      let life = byIdentity[honest.identity(of: reference) ?? KeyLife.identity(at: reference)]
      if let life { listed.insert(life.identity) }
      return row(life, entry, at: reference, byIdentity)
    }
    guard alsoWithoutCopy else { return rows }
    return rows
      + lives.filter { !listed.contains($0.identity) }.map { row($0, nil, at: $0.facts.reference, byIdentity) }
  }

  /// Whether 'keyusher due' tells of it.
  func isInNeed(_ row: KeyRow) -> Bool {
    let places = (row.life?.places ?? []) + [row.reference, row.facts?.reference].compactMap(\.self)
    return places.contains { placesInNeed.contains($0.place) }
  }

  /// What its exchange itself said of it last; nil where it was not asked.
  func check(of row: KeyRow) -> KeyCheck? {
    let check = row.life == nil ? honest.check(of: row.reference) : row.life?.check
    return check?.verdict == .notAsked ? nil : check
  }

  /// What it needs, as 'keyusher due' tells it.
  func needs(of row: KeyRow) -> [KeyNeed] {
    honest.needs(of: facts(of: row), row.life, on: today, within: days) { _ in true }
  }

  /// What is known of it, as it is called where it lies.
  func facts(of row: KeyRow) -> KeyFacts {
    var facts = row.facts ?? KeyFacts(row.reference, exchange: row.exchange ?? "", since: Timestamp(milliseconds: 0))
    facts.reference = row.reference
    return facts
  }

  // MARK: - Private

  private func row(
    _ life: KeyLife?, _ entry: (name: EntryName, store: String)?, at reference: CredentialReference,
    _ all: [String: KeyLife]
  ) -> KeyRow {
    // What a server in an exchange's place said is told as such, and no day is known by it.
    var check = entry == nil ? life?.check : origins.check(of: reference)
    check?.ends = life?.check?.ends ?? KeyEnds()
    return KeyRow(
      entry: entry, life: life, check: check, state: life?.state(on: today, within: days) ?? .unknown,
      pack: (life?.facts.exchange ?? reference.name?.split(separator: "/").first.map(String.init)).flatMap {
        packs[$0]
      },
      replacement: life?.replacement.flatMap { all[$0]?.place.name }, origins: origins)
  }
}
