import ArgumentParser
import CProcess
import CTerminal
import Glibc
import PlainText
import Stores
import Terminal

/// Guards the process before anything else runs, then hands over to the commands.
@main
enum Entry {
  static func main() {
    kt_guard_process()
    // From here on a secret may be in hand: no other process of the same user reads it, and the kernel dumps none of it.
    _ = kt_set_inspectable(0)
    let status = Entry.run(commandLine.dropFirst().map { String(cString: $0) })
    exit(Console.shared.lostOutput.map { Entry.conclude(lost: $0, status) } ?? status)
  }

  /// Runs one command line, says what went wrong, and returns the exit status. A signal that stopped it is raised again.
  static func run(_ arguments: [String]) -> Int32 {
    defer { Console.shared.endUnseen() }
    var isExec = arguments.first == Exec.name
    do {
      // Here there is nothing to parse, and building the tree of commands would double the time to the greeting.
      if arguments.isEmpty {
        try Repl(context: CommandContext()).run().end()
        return ExitStatus.completed.rawValue
      }
      if let command = PlainCommand(arguments) {
        try command.run()
        return ExitStatus.completed.rawValue
      }
      var command = try Entry.command(arguments)
      isExec = command is Exec
      try command.run()
      return ExitStatus.completed.rawValue
    } catch {
      let status = Entry.conclude(error, isCompletion: arguments.first == "---completion")
      // What goes wrong before `exec` runs a program must not look like that program's status.
      let isOwn = [.completed, .unavailable, .notFound, .notExecutable].contains(ExitStatus(rawValue: status))
      return isExec && !isOwn ? ExitStatus.execFailed.rawValue : status
    }
  }

  /// The command that a command line means.
  private static func command(_ arguments: [String]) throws -> any ParsableCommand {
    // The tree of all commands takes longer than most of them, and is wanted only by who must say what is wrong, or help.
    if let type = Keyusher.command(named: arguments[0]),
      let command = try? type.parseAsRoot(Array(arguments.dropFirst())), Swift.type(of: command) == type
    {
      return command
    }
    if let error = CommandError.mistypedCommand(arguments[0]) { throw error }
    return try Keyusher.parseAsRoot(arguments)
  }

  /// Says what went wrong, and returns the exit status for it.
  private static func conclude(_ error: any Error, isCompletion: Bool = false) -> Int32 {
    switch error {
    case let status as ExitStatus: return status.rawValue
    case let interrupted as Interrupted: Signals.raiseAgain(interrupted.signal)
    case let error as CommandError:
      error.say()
      return error.status.rawValue
    case let error as any DescribedError:
      if error as? StoreError == .stopped, let signal = Console.shared.stoppedBy { Signals.raiseAgain(signal) }
      return conclude(CommandError(error))
    default:
      let message = Keyusher.fullMessage(for: error)
      // What it was built from is looked up only for whoever asks.
      let text = message == Surroundings.version ? Release.line : message
      let status = Keyusher.exitCode(for: error).rawValue
      // A shell asks at a Tab, in the middle of a line: what can't be offered is not offered.
      if status != 0, isCompletion { return status }
      // What is quoted there was typed, or came from a script: it must not steer the terminal.
      do { try write(text.isEmpty ? "" : display(text, keepingLines: true) + "\n", to: status == 0 ? 1 : 2) } catch {
        if status == 0 { return conclude(error) }
      }
      return status
    }
  }

  /// Says that something which was to be seen did not arrive; what else the status tells, it still tells.
  private static func conclude(lost number: Int32, _ status: Int32) -> Int32 {
    let lost = conclude(CommandError.lostOutput(number))
    return status == ExitStatus.completed.rawValue ? lost : status
  }
}

extension CommandError {
  /// A first word that is no command; nil if it is one, or an option.
  fileprivate static func mistypedCommand(_ word: String) -> CommandError? {
    let names = Keyusher.commandNames + ["help"]
    guard !word.hasPrefix("-"), !names.contains(word) else { return nil }
    return CommandError(
      "there is no command '\(word)'",
      hints: nearest(to: word, among: names).map { ["did you mean '\($0)'?"] } ?? ["'keyusher --help' lists them"],
      status: .usage)
  }
}
