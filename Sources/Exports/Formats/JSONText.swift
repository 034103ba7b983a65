import FlowCore
import PlainText

/// A value of JSON.
enum JSON: ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  case integer(Int64)
  case flag(Bool)
  case text(String)
  case array([JSON])
  case object([Member])

  struct Member {
    var name: String
    var value: JSON

    init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  init(integerLiteral number: Int64) { self = .integer(number) }
  init(booleanLiteral flag: Bool) { self = .flag(flag) }

  /// The value with two spaces a level, ` : ` behind a name, and the members of an object sorted by their names.
  ///
  /// What could begin markup, steer a terminal or reorder text is escaped.
  func text(indented indentation: String = "") -> String {
    switch self {
    case .integer(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .text(let text): JSON.quoted(text)
    case .array(let items):
      JSON.list("[", items.map { $0.text(indented: indentation + "  ") }, "]", indentation)
    case .object(let members):
      JSON.list(
        "{",
        members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.map {
          "\(JSON.quoted($0.name)) : \($0.value.text(indented: indentation + "  "))"
        }, "}", indentation)
    }
  }

  private static func list(_ open: String, _ items: [String], _ close: String, _ indentation: String) -> String {
    let lines = items.map { "\n\(indentation)  \($0)" }.joined(separator: ",")
    return open + (items.isEmpty ? "\n" : lines) + "\n\(indentation)\(close)"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{8}": quoted += "\\b"
      case "\t": quoted += "\\t"
      case "\n": quoted += "\\n"
      case "\u{C}": quoted += "\\f"
      case "\r": quoted += "\\r"
      case _ where scalar.isControlling || "<>&".unicodeScalars.contains(scalar):
        for unit in String(scalar).utf16 {
          let hex = String(unit, radix: 16)
          quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        }
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
