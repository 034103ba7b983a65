import ArgumentParser
import PlainText

/// Stands beside the root, of which it tells all.
struct Man: ParsableCommand {
  static let configuration = CommandConfiguration(help: "man")

  enum Page: String, CaseIterable, ExpressibleByArgument {
    case keyusher
    case flow = "keyusher-flow"
    case script = "keyusher-script"
  }

  @Argument(help: "The page: of the program, of flow files, or of scripts.")
  var page = Page.keyusher

  func run() throws {
    let tables = ManualTables(given: Man.given)
    guard page == .keyusher else {
      let prose = Resources.manual.first { $0.name == page.rawValue }?.text ?? ""
      return try write(FileManual(name: page.rawValue, prose: prose, tables: tables).text, to: 1)
    }
    guard let tool = try? JSON(parsing: Array(Keyusher._dumpHelp().utf8)),
      let root = tool["command"].flatMap(CommandTree.init)
    else {
      throw CommandError(
        "the commands can't be described", hints: ["'keyusher help COMMAND' tells of each"], status: .failed)
    }
    try write(Manual(root: root, tables: tables).text, to: 1)
  }

  /// What `exec` sets for the program that it runs.
  private static let given = [
    (Exec.marker, "Set by exec: the name of the key that the program has."),
    ("KEYUSHER_FD", "Set by exec --fd: the open descriptor of the file in memory that holds the key."),
    ("KEYUSHER_FILE", "Set by exec --file: the path of the file in memory that holds the key."),
  ]
}
