import Ceremony
import FlowText
import Inventory
import PlainText
import Records

/// What `keyusher compromise` says.
enum CompromiseWords {
  /// Before anything is asked: what comes first, and why.
  static let opening = [
    Sentence(.warning, "Is this computer suspect? Use another device; do not log in here."),
    Sentence(.body, "Delete keys first, ask questions later. Not sure which? Delete all."),
    Sentence(.body, "Bots stop. Open orders and positions stay: handle them by hand afterwards."),
  ]
  static let strangers =
    Sentence(.body, "Keys that Keyusher does not know may exist: look at the whole list on each page.")
  static let noKeys = [
    Sentence(.body, "No key that may still work is on record here."),
    Sentence(.body, "Keys that Keyusher does not know may exist: look at the list of API keys at each exchange."),
  ]

  static let rebuilt = Sentence(.body, "The index of the records was missing or old; it was made anew.")

  static func unreadable(_ records: [String]) -> [Sentence] {
    if records.isEmpty { return [] }
    let which = records.count == 1 ? "Record \(records[0]) can't be read" : "\(records.count) records can't be read"
    return [Sentence(.warning, "\(which): keys that only they tell of are missing here. 'keyusher runs' says why.")]
  }

  static func unknown(_ line: String, upTo last: Int) -> [Sentence] {
    [
      Sentence(.problem, "No key has to do with '\(display(line))', and it is no number from 1 to \(last)."),
      Sentence(.hint, "Tab shows what is known; Enter means all."),
    ]
  }

  static func noNumber(_ text: String, upTo last: Int) -> [Sentence] {
    [
      Sentence(
        .problem,
        text.isEmpty
          ? "Which key? A number from 1 to \(last) says it."
          : "'\(display(text))' is no number from 1 to \(last). ? shows what can be typed.")
    ]
  }

  static func stopped(left: Int, of count: Int) -> [Sentence] {
    [
      .blank, Sentence(.body, "\(left) of \(count) keys are left. This goes on:"),
      Sentence(.command, "keyusher compromise"),
    ]
  }

  static let which = [
    Sentence(.body, "Enter marks all of them as exposed; nothing is marked yet."),
    Sentence(
      .body, "Only some leaked, for certain: their numbers, or what leaked: a computer, store, program, person."),
  ]
  static let whichPrompt = "All? Enter, or which: "
  static let deletedPrompt = "Deleted: its number, or ? "

  static let help = [
    Sentence(.body, "1: key 1 is deleted on its page. 1,3 and 2-5 mean several."),
    Sentence(.body, ":list shows all that are left."),
    Sentence(.body, ":undo 1: key 1 is not deleted after all."),
    Sentence(.body, ":safe 1: key 1 did not leak; you are asked why."),
    Sentence(.body, ":quit leaves; 'keyusher compromise' goes on."),
  ]

  /// The words that mean more than one key, kind by kind.
  static func known(among rows: [KeyRow]) -> [Sentence] {
    [(ExposedThing.Kind.computer, "Computers"), (.store, "Stores"), (.program, "Programs"), (.person, "Persons")]
      .compactMap { kind, title in
        let words = ExposedThing.words(for: kind, among: rows).map { display($0) }
        return words.isEmpty ? nil : Sentence(.body, "\(title): \(words.joined(separator: ", ")).")
      }
  }

  /// Keys with the page on which each is deleted; of many, the first.
  static func list(_ keys: [ExposedKey], atMost most: Int = .max) -> [Sentence] {
    var sentences = keys.prefix(most).flatMap { key in
      [
        Sentence(.option, "\(key.number). \(key.title): \(Danger.words(key.life.check?.powers))"),
        key.row.pack?.keysURL.map { Sentence(.address, $0) }
          ?? Sentence(.body, "Look for API keys on its exchange's page."),
      ]
    }
    if keys.count > most { sentences.append(Sentence(.body, "And \(keys.count - most) more, less urgent.")) }
    return sentences
  }

