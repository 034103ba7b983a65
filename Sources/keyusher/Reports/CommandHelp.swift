import ArgumentParser
import PlainText

/// What a file of `Resources/Help` tells of a command: `key/show.txt` of `key show`. Its first line says what the command does,
/// for lists; what follows an empty line is for `--help`; and what follows a line of three hyphens, for the manual page alone.
struct CommandHelp {
  let abstract: String
  let discussion: String
  let more: String

  init(of path: String) {
    let text = Resources.help.first { $0.name == path }?.text ?? ""
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Substring($0) }
    let rest = lines.dropFirst()
    let end = rest.firstIndex(of: "---") ?? rest.endIndex
    abstract = lines.first.map(String.init) ?? ""
    discussion = rest[..<end].joined(separator: "\n").trimmed
    more = rest[end...].dropFirst().joined(separator: "\n").trimmed
  }
}

extension CommandConfiguration {
  /// A command as its file tells of it.
  ///
  /// - Parameters:
  ///   - table: what stands there in the place of `{table}`.
  ///   - others: the commands below it that are listed by themselves, after the rest.
  init(
    help path: String, table: String = "", version: String = "", subcommands: [any ParsableCommand.Type] = [],
    others: [any ParsableCommand.Type] = [], defaultSubcommand: (any ParsableCommand.Type)? = nil
  ) {
    let help = CommandHelp(of: path)
    self.init(
      commandName: path.split(separator: "/").last.map(String.init), abstract: help.abstract,
      discussion: table.isEmpty ? help.discussion : help.discussion.replacing("{table}", with: table), version: version,
      subcommands: subcommands,
      groupedSubcommands: others.isEmpty ? [] : [CommandGroup(name: "Other", subcommands: others)],
      defaultSubcommand: defaultSubcommand)
  }
}
