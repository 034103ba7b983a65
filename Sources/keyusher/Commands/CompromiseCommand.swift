import ArgumentParser

struct Compromise: ParsableCommand {
  static let configuration = CommandConfiguration(help: "compromise")

  @OptionGroup var common: CommonOptions

  func run() throws { try Incident(CommandContext(common)).deal() }
}
