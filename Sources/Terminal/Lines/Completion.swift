/// What Tab can make of a line: the part that stays, and the words that fit behind it.
struct Completion: Equatable {
  var head: String
  var candidates: [String]

  /// Completes the whole line if a word begins so, else what follows the last space or comma.
  init(of line: String, among words: [String]) {
    candidates = words.filter { $0.hasPrefix(line) }
    head = ""
    if candidates.isEmpty, let gap = line.lastIndex(where: { $0 == " " || $0 == "," }) {
      let tail = line[line.index(after: gap)...]
      head = String(line[...gap])
      candidates = words.filter { $0.hasPrefix(tail) }
    }
  }
}
