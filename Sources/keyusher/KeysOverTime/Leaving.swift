import Ceremony
import FlowCore
import FlowText
import Inventory
import PlainText
import Records
import Stores

/// Somebody who leaves: the keys that they owned, made or handed out are replaced one after the other, and nothing stops.
struct Leaving {
  private let person: String
  private let context: CommandContext
  private let known: KeyRows

  init(_ person: String, _ context: CommandContext) throws {
    try CommandError.refuseSecret(person, in: "a person's name")
    self.person = person.trimmed
    self.context = context
    known = try KeyRows(context, within: KeyRows.daysAhead)
  }

  /// Lists what is left, and puts on record when it began and when nothing was left.
  func deal() throws {
    let console = context.console
    if let first = known.unreadable.first {
      let hint = "'keyusher runs' names each, and why"
      throw CommandError(
        "record '\(first.run)' can't be read: nobody can say whose keys it names", hints: [hint], status: .findings)
    }
    let rows = known.rows(of: [], alsoWithoutCopy: true)
    let theirs = rows.filter { !ties(to: $0).isEmpty }
    guard let name = theirs.lazy.compactMap({ spelt(in: $0) }).first else { throw nobody(among: rows) }
    let left = theirs.filter(\.state.mayLive)
    let open = try openRecord()
    if left.isEmpty {
      try end(open, theirs)
      return console.show(
        [
          Sentence(
            .heading, "No key of \(display(name)) is left: \(theirs.count) \(theirs.count == 1 ? "is" : "are") deleted."
          )
        ]
          + Leaving.rest(name))
    }
    let gone = theirs.count - left.count
    let head = left.count == 1 ? "1 key of \(display(name)) is left" : "\(left.count) keys of \(display(name)) are left"
    console.show([Sentence(.heading, "\(head)\(gone > 0 ? ", \(gone) deleted" : "").")])
    console.show([
      Sentence(.body, "Replace one after the other: each program gets its new key before the old one is deleted.")
    ])
    console.show(left.enumerated().flatMap { item($0 + 1, $1, of: name) })
    console.show([
      .blank, Sentence(.body, "If \(display(name)) may do harm, delete first and replace later: keyusher compromise"),
    ])
    try putOnRecord(open, name)
    throw ExitStatus.findings
  }

  // MARK: - Private

  /// What ties a key to the person, in words.
  private func ties(to row: KeyRow) -> [String] {
    guard let life = row.life else { return [] }
    let isTheirs = { (name: String) in name.lowercased() == person.lowercased() }
    return [
      life.facts.owner.map(isTheirs) == true ? "owns it" : nil,
      life.makers.contains(where: isTheirs) ? "made it, or took it in" : nil,
      life.given.contains { isTheirs($0.person) } ? "handed it out" : nil,
    ].compactMap(\.self)
  }

  /// The name as records spell it.
  private func spelt(in row: KeyRow) -> String? {
    let names =
      [row.facts?.owner].compactMap(\.self) + Array(row.life?.people ?? []) + (row.life?.given.map(\.person) ?? [])
    return names.first { $0.lowercased() == person.lowercased() }
  }

  private func item(_ number: Int, _ row: KeyRow, of person: String) -> [Sentence] {
    let name = display(row.name)
    let use = row.facts?.program.map { " For \(display($0))." } ?? ""
    let head = Sentence(.heading, "\(number). \(name)\(row.state == .replaced ? ", replaced" : "")")
    let tie = Sentence(.body, "\(display(person)) \(ties(to: row).listed(with: "and")).\(use)")
    let job = row.state == .replaced ? "revoke-key" : "rotate-key"
    let flow = row.exchange.map { "\($0)/\(job)" } ?? ""
    guard let minutes = PreparedFlows.shipped.head(of: flow)?.minutes else {
      return [.blank, head, tie, Sentence(.body, "Make a new one, then delete this one on its exchange's page.")]
    }
    let owner = job == "rotate-key" ? " --owner NEW-OWNER" : ""
    let key = row.facts?.nameInRuns.map { " --key \(display($0))" } ?? ""
    return [
      .blank, head, tie,
      Sentence(.body, "\(job == "rotate-key" ? "Replace it" : "Delete the old one"), about \(minutes) minutes:"),
      Sentence(.command, "keyusher run \(flow)\(key)\(owner)"),
    ]
  }

  /// The id of the record that was begun for the person, if it has no end yet.
  private func openRecord() throws -> String? {
    try context.inventory().look().operations.first {
      $0.operation.kind == .offboard && $0.outcome == .notKnowable
        && $0.operation.facts["person"]?.lowercased() == person.lowercased()
    }?.id
  }

  /// Puts on record that somebody leaves, where that is said: who only looks, says nothing.
  private func putOnRecord(_ open: String?, _ name: String) throws {
    var record = open
    if record == nil, context.console.isTerminal {
      let line = try context.console.answer("leaves = on record, Enter = not: ").trimmed
      guard line == "leaves" else { return }
      let operation = KeyOperation(.offboard, "", in: "", facts: ["person": name])
      record = try KeyRecording(context: context).begin(operation).run
    }
    if let record {
      context.console.show([Sentence(.body, "On record: \(record). The same command shows what is left.")])
    }
  }

  private func end(_ record: String?, _ keys: [KeyRow]) throws {
    guard let record else { return }
    let journal = try context.records().open(record, random: context.surroundings.randomBytes).journal
    let seen = "no key is left; deleted: \(keys.map(\.name).joined(separator: ", "))"
    try journal.end([.done("", seen: seen)], at: context.surroundings.now())
  }

  private static func rest(_ name: String) -> [Sentence] {
    [
      Sentence(.body, "Keys that Keyusher does not know may exist: look at the list of API keys at each exchange."),
      Sentence(
        .body, "What \(display(name)) could log in to is not looked at here: accounts, computers, stores' passphrases."),
    ]
  }

  private func nobody(among rows: [KeyRow]) -> CommandError {
    let names = Set(ExposedThing.words(for: .person, among: rows)).sorted().map { display($0) }
    return CommandError(
      "no key here has to do with '\(display(person))'",
      hints: names.isEmpty ? [] : ["who has: \(names.prefix(8).joined(separator: ", "))"], status: .noInput)
  }
}
