import Ceremony
import FlowCore
import Glibc
import Inventory
import PlainText
import Records
import Stores

/// A leak, from the first look at what could be exposed to the last key that is deleted.
final class Incident {
  private let context: CommandContext
  private var console: Console { context.console }
  private var person: String { context.surroundings.user }
  /// Every key that may still work.
  private var living: [ExposedKey] = []
  /// The keys that it is about, each with its number, which it keeps.
  private var keys: [ExposedKey] = []
  private var left: [ExposedKey] { keys.filter(\.isLeft) }

  init(_ context: CommandContext) { self.context = context }

  func deal() throws {
    guard let open = try openRecord() else {
      try look()
      console.show(living.isEmpty ? CompromiseWords.noKeys : CompromiseWords.opening)
      return living.isEmpty ? () : try work(begin(in: nil))
    }
    let journal: Journal
    do {
      journal = try context.records().open(open.id, random: context.surroundings.randomBytes).journal
    } catch let error as JournalError {
      guard case .inUse = error else { throw error }
      try look(resuming: open.id)
      console.show(CompromiseWords.list(left))
      throw CommandError(
        "another keyusher is dealing with this leak", hints: ["go on there, or leave it there with :quit"],
        status: .unavailable)
    }
    try look(resuming: open.id)
    // A crash may have left it before all was on record that was chosen.
    if keys.count < open.operation.facts["count"].flatMap({ Int($0) }) ?? 1 {
      keys = []
      console.show([CompromiseWords.notWhole] + CompromiseWords.opening)
      return try work(begin(in: journal))
    }
    console.show([CompromiseWords.goingOn(since: open.began, left: left.count, of: keys.count)])
    console.show(
      CompromiseWords.opening + CompromiseWords.list(left, atMost: console.isTerminal ? Incident.most : .max))
    try work(journal)
  }

  // MARK: - Its beginning

  /// The record of the last leak, if it was not dealt with to its end.
  private func openRecord() throws -> OperationSummary? {
    let records = try context.records()
    return try context.inventory().look().operations.first {
      // One that was copied under another name is none to go on with.
      try $0.operation.kind == .compromise && $0.outcome == .notKnowable && records.has($0.id)
    }
  }

  /// Reads what is known of keys, by the records, and by the folders of those stores that tell names without another program.
  private func look(resuming record: String? = nil) throws {
    let known = try KeyRows(context, within: KeyRows.daysAhead)
    if try context.inventory().wasIndexRebuilt { console.show([CompromiseWords.rebuilt]) }
    console.show(CompromiseWords.unreadable(known.unreadable.map(\.run)))
    let entries = try Incident.entries(context.stores())
    let rows = known.rows(of: entries, alsoWithoutCopy: true).filter { $0.entry?.name.kind != .probe }
    var seen: Set<String> = []
    let all = ExposedKey.all(rows).filter { seen.insert($0.life.identity).inserted }
    living = all.filter { !$0.isDeleted }
    keys = all.filter { $0.life.exposure?.record == record && record != nil }.enumerated().map { place, key in
      var key = key
      key.number = key.life.exposure?.number ?? place + 1
      return key
    }.sorted { $0.number < $1.number }
  }

  private static func entries(_ registry: StoreRegistry) throws -> [(name: EntryName, store: String)] {
    ["age", "pass"].flatMap { id -> [(name: EntryName, store: String)] in
      guard let store = try? registry.store(id), case .ready = store.condition().readiness,
        let names = try? store.names()
      else { return [] }
      return names.map { ($0, id) }
    }
  }

  /// - Parameter journal: one that was begun before.
  private func begin(in journal: Journal?) throws -> Journal {
    console.show(CompromiseWords.list(living, atMost: console.isTerminal ? Incident.most : .max))
    console.show([CompromiseWords.strangers])
    guard console.isTerminal else {
      throw CommandError(
        "nothing was marked, since nobody can be asked", hints: ["start it in a terminal"], status: .answerMissing)
    }
    console.remark([.blank] + CompromiseWords.which)
    // What was typed before the list could be read is no answer.
    tcflush(0, TCIFLUSH)
    let (chosen, words) = try choice()
    let journal =
      try journal
      ?? KeyRecording(context: context).begin(
        KeyOperation(.compromise, "", in: "", facts: ["what": words, "count": "\(chosen.count)"]))
    keys = chosen
    try mark(.exposed, chosen, in: journal)
    console.show(CompromiseWords.marked(chosen.count, of: living.count, as: words))
    console.show(CompromiseWords.list(left, atMost: Incident.most))
    return journal
  }

  /// Which keys leaked, and in what words that was said.
  private func choice() throws -> (keys: [ExposedKey], words: String) {
    let rows = living.map(\.row)
    let completions = ExposedThing.Kind.allCases.flatMap { ExposedThing.words(for: $0, among: rows) }
    while true {
      let line = try console.answer(CompromiseWords.whichPrompt, completions: completions).trimmed
      switch line {
      case "": return (living, "all keys, to be sure")
      case ":quit", ":q": throw StoreError.stopped
      case "?", ":list":
        console.show(CompromiseWords.list(living))
        console.remark(CompromiseWords.which + CompromiseWords.known(among: rows))
        continue
      default: break
      }
      if let numbers = Incident.numbers(in: line), numbers.allSatisfy(living.map(\.number).contains) {
        let chosen = living.filter { numbers.contains($0.number) }
        return (chosen, chosen.map(\.row.name).joined(separator: ", "))
      }
      if let found = named(line, among: living) { return found }
      console.remark(CompromiseWords.unknown(line, upTo: living.count))
    }
  }

