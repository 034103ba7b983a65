import Ceremony
import Files
import FlowCore
import FlowText
import Inventory
import KeySearch
import PlainText
import Records
import Stores

/// What is told of keys that lie about: where, which, and what to do.
struct FoundReport {
  let sought: SoughtKeys
  let places: KnownPlaces
  let keys: [LyingKey]
  let result: SearchResult
  /// Whether paths were given, and not only the known places searched.
  let isOfPaths: Bool

  var page: [Sentence] {
    var sentences: [Sentence] = []
    if keys.isEmpty {
      sentences = [
        Sentence(.heading, isOfPaths ? "No key was found." : "No key was found where keys are known to lie.")
      ]
    } else {
      let count = keys.reduce(0) { $0 + $1.places.count }
      let places = count == 1 ? "in 1 place" : "in \(count) places"
      sentences = [
        Sentence(.heading, (keys.count == 1 ? "1 key lies" : "\(keys.count) keys lie") + " in plain text, \(places)."),
        Sentence(.body, "Whoever reads such a place, or a backup of it, has the key."),
      ]
    }
    for (index, key) in keys.enumerated() { sentences += item(index + 1, key) }
    return sentences + [.blank] + looked + afterwards
  }

  /// The same for programs: a row for each key.
  var rows: [JSON] { keys.map(json) }

  // MARK: - A key

  private func item(_ number: Int, _ key: LyingKey) -> [Sentence] {
    let best = key.best
    var sentences = [.blank, Sentence(.heading, "\(number). \(title(of: best))")]
    sentences.append(Sentence(.body, parts(of: best).listed(with: "and").capitalizedFirst + "."))
    sentences += key.places.prefix(FoundReport.mostPlaces).map { Sentence(.body, line(of: $0)) }
    let more = key.places.count - FoundReport.mostPlaces
    if more > 0 {
      sentences.append(Sentence(.body, "and in \(more) more \(more == 1 ? "place" : "places"); --json names all"))
    }
    let open = key.places.count(where: \.isOpenToOthers)
    if open > 0 {
      let whose = key.places.count == 1 ? "Its mode" : "The mode of \(open) of these"
      sentences.append(Sentence(.body, "\(whose) lets other users of this computer read it."))
    }
    if key.places.contains(where: { $0.object != nil }) {
      sentences.append(
        Sentence(.body, "Git keeps it: every copy of the repository has it, and to delete the file does not help."))
    }
    return sentences + advice(on: key, best)
  }

  /// So many places of a key are named on the screen.
  private static let mostPlaces = 8

  private func title(of key: FoundKey) -> String {
    if let known = known(key) {
      return "\(display(known.name ?? "")), a key of \(exchange(key.exchanges[0])) that is kept here."
    }
    let names = key.exchanges.map(exchange)
    switch (names.count, key.isNamed) {
    case (0, _): return "A private key in PEM. Nothing there tells of which exchange."
    case (1, _): return "A key of \(names[0]). No record here tells of it."
    default: return "A key, by its looks of \(names.listed(with: "or")). No record here tells of it."
    }
  }

  private func parts(of key: FoundKey) -> [String] {
    key.parts.map { part in
      let listed = part.name == "key" ? key.listed.map { "listed as \(display($0))..., " } ?? "" : ""
      let name = part.name == "private-key" ? "private key" : part.name
      return "\(name) (\(listed)\(part.length) characters)"
    }
  }

  private func line(of place: SearchResult.FoundIn) -> String {
    let line = place.key.parts.map(\.line).min() ?? 1
    let object = place.object.map { " (object \($0) of git)" } ?? ""
    return "\(display(place.path)):\(line)\(object)"
  }

