import ArgumentParser
import Ceremony
import Files
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

  @Option(
    help: ArgumentHelp(
      "Write every last day that is known into a file for calendars, and nothing else.", valueName: "file"),
    completion: .file())
  var ics: String?

  @Flag(help: "Write tasks into that file, and not events.")
  var todo = false

  @OptionGroup var format: JSONOptions

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if todo, ics == nil { throw ValidationError("--todo says how --ics writes; name its file.") }
    if ics != nil, format.json { throw ValidationError("--ics writes a calendar, --json a list; take one of them.") }
    if ics != nil, within != nil { throw ValidationError("--ics writes every day that is known; leave out --within.") }
  }

  func run() throws {
    if format.schema { return try PrintedJSON.write(PrintedJSON.due.schema) }
    let context = CommandContext(common)
    let inventory = try context.inventory()
    inventory.keepsIndex = true
    let today = Day(ofSecond: Int(context.surroundings.now().milliseconds / 1000))
    // What was asked on this computer, in an exchange's place, is no word of the exchange.
    let origins = try inventory.origins().withoutWord { NetAddress.isLoopback(authority: $0) }
    let standard = try context.stores().defaultID
    if let ics {
      try writeCalendar(of: origins, to: ics, standard: standard, on: context)
    } else {
      let days = within?.days ?? KeyRows.daysAhead
      let needs = origins.needs(on: today, within: days, where: \.isInUse)
      if format.json {
        try PrintedJSON.write(needs.map(\.json))
      } else if origins.isEmpty {
        context.console.show([Sentence(.body, "No key that is kept here is on record.")])
      } else {
        context.console.show(Due.page(of: needs, on: today, within: days, standard: standard))
      }
      if !needs.isEmpty, origins.unreadable.isEmpty { throw ExitStatus.findings }
    }
    if let first = origins.unreadable.first { throw CommandError.hidden(by: origins.unreadable.count, first.run) }
  }

  // MARK: - Private

  private func writeCalendar(
    of origins: KeyOrigins, to path: String, standard: String, on context: CommandContext
  ) throws {
    let entries = origins.ends(where: \.isInUse).map { told in
      let need = KeyNeed(key: told.key, reason: .ends(told.end), check: origins.check(of: told.key.reference))
      return need.entry(as: told.identity, ending: told.end, holds: told.holds, standard: standard)
    }
    // A calendar without an entry is none.
    if entries.isEmpty {
      return context.console.show([Sentence(.body, "No last day of a key is known, so nothing was written.")])
    }
    // Another file of this name is no calendar that could be brought up to date.
    if try exists(path), let bytes = try? FlowFile.read(path, isTrusted: false),
      !bytes.isEmpty, !bytes.starts(with: "BEGIN:VCALENDAR".utf8)
    {
      throw CommandError(
        "'\(display(path))' is there, and is no calendar", hints: ["name another file with --ics"], status: .inputOutput
      )
    }
    let text = CalendarText.text(entries, as: todo ? .task : .event, at: context.surroundings.now())
    try PrivateFile.write(Array(text.utf8), to: path, hint: "choose another place with --ics")
    let count = entries.count { !$0.isCancelled }
    let over = entries.count - count
    let words =
      (count == 1 ? "1 last day" : "\(count) last days")
      + (over == 0 ? "" : ", and \(over) that \(over == 1 ? "holds" : "hold") no more")
    context.console.show([Sentence(.body, "Written: \(display(path)) (\(words)).")])
  }

  /// - Parameter standard: the store that commands mean where none is named.
  private static func page(of needs: [KeyNeed], on today: Day, within days: Int, standard: String) -> [Sentence] {
    let keys = Set(needs.map(\.key.reference.place)).count
    if keys == 0 { return [Sentence(.body, "No key needs you within \(days) \(days == 1 ? "day" : "days").")] }
    let reasons = needs.count > keys ? ", for \(needs.count) reasons" : ""
    let head = Sentence(.heading, (keys == 1 ? "1 key needs you" : "\(keys) keys need you") + "\(reasons).")
    return [head] + needs.enumerated().flatMap { $1.item($0 + 1, on: today, standard: standard) }
  }
}

extension CommandError {
  fileprivate static func hidden(by count: Int, _ run: String) -> CommandError {
    CommandError(
      count == 1
        ? "record '\(run)' can't be read: what it says of keys is missing here"
        : "\(count) records can't be read: what they say of keys is missing here",
      hints: ["'keyusher runs' names each, and why"], status: .findings)
  }
}

extension KeyNeed {
  fileprivate var json: JSON {
    var end: (basis: String, by: String?, days: Int?, isOfUse: Bool?)?
    if case .ends(let told) = reason {
      switch told.basis {
      case .reported: end = ("reported", check?.host, nil, nil)
      case .rule(let by, let days, let ofUse): end = ("rule", by, days, ofUse)
      }
    }
    return .fields([
      "name": .given(key.reference.name), "store": .text(key.reference.store), "exchange": .given(key.exchange),
      "reason": .text(word), "day": .given(day?.description),
      "basis": .given(end?.basis), "by": .given(end?.by), "days": end?.days.map { .count($0) },
      "unused": end?.isOfUse.map { .flag($0) },
      "verdict": .given(check?.verdict.rawValue), "asked": .given(check?.at.description),
      "program": .given(key.program), "owner": .given(key.owner),
    ])
  }

