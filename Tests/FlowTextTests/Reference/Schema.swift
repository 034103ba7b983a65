import PlainText

@testable import FlowText

/// The JSON Schema of flows or of packs, made of the table of keys that the reader uses.
///
/// What the table does not say stands in a frame: what single values look like, and what keys want of each other. Its
/// definitions are joined to those made of the table's sets, and its `kinds` to the rules for each kind of step.
struct Schema {
  let table: KeyTable
  let frame: JSON
  /// Whether `$(NAME)` and controls may stand for values.
  let takesParameters: Bool

  var text: String {
    let sets = table.sets.map { JSON.Member($0.name, join(object($0), frame["$defs"]?[$0.name])) }
    let others = frame["$defs"]?.members?.filter { !table.has($0.name) } ?? []
    let members = frame.members?.filter { $0.name != "$defs" && $0.name != "kinds" } ?? []
    let all = JSON.object(members + [JSON.Member("$defs", .object(sets + others + standIns))])
    return all.text(.indented) + "\n"
  }

  // MARK: - Mappings

  private func object(_ set: KeySet) -> JSON {
    var members: [JSON.Member] = [
      JSON.Member("type", "object"), JSON.Member("description", .text(set.about)),
      JSON.Member("additionalProperties", false), JSON.Member("required", .array(set.required.map { .text($0) })),
      JSON.Member("properties", .object(set.keys.map { JSON.Member($0.name, property($0)) })),
    ]
    if set.name == FlowKeys.step.name {
      members.append(JSON.Member("allOf", .array(StepKind.allCases.map(rule))))
    }
    return .object(members)
  }

  /// What a step of a kind must have, and the keys that it can have.
  private func rule(_ kind: StepKind) -> JSON {
    let keys = FlowKeys.step(of: kind)
    let rule: JSON = [
      "required": .array(keys.required.map { .text($0) }),
      "propertyNames": ["enum": .array(keys.names.map { .text($0) })],
    ]
    return [
      "if": ["properties": ["kind": ["const": .text(kind.rawValue)]], "required": ["kind"]],
      "then": join(rule, frame["kinds"]?[kind.rawValue]),
    ]
  }

  private func property(_ key: Key) -> JSON {
    key.about.isEmpty ? schema(key.content) : join(["description": .text(key.about)], schema(key.content))
  }

  /// What stands for a mapping of each set that others name: itself, a text with `$(NAME)`, or a control that puts such.
  private var standIns: [JSON.Member] {
    guard takesParameters else { return [] }
    let named = Set(table.sets.flatMap { $0.keys.compactMap { $0.content.mapping } }).union([
      "conditional-default", "transition",
    ])
    return named.sorted().map { name in
      let own: JSON = ["$ref": .text("#/$defs/some-" + name)]
      let puts: JSON = [
        "properties": ["put": ["if": ["type": "array"], "then": ["items": own], "else": own]]
      ]
      return JSON.Member(
        "some-" + name,
        [
          "if": reference("is-control"), "then": ["allOf": [reference("control"), puts]],
          "else": ["if": ["type": "string", "pattern": "\\$\\("], "else": reference(name)],
        ])
    }
  }

  // MARK: - Values

  private func schema(_ content: Key.Content) -> JSON {
    switch content {
    case .value(let value): reference(value.rawValue)
    case .mapping(let name): reference(takesParameters ? "some-" + name : name)
    case .number(let range): number(range)
    case .word(let words): orStandIn(["enum": .array(words.map { .text($0) })])
    case .some(let item): orList(item, least: 1, else: schema(item))
    case .list(let item, let least, let most):
      takesParameters
        ? orList(item, least: least, most: most, else: reference("stand-in"))
        : join(["type": "array", "items": schema(item)], least > 0 ? ["minItems": 1] : nil)
    }
  }

  private func orStandIn(_ schema: JSON) -> JSON {
    takesParameters ? ["if": schema, "else": reference("stand-in")] : schema
  }

  private func orList(_ item: Key.Content, least: Int, most: Int? = nil, else other: JSON) -> JSON {
    var list: JSON = ["items": schema(item)]
    if least > 0 { list = join(list, ["minItems": .integer(Int64(least))]) }
    if let most {
      let limit: JSON = ["maxItems": .integer(Int64(most))]
      list = join(list, ["if": ["contains": reference("stand-in")], "else": limit])
    }
    return ["if": ["type": "array"], "then": list, "else": other]
  }

  private func number(_ range: ClosedRange<Int>) -> JSON {
    let digits = "^(\(Self.pattern(range)))$"
    let written: JSON = ["type": "string", "pattern": .text(takesParameters ? digits + "|\\$\\(" : digits)]
    let limits: JSON = ["minimum": .integer(Int64(range.lowerBound)), "maximum": .integer(Int64(range.upperBound))]
    return [
      "if": ["type": "integer"], "then": limits,
      "else": takesParameters
        ? ["if": ["type": "object"], "then": reference("control"), "else": written] : written,
    ]
  }

  /// The numbers from 0 or 1 up to another in digits, as a regular expression.
  static func pattern(_ range: ClosedRange<Int>) -> String {
    let digits = String(range.upperBound).compactMap(\.wholeNumberValue)
    var alternatives = range.lowerBound == 0 ? ["0"] : []
    // Fewer digits, then those that begin alike and go on with a lesser one.
    if digits.count > 1 { alternatives.append("[1-9][0-9]{0,\(digits.count - 2)}") }
    for (place, digit) in digits.enumerated() where digit > (place == 0 ? 1 : 0) {
      let before = digits.prefix(place).map(String.init).joined()
      let rest = digits.count - place - 1
      alternatives.append("\(before)[\(place == 0 ? 1 : 0)-\(digit - 1)]" + (rest > 0 ? "[0-9]{\(rest)}" : ""))
    }
    return (alternatives + [String(range.upperBound)]).joined(separator: "|")
  }

  /// A definition of this schema, or of that of flows.
  private func reference(_ name: String) -> JSON {
    let isOwn = takesParameters || table.has(name) || frame["$defs"]?[name] != nil
    return ["$ref": .text((isOwn ? "" : "flow.schema.json") + "#/$defs/" + name)]
  }

  /// Two values as one: of objects the members of both, otherwise the second.
  private func join(_ one: JSON, _ other: JSON?) -> JSON {
    guard let other else { return one }
    guard case .object(let members) = one, case .object(let others) = other else { return other }
    let joined = members.map { member in JSON.Member(member.name, join(member.value, other[member.name])) }
    return .object(joined + others.filter { one[$0.name] == nil })
  }
}
