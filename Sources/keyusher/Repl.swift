import ArgumentParser
import Ceremony
import FlowText
import Inventory
import PlainText
import Records
import Terminal

/// The conversation around the runs: a prompt that takes the same commands as the command line.
struct Repl {
  let context: CommandContext

  /// Greets, then takes commands until the person leaves.
  func run() throws -> ExitStatus {
    let console = context.console
    // A folder of flows that can't be used is told of before anything is asked.
    _ = try context.catalog()
    console.show(greeting(try context.inventory().lastLeft()))
    // What the greeting offers Enter for stays true until a run was begun.
    var isGreeting = true
    while true {
      switch try console.command("keyusher> ", completions: (try? completions()) ?? [], isCommand: isCommand) {
      case .endOfInput, .secret:
        console.show([.blank])
        return .completed
      case .interrupted(let signal):
        guard signal == 2 else { throw Interrupted(signal: signal) }
      case .line(let line):
        let words = words(of: line)
        guard let status = try obey(words, isGreeting: isGreeting) else { return .completed }
        if words.isEmpty || words.contains(where: ["run", "resume", "replay"].contains) { isGreeting = false }
        // A program that writes commands must not go on behind a failure, with lines that were meant for a run.
        if !console.isTerminal, status != .completed { return status }
      }
    }
  }

  // MARK: - Private

  private func isCommand(_ line: String) -> Bool {
    words(of: line).first { $0 != "keyusher" }.map(Repl.words.contains) ?? false
  }

  private func greeting(_ left: RunHeader?) -> [Sentence] {
    let offer: String
    if let left {
      offer = "go on with run \(left.run) (\(left.title))"
    } else {
      let minutes = PreparedFlows.shipped.head(of: FlowCatalog.newcomersFlow)?.minutes
      offer = "make a Gate.io API key" + (minutes.map { " (about \($0) minutes)" } ?? "")
    }
    return [
      Sentence(.heading, "Keyusher \(Surroundings.version): guided API-key setup, on record.")
    ] + due + [
      Sentence(.body, "Press Enter to \(offer), or type help.")
    ]
  }

  /// What needs somebody, as it was when the records were last looked at; no line if nothing does.
  private var due: [Sentence] {
    guard let note = try? context.inventory().dueNote() else { return [] }
    let today = Day(ofSecond: Int(context.surroundings.now().milliseconds / 1000))
    let count = note.count(on: today)
    if count == 0 { return [] }
    let what = count == 1 ? "1 key" : "\(count) keys"
    let words = note.isCurrent ? "\(what) \(count == 1 ? "needs" : "need") you" : "\(what) needed you on \(note.day)"
    return [Sentence(.body, "\(words): keyusher due")]
  }

  /// Nil: the person leaves.
  private func obey(_ words: [String], isGreeting: Bool) throws -> ExitStatus? {
    // The commands that the program prints begin with its name.
    let words = words.first == "keyusher" ? Array(words.dropFirst()) : words
    switch words.first {
    case nil:
      if let left = try? context.inventory().lastLeft() { return perform(["resume", left.run]) }
      if isGreeting { return perform(["run", FlowCatalog.newcomersFlow]) }
      context.console.show([Sentence(.hint, "Type help for the commands, or quit.")])
      return .completed
    case "quit"?, "exit"?, ":quit"?: return nil
    case "help"? where words.count == 1, "?"?:
      context.console.show(Repl.help)
      return .completed
    case "flows"?: return perform(["flow", "list"] + words.dropFirst())
    // What follows its two hyphens is another program's, to the end of the line.
    case "exec"?: return ExitStatus(rawValue: Entry.run(words)) ?? .failed
    default: return perform(words)
    }
  }

  private func perform(_ words: [String]) -> ExitStatus {
    ExitStatus(rawValue: Entry.run(words + context.options)) ?? .failed
  }

  private func completions() throws -> [String] {
    try Repl.words + context.catalog().sources.map(\.id) + context.records().runs() + Completions.keyNames(in: context)
      + [
        "markdown", "html", "json", "csv", "script", "record",
      ]
  }

  /// The words of a line, quotes held together.
  private func words(of line: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    var isOpen = false
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if character == "\"" || character == "'" {
        quote = character
        isOpen = true
      } else if character.isWhitespace {
        if isOpen || !word.isEmpty { words.append(word) }
        word = ""
        isOpen = false
      } else {
        word.append(character)
      }
    }
    if isOpen || !word.isEmpty { words.append(word) }
    return words
  }

  private static let words = Keyusher.commandNames + ["flows", "help", "quit", "--format", "--output"]

  private static let help = [
    "run FLOW: begin one", "flows: the flows there are", "flows binance: those of one exchange",
    "run gate-io/compromise: somebody else may have a key", "resume: go on with the last unfinished run",
    "runs: all runs", "show RUN: the checklist of a run", "export RUN --format html: the completed form",
    "demo: the whole way with play money, without an account", "key list: the keys in the stores",
    "exec NAME -- PROGRAM: run a program with a key",
    "help COMMAND: more about one", "quit: leave", "Others: \(Keyusher.otherNames.joined(separator: ", "))",
  ].map { Sentence(.option, $0) }
}
