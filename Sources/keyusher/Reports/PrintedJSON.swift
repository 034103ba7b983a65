import Exports
import FlowText
import PlainText

/// What a command prints with `--json`. Its shape is that of a set of `Resources/lists.keys`: names there are promises, to which
/// later versions add and from which they take nothing.
struct PrintedJSON {
  /// The words of the command, for example `key list`.
  let command: String
  private let set: String
  private let isList: Bool

  static let runs = PrintedJSON(command: "runs", set: "run", isList: true)
  static let audit = PrintedJSON(command: "audit", set: "record", isList: true)
  static let doctor = PrintedJSON(command: "doctor", set: "diagnosis", isList: true)
  static let stores = PrintedJSON(command: "store list", set: "store", isList: true)
  static let flows = PrintedJSON(command: "flow list", set: "flow", isList: true)
  static let keys = PrintedJSON(command: "key list", set: "key", isList: true)
  static let due = PrintedJSON(command: "due", set: "need", isList: true)
  static let foundKeys = PrintedJSON(command: "find-keys", set: "found-key", isList: true)
  static let verifications = PrintedJSON(command: "key verify", set: "verification", isList: true)
  static let key = PrintedJSON(command: "key show", set: "shown-key", isList: false)

  /// Prints a list.
  static func write(_ rows: [JSON]) throws { try write(.array(rows)) }

  static func write(_ value: JSON) throws { try keyusher.write(value.text(.indented) + "\n", to: 1) }

  /// The JSON Schema of what `show` prints: a run as the JSON export has it, or an operation on a key.
  static var record: JSON {
    get throws(CommandError) {
      guard let export = try? JSON(parsing: Array(exportSchema.utf8)), let id = export["$id"] else {
        throw CommandError("the schema of exports is broken", hint: "please report it", status: .failed)
      }
      let operation = PrintedJSON(command: "show", set: "operation", isList: false)
      return .object(
        operation.head + [
          JSON.Member("oneOf", [["$ref": id], reference(operation.set)]),
          JSON.Member("$defs", .object(operation.definitions + [JSON.Member("export", export)])),
        ])
    }
  }

  /// The JSON Schema (2020-12) of what the command prints.
  var schema: JSON {
    let reference = PrintedJSON.reference(set)
    let shape: [JSON.Member] =
      isList ? [JSON.Member("type", "array"), JSON.Member("items", reference)] : reference.members ?? []
    return .object(head + shape + [JSON.Member("$defs", .object(definitions))])
  }

  // MARK: - Private

  private var head: [JSON.Member] {
    [
      JSON.Member("$schema", "https://json-schema.org/draft/2020-12/schema"),
      JSON.Member("$id", .text("urn:keyusher:\(command.replacing(" ", with: "-")):1")),
      JSON.Member("title", .text("What 'keyusher \(command) --json' prints")),
      JSON.Member("description", "It holds no secret. Times are UTC, RFC 3339."),
    ]
  }

  private var definitions: [JSON.Member] {
    PrintedJSON.table.sets(from: set).map { JSON.Member($0.name, object($0)) }
  }

  private static let table = KeyTable(Resources.listsKeys)

  private static func reference(_ set: String) -> JSON { ["$ref": .text("#/$defs/\(set)")] }

  private func object(_ set: KeySet) -> JSON {
    [
      "type": "object", "description": .text(set.about), "additionalProperties": false,
      "required": .array(set.required.map { .text($0) }),
      "properties": .object(
        set.keys.map {
          JSON.Member($0.name, .object(members($0.content) + [JSON.Member("description", .text($0.about))]))
        }
      ),
    ]
  }

  private func members(_ content: Key.Content) -> [JSON.Member] {
    switch content {
    case .value(.truth): [JSON.Member("type", "boolean")]
    case .value(.count): [JSON.Member("type", "integer"), JSON.Member("minimum", 0)]
    case .value(.time): [JSON.Member("type", "string"), JSON.Member("pattern", .text(PrintedJSON.time))]
    case .value: [JSON.Member("type", "string")]
    case .word(let words): [JSON.Member("enum", .array(words.map { .text($0) }))]
    case .mapping(let name): PrintedJSON.reference(name).members ?? []
    case .list(let item, _, _): [JSON.Member("type", "array"), JSON.Member("items", .object(members(item)))]
    // The table has none of these.
    case .number, .some: []
    }
  }

  private static let time = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$"
}

extension KeyTable {
  /// A set, and those whose mappings stand in it.
  fileprivate func sets(from name: String) -> [KeySet] {
    [self[name]] + self[name].keys.flatMap { key in key.content.mapping.map(sets) ?? [] }
  }
}

extension JSON {
  /// An object of those members that have a value.
  static func fields(_ members: KeyValuePairs<String, JSON?>) -> JSON {
    .object(members.compactMap { name, value in value.map { JSON.Member(name, $0) } })
  }

  static func given(_ text: String?) -> JSON? { text.map(JSON.text) }
  static func count(_ number: Int) -> JSON { .integer(Int64(number)) }
}
