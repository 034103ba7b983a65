import Ceremony
import FlowCore
import Inventory
import PlainText
import Records
import Stores

/// A leak, from the first look at what could be exposed to the last key that is deleted.
final class Incident {
  private let context: CommandContext
  private var console: Console { context.console }
  private var person: String { context.surroundings.user }
  /// Every key that records tell of.
  private let rows: [KeyRow]
  /// The keys that it is about, each with its number, which it keeps.
  private var keys: [ExposedKey] = []
  private var left: [ExposedKey] { keys.filter(\.isLeft) }

  init(_ context: CommandContext) throws {
    self.context = context
    let known = try KeyRows(context, within: KeyRows.daysAhead)
    rows = known.rows(of: [], alsoWithoutCopy: true)
    if try context.inventory().wasIndexRebuilt { console.show([CompromiseWords.rebuilt]) }
    console.show(CompromiseWords.unreadable(known.unreadable.map(\.run)))
  }

  func deal() throws {
    if let open = try openRecord() {
      let journal = try context.records().open(open.id, random: context.surroundings.randomBytes).journal
      keys = ExposedKey.all(rows.filter { $0.life?.exposure?.record == open.id })
      console.show([CompromiseWords.goingOn(since: open.began, left: left.count, of: keys.count)])
      console.show(CompromiseWords.opening + CompromiseWords.list(left, atMost: Incident.most))
      try work(journal)
    } else {
      let all = ExposedKey.all(rows.filter(\.state.mayLive))
      console.show(all.isEmpty ? CompromiseWords.noKeys : CompromiseWords.opening)
      if !all.isEmpty { try work(begin(among: all)) }
    }
  }

  // MARK: - Its beginning

  /// The record of the last leak, if it was not dealt with to its end.
  private func openRecord() throws -> OperationSummary? {
    try context.inventory().look().operations.first { $0.operation.kind == .compromise && $0.outcome == .notKnowable }
  }

  private func begin(among all: [ExposedKey]) throws -> Journal {
    console.show(CompromiseWords.list(all, atMost: console.isTerminal ? Incident.most : .max))
    console.show([CompromiseWords.strangers])
    guard console.isTerminal else {
      throw CommandError(
        "nothing was marked, since nobody can be asked", hints: ["start it in a terminal"], status: .answerMissing)
    }
    console.remark([.blank] + CompromiseWords.which)
    let (chosen, words) = try choice(among: all)
    let operation = KeyOperation(.compromise, "", in: "", facts: ["what": words])
    let journal = try KeyRecording(context: context).begin(operation)
    keys = chosen
    try mark(.exposed, chosen, in: journal)
    console.show(CompromiseWords.marked(chosen, of: all.count, as: words))
    console.show(CompromiseWords.list(left, atMost: Incident.most))
    return journal
  }

  /// Which keys leaked, and in what words that was said.
  private func choice(among all: [ExposedKey]) throws -> (keys: [ExposedKey], words: String) {
    let completions = ExposedThing.Kind.allCases.flatMap { ExposedThing.words(for: $0, among: all.map(\.row)) }
    while true {
      let line = try console.answer(CompromiseWords.whichPrompt, completions: completions).trimmed
      switch line {
      case "": return (all, "all keys, to be sure")
      case ":quit", ":q": throw StoreError.stopped
      case "?", ":list":
        console.show(CompromiseWords.list(all))
        console.remark(CompromiseWords.which + CompromiseWords.known(among: all.map(\.row)))
        continue
      default: break
      }
      if let numbers = Incident.numbers(in: line, upTo: all.count) {
        let chosen = all.filter { numbers.contains($0.number) }
        return (chosen, chosen.map(\.row.name).joined(separator: ", "))
      }
      let things = ExposedThing.meant(by: line, among: all.map(\.row))
      if !things.isEmpty {
        let chosen = all.filter { key in things.contains { $0.includes(key.row) } }
        return (chosen, things.map { "\($0.kind.rawValue) \($0.name)" }.joined(separator: ", "))
      }
      console.remark(CompromiseWords.unknown(line, upTo: all.count))
    }
  }

  // MARK: - Its work

