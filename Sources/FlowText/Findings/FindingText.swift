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
    if before.width + middle.width + after.width > columns {
      if before.width > columns / 3 { before = "..." + before.suffix(columns: columns / 3 - 3) }
      if middle.width > columns / 2 { middle = String(middle.prefix(columns: columns / 2)) }
      let room = columns - before.width - middle.width
      if after.width > room { after = after.prefix(columns: max(room - 3, 0)) + "..." }
    }
    let number = String(line)
    let margin = String(repeating: " ", count: max(5 - number.count, 0))
    let under = String(repeating: " ", count: before.width)
    let mark = "^" + String(repeating: "~", count: max(middle.width - 1, 0))
    let gap = String(repeating: " ", count: max(5, number.count))
    return [
      "\(margin)\(number) | \(before)\(middle)\(after)",
      "\(gap) | \(under)\(mark)",
    ]
  }
}
