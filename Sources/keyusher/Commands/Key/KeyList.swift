import ArgumentParser
import Ceremony
import Exports
import FlowCore
import Inventory
import NetProtocol
import PlainText
import Records
import Stores

struct KeyList: ParsableCommand {
  static let configuration = CommandConfiguration(help: "key/list")

  @OptionGroup var format: JSONOptions

  @Flag(help: "Print a table for spreadsheets: one row a key.")
  var csv = false

  @Flag(help: "Look into every store that there is, and tell of each that does not answer.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "The store that is looked into; without it, all but docker's helpers that nothing names.", valueName: "id"),
    completion: Completions.stores)
  var store: String?

  @Option(help: ArgumentHelp("Only keys of this exchange.", valueName: "id"))
  var exchange: String?

  @Option(help: ArgumentHelp("Only keys that this person owns.", valueName: "person"))
  var owner: String?

  @Option(help: ArgumentHelp("Only keys that this program uses.", valueName: "program"))
  var program: String?

  @Option(
    help: ArgumentHelp(
      "Only keys in this state, those too of which no copy is here; any means every key that ever was. It may be given more than once.",
      valueName: "state"))
  var state: [StateChoice] = []

  @Option(
    help: ArgumentHelp("Only keys that 'keyusher due' tells of within so many days.", valueName: "days"),
    transform: Age.init)
  var due: Age?

  @Flag(help: "Only keys that can do more than was planned, as their exchange said.")
  var tooWide = false

  @Option(help: ArgumentHelp("The order; without it, store by store.", valueName: "what"))
  var sort: Order?

  @Option(
    help: ArgumentHelp(
      "Write one page over the keys that may still live into this file, and nothing else.", valueName: "file"),
    completion: .file())
  var html: String?

  @Option(
    help: ArgumentHelp("On that page, tell too what changed since this day, for example 2026-11-26.", valueName: "day"),
    transform: KeyList.day)
  var since: Day?

  @OptionGroup var options: StoreOptions

  /// A state, or any.
  enum StateChoice: String, ExpressibleByArgument, CaseIterable {
    case active, due, overdue, replaced, exposed
    case deletedByWord = "revoked-by-word"
    case deletedByExchange = "revoked-as-the-exchange-says"
    case unknown, any
  }

  enum Order: String, ExpressibleByArgument, CaseIterable { case name, exchange, made, checked, ends, state }

  func validate() throws {
    if csv, format.json { throw ValidationError("--csv prints a table, --json a list; take one of them.") }
    if html != nil, csv || format.json { throw ValidationError("--html writes a page; leave out --csv and --json.") }
    if since != nil, html == nil { throw ValidationError("--since is for the page of --html; name its file.") }
  }

  func run() throws {
    if format.schema { return try PrintedJSON.write(PrintedJSON.keys.schema) }
    let (context, registry) = try options.open()
    let keys = try KeyRows(context, within: due?.days ?? KeyRows.daysAhead)
    let known = keys.origins.stores.union([registry.defaultID])
    let stores =
      try store.map { [try registry.store($0)] }
      ?? registry.all.filter {
        all || known.contains($0.id) || !$0.id.hasPrefix(StoreID.dockerPrefix)
      }
    let mustAnswer = try store.map { [try registry.store($0).id] } ?? (all ? Set(registry.all.map(\.id)) : known)
    let (found, silent) = KeyList.look(in: stores, mustAnswer: mustAnswer)
    let rows = keys.rows(of: found, alsoWithoutCopy: (html != nil || !state.isEmpty) && store == nil)
    let listed = sorted(rows.filter { isAskedFor($0, keys) && isInState($0) })
    if let html {
      try writePage(of: rows, keys, silent: silent, standard: registry.defaultID, to: html, on: context)
    } else if csv {
      try write(([KeyRow.columns] + listed.map(\.cells)).map(csvLine).joined(), to: 1)
    } else if format.json {
      try PrintedJSON.write(listed.map(\.json))
    } else {
      for (index, row) in listed.enumerated() {
        context.console.show((index > 0 ? [.blank] : []) + row.paragraph)
      }
      if listed.isEmpty, silent.isEmpty {
        context.console.show([Sentence(.body, rows.isEmpty ? KeyList.nothing : KeyList.noneOfThese)])
      }
    }
    for record in keys.unreadable.prefix(1) {
      let others = keys.unreadable.count - 1
      let more = others == 0 ? "" : ", and \(others) more"
      context.console.remark([
        Sentence(
          .warning, "Record \(record.run) can't be read\(more): what it says of keys is missing. See: keyusher runs")
      ])
    }
    for error in silent { error.say() }
    if let error = silent.first { throw error.status }
  }

  /// Whether a key is one of those that were asked for, in whatever state. Of one of which no record tells the exchange is known
  /// by its name.
  func isAskedFor(_ row: KeyRow, _ keys: KeyRows) -> Bool {
    func fits(_ wanted: String?, _ known: String?) -> Bool {
      wanted.map { $0.lowercased() == known?.lowercased() } ?? true
    }
    return fits(exchange, row.exchange) && fits(owner, row.facts?.owner) && fits(program, row.facts?.program)
      && (!tooWide || row.life?.check?.verdict == .tooWide) && (due == nil || keys.isInNeed(row))
  }

  func isInState(_ row: KeyRow) -> Bool {
    state.isEmpty || state.contains(.any) || state.contains { $0.rawValue == row.state.rawValue }
  }

  func sorted(_ rows: [KeyRow]) -> [KeyRow] {
    guard let sort = sort ?? (html == nil ? nil : .name) else { return rows }
    let last = "~"
    func key(_ row: KeyRow) -> String {
      switch sort {
      case .name: row.name
      case .exchange: row.exchange ?? last
      case .made: row.facts?.since.description ?? last
      case .checked: row.check?.at.description ?? ""
      case .ends: row.check?.end?.day.description ?? last
      case .state: String(KeyList.worstFirst.firstIndex(of: row.state) ?? KeyList.worstFirst.count)
      }
    }
    return rows.map { (key($0), $0) }.sorted { ($0.0, $0.1.name) < ($1.0, $1.1.name) }.map(\.1)
  }

  // MARK: - Private

  private static func day(_ text: String) throws -> Day {
    guard let day = Day(text) else { throw ValidationError("'\(text)' is no day; write it as 2026-11-26.") }
    return day
  }

  private static let worstFirst: [KeyState] = [
    .exposed, .overdue, .due, .replaced, .unknown, .active, .deletedByWord, .deletedByExchange,
  ]

  /// The names in each store, and why those that must answer did not.
  private static func look(
    in stores: [any CredentialStore], mustAnswer: Set<String>
  ) -> (listed: [(name: EntryName, store: String)], silent: [CommandError]) {
    var listed: [(name: EntryName, store: String)] = []
    var silent: [CommandError] = []
    for store in stores {
      do throws(StoreError) {
        switch store.condition().readiness {
        case .ready: listed += try store.names().filter { $0.kind != .probe }.map { ($0, store.id) }
        case .needsSetUp: continue
        case .unusable(let error): throw error
        }
      } catch {
        if mustAnswer.contains(store.id) { silent.append(CommandError(error)) }
      }
    }
    return (listed, silent)
  }

  private static let noneOfThese = "No key matches."
  private static let nothing = """
    No keys yet. 'keyusher run \(FlowCatalog.newcomersFlow)' makes one; 'keyusher key adopt' takes in one that you have.
    """
}
