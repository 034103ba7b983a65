import PlainText
import Stores

/// The manual page, made of what the commands say of themselves, and of the tables that the program goes by.
struct Manual {
  let root: CommandTree
  /// The variables that `exec` sets, and what they hold.
  let given: [(name: String, what: String)]

  var text: String {
    var page = Mdoc()
    head(&page)
    commands(&page)
    tables(&page)
    end(&page)
    return page.text
  }

  // MARK: - Private

  private func head(_ page: inout Mdoc) {
    page.request("Dd", Manual.day(Surroundings.versionDay).map(Mdoc.Word.macro))
    page.request("Dt", .macro(root.name.uppercased()), .macro("1"))
    page.request("Os", .text("\(root.name) \(Surroundings.version)"))
    page.section("NAME")
    page.request("Nm", .text(root.name))
    page.request("Nd", .text(root.abstract.prefix(1).lowercased() + root.abstract.dropFirst().dropLast()))
    page.section("SYNOPSIS")
    page.request("Nm")
    synopsis(of: root.arguments, in: &page)
    page.request("Op", .macro("Ar"), .text("command"), .macro("Ar"), .text("..."))
    page.section("DESCRIPTION")
    for block in blocks where !Manual.isElsewhere(block) { page.discussion(block) }
    page.paragraph("'\(root.name) help COMMAND' tells of one command what is told here of all.")
    page.section("OPTIONS")
    page.line("Nearly every command takes these; what it takes besides is told with it.")
    page.list(root.arguments.map { ($0.words(isWhole: true), $0.text) })
  }

  private func commands(_ page: inout Mdoc) {
    page.section("COMMANDS")
    for (path, command) in root.below(root.name) {
      page.request("Ss", .text(path))
      page.line(command.abstract)
      if command.commands.isEmpty {
        page.request("Bd", .macro("-ragged"), .macro("-offset"), .macro("indent"))
        page.request("Nm", .text(path))
        synopsis(of: own(command), in: &page)
        page.request("Ed")
      }
      page.discussion(command.discussion)
      page.list(own(command).map { ($0.words(isWhole: true), $0.text) })
    }
  }

  private func tables(_ page: inout Mdoc) {
    page.section("EXIT STATUS")
    let statuses = ExitStatus.allCases.map { ("\($0.rawValue)", $0.meaning) } + [ExitStatus.bySignal]
    page.list(statuses.map { ([.text($0)], $1) }, compact: true)
    page.paragraph("exec ends with the status of the program that it runs.")
    page.section("ENVIRONMENT")
    let named = Surroundings.named.map { ($0.names.joined(separator: ", "), $0.what) }
    let server = OpenBaoSettings.variables.union(OpenBaoSettings.tokenVariables)
    let handedOn = Surroundings.handedOn.subtracting(Surroundings.named.flatMap(\.names)).subtracting(server)
    page.list(
      (named + [
        (
          server.sorted().joined(separator: ", "), "The server of the store openbao, where the settings do not name it."
        ),
        (handedOn.sorted().joined(separator: ", "), "Handed on to pass, gpg, the keyring and the browser."),
      ] + given.map { ($0.name, $0.what) }).map { ([.macro("Ev"), .text($0)], $1) })
    page.section("FILES")
    page.line("They lie in $KEYUSHER_HOME, by default ~/.local/share/keyusher, and only you can read them.")
    page.list(Manual.files.map { ([.macro("Pa"), .text($0.path)], $0.what) })
  }

  private func end(_ page: inout Mdoc) {
    page.section("EXAMPLES")
    for block in blocks where block.hasPrefix(Manual.examples) {
      page.literal(block.split(separator: "\n").dropFirst().map { String($0.dropFirst(2)) })
    }
    page.section("SEE ALSO")
    page.request("Xr", .macro("age"), .macro("1"), .macro(","))
    page.request("Xr", .macro("pass"), .macro("1"), .macro(","))
    page.request("Xr", .macro("secret-tool"), .macro("1"))
  }

  /// The paragraphs of the root's help.
  private var blocks: [String] { root.discussion.split(separator: "\n\n").map(String.init) }

  private static let examples = "Examples:"

  /// What the root's help says that has a section of its own here.
  private static func isElsewhere(_ block: String) -> Bool { block.hasPrefix(examples) || block == ExitStatus.numbers }

  /// What lies in the home, by its path there.
  static let files = [
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

  /// `2026-11-29` as mdoc wants it.
  private static func day(_ text: String) -> [String] {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, (1...12).contains(parts[1]) else { return [] }
    return [months[parts[1] - 1], "\(parts[2]),", "\(parts[0])"]
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  // MARK: - Options and arguments

  /// Those that are not told once for nearly every command.
  private func own(_ command: CommandTree) -> [CommandTree.Argument] {
    command.arguments.filter { !root.arguments.contains($0) }
  }

  private func synopsis(of arguments: [CommandTree.Argument], in page: inout Mdoc) {
    for argument in arguments {
      let words = argument.words(isWhole: false)
      if argument.isOptional {
        page.request("Op", words)
      } else if case .macro(let name)? = words.first {
        page.request(name, Array(words.dropFirst()))
      }
    }
  }
}

extension CommandTree.Argument {
  /// What is typed: an option by each of its names, or by the longest alone.
  fileprivate func words(isWhole: Bool) -> [Mdoc.Word] {
    let names = isWhole ? names : names.suffix(1)
    // `Fl` writes a hyphen itself.
    let flags: [Mdoc.Word] = names.enumerated().flatMap { index, name -> [Mdoc.Word] in
      (index > 0 ? [.macro(",")] : []) + [.macro("Fl"), .text(String(name.dropFirst()))]
    }
    let terminator: [Mdoc.Word] = isAfterTerminator ? [.macro("Fl"), .text("-")] : []
    let end: [Mdoc.Word] = isRepeating ? [.macro("Ar"), .text("...")] : []
    return flags + terminator + (value.map { [.macro("Ar"), .text($0)] } ?? []) + end
  }
}
