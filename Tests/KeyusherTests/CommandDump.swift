import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PlainText
import Testing

@testable import keyusher

/// What the manual says of arguments is what ArgumentParser tells of them.
@Suite struct CommandDumpTests {
  @Test func `Resources/arguments.json has the arguments of every command`() throws {
    let told = try CommandTree.told()
    let rows = ([("", told)] + told.below("")).flatMap { path, command in
      // What the root has, nearly every command has; it is told once.
      command.arguments.filter { path.isEmpty || !told.arguments.contains($0) }.map {
        $0.row(of: String(path.dropFirst()))
      }
    }
    let text = "[\n" + rows.map { "  \($0.text())" }.joined(separator: ",\n") + "\n]\n"
    let file = URL(fileURLWithPath: "\(sourceTree)/Sources/keyusher/Resources/arguments.json")
    if ProcessInfo.processInfo.environment["KEYUSHER_REWRITE_GOLDENS"] == "1" { try Data(text.utf8).write(to: file) }
    expectNoDifference(
      text.components(separatedBy: "\n"), try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n"),
      "it differs; KEYUSHER_REWRITE_GOLDENS=1 rewrites it")
  }

  @Test func `The page is made of the same commands`() throws {
    let told = try CommandTree.told()
    var own = told
    own.commands = told.commands.map { $0.without(told.arguments) }
    expectNoDifference(CommandTree(Keyusher.self), own)
  }
}

extension CommandTree {
  /// What ArgumentParser tells of the program.
  static func told() throws -> CommandTree {
    let dump = try JSON(parsing: Array(Desk().run(["--experimental-dump-help"]).output.utf8))
    return try #require(dump["command"].flatMap { CommandTree(dump: $0) })
  }

  /// Without arguments that are told elsewhere.
  fileprivate func without(_ others: [Argument]) -> CommandTree {
    var tree = self
    tree.arguments.removeAll { others.contains($0) }
    tree.commands = commands.map { $0.without(others) }
    return tree
  }
}

extension CommandTree {
  /// Reads `--experimental-dump-help`; nil if it is something else.
  init?(dump json: JSON) {
    guard let name = json["commandName"]?.text else { return nil }
    self.init(
      name: name, abstract: json["abstract"]?.text ?? "", discussion: json["discussion"]?.text ?? "",
      arguments: (json["arguments"]?.elements ?? []).filter { $0["shouldDisplay"]?.flag == true }.map {
        Argument(dump: $0)
      },
      // The library's own, which is told of in one sentence.
      commands: (json["subcommands"]?.elements ?? []).compactMap { CommandTree(dump: $0) }.filter { $0.name != "help" })
  }
}

extension CommandTree.Argument {
  fileprivate init(dump json: JSON) {
    let names = (json["names"]?.elements ?? []).compactMap { name in
      name["name"]?.text.map { (name["kind"]?.text == "long" ? "--" : "-") + $0 }
    }
    let value = json["kind"]?.text == "flag" ? nil : json["valueName"]?.text
    let values = json["allValues"]?.elements?.compactMap(\.text) ?? []
    let known = [
      values.isEmpty ? nil : "One of \(values.listed(with: "or")).",
      value == nil ? nil : json["defaultValue"]?.text.map { "Without it: \($0)." },
    ]
    self.init(
      names: names.sorted { $0.count < $1.count }, value: value, isOptional: json["isOptional"]?.flag ?? false,
      isRepeating: json["isRepeating"]?.flag ?? false,
      isAfterTerminator: json["parsingStrategy"]?.text == "postTerminator",
      text: ([json["abstract"]?.text] + known).compactMap { $0 }.joined(separator: " "))
  }

  /// A row of the table, for a command's path below the root.
  fileprivate func row(of command: String) -> JSON {
    [
      "command": .text(command), "names": .array(names.map(JSON.text)), "value": value.map(JSON.text) ?? .null,
      "isOptional": .flag(isOptional), "isRepeating": .flag(isRepeating), "isAfterTerminator": .flag(isAfterTerminator),
      "text": .text(text),
    ]
  }
}
