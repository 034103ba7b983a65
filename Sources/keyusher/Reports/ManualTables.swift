import Ceremony
import FlowText
import FlowTools
import PlainText
import Stores

/// What the pages of the manual show of the tables that the program itself goes by.
struct ManualTables {
  /// The variables that `exec` sets, and what they hold.
  let given: [(name: String, what: String)]

  /// Puts a table on a page; false if there is none of that name.
  ///
  /// - Parameter words: which of its rows, or which table of several; without any, all.
  @discardableResult
  func put(_ name: String, _ words: [String], on page: inout Mdoc) -> Bool {
    func isMeant(_ word: String) -> Bool { words.isEmpty || words.contains { word.hasPrefix($0) } }
    switch name {
    case "statuses":
      let statuses = ExitStatus.allCases.map { ("\($0.rawValue)", $0.meaning) } + [ExitStatus.bySignal]
      let meant = statuses.filter { words.isEmpty || words.contains($0.0) }
      page.list(meant.map { ([.text($0)], $1) }, compact: true)
    case "variables":
      page.list(variables.filter { isMeant($0.name) }.map { ([.macro("Ev"), .text($0.name)], $0.what) })
    case "files":
      page.list(ManualTables.files.filter { isMeant($0.path) }.map { ([.macro("Pa"), .text($0.path)], $0.what) })
    case "commands": page.list(ColonCommands.all.map { ([.macro("Ic"), .text($0.typed)], $0.means) }, compact: true)
    case "script-lines":
      for line in ScriptReference.lines { page.list(of: line.forms, "Ic", means: ManualTables.plain(line.means)) }
    case "findings":
      page.list(
        FindingCode.allCases.map { ([.text($0.rawValue)], $0.explanation?.summary ?? "") }, compact: true)
    case "keys": for table in words.compactMap(KeyReference.init) { keys(table, on: &page) }
    case "example":
      let scaffold = Scaffold(id: "example/make-key", today: Surroundings.versionDay)
      page.literal((words == ["script"] ? scaffold.script : scaffold.flow).split(separator: "\n").map(String.init))
    default: return false
    }
    return true
  }

  /// What lies in the home, by its path there.
  static let files = [
    (path: "records/index/", what: "What lists have read of the records, for the next one. It may be deleted."),
    (path: "records/RUN.jsonl", what: "The record of a run, a line an event."),
    (path: "config.yaml", what: "The settings, as keyusher config changes them."),
    (path: "flows/PROVIDER/NAME.yaml", what: "Flows and exchanges of your own."),
    (path: "age/store/", what: "The keys in the store age, a file each."),
    (
      path: "age/identities",
      what: "What opens them, under its passphrase. Whoever loses it, or the passphrase, loses every key in that store."
    ),
    (path: "age/recipient", what: "Whom the store age encrypts to, beside age/store/.age-recipients."),
    (path: "history", what: "The lines typed at the prompt, for the arrow keys; none that could be a secret."),
  ]

  // MARK: - Private

  private var variables: [(name: String, what: String)] {
    let named = Surroundings.named.map { (name: $0.names.joined(separator: ", "), what: $0.what) }
    let server = OpenBaoSettings.variables.union(OpenBaoSettings.tokenVariables)
    let handedOn = Surroundings.handedOn.subtracting(Surroundings.named.flatMap(\.names)).subtracting(server)
    return named + [
      (server.sorted().joined(separator: ", "), "The server of the store openbao, where the settings do not name it."),
      (handedOn.sorted().joined(separator: ", "), "Handed on to pass, gpg, the keyring and the browser."),
    ] + given
  }

  /// Lists of keys; those of one owner stand together under it.
  private func keys(_ table: KeyReference, on page: inout Mdoc) {
    var rows = table.rows[...]
    while let owner = rows.first?.owner {
      let own = rows.prefix { $0.owner == owner }
      page.paragraph(table == .kind ? "With kind: \(owner)" : "In \(owner):")
      page.list(own.map(ManualTables.item))
      rows = rows.dropFirst(own.count)
    }
    page.list(rows.map(ManualTables.item))
  }

  private static func item(_ row: KeyReference.Row) -> (words: [Mdoc.Word], text: String) {
    let path = row.path.map { $0.isNeeded ? $0.text : "[\($0.text)]" }.joined(separator: ": ")
    let words = row.words.isEmpty ? "" : " One of \(row.words.joined(separator: ", "))."
    return ([.macro("Ic"), .text(path)], plain(row.about) + words)
  }

  /// A text that has Markdown's marks for code and stress, without them.
  private static func plain(_ text: String) -> String {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, piece in
      index.isMultiple(of: 2) ? String(piece).replacing("*", with: "") : String(piece)
    }.joined(separator: "'")
  }
}
