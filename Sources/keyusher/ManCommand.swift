import ArgumentParser
import CProcess
import Glibc
import HelperPrograms
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
    let text = try text()
    isatty(1) == 1 ? try Man.show(text) : try write(text, to: 1)
  }

  // MARK: - Private

  private func text() throws -> String {
    let tables = ManualTables(given: Man.given)
    guard page == .keyusher else {
      let prose = Resources.manual.first { $0.name == page.rawValue }?.text ?? ""
      return FileManual(name: page.rawValue, prose: prose, tables: tables).text
    }
    guard let root = CommandTree(Keyusher.self) else {
      throw CommandError(
        "the commands can't be described", hints: ["'keyusher help COMMAND' tells of each"], status: .failed)
    }
    return Manual(root: root, tables: tables).text
  }

  /// Has man show a page, which is its input; it reads keys from the terminal itself.
  private static func show(_ text: String) throws {
    guard let man = SearchPath(getenv("PATH").map { String(cString: $0) }).first("man") else {
      throw CommandError(
        "'man', which shows the page, is not installed",
        hints: ["sudo apt install man-db", "'keyusher help COMMAND' tells of each command", unshown],
        status: .unavailable)
    }
    let page = Array(text.utf8).withUnsafeBytes { kp_sealed_file("keyusher.1", $0.baseAddress, $0.count) }
    let input = fcntl(0, F_DUPFD_CLOEXEC, 3)
    defer {
      for descriptor in [page, input] where descriptor >= 0 { close(descriptor) }
    }
    guard page >= 0, dup2(page, 0) == 0 else {
      throw CommandError("the page can't be handed to man", hints: [unshown], status: .failed)
    }
    // Where commands are typed one after the other, the next one is.
    defer { _ = input >= 0 ? dup2(input, 0) : close(0) }
    let status = try runHere(man, ["-l", "-"])
    if status != 0 { throw ExitStatus.failed }
  }

  private static let unshown = "the page as it is written: keyusher man | cat"

  /// What `exec` sets for the program that it runs.
  private static let given = [
    (Exec.marker, "Set by exec: the name of the key that the program has."),
    ("KEYUSHER_FD", "Set by exec --fd: the open descriptor of the file in memory that holds the key."),
    ("KEYUSHER_FILE", "Set by exec --file: the path of the file in memory that holds the key."),
  ]
}
