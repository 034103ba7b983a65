import ArgumentParser

/// The root command: without a subcommand it greets and opens the conversation.
struct Keyusher: ParsableCommand {
  static let configuration = CommandConfiguration(
    help: "keyusher", table: ExitStatus.numbers, version: Surroundings.version,
    // What people need first, in the order in which they come to need it.
    subcommands: [
      Run.self, Resume.self, Runs.self, Show.self, Export.self, KeyCommand.self, Exec.self,
    ],
    others: [
      DemoCommand.self, FlowCommand.self, StoreCommand.self, ConfigCommand.self, DoctorCommand.self, Replay.self,
      Audit.self, Redact.self, Discard.self, Man.self,
    ])

  /// The words that commands begin with.
  static var commandNames: [String] { names(configuration.subcommands) }

  /// The words of those commands that are not needed first.
  static var otherNames: [String] { names(configuration.groupedSubcommands.flatMap(\.subcommands)) }

  private static func names(_ commands: [any ParsableCommand.Type]) -> [String] {
    commands.compactMap { $0.configuration.commandName }
  }

  @OptionGroup var common: CommonOptions

  func run() throws {
    try Repl(context: CommandContext(common)).run().end()
  }
}
