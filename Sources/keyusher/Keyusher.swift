import ArgumentParser
import PlainText

/// The root command: without a subcommand it greets and opens the conversation.
struct Keyusher: ParsableCommand {
  static let configuration = CommandConfiguration(
    help: "keyusher", table: ExitStatus.numbers, version: Surroundings.version, subcommands: neededFirst,
    others: others)

  /// What people need first, in the order in which they come to need it.
  private static let neededFirst: [any ParsableCommand.Type] = [
    Run.self, Resume.self, Runs.self, Show.self, Export.self, KeyCommand.self, Due.self, FindKeys.self, Compromise.self,
    Offboard.self, Exec.self,
  ]
  private static let others: [any ParsableCommand.Type] = [
    DemoCommand.self, FlowCommand.self, StoreCommand.self, ConfigCommand.self, DoctorCommand.self, Replay.self,
    Audit.self, Redact.self, Discard.self, Man.self,
  ]

  /// The command that begins with a word, if it has none below it.
  static func command(named word: String) -> (any ParsableCommand.Type)? {
    (neededFirst + others).first { $0.configuration.commandName == word }
      .flatMap { $0.configuration.subcommands.isEmpty ? $0 : nil }
  }

  /// The words that commands begin with.
  static var commandNames: [String] { names(neededFirst + others) }

  /// The words of those commands that are not needed first.
  static var otherNames: [String] { names(others) }

  private static func names(_ commands: [any ParsableCommand.Type]) -> [String] {
    commands.compactMap { $0.configuration.commandName }
  }

  @OptionGroup var common: CommonOptions

  func run() throws {
    try Repl(context: CommandContext(common)).run().end()
  }
}