  /// Takes what becomes of each key, until none is left.
  private func work(_ journal: Journal) throws {
    guard console.isTerminal else {
      throw CommandError(
        "\(left.count) of \(keys.count) keys are left, and nobody can be asked", hints: ["go on in a terminal"],
        status: .answerMissing)
    }
    do {
      while !left.isEmpty { try take(console.answer(CompromiseWords.deletedPrompt).trimmed, in: journal) }
    } catch StoreError.stopped {
      console.show(CompromiseWords.stopped(left: left.count, of: keys.count))
      if console.stoppedBy != nil { throw StoreError.stopped }
      throw ExitStatus.suspended
    }
    let seen = "\(keys.count(where: \.isDeleted)) of \(keys.count) keys were said to be deleted, the others to be safe"
    try journal.end([.done("", seen: seen)], at: context.surroundings.now())
    console.show(CompromiseWords.end(keys))
  }

  private func take(_ line: String, in journal: Journal) throws {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = words.count > 1 ? words[1] : ""
    switch words.first {
    case nil, ":list": console.show(CompromiseWords.list(left, atMost: words.isEmpty ? Incident.most : .max))
    case "?", ":help": console.show(CompromiseWords.help)
    case ":quit", ":q": throw StoreError.stopped
    case ":undo":
      guard let meant = keys(rest, where: \.isDeleted, "deleted") else { return }
      try mark(.undeleted, meant, in: journal)
      tell(meant, "not deleted after all")
    case ":safe":
      guard let meant = keys(rest, where: \.isLeft, "left") else { return }
      let reason = try console.answer("Why did it not leak? ").trimmed
      if reason.isEmpty { return console.remark([Sentence(.body, "Nothing was marked: a reason is wanted.")]) }
      try CommandError.refuseSecret(reason, in: "a reason")
      try mark(.safe, meant, in: journal, reason: reason)
      tell(meant, "it did not leak")
    default:
      guard let meant = keys(line, where: \.isLeft, "left") else { return }
      try mark(.deleted, meant, in: journal)
      tell(meant, "deleted")
    }
  }

  /// Puts on record what was said of keys, and then takes it in.
  private func mark(_ kind: KeyMark.Kind, _ meant: [ExposedKey], in journal: Journal, reason: String? = nil) throws {
    let now = context.surroundings.now()
    try journal.end(meant.map { .mark(kind, of: $0.life.place, by: person, reason: reason) }, at: now)
    let numbers = Set(meant.map(\.number))
    for place in keys.indices where numbers.contains(keys[place].number) {
      keys[place].take(kind, at: now, by: person, in: journal.run)
    }
  }

  private func tell(_ meant: [ExposedKey], _ words: String) {
    let minute = context.surroundings.now().minute
    console.show(meant.map { Sentence(.standing, "You said, \(minute): \($0.title): \(words).") })
    if let next = left.first { console.show([CompromiseWords.left(left.count)] + CompromiseWords.list([next])) }
  }

  /// The keys that numbers mean; nil, and that is told, where they mean none.
  private func keys(_ text: String, where fits: (ExposedKey) -> Bool, _ state: String) -> [ExposedKey]? {
    let last = keys.map(\.number).max() ?? 0
    guard let numbers = Incident.numbers(in: text, upTo: last) else {
      console.remark(CompromiseWords.noNumber(text, upTo: last))
      return nil
    }
    let meant = keys.filter { numbers.contains($0.number) && fits($0) }
    if meant.isEmpty { console.remark([Sentence(.problem, "No such key is \(state).")]) }
    return meant.isEmpty ? nil : meant
  }

  /// `1`, `1,3`, `2-5`; nil if it is anything else, or one of them is none of the keys.
  private static func numbers(in text: String, upTo last: Int) -> Set<Int>? {
    var numbers: Set<Int> = []
    for part in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard let first = ends.first ?? nil, let final = ends.last ?? nil, ends.count <= 2, 1 <= first, first <= final,
        final <= last
      else { return nil }
      numbers.formUnion(first...final)
    }
    return numbers.isEmpty ? nil : numbers
  }

  /// How many keys a screen has room for.
  private static let most = 8
}
