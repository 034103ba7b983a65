import ArgumentParser
import Ceremony
import FlowCore
import FlowText
import Inventory
import NetProtocol
import PlainText
import Records
import Stores

struct Due: ParsableCommand {
  static let configuration = CommandConfiguration(help: "due")

  @Option(
    help: ArgumentHelp("How far ahead to look, for example 30d.", valueName: "days"), transform: Age.init)
  var within: Age?

  @OptionGroup var format: JSONOptions

  @OptionGroup var common: CommonOptions

  func run() throws {
    if format.schema { return try PrintedJSON.write(PrintedJSON.due.schema) }
    let context = CommandContext(common)
    let inventory = try context.inventory()
    inventory.keepsIndex = true
    guard let today = Day(context.surroundings.now().day) else { return }
    let days = within?.days ?? Due.standard
    let origins = try inventory.origins()
    let needs = origins.needs(on: today, within: days) { reference in
      reference.name.flatMap { EntryName($0) }?.kind == .kept
    }
    if format.json {
      try PrintedJSON.write(needs.map(\.json))
    } else if origins.keys.isEmpty {
      context.console.show([Sentence(.body, KeyList.nothing)])
    } else {
      context.console.show(Due.page(of: needs, on: today, within: days, standard: try context.stores().defaultID))
    }
    if !needs.isEmpty { throw ExitStatus.findings }
  }

  // MARK: - Private

  private static let standard = 14

  /// - Parameter standard: the store that commands mean where none is named.
  private static func page(of needs: [KeyNeed], on today: Day, within days: Int, standard: String) -> [Sentence] {
    let keys = Set(needs.map(\.key.reference.place)).count
    if keys == 0 { return [Sentence(.body, "No key needs you within \(days) \(days == 1 ? "day" : "days").")] }
    let head = Sentence(.heading, keys == 1 ? "1 key needs you." : "\(keys) keys need you.")
    return [head] + needs.enumerated().flatMap { $1.item($0 + 1, on: today, standard: standard) }
  }
}

extension KeyNeed {
  fileprivate var json: JSON {
    var end: (basis: String, by: String?, days: Int?)?
    if case .ends(let told) = reason {
      switch told.basis {
      case .reported: end = ("reported", check?.host, nil)
      case .rule(let by, let days): end = ("rule", by, days)
      }
    }
    return .fields([
      "name": .given(key.reference.name), "store": .text(key.reference.store), "exchange": .given(key.exchange),
      "reason": .text(word), "day": .given(day?.description),
      "basis": .given(end?.basis), "by": .given(end?.by), "days": end?.days.map { .count($0) },
      "verdict": .given(check?.verdict.rawValue), "asked": .given(check?.at.description),
      "program": .given(key.program), "owner": .given(key.owner),
    ])
  }

  private var word: String {
    switch reason {
    case .ends: "ends"
    case .differs: "differs"
    case .neverAsked: "never-asked"
    case .askedLongAgo: "asked-long-ago"
    }
  }

  /// A line that says what is the matter, what follows from it, on whose word, and one command.
  fileprivate func item(_ number: Int, on today: Day, standard: String) -> [Sentence] {
    let option = key.reference.store == standard ? "" : " --store \(key.reference.store)"
    return [.blank, Sentence(.heading, "\(number). \(what(on: today))")]
      + (consequence.map { [Sentence(.body, $0)] } ?? []) + words.map { Sentence(.body, $0) } + command(option)
  }

  private var name: String { display(key.reference.name ?? "") }

  private func what(on today: Day) -> String {
    switch reason {
    case .ends(let end):
      let left = end.day.number - today.number
      let isSure = end.basis == .reported
      switch left {
      case 1...: return "\(name) \(isSure ? "ends" : "may end") in \(KeyNeed.days(left)), on \(end.day)."
      case 0: return "\(name) \(isSure ? "ends" : "may end") today, \(end.day)."
      default: return "\(name) \(isSure ? "has ended" : "may have ended") \(KeyNeed.days(-left)) ago, on \(end.day)."
      }
    case .differs(.refused): return "\(name) was refused by its exchange. No deadline is known."
    case .differs(let verdict): return "\(name) is \(verdict.words). No deadline is known."
    case .neverAsked: return "\(name) was never checked. No deadline is known."
    case .askedLongAgo(let days): return "\(name) was last checked \(KeyNeed.days(days)) ago. No deadline is known."
    }
  }

  private static func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }

  /// What happens if nothing is done; nil where that is not known.
  private var consequence: String? {
    guard let program = key.program.map({ display($0) }) else { return nil }
    return switch reason {
    case .ends: "\(program) stops working without it."
    case .differs(.refused): "\(program) does not get in with it."
    case .differs, .neverAsked, .askedLongAgo: nil
    }
  }

  /// On whose word it stands.
  private var words: [String] {
    let asked = check.map { ["By \(display($0.teller)), \($0.at.day)."] } ?? []
    switch reason {
    case .ends(let end):
      guard case .rule(let by, let days) = end.basis else { return asked }
      return ["By \(display(by)), after \(days) days. The exchange itself gives no day."] + (isPlayed ? asked : [])
    case .differs, .askedLongAgo: return asked
    case .neverAsked: return ["What it can really do is the word of whoever made it."]
    }
  }

  /// Whether what is known of it was told on this computer, in its exchange's place.
  private var isPlayed: Bool { check?.host.map { NetAddress.isLoopback(authority: $0) } ?? false }

  private func command(_ option: String) -> [Sentence] {
    let flow = key.exchange.map { "\($0)/rotate-key" } ?? ""
    if case .ends = reason, let head = PreparedFlows.shipped.head(of: flow), let name = key.reference.name {
      let time = head.minutes.map { ", about \($0) minutes" } ?? ""
      return [
        Sentence(.body, "Put a new one in its place\(time):"), Sentence(.command, "keyusher run \(flow) --key \(name)"),
      ]
    }
    let words =
      switch reason {
      case .differs(.refused): "Look at it on the exchange's page, then ask again:"
      case .differs: "Change it on the exchange's page, then ask again:"
      case .ends, .neverAsked, .askedLongAgo: "Ask its exchange, a minute:"
      }
    return [Sentence(.body, words), Sentence(.command, "keyusher key verify \(name)\(option)")]
  }
}
