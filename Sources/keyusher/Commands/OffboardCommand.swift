import ArgumentParser

struct Offboard: ParsableCommand {
  static let configuration = CommandConfiguration(help: "offboard")

  @Argument(help: ArgumentHelp("Who leaves: the name of an owner, or a login name.", valueName: "person"))
  var person: String

  @OptionGroup var common: CommonOptions

  func run() throws { try Leaving(person, CommandContext(common)).deal() }
}