  private var word: String {
    switch reason {
    case .exposed: "exposed"
    case .replaced: "replaced"
    case .ends: "ends"
    case .differs: "differs"
    case .neverAsked: "never-asked"
    case .askedLongAgo: "asked-long-ago"
    }
  }

  /// The same for a calendar.
  fileprivate func entry(
    as identity: String, ending end: KeyEnd, holds: Bool, standard: String
  ) -> CalendarText.Entry {
    CalendarText.Entry(
      id: "\(hexadecimalSHA256(of: Array("ends \(identity)".utf8)).prefix(32))@keyusher", day: end.day,
      title: "\(name) \(end.basis == .reported ? "ends" : "may end")",
      text: holds ? use + words + command(standard).map(\.text) : [], isCancelled: !holds)
  }

  /// A line that says what is the matter, who uses the key, on whose word it is, and one command.
  fileprivate func item(_ number: Int, on today: Day, standard: String) -> [Sentence] {
    [.blank, Sentence(.heading, "\(number). \(what(on: today))")] + (use + words).map { Sentence(.body, $0) }
      + command(standard)
  }

  private var name: String { display(key.reference.name ?? "") }

  private func what(on today: Day) -> String {
    // A day that is known stands in a line of its own, once it is near.
    let deadline = check?.end == nil ? " No deadline is known." : ""
    switch reason {
    case .exposed(let since): return "\(name) may be in other hands since \(since.day)."
    case .replaced(let other):
      let by = other.map { " by \(display($0))" } ?? ""
      return "\(name) was replaced\(by), and is not known to be deleted."
    case .ends(let end):
      let left = end.day.number - today.number
      let isSure = end.basis == .reported
      let unused = end.isOfUse ? ", if nobody has used it since" : ""
      switch left {
      case 1...: return "\(name) \(isSure ? "ends" : "may end") in \(KeyNeed.days(left)), on \(end.day)\(unused)."
      case 0: return "\(name) \(isSure ? "ends" : "may end") today, \(end.day)\(unused)."
      default:
        return "\(name) \(isSure ? "ended" : "may have ended") \(KeyNeed.days(-left)) ago, on \(end.day)\(unused)."
      }
    case .differs(.refused): return "\(name) was refused by its exchange.\(deadline)"
    case .differs(.lessThanPlanned): return "\(name) can do less than was planned.\(deadline)"
    case .differs(let verdict): return "\(name) is \(verdict.words).\(deadline)"
    case .neverAsked: return "\(name) was never checked.\(deadline)"
    case .askedLongAgo(let days): return "\(name) was last checked \(KeyNeed.days(days)) ago.\(deadline)"
    }
  }

  private static func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }

  /// Who would miss it.
  private var use: [String] { key.program.map { ["For \(display($0))."] } ?? [] }

  /// On whose word it stands.
  private var words: [String] {
    let asked = check.map { ["By its exchange, \($0.at.day)."] } ?? []
    let told = check.map { $0.endsAt.day } ?? ""
    switch reason {
    case .exposed: return ["Whoever has it can use it until it is deleted."]
    case .replaced: return ["As a run says. Two keys live where one is needed."]
    case .ends(let end):
      guard case .rule(let by, let days, let ofUse) = end.basis else { return ["Its exchange said so on \(told)."] }
      return [
        "By \(display(by)), after \(days) days\(ofUse ? " without use" : ""), as it was seen on \(told).",
        "The exchange itself gives no day.",
      ]
    case .differs, .askedLongAgo: return asked
    case .neverAsked: return ["What it can do is known only from whoever made it."]
    }
  }

  private func command(_ standard: String) -> [Sentence] {
    let verify = Sentence(
      .command,
      "keyusher key verify \(name)" + (key.reference.store == standard ? "" : " --store \(key.reference.store)"))
    switch reason {
    case .exposed: return [Sentence(.body, "Delete it on its page:"), Sentence(.command, "keyusher compromise")]
    case .replaced:
      let flow = key.exchange.map { "\($0)/revoke-key" } ?? ""
      guard PreparedFlows.shipped.head(of: flow) != nil else {
        return [Sentence(.body, "Delete it on its exchange's page. How it stands now:"), verify]
      }
      return [
        Sentence(.body, "Delete it on its exchange's page:"), Sentence(.command, "keyusher run \(flow) --key \(name)"),
      ]
    case .ends(let end):
      if end.isOfUse { return [Sentence(.body, "Asking its exchange counts as use:"), verify] }
      let flow = key.exchange.map { "\($0)/rotate-key" } ?? ""
      guard let head = PreparedFlows.shipped.head(of: flow) else {
        return [Sentence(.body, "Put a new one in its place. How it stands now:"), verify]
      }
      let time = head.minutes.map { ", about \($0) minutes" } ?? ""
      return [
        Sentence(.body, "Put a new one in its place\(time):"), Sentence(.command, "keyusher run \(flow) --key \(name)"),
      ]
    case .differs(.refused): return [Sentence(.body, "Look at it on the exchange's page, then ask again:"), verify]
    case .differs: return [Sentence(.body, "Change it on the exchange's page, then ask again:"), verify]
    case .neverAsked, .askedLongAgo: return [Sentence(.body, "Ask its exchange:"), verify]
    }
  }
}

extension KeyEnd {
  fileprivate var isOfUse: Bool { if case .rule(_, _, let ofUse) = basis { ofUse } else { false } }
}
