import ArgumentParser

/// The root command: without a subcommand it greets and opens the conversation.
struct Keyusher: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keyusher",
    abstract: "Guided API-key setup, on record.",
    discussion: """
      Leads you step by step through making, reviewing, replacing and deleting an exchange API key, and leaves a checklist \
      record on disk that holds no secret. Without a command it greets you and offers what to do.

      Examples:
        keyusher flow list
        keyusher run gate-io/create-key
        keyusher run gate-io/compromise    (a key is in strange hands)
        keyusher resume
        keyusher export 7q4m --format html --output 7q4m.html
        keyusher replay again.script --ask-missing

      \(ExitStatus.table)
      """,
    version: Surroundings.version,
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