  static func marked(_ keys: [ExposedKey], of count: Int, as thing: String) -> [Sentence] {
    [
      .blank,
      Sentence(
        .standing,
        "On record as exposed: \(keys.count) of \(count) \(count == 1 ? "key" : "keys") (\(display(thing)))."),
      Sentence(.body, "Log in at each page and delete them, in this order:"),
    ]
  }

  static func goingOn(since moment: Timestamp, left: Int, of count: Int) -> Sentence {
    Sentence(.heading, "Going on with what was exposed on \(moment.minute): \(left) of \(count) keys are left.")
  }

  static func left(_ count: Int) -> Sentence {
    Sentence(.body, count == 1 ? "1 key is left:" : "\(count) keys are left. The next:")
  }

  /// How it ended: what was deleted when, what was not, whom to tell, and what becomes of the programs.
  static func end(_ keys: [ExposedKey]) -> [Sentence] {
    let deleted = keys.filter(\.isDeleted)
    let others = keys.filter { !$0.isDeleted }
    var sentences: [Sentence] = [.blank]
    if !deleted.isEmpty {
      sentences.append(Sentence(.heading, "Deleted, as you said:"))
      sentences += deleted.map { key in
        Sentence(.standing, "\(key.title): \(key.life.deletion?.at.minute ?? "")")
      }
    }
    if !others.isEmpty {
      sentences.append(
        Sentence(.heading, others.contains { $0.life.exposure != nil } ? "Still there:" : "Not leaked, as you said:"))
      sentences += others.map { Sentence(.body, $0.title) }
    }
    return sentences + peopleToTell(keys) + programs(deleted) + rest(keys)
  }

  // MARK: - Private

  private static func peopleToTell(_ keys: [ExposedKey]) -> [Sentence] {
    let people = Set(keys.compactMap(\.row.facts?.owner)).sorted()
    let files = Set(keys.flatMap(\.life.given).filter { $0.kind == .send }.compactMap(\.file)).sorted()
    if people.isEmpty, files.isEmpty { return [] }
    return [Sentence(.heading, "Tell:")]
      + people.map { person in
        let names = keys.filter { $0.row.facts?.owner == person }.map { display($0.row.name) }
        return Sentence(.body, "\(display(person)), who owns \(names.listed(with: "and")).")
      } + files.map { Sentence(.body, "Whoever got the file \(display($0)).") }
  }

  private static func programs(_ keys: [ExposedKey]) -> [Sentence] {
    let used = keys.filter { $0.row.facts?.program != nil }
    if used.isEmpty { return [] }
    return [
      Sentence(.heading, "These have stopped, or will. Their orders and positions stay open: look at them now."),
      Sentence(.body, "Make new keys once you know how it leaked, on a computer that you trust:"),
    ]
      + used.flatMap { key in
        [
          Sentence(.body, "\(display(key.row.facts?.program ?? "")), which had \(display(key.row.name)):"),
          Sentence(.command, "keyusher run \(key.row.exchange ?? "any")/create-key"),
        ]
      }
  }

  private static func rest(_ keys: [ExposedKey]) -> [Sentence] {
    let pages = Set(keys.compactMap(\.row.pack?.keysURL)).sorted()
    let exchanges = Set(keys.compactMap { $0.row.pack == nil ? nil : $0.row.exchange }).sorted()
    var sentences = [Sentence(.heading, "Then:")]
    if !pages.isEmpty {
      sentences.append(
        Sentence(.body, "Look at the whole list on each page: keys that Keyusher does not know may be there."))
      sentences += pages.map { Sentence(.address, $0) }
    }
    sentences.append(Sentence(.body, "Password, second factor and orders; this leads through them:"))
    sentences += exchanges.map { Sentence(.command, "keyusher run \($0)/compromise") }
    sentences.append(Sentence(.body, "Copies in your stores open nothing any more. To delete one:"))
    sentences.append(Sentence(.command, "keyusher key forget NAME"))
    return sentences
  }
}
