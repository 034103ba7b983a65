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
    Sentence(.body, "This leads through all the rest, for example:"),
    Sentence(.command, "keyusher run gate-io/compromise"),
  ]

  static let rebuilt = Sentence(.body, "The index of the records was missing or old; it was made anew.")

  static func unreadable(_ records: [String]) -> [Sentence] {
    if records.isEmpty { return [] }
    let which = records.count == 1 ? "Record \(records[0]) can't be read" : "\(records.count) records can't be read"
    let missing = records.count == 1 ? "a key that only it names is" : "keys that only they name are"
    return [Sentence(.warning, "\(which): \(missing) missing here. 'keyusher runs' says why.")]
  }

  static func unknown(_ line: String, upTo last: Int) -> [Sentence] {
    [
      Sentence(.problem, "No key has to do with '\(short(line))', and it is no number from 1 to \(last)."),
      Sentence(.hint, "Tab shows what is known; Enter means all."),
    ]
  }

  static func noNumber(_ text: String) -> [Sentence] {
    [
      Sentence(
        .problem,
        text.isEmpty ? "Which key? Its number says it." : "'\(short(text))' is no number. ? shows what can be typed.")
    ]
  }

  private static func short(_ text: String) -> String {
    let shown = display(text)
    return shown.count > 40 ? shown.prefix(40) + "..." : shown
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
      .body, "Sure that only some leaked? Type their numbers, or a computer, store, program, person or exchange."),
  ]
  static let whichPrompt = "Enter = all, or which: "
  static let deletedPrompt = "Deleted which? Number, or ? "
  static let finishPrompt = "Enter = finish, or ? "
  static let noneLeft = Sentence(.body, "None is left. :undo 1 takes back what was said of key 1.")
  static let notWhole =
    Sentence(.warning, "Keyusher was stopped before what leaked was on record. Choose once more.")

  static let help = [
    Sentence(.body, "1: key 1 is deleted on its page. 1,3 and 2-5 mean several."),
    Sentence(.body, ":list shows all that are left."),
    Sentence(.body, ":undo 1: key 1 is not deleted after all, or not safe."),
    Sentence(.body, ":safe 1: key 1 did not leak; you are asked how you know."),
    Sentence(.body, ":all: all other keys leaked, too. :add NAME: those that have to do with it."),
    Sentence(.body, ":quit leaves; 'keyusher compromise' goes on."),
  ]

  static func added(_ count: Int) -> Sentence {
    Sentence(
      .standing, count == 1 ? "1 more key is on record as exposed:" : "\(count) more keys are on record as exposed:")
  }

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
        Sentence(.option, "\(key.number). \(key.title): \(key.row.dangerWords)"),
        key.row.pack?.keysURL.map { Sentence(.address, $0) }
          ?? Sentence(.body, "Look for API keys on its exchange's page."),
      ]
    }
    if keys.count > most { sentences.append(Sentence(.body, "And \(keys.count - most) more, less urgent.")) }
    return sentences
  }

  static func marked(_ number: Int, of count: Int, as thing: String) -> [Sentence] {
    let what =
      number == count ? (count == 1 ? "The key is" : "All \(count) keys are") : "\(number) of \(count) keys are"
    return [
      .blank, Sentence(.standing, "\(what) on record as exposed: \(display(thing))."),
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
  ///
  /// - Parameter others: how many keys that may still work were not marked.
  static func end(_ keys: [ExposedKey], others: Int) -> [Sentence] {
    func part(_ title: String, _ keys: [ExposedKey], _ time: (ExposedKey) -> String) -> [Sentence] {
      if keys.isEmpty { return [] }
      return [Sentence(.heading, title)] + keys.map { Sentence(.standing, "\($0.title)\(time($0))") }
    }
    let deleted = keys.filter(\.isDeleted)
    let time = { (key: ExposedKey) in ": \(key.life.deletion?.at.minute ?? "")" }
    var sentences: [Sentence] = [.blank]
    sentences += part("Deleted, as you said:", deleted.filter { $0.life.deletion?.person != nil }, time)
    sentences += part("Gone, as the exchange says:", deleted.filter { $0.life.deletion?.person == nil }, time)
    sentences += part("Not leaked, as you said:", keys.filter { !$0.isDeleted }) { _ in "" }
    if others > 0 {
      sentences.append(
        Sentence(.body, others == 1 ? "1 other key was not marked." : "\(others) other keys were not marked."))
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
    let used = keys.map { key in
      (
        key,
        [key.row.facts?.program].compactMap(\.self)
          + key.life.given.filter { [.exec, .config].contains($0.kind) }.map(\.to)
      )
    }.filter { !$0.1.isEmpty }
    if used.isEmpty { return [] }
    return [
      Sentence(.heading, "These have stopped, or will. Their orders and positions stay open: look at them now."),
      Sentence(.body, "Make new keys once you know how it leaked, on a computer that you trust:"),
    ]
      + used.flatMap { key, programs in
        let names = Set(programs).sorted().map { display($0) }.listed(with: "and")
        return [
          Sentence(.body, "\(names), which had \(display(key.row.name)):"),
          Sentence(.command, "keyusher run \(display(key.row.exchange ?? "any"))/create-key"),
        ]
      }
  }

  private static func rest(_ keys: [ExposedKey]) -> [Sentence] {
    var seen: Set<String> = []
    let pages = keys.compactMap(\.row.pack?.keysURL).filter { seen.insert($0).inserted }
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
