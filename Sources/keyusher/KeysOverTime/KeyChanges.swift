import Inventory
import PlainText
import Records

/// What became of keys since a day, by the word of records alone.
enum KeyChanges {
  /// What is known of each, the last first. Of what happened to a key more than once, the last time counts.
  ///
  /// - Parameter all: among which what was made in the place of another is looked for.
  static func since(_ day: Day, of rows: [KeyRow], among all: [KeyRow]) -> [(day: String, what: String)] {
    let births = Dictionary(all.compactMap(\.life).map { ($0.identity, $0.facts.since) }) { first, _ in first }
    var seen: Set<String> = []
    let events = rows.filter { $0.life.map { seen.insert($0.identity).inserted } ?? false }.flatMap { row in
      row.events(births).map { (at: $0.at, what: "\(display(row.name)) \($0.what)") }
    }
    let first = day.description
    return events.filter { $0.at.day >= first }.sorted { ($1.at, $0.what) < ($0.at, $1.what) }.map {
      ($0.at.day, $0.what)
    }
  }
}

extension KeyRow {
  /// - Parameter births: since when each key is here, by its identity.
  fileprivate func events(_ births: [String: Timestamp]) -> [(at: Timestamp, what: String)] {
    guard let life else { return [] }
    let began =
      adoption.map { "was taken in by \(display($0.user))." } ?? "was made\(run.map { " by run \($0.run)" } ?? "")."
    var events = [(at: life.facts.since, what: began)]
    func add(_ moment: Timestamp?, _ what: String) { if let moment { events.append((moment, what)) } }
    for handout in life.given { add(handout.at, "was given to \(handout.words).") }
    add(life.tooWideSince, "was found too wide, as its exchange said.")
    if let check = life.check, check.verdict != .notAsked, check.at != life.tooWideSince {
      add(check.at, "was asked about. By its exchange: \(check.verdict.words).")
    }
    add(life.reviewed, "was looked at by a run.")
    add(life.exposure?.since, "was marked as exposed.")
    add(life.replacement.flatMap { births[$0] }, "was replaced\(replacement.map { " by \(display($0))" } ?? "").")
    add(
      life.deletion?.at,
      life.deletion?.person.map { "was deleted, as \(display($0)) said." } ?? "is gone, as its exchange says.")
    return events
  }
}
