import Ceremony
import Exports
import FlowCore
import FlowText
import Inventory
import PlainText
import Records
import Stores

/// A page over keys for the person who opens it once a week: what needs somebody, the worst first, and then every key.
struct KeyOverview {
  private let keys: KeyRows
  private let known: [ListedKey]
  /// The store that commands mean where none is named.
  private let standard: String

  /// A key, once, wherever copies of it lie.
  private struct ListedKey {
    var row: KeyRow
    var stores: [String]
    /// By the word of exchanges alone.
    var check: KeyCheck?
    var needs: [KeyNeed] = []

    var danger: Danger { row.danger }
    /// Whether it may be used, and is neither a pending nor a replaced copy.
    var isInUse: Bool {
      row.state.mayLive && (row.entry.map { $0.name.kind == .kept } ?? row.life?.places.first?.isInUse ?? true)
    }
    /// Whether its exchange can be asked from here.
    var hasCopy: Bool { row.entry != nil || row.life?.places.isEmpty == false }
  }

  init(of rows: [KeyRow], among keys: KeyRows, standard: String) {
    (self.keys, self.standard) = (keys, standard)
    known = KeyOverview.joined(rows).map { row, stores in
      var key = ListedKey(row: row, stores: stores, check: keys.check(of: row))
      if key.isInUse || row.state == .exposed {
        // Of a key that is not here nobody can ask.
        key.needs = keys.needs(of: row).filter { key.hasCopy || $0.concern != .unverified }
      }
      return key
    }
  }

  var count: Int { known.count }

  /// `3 of 12 keys need you.`
  var summary: String {
    if known.isEmpty { return "No key stands on it." }
    let needing = known.count { !$0.needs.isEmpty }
    let all = known.count == 1 ? "1 key" : "\(known.count) keys"
    return needing == 0 ? "\(all), and none needs you." : "\(needing) of \(all) \(needing == 1 ? "needs" : "need") you."
  }

  func page(on host: String, at moment: Timestamp) -> KeysPage {
    var page = KeysPage("API keys on \(host), \(moment.day)", headline: headline)
    page.concerns = Concern.allCases.map(concern) + [withoutList]
    page.rows = known.map(tableRow)
    page.byExchange = groups(\.exchange, "No exchange is known") { $0.pack?.short }
    page.byProgram = groups(\.facts?.program, "No program is named")
    page.byOwner = groups(\.facts?.owner, "Nobody is named")
    return page
  }

  // MARK: - Private

  /// Those of one key together, as the first of its copies that is in use has it.
  private static func joined(_ rows: [KeyRow]) -> [(row: KeyRow, stores: [String])] {
    var joined: [(row: KeyRow, stores: [String])] = []
    var places: [String: Int] = [:]
    for row in rows {
      let stores = row.entry.map { [$0.store] } ?? []
      guard let identity = row.life?.identity, let place = places[identity] else {
        if let life = row.life { places[life.identity] = joined.count }
        joined.append((row, stores))
        continue
      }
      joined[place].stores += stores.filter { !joined[place].stores.contains($0) }
      if joined[place].row.entry?.name.kind != .kept, row.entry?.name.kind == .kept { joined[place].row = row }
    }
    return joined
  }

  private var headline: String {
    let needing = known.count { !$0.needs.isEmpty }
    switch (known.count, needing) {
    case (0, _): return "No key is listed here."
    case (_, 0): return "No key needs you within \(keys.days) \(keys.days == 1 ? "day" : "days")."
    case (_, 1): return "1 key needs you."
    default: return "\(needing) keys need you."
    }
  }

  private func groups(
    _ thing: (KeyRow) -> String?, _ none: String, title: (KeyRow) -> String? = { _ in nil }
  ) -> [KeysPage.Group] {
    let all = Dictionary(grouping: known.indices) { thing(known[$0].row) ?? "" }
    // Those of which nobody said it last.
    return all.sorted { ($0.key.isEmpty ? 1 : 0, $0.key) < ($1.key.isEmpty ? 1 : 0, $1.key) }.map { name, rows in
      let titles = rows.compactMap { title(known[$0].row) }
      return KeysPage.Group(name.isEmpty ? none : titles.first ?? name, rows: rows)
    }
  }

  private func tableRow(_ key: ListedKey) -> KeysPage.Row {
    let (row, check) = (key.row, key.check)
    let isPending = row.entry?.name.kind == .pending
    var line = KeysPage.Row(
      row.name, place: key.stores.isEmpty ? row.noCopy : "in \(key.stores.listed(with: "and"))",
      state: isPending ? "a pending copy" : row.state.words,
      powers: check == nil ? "nobody asked" : check?.powers?.words.joined(separator: "; ") ?? "nobody can tell",
      verdict: check?.verdict.words ?? "never")
    line.asked = check?.at.day
    line.isUrgent = [.exposed, .overdue, .due].contains(row.state)
    line.isAgainst = check?.verdict.isAgainstKey ?? false
    let against = [line.isUrgent ? line.state : nil, line.isAgainst ? check?.verdict.words : nil].compactMap(\.self)
    line.mark = against.isEmpty ? nil : against.joined(separator: ", ")
    line.listed = row.facts?.listed.map { "\($0)..." }
    line.account = row.facts?.account
    if let end = check?.end {
      (line.ends, line.endsBy, line.isByRule) = ("\(end.day)", end.rule ?? "its exchange", end.rule != nil)
    }
    return line
  }
}

// MARK: - What needs somebody

