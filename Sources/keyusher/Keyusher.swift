import ArgumentParser

/// The root command: without a subcommand it greets and opens the conversation.
struct Keyusher: ParsableCommand {
  static let configuration = CommandConfiguration(
    help: "keyusher", table: ExitStatus.table, version: Surroundings.version,
    subcommands: [
      Run.self, Resume.self, Runs.self, Show.self, Export.self, Replay.self, Audit.self, Redact.self, Discard.self,
      KeyCommand.self, Exec.self, StoreCommand.self, ConfigCommand.self, DoctorCommand.self, FlowCommand.self,
    ])

  /// The words that commands begin with.
  static var commandNames: [String] { configuration.subcommands.compactMap { $0.configuration.commandName } }

  @OptionGroup var common: CommonOptions

  func run() throws {
    try Repl(context: CommandContext(common)).run().end()
  }
}
