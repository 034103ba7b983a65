import ArgumentParser
import Ceremony
import Files
import FlowCore
import Inventory
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
      "Write every day that is known into a file for calendars, and nothing else.", valueName: "file"),
    completion: .file())
  var ics: String?

  @Flag(help: "Write tasks into that file, and not events.")
  var todo = false

  @Option(
    help: ArgumentHelp("Put off what is told of a key, or of a run, for a reason.", valueName: "name"),
    completion: Completions.keys())
  var snooze: String?

  @Option(
    name: .customLong("for"), help: ArgumentHelp("For how long, for example 14d.", valueName: "days"),
    transform: Age.init)
  var snoozed: Age?

  @Option(help: ArgumentHelp("What a run reminded of is done.", valueName: "run"))
  var done: String?

  @Option(help: ArgumentHelp("Why, for the record.", valueName: "text"))
  var reason: String?

  @Flag(
    help: "Have it looked at each day: show a timer for systemd, and a line for cron, and write the timer if you agree."
  )
  var install = false

  @Flag(help: "Agree beforehand to writing the timer.")
  var yes = false

  @OptionGroup var format: JSONOptions

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if todo, ics == nil { throw ValidationError("--todo says how --ics writes; name its file.") }
    if ics != nil, format.json { throw ValidationError("--ics writes a calendar, --json a list; take one of them.") }
    if ics != nil, within != nil { throw ValidationError("--ics writes every day that is known; leave out --within.") }
    if [ics != nil, snooze != nil, done != nil, install].count(where: \.self) > 1 {
      throw ValidationError("Take one of --ics, --snooze, --done and --install.")
    }
    if snooze != nil, snoozed == nil || reason == nil {
      throw ValidationError("--snooze wants to know for how long, and why: --for 14d --reason TEXT")
    }
    if snooze == nil, snoozed != nil {
      throw ValidationError("--for says how long --snooze is to last; name what is put off.")
    }
    if snooze == nil, done == nil, reason != nil { throw ValidationError("--reason belongs to --snooze or --done.") }
    if yes, !install { throw ValidationError("--yes belongs to --install.") }
  }

  func run() throws {
    if format.schema { return try PrintedJSON.write(PrintedJSON.due.schema) }
    let context = CommandContext(common)
    if install { return try DueTimer(context.surroundings).install(on: context.console, isAgreed: yes) }
    let keys = try KeyRows(context, within: within?.days ?? KeyRows.daysAhead)
    if let ics {
      try write(keys.calendar(as: todo ? .task : .event, on: context), to: ics, on: context)
    } else if let snooze {
      try keys.putOff(snooze, for: snoozed?.days ?? 1, because: reason ?? "", on: context)
    } else if let done {
      try keys.settle(done, because: reason, on: context)
    } else {
      try tell(keys, on: context)
    }
    if let first = keys.unreadable.first { throw CommandError.hidden(by: keys.unreadable.count, first.run) }
  }

  // MARK: - Private

  private func tell(_ keys: KeyRows, on context: CommandContext) throws {
    let needs = keys.needs
    if format.json {
      try PrintedJSON.write(needs.now.map(\.json))
    } else if keys.origins.isEmpty, needs.now.isEmpty, needs.snoozed.isEmpty {
      context.console.show([Sentence(.body, "No key that is kept here is on record.")])
    } else {
      let days = within?.days ?? KeyRows.daysAhead
      context.console.show(Due.page(of: needs, on: keys.today, within: days, standard: try context.stores().defaultID))
    }
    if !needs.now.isEmpty, keys.unreadable.isEmpty { throw ExitStatus.findings }
  }

  /// - Parameter standard: the store that commands mean where none is named.
  private static func page(of needs: KeyNeeds, on today: Day, within days: Int, standard: String) -> [Sentence] {
    var sentences: [Sentence]
    if needs.now.isEmpty {
      sentences = [Sentence(.body, "No key needs you within \(days) \(days == 1 ? "day" : "days").")]
    } else {
      let names = needs.now.map { $0.key?.reference.place ?? "run \($0.run?.run ?? "")" }
      let (keys, count) = (Set(names).count, needs.now.count)
      let reasons = count > keys ? ", for \(count) reasons" : ""
      let what =
        needs.now.contains { $0.key == nil }
        ? (keys == 1 ? "1 thing" : "\(keys) things") : keys == 1 ? "1 key" : "\(keys) keys"
      sentences = [Sentence(.heading, "\(what) \(keys == 1 ? "needs" : "need") you\(reasons).")]
      sentences += needs.now.enumerated().flatMap { $1.item($0 + 1, on: today, standard: standard) }
    }
    if !needs.snoozed.isEmpty { sentences.append(.blank) }
    let waiting = Set(needs.snoozed.map { "Put off until \($0.until): \(display($0.need.name))." }).sorted()
    return sentences + waiting.map { Sentence(.body, $0) }
  }

  private func write(_ calendar: (text: String, words: String)?, to path: String, on context: CommandContext) throws {
    // A calendar without an entry is none.
    guard let calendar else {
      return context.console.show([Sentence(.body, "No day is known, so nothing was written.")])
    }
    // Another file of this name is no calendar that could be brought up to date.
    if try exists(path), let bytes = try? FlowFile.read(path, isTrusted: false),
      !bytes.isEmpty, !bytes.starts(with: "BEGIN:VCALENDAR".utf8)
    {
      throw CommandError(
        "'\(display(path))' is there, and is no calendar", hints: ["name another file with --ics"], status: .inputOutput
      )
    }
    try PrivateFile.write(Array(calendar.text.utf8), to: path, hint: "choose another place with --ics")
    context.console.show([Sentence(.body, "Written: \(display(path)) (\(calendar.words)).")])
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