  /// The keys that have to do with a word, and what it was taken for.
  private func named(_ word: String, among keys: [ExposedKey]) -> (keys: [ExposedKey], words: String)? {
    let things = ExposedThing.meant(by: word, among: keys.map(\.row))
    let chosen = keys.filter { key in things.contains { $0.includes(key.row) } }
    return chosen.isEmpty ? nil : (chosen, things.map { "\($0.kind.rawValue) \($0.name)" }.joined(separator: ", "))
  }

  // MARK: - Its work

  /// Takes what becomes of each key, until none is left and that is confirmed.
  private func work(_ journal: Journal) throws {
    guard console.isTerminal else {
      throw CommandError(
        "\(left.count) of \(keys.count) keys are left, and nobody can be asked", hints: ["go on in a terminal"],
        status: .answerMissing)
    }
    do {
      while true {
        let isOver = left.isEmpty
        if isOver { console.remark([CompromiseWords.noneLeft]) }
        let prompt = isOver ? CompromiseWords.finishPrompt : CompromiseWords.deletedPrompt
        let line = try console.answer(prompt).trimmed
        if isOver, line.isEmpty { break }
        try take(line, in: journal)
      }
    } catch StoreError.stopped {
      console.show(CompromiseWords.stopped(left: left.count, of: keys.count))
      if console.stoppedBy != nil { throw StoreError.stopped }
      throw ExitStatus.suspended
    }
    let seen = "\(keys.count(where: \.isDeleted)) of \(keys.count) keys are deleted, the others were said to be safe"
    try journal.end([.done("", seen: seen)], at: context.surroundings.now())
    console.show(
      CompromiseWords.end(
        keys, others: living.count { key in !keys.contains { $0.life.identity == key.life.identity } }))
  }

  private func take(_ line: String, in journal: Journal) throws {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = words.count > 1 ? words[1] : ""
    switch words.first {
    case nil, ":list": console.show(CompromiseWords.list(left, atMost: words.isEmpty ? Incident.most : .max))
    case "?", ":help": console.show(CompromiseWords.help)
    case ":quit", ":q": throw StoreError.stopped
    case ":all": try add(living, in: journal)
    case ":add":
      guard let found = named(rest, among: living) else {
        return console.remark(CompromiseWords.unknown(rest, upTo: living.count))
      }
      try add(found.keys, in: journal)
    case ":undo":
      guard let meant = keys(rest, where: { !$0.isLeft }, "deleted, or safe") else { return }
      try mark(.undeleted, meant.filter(\.isDeleted), in: journal)
      try mark(.exposed, meant.filter { $0.life.exposure == nil }, in: journal)
      tell(meant, "not dealt with, after all")
    case ":safe":
      guard let meant = keys(rest, where: \.isLeft, "left") else { return }
      let reason = try console.answer("How do you know that? ").trimmed
      if reason.isEmpty || Incident.numbers(in: reason) != nil {
        return console.remark([Sentence(.body, "Nothing was marked: a reason is wanted.")])
      }
      do {
        try CommandError.refuseSecret(reason, in: "a reason")
        try CommandError.refuseTooLong(reason, in: "a reason")
      } catch let error as CommandError {
        return error.say()
      }
      try mark(.safe, meant, in: journal, reason: reason)
      tell(meant, "it did not leak")
    default:
      guard let meant = keys(line, where: \.isLeft, "left") else { return }
      try mark(.deleted, meant, in: journal)
      tell(meant, "deleted")
    }
  }

  /// Takes further keys in, with numbers of their own.
  private func add(_ found: [ExposedKey], in journal: Journal) throws {
    var next = (keys.map(\.number).max() ?? 0) + 1
    var new: [ExposedKey] = []
    for var key in found where !keys.contains(where: { $0.life.identity == key.life.identity }) {
      key.number = next
      next += 1
      new.append(key)
    }
    if new.isEmpty { return console.remark([Sentence(.body, "All of these are marked already.")]) }
    keys += new
    try mark(.exposed, new, in: journal)
    console.show([CompromiseWords.added(new.count)] + CompromiseWords.list(new, atMost: Incident.most))
  }

  /// Puts on record what was said of keys, and then takes it in.
  private func mark(_ kind: KeyMark.Kind, _ meant: [ExposedKey], in journal: Journal, reason: String? = nil) throws {
    if meant.isEmpty { return }
    let now = context.surroundings.now()
    let events = meant.map { key in
      KeyEvent.mark(
        kind, of: key.life.place, identity: key.life.identity, number: key.number, by: person, reason: reason)
    }
    try journal.end(events, at: now)
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
    guard let numbers = Incident.numbers(in: text) else {
      console.remark(CompromiseWords.noNumber(text))
      return nil
    }
    if let stray = numbers.subtracting(keys.map(\.number)).min() {
      console.remark([Sentence(.problem, "No key here has the number \(stray).")])
      return nil
    }
    let meant = keys.filter { numbers.contains($0.number) && fits($0) }
    if meant.isEmpty { console.remark([Sentence(.problem, "That is not \(state).")]) }
    return meant.isEmpty ? nil : meant
  }

  /// `1`, `1,3`, `2-5`; nil if it is anything else.
  private static func numbers(in text: String) -> Set<Int>? {
    var numbers: Set<Int> = []
    for part in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard let first = ends.first ?? nil, let final = ends.last ?? nil, ends.count <= 2, 1 <= first, first <= final,
        final - first < 10_000
      else { return nil }
      numbers.formUnion(first...final)
    }
    return numbers.isEmpty ? nil : numbers
  }

  /// How many keys a screen has room for.
  private static let most = 8
}
