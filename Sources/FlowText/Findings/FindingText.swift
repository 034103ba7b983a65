import FlowCore
import PlainText

extension Finding {
  /// The finding as a person reads it: where and what, the line with a mark under it, and what to do.
  ///
  ///     flows/gate-io/create-key.yaml:41:5: error: unknown key 'promt' [unknown-key]
  ///        41 |     promt: Label
  ///           |     ^~~~~
  ///     hint: did you mean 'prompt'?
  ///
  /// A line wider than `columns` is shown in part. No line break ends it.
  public func rendered(columns: Int = 100) -> String {
    var lines = ["\(display(path)):\(line):\(column): \(severity.rawValue): \(display(message)) [\(code.rawValue)]"]
    if let excerpt { lines += rendered(excerpt, within: max(columns - 8, 20)) }
    if let hint { lines.append("hint: \(display(hint))") }
    return lines.joined(separator: "\n")
  }

  // MARK: - Private

  private func rendered(_ excerpt: String, within columns: Int) -> [String] {
    let marked = excerpt.dropFirst(column - 1).prefix(length)
    var before = display(excerpt.prefix(column - 1))
    var middle = display(marked)
    var after = display(excerpt.dropFirst(column - 1 + length))
    // A third of the room goes to what stands before the mark, if it is needed at all.
    if before.columns + middle.columns + after.columns > columns {
      if before.columns > columns / 3 { before = "..." + before.suffix(fitting: columns / 3 - 3) }
      if middle.columns > columns / 2 { middle = middle.prefix(fitting: columns / 2) }
      let room = columns - before.columns - middle.columns
      if after.columns > room { after = after.prefix(fitting: max(room - 3, 0)) + "..." }
    }
    let number = String(line)
    let margin = String(repeating: " ", count: max(5 - number.count, 0))
    let under = String(repeating: " ", count: before.columns)
    let mark = "^" + String(repeating: "~", count: max(middle.columns - 1, 0))
    let gap = String(repeating: " ", count: max(5, number.count))
    return [
      "\(margin)\(number) | \(before)\(middle)\(after)",
      "\(gap) | \(under)\(mark)",
    ]
  }
}

extension StringProtocol {
  /// How many columns a terminal gives it: two for wide characters, none for combining marks.
  var columns: Int { reduce(0) { $0 + $1.columns } }

  fileprivate func prefix(fitting room: Int) -> String {
    var used = 0
    return String(
      prefix { character in
        used += character.columns
        return used <= room
      })
  }

  fileprivate func suffix(fitting room: Int) -> String { String(String(reversed()).prefix(fitting: room).reversed()) }
}

extension Character {
  fileprivate var columns: Int {
    guard let first = unicodeScalars.first, first.value >= 0x300 else { return 1 }
    switch first.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return first.properties.generalCategory == .nonspacingMark ? 0 : 1
    }
  }
}
