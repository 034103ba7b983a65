import Ceremony
import Exports
import Files
import FlowCore
import Glibc
import Inventory
import PlainText
import Records

extension KeyList {
  /// Writes a page over keys in the place of an older one; any other file stays.
  ///
  /// - Parameter silent: why stores that must answer did not.
  func writePage(
    of rows: [KeyRow], _ keys: KeyRows, silent: [CommandError], standard: String, to path: String,
    on context: CommandContext
  ) throws {
    if let since, since > keys.today {
      throw CommandError(
        "the day of --since, \(since), is still to come", hints: ["today is \(keys.today), in UTC"], status: .usage)
    }
    try KeyList.checkThatOnlyPageIs(at: path)
    let asked = rows.filter { isAskedFor($0, keys) }
    let listed = asked.filter { state.isEmpty ? $0.state.mayLive : isInState($0) }
    let overview = KeyOverview(of: sorted(listed), among: keys, standard: standard)
    let now = context.surroundings.now()
    var page = overview.page(on: context.surroundings.host, at: now)
    page.scope = scope(overview.count)
    page.missing = KeyList.missing(keys.unreadable.count, silent.count)
    // What became of a key tells, too, of one that is deleted by now.
    page.changes = since.map {
      KeysPage.Changes(since: "\($0)", KeyChanges.since($0, of: state.isEmpty ? asked : listed, among: rows))
    }
    page.foot = KeyList.foot(of: Set(rows.compactMap { $0.entry?.store }).sorted(), at: now)
    page.foot += keys.unreadable.map {
      "Record \($0.run) can't be read: what it says of keys is missing here. 'keyusher runs' says why."
    }
    page.foot += silent.map { "A store did not answer, and what it has is missing here: \($0.message)." }
    let isReplaced = try PrivateFile.write(
      Array(Exports.html(of: page).utf8), to: path, hint: "choose another place with --html")
    context.console.show(
      [
        Sentence(.body, "Written: \(display(path))\(isReplaced ? " (in place of the page that was there)" : "")."),
        Sentence(.body, overview.summary),
        Sentence(.body, "Only you can read the file. It names your keys, and has no secret."),
      ] + CompromiseWords.unreadable(keys.unreadable.map(\.run)))
  }

  // MARK: - Private

  private static func checkThatOnlyPageIs(at path: String) throws {
    // What is no plain file is refused where it is written.
    guard let old = try status(of: path, followingLink: false), old.isPlainFile, old.st_size > 0 else { return }
    let start = (try? Descriptor(path, flags: O_RDONLY | O_NONBLOCK).readStart(most: 512)) ?? []
    if String(decoding: start, as: UTF8.self).firstRange(of: KeysPage.mark) != nil { return }
    throw CommandError(
      "'\(display(path))' is there, and is no page over keys", hints: ["name another file with --html"],
      status: .inputOutput)
  }

  /// How many keys stand there, and which.
  private func scope(_ count: Int) -> [String] {
    let keys = count == 1 ? "1 key" : "\(count) keys"
    let which =
      if state.isEmpty {
        "\(keys) that may still live."
      } else if state.contains(.any) {
        "\(keys), those too that are gone."
      } else {
        "\(keys), \(state.map(\.rawValue).listed(with: "or"))."
      }
    let only = [
      exchange.map { "at \($0)" }, owner.map { "of \($0)" }, program.map { "for \($0)" },
      store.map { "in the store \($0)" }, tooWide ? "that are too wide" : nil,
      due.map { "that are due within \($0.days) days" },
    ].compactMap(\.self)
    return [which] + (only.isEmpty ? [] : ["Only keys \(only.joined(separator: ", "))."])
  }

  private static func missing(_ records: Int, _ stores: Int) -> String? {
    let what = [
      records == 0 ? nil : records == 1 ? "1 record can't be read" : "\(records) records can't be read",
      stores == 0 ? nil : stores == 1 ? "1 store did not answer" : "\(stores) stores did not answer",
    ].compactMap(\.self)
    return what.isEmpty ? nil : "\(what.listed(with: "and")): more keys may need you."
  }

  private static func foot(of stores: [String], at moment: Timestamp) -> [String] {
    let listing =
      stores.isEmpty ? "" : " and the names that \(stores.listed(with: "and")) \(stores.count == 1 ? "lists" : "list")"
    return [
      "The records on this computer\(listing), as they stood on \(moment.minute). Nothing was unlocked, and no exchange was asked.",
      "What was asked in an exchange's place does not count. A key that was changed elsewhere since may stand otherwise: 'keyusher key verify --all' asks.",
      "No secret stands here, and of a key no more than the part that its exchange lists. A day is one in UTC.",
    ]
  }
}
