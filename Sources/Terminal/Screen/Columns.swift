import CTerminal

/// How many columns of a terminal a text takes: wide characters two, combining ones none.
public func columns(of text: some StringProtocol) -> Int {
  text.unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 1 : Int(kt_columns($1.value))) }
}

/// A line folded at spaces to at most `width` columns, each part indented as the line is.
///
/// An address stands alone on a line of its own, and neither it nor any other word is ever broken: a longer one
/// sticks out.
func folded(_ line: some StringProtocol, to width: Int) -> [String] {
  let indentation = String(line.prefix { $0 == " " })
  let room = width - indentation.count
  var folds: [String] = []
  var current = ""
  var taken = 0
  func close() {
    if !current.isEmpty { folds.append(indentation + current) }
    current = ""
    taken = 0
  }
  for word in line.split(separator: " ") {
    let needed = columns(of: word)
    let isAddress = word.hasPrefix("https://") || word.hasPrefix("http://")
    if isAddress || (taken > 0 && taken + 1 + needed > room) { close() }
    current += taken > 0 ? " \(word)" : String(word)
    taken += taken > 0 ? needed + 1 : needed
    if isAddress { close() }
  }
  close()
  return folds.isEmpty ? [""] : folds
}
