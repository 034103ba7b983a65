import PlainText

/// A line folded at spaces to at most `columns`, each part indented as the line is.
///
/// An address stands alone on a line of its own, and neither it nor any other word is ever broken: a longer one
/// sticks out.
func folded(_ line: some StringProtocol, to columns: Int) -> [String] {
  let indentation = String(line.prefix { $0 == " " })
  return wrapped(line, columns: columns - indentation.count) { $0.hasPrefix("https://") || $0.hasPrefix("http://") }
    .map { $0.isEmpty ? "" : indentation + $0 }
}
