import FlowCore
import PlainText

/// A command as the library that reads the command line tells of it, and those below it.
struct CommandTree: Equatable {
  var name: String
  var abstract: String
  var discussion: String
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
  /// Reads `--experimental-dump-help`; nil if it is something else.
  init?(_ json: JSON) {
    guard let name = json["commandName"]?.text else { return nil }
    self.name = name
    abstract = json["abstract"]?.text ?? ""
    discussion = json["discussion"]?.text ?? ""
    arguments = (json["arguments"]?.elements ?? []).filter { $0["shouldDisplay"]?.flag == true }.map(Argument.init)
    // The library's own, which is told of in one sentence.
    commands = (json["subcommands"]?.elements ?? []).compactMap(CommandTree.init).filter { $0.name != "help" }
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
  fileprivate init(_ json: JSON) {
    let names = json["names"]?.elements ?? []
    self.names = names.compactMap { name in
      name["name"]?.text.map { (name["kind"]?.text == "long" ? "--" : "-") + $0 }
    }.sorted { $0.count < $1.count }
    value = json["kind"]?.text == "flag" ? nil : json["valueName"]?.text
    isOptional = json["isOptional"]?.flag ?? false
    isRepeating = json["isRepeating"]?.flag ?? false
    isAfterTerminator = json["parsingStrategy"]?.text == "postTerminator"
    let values = json["allValues"]?.elements?.compactMap(\.text) ?? []
    let known = [
      values.isEmpty ? nil : "One of \(values.listed(with: "or")).",
      value == nil ? nil : json["defaultValue"]?.text.map { "Without it: \($0)." },
    ]
    text = ([json["abstract"]?.text] + known).compactMap { $0 }.joined(separator: " ")
  }
}
