import ArgumentParser
import PlainText

extension CommandConfiguration {
  /// A command as a file of `Resources/Help` tells of it: `key/show.txt` for `key show`. Its first line says what the command
  /// does, for lists; what follows an empty line is for `--help`.
  ///
  /// - Parameters:
  ///   - table: what stands there in the place of `{table}`.
  ///   - others: the commands below it that are listed by themselves, after the rest.
  init(
    help path: String, table: String = "", version: String = "", subcommands: [any ParsableCommand.Type] = [],
    others: [any ParsableCommand.Type] = [], defaultSubcommand: (any ParsableCommand.Type)? = nil
  ) {
    let text = Resources.help.first { $0.name == path }?.text ?? ""
    let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    let discussion = lines.dropFirst().joined().trimmed
    self.init(
      commandName: path.split(separator: "/").last.map(String.init), abstract: lines.first.map(String.init) ?? "",
      discussion: table.isEmpty ? discussion : discussion.replacing("{table}", with: table), version: version,
      subcommands: subcommands,
      groupedSubcommands: others.isEmpty ? [] : [CommandGroup(name: "Other", subcommands: others)],
      defaultSubcommand: defaultSubcommand)
  }
}
