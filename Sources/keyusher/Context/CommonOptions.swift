import ArgumentParser

/// In this target an option is one of the command line, not one of a question.
typealias Option = ArgumentParser.Option

/// What every command takes.
struct CommonOptions: ParsableArguments {
  @Option(
    name: .customLong("flows"), help: ArgumentHelp("Add the flows in this folder.", valueName: "dir"),
    completion: .directory)
  var folders: [String] = []

  @Flag(help: "Leave out the hints, for those who know the way.")
  var brief = false
}