  private func advice(on key: LyingKey, _ best: FoundKey) -> [Sentence] {
    let reader = key.places.lazy.filter { $0.object == nil }.compactMap { places.reader(of: $0.path) }.first
    let reads = reader.map { [Sentence(.body, "\(display($0.title)) reads its key there.")] } ?? []
    if let known = known(best), let name = known.name,
      let exchange = best.exchanges.first.map({ sought.table.exchanges[$0] })
    {
      let program = sought.facts(of: known)?.program.map { [Sentence(.body, "In use by \(display($0)).")] } ?? []
      guard EntryName(name)?.kind == .kept else {
        return reads + program + [
          Sentence(.body, "It was replaced, or has no name yet: look at it, then clear it there:"),
          Sentence(.command, "keyusher key list --exchange \(exchange)"),
        ]
      }
      return reads + program + [
        Sentence(.body, "Put a new one in its place, then clear it there:"),
        Sentence(.command, "keyusher run \(exchange)/rotate-key --key \(name)"),
      ]
    }
    let exchange = best.exchanges.count == 1 ? sought.table.exchanges[best.exchanges[0]] : nil
    let name = exchange.map { sought.freeName(at: $0, for: reader?.id) } ?? "EXCHANGE/NAME"
    let others = exchange.map { sought.names(at: $0) } ?? []
    let doubt =
      others.isEmpty || best.listed != nil
      ? []
      : [
        Sentence(.body, "It may be \(others.map { display($0) }.listed(with: "or")): no listed part tells them apart.")
      ]
    return reads + doubt + [
      Sentence(.body, "If it is in use: take it in, clear it there, then replace it:"),
      Sentence(.command, "keyusher key adopt \(name)"),
    ]
  }

  private func exchange(_ index: Int) -> String { sought.table.exchanges[index] }

  private func known(_ key: FoundKey) -> CredentialReference? { key.knownKey.map { sought.known[$0] } }

  private func json(_ key: LyingKey) -> JSON {
    let best = key.best
    let known = known(best)
    return .fields([
      "exchanges": .array(best.exchanges.map { .text(exchange($0)) }), "named": .flag(best.isNamed),
      "listed": .given(best.listed), "name": .given(known?.name), "store": .given(known?.store),
      "program": .given(known.flatMap { sought.facts(of: $0)?.program }),
      "places": .array(key.places.map(json)),
    ])
  }

  private func json(_ place: SearchResult.FoundIn) -> JSON {
    .fields([
      "path": .text(display(place.path)), "object": .given(place.object),
      "reader": .given(place.object == nil ? places.reader(of: place.path)?.id : nil),
      "open": .flag(place.isOpenToOthers),
      "parts": .array(
        place.key.parts.map { part in
          .fields(["part": .text(part.name), "line": .count(part.line), "characters": .count(part.length)])
        }),
    ])
  }

  // MARK: - What was looked at

  private var looked: [Sentence] {
    let objects = result.objects > 0 ? ", and \(count(result.objects, "object")) of git" : ""
    var sentences = [
      Sentence(.body, "Searched: \(count(result.files - result.binaries, "file"))\(objects). Nothing was changed.")
    ]
    var not: [String] = []
    if result.binaries > 0 { not.append("\(count(result.binaries, "file")) without text") }
    if result.others > 0 { not.append("\(count(result.others, "file")) of other users (--all-owners)") }
    if result.links > 0, isOfPaths { not.append(count(result.links, "link")) }
    if result.mounts > 0 { not.append("\(count(result.mounts, "folder")) of other file systems") }
    if !not.isEmpty { sentences.append(Sentence(.body, "Left out: \(not.listed(with: "and")).")) }
    if result.unreadableCount > 0 {
      let first = result.unreadable.map { "\(display($0.path)): \(systemWords($0.errno))" }
      sentences.append(
        Sentence(
          .warning,
          "Could not be read: \(count(result.unreadableCount, "file or folder", "files or folders")). \(first.joined(separator: "; "))"
        ))
    }
    if result.pemFileCount > 0 {
      let some = result.pemFiles.map { display($0) }.joined(separator: ", ")
      sentences.append(
        Sentence(
          .body,
          "Private keys in PEM that name no exchange are not counted: \(count(result.pemFileCount, "file")), such as \(some)."
        ))
    }
    for (path, why) in result.brokenRepositories {
      sentences.append(Sentence(.warning, "The history of \(display(path)) was not searched whole: \(display(why))."))
    }
    return sentences
  }

  private func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    number == 1 ? "1 \(one)" : "\(number) \(many ?? one + "s")"
  }

  private var afterwards: [Sentence] {
    guard keys.isEmpty else { return [Sentence(.hint, "if somebody else may have read one: keyusher compromise")] }
    return isOfPaths ? [] : [Sentence(.hint, "elsewhere it searches what you name: keyusher find-keys PATH")]
  }
}