extension KeyOverview {
  /// What keys can need, the worst first.
  fileprivate enum Concern: CaseIterable {
    case exposed, tooWide, ends, replaced, differs, unverified

    var title: String {
      switch self {
      case .exposed: "Exposed"
      case .tooWide: "Too wide"
      case .ends: "Due, or over"
      case .replaced: "Replaced, and not known to be deleted"
      case .differs: "Refused, or not as planned"
      case .unverified: "Never verified, or not for \(KeyOrigins.longestWithoutLook) days"
      }
    }
  }

  private func concern(_ concern: Concern) -> KeysPage.Concern {
    var told = KeysPage.Concern(concern.title)
    let needs = known.flatMap { key in key.needs.filter { $0.concern == concern }.map { (key: key, need: $0) } }
    func order(_ one: (key: ListedKey, need: KeyNeed)) -> (Int, Danger, String) {
      (one.need.day?.number ?? .max, one.key.danger, one.key.row.name)
    }
    told.items = needs.sorted { order($0) < order($1) }.map { item($0.key, $0.need) }
    if concern == .unverified {
      if needs.count > 1 { (told.lead, told.command) = ("All at once:", "keyusher key verify --all") }
      told.others = others("Without a copy here nobody can ask about") { !$0.hasCopy && $0.check == nil }
    }
    return told
  }

  private func item(_ key: ListedKey, _ need: KeyNeed) -> KeysPage.Item {
    let consequence = KeyOverview.consequence(key.check?.powers)
    var facts = need.words + need.use
    switch need.concern {
    case .exposed:
      let record = key.row.life?.exposure?.record
      facts =
        (key.check?.powers == nil ? need.words : [consequence])
        + [record.map { "As record \($0) says." }].compactMap(\.self) + need.use
    case .tooWide:
      let powers = key.check?.powers.map { "It can: \($0.words.joined(separator: "; "))." }
      let plan = key.row.plan.map { "Planned: \($0)." }
      facts = [consequence] + need.words + [powers, plan].compactMap(\.self) + need.use
    case .unverified where key.row.life == nil: facts.append("No record here tells where it comes from.")
    default: break
    }
    return item(key, need, need.what(on: keys.today), facts)
  }

  /// An item with what to do.
  private func item(_ key: ListedKey, _ need: KeyNeed, _ what: String, _ facts: [String]) -> KeysPage.Item {
    let lines = need.command(standard)
    var item = KeysPage.Item(
      what, facts: facts.joined(separator: " "), advice: lines.first { $0.role == .body }?.text ?? "",
      command: lines.first { $0.role == .command }?.text)
    if !key.hasCopy, item.command?.hasPrefix(KeyOverview.asking) ?? false {
      let flow = "\(key.row.exchange ?? "")/review-keys"
      item.advice = "No copy of it is here. Look at it on its exchange's page."
      item.command = PreparedFlows.shipped.head(of: flow).map { _ in "keyusher run \(flow)" }
    }
    return item
  }

  /// Begins the command that asks about a key, which wants a copy of it.
  private static let asking = "keyusher key verify"

  /// What its exchange reported to answer from everywhere.
  private var withoutList: KeysPage.Concern {
    var told = KeysPage.Concern("No IP list")
    // One that is exposed is to be deleted, and not to be changed.
    let open = known.filter { $0.isInUse && $0.row.state != .exposed && $0.check?.powers?.isBound == false }
    told.items = open.sorted { ($0.danger, $0.row.name) < ($1.danger, $1.row.name) }.map { key in
      let need = KeyNeed(key: keys.facts(of: key.row), reason: .differs(.tooWide), check: key.check)
      var told = item(
        key, need, "\(display(key.row.name)) has no IP list.",
        [KeyOverview.consequence(key.check?.powers)] + need.words + need.use)
      if key.hasCopy { told.advice = "Set one on its exchange's page, then ask again:" }
      return told
    }
    if !open.isEmpty {
      told.lead = "First make sure at which address each program runs: with another one in the list it would stop."
    }
    told.others =
      others("Nobody can tell of") { $0.check != nil && $0.check?.powers?.isBound == nil }
      + others("Nobody asked about") { $0.check == nil }
    return told
  }

  /// `Nobody can tell of 2 keys: gate-io/a and okx/b.`
  private func others(_ why: String, _ fits: (ListedKey) -> Bool) -> [String] {
    let names = known.filter { $0.isInUse && fits($0) }.map { display($0.row.name) }
    if names.isEmpty { return [] }
    return ["\(why) \(names.count == 1 ? "1 key" : "\(names.count) keys"): \(names.listed(with: "and"))."]
  }

  /// What whoever has a key could do, as its exchange told.
  private static func consequence(_ powers: KeyPowers?) -> String {
    guard let powers else { return "What whoever has it could do, nobody can tell." }
    let from = powers.isBound.map { $0 ? ", from the addresses of its IP list" : ", from any address" } ?? ""
    return switch (powers.withdraws, powers.trades) {
    case (true?, _): "Whoever has it could send your coins away\(from)."
    case (nil, true?): "Whoever has it could trade with your coins\(from). Whether it can withdraw, nobody can tell."
    case (nil, _): "Whether it can withdraw, nobody can tell."
    case (false?, true?): "Whoever has it could trade with your coins\(from)."
    case (false?, nil): "Whether it can trade, nobody can tell."
    case (false?, false?): "Whoever has it could read your account\(from)."
    }
  }
}

extension KeyNeed {
  fileprivate var concern: KeyOverview.Concern {
    switch reason {
    case .exposed: .exposed
    case .differs(.tooWide): .tooWide
    case .ends, .reminder, .warning: .ends
    case .replaced: .replaced
    case .differs: .differs
    case .neverAsked, .askedLongAgo: .unverified
    }
  }
}
