import ArgumentParser
import FlowCore
import PlainText

/// A command, its arguments, and those below it.
struct CommandTree: Equatable {
  var name: String
  var abstract: String
  var discussion: String
  /// Of a command below another one without those of the root, which nearly every command has.
  var arguments: [Argument]
  var commands: [CommandTree]

  struct Argument: Equatable {
    /// As they are typed, the short ones first: `-f`, `--format`; none of what stands by itself.
    var names: [String]
    /// What stands for its value; nil for one that has none.
    var value: String?
    var isOptional: Bool
    var isRepeating: Bool
    /// Whether it follows two hyphens.
    var isAfterTerminator: Bool
    var text: String
  }
}

extension CommandTree {
  /// A command as it is configured, and those below it.
  ///
  /// What each takes stands in `Resources/arguments.json`, which a test writes of what ArgumentParser tells: that tells it in
  /// the JSON of Foundation alone, which a release has not.
  init?(_ command: any ParsableCommand.Type) {
    guard let rows = (try? JSON(parsing: Array(Resources.argumentsJson.utf8)))?.elements else { return nil }
    var arguments: [String: [Argument]] = [:]
    for row in rows { arguments[row["command"]?.text ?? "", default: []].append(Argument(row)) }
    self.init(command, path: [], arguments)
  }

  private init(_ command: any ParsableCommand.Type, path: [String], _ arguments: [String: [Argument]]) {
    let configuration = command.configuration
    name = configuration.commandName ?? ""
    abstract = configuration.abstract
    discussion = configuration.discussion
    self.arguments = arguments[path.joined(separator: " ")] ?? []
    commands = configuration.subcommands.map { below in
      CommandTree(below, path: path + [below.configuration.commandName ?? ""], arguments)
    }
  }

  /// Every command below it with its whole path, a command before those below it.
  func below(_ path: String) -> [(path: String, command: CommandTree)] {
    commands.flatMap { command in
      let path = "\(path) \(command.name)"
      return [(path, command)] + command.below(path)
    }
  }
}

extension CommandTree.Argument {
  fileprivate init(_ row: JSON) {
    names = row["names"]?.elements?.compactMap(\.text) ?? []
    value = row["value"]?.text
    isOptional = row["isOptional"]?.flag ?? false
    isRepeating = row["isRepeating"]?.flag ?? false
    isAfterTerminator = row["isAfterTerminator"]?.flag ?? false
    text = row["text"]?.text ?? ""
  }
}
