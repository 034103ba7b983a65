import ArgumentParser
import CTerminal
import Exports
import FlowCore
import Glibc
import PlainText
import Records
import SecretMemory
import Stores
import Terminal

/// Guards the process before anything else runs, then hands over to the commands.
@main
enum Entry {
  static func main() {
    kt_guard_process()
    // From here on a secret may be in hand: no other process of the same user reads it, and the kernel dumps none of it.
    _ = kt_set_inspectable(0)
    exit(Entry.run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs one command line, says what went wrong, and returns the exit status. A signal that stopped it is raised again.
  static func run(_ arguments: [String]) -> Int32 {
    defer { Console.shared.endUnseen() }
    do {
      // Here there is nothing to parse, and building the tree of commands would double the time to the greeting.
      if arguments.isEmpty {
        try Repl(context: CommandContext()).run().end()
        return ExitStatus.completed.rawValue
      }
      if let error = CommandError.mistypedCommand(arguments[0]) { throw error }
      var command = try Keyusher.parseAsRoot(arguments)
      try command.run()
      return ExitStatus.completed.rawValue
    } catch let error as CommandError {
      return Entry.complain(error)
    } catch let status as ExitStatus {
      return status.rawValue
    } catch let interrupted as Interrupted {
      Signals.raiseAgain(interrupted.signal)
    } catch let error as JournalError {
      return Entry.complain(CommandError(error))
    } catch let error as StoreError {
      if case .stopped = error, let signal = Console.shared.stoppedBy { Signals.raiseAgain(signal) }
      return Entry.complain(CommandError(error))
    } catch let error as TerminalError {
      return Entry.complain(CommandError(described: error.description, status: .inputOutput))
    } catch let error as SecretMemoryError {
      return Entry.complain(CommandError(described: error.description, status: .failed))
    } catch let error as ExportError {
      return Entry.complain(CommandError(error.description, hints: [error.hint], status: .failed))
    } catch {
      let text = Keyusher.fullMessage(for: error)
      let status = Entry.status(of: error, for: arguments[0])
      // What is quoted there was typed, or came from a script: it must not steer the terminal.
      if !text.isEmpty { try? write(display(text, keepingLines: true) + "\n", to: status == 0 ? 1 : 2) }
      return status
    }
  }

  /// What goes wrong before `exec` runs a program must not look like that program's status.
  private static func status(of error: any Error, for command: String) -> Int32 {
    let status = Keyusher.exitCode(for: error).rawValue
    return status == ExitStatus.usage.rawValue && command == Exec.configuration.commandName
      ? ExitStatus.execFailed.rawValue : status
  }

  private static func complain(_ error: CommandError) -> Int32 {
    error.say()
    return error.status.rawValue
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
