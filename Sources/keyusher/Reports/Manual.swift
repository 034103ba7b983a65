import PlainText

/// The manual page keyusher(1), made of what the commands say of themselves, and of the tables that the program goes by.
struct Manual {
  let root: CommandTree
  let tables: ManualTables

  var text: String {
    var page = Mdoc()
    head(&page)
    commands(&page)
    page.section("AT A QUESTION")
    page.line("These are typed at any question of a run. An answer that begins with a colon is typed with two.")
    tables.put("commands", [], on: &page)
    end(&page)
    return page.text
  }

  // MARK: - Private

  private func head(_ page: inout Mdoc) {
    page.head(root.name, "1", is: root.abstract.prefix(1).lowercased() + root.abstract.dropFirst().dropLast())
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
        synopsis(of: command.arguments, in: &page)
        page.request("Ed")
      }
      page.discussion(command.discussion)
      page.discussion(CommandHelp(of: path.split(separator: " ").dropFirst().joined(separator: "/")).more)
      page.list(command.arguments.map { ($0.words(isWhole: true), $0.text) })
    }
  }

  private func end(_ page: inout Mdoc) {
    page.section("ENVIRONMENT")
    tables.put("variables", [], on: &page)
    page.section("FILES")
    page.line("They lie in $KEYUSHER_HOME, by default ~/.local/share/keyusher, and only you can read them.")
    tables.put("files", [], on: &page)
    page.section("EXIT STATUS")
    tables.put("statuses", [], on: &page)
    page.paragraph("exec ends with the status of the program that it runs.")
    page.section("EXAMPLES")
    for block in blocks where block.hasPrefix(Manual.examples) {
      page.literal(block.split(separator: "\n").dropFirst().map { String($0.dropFirst(2)) })
    }
    page.seeAlso(["age(1)", "pass(1)", "secret-tool(1)", "keyusher-flow(5)", "keyusher-script(5)"])
  }

  /// The paragraphs of the root's help.
  private var blocks: [String] { root.discussion.split(by: "\n\n").map(String.init) }

  private static let examples = "Examples:"

  /// What the root's help says that has a section of its own here.
  private static func isElsewhere(_ block: String) -> Bool { block.hasPrefix(examples) || block == ExitStatus.numbers }

  // MARK: - Options and arguments

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

extension Mdoc {
  /// What every page of the manual begins with.
  mutating func head(_ name: String, _ section: String, is text: String) {
    request("Dd", Mdoc.day(Surroundings.versionDay).map(Mdoc.Word.macro))
    request("Dt", .macro(name.uppercased()), .macro(section))
    request("Os", .text("keyusher \(Surroundings.version)"))
    self.section("NAME")
    request("Nm", .text(name))
    request("Nd", .text(text))
  }

  /// The pages to read besides, such as `pass(1)`.
  mutating func seeAlso(_ pages: [String]) {
    section("SEE ALSO")
    for (index, page) in pages.enumerated() {
      let parts = page.split { "()".contains($0) }.map { Mdoc.Word.macro(String($0)) }
      request("Xr", parts + (index < pages.count - 1 ? [.macro(",")] : []))
    }
  }

  /// `2026-11-29` as mdoc wants it.
  private static func day(_ text: String) -> [String] {
    guard let date = Day(text)?.date else { return [] }
    return [months[date.month - 1], "\(date.day),", "\(date.year)"]
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
}
