/// The candidate that was probably meant: at most a third of the shorter word's characters away, in a short word one
/// of at least two, or nil.
public func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
  candidates.map { (word: $0, distance: distance(word, $0), shorter: min($0.count, word.count)) }
    .filter { $0.distance < $0.shorter && $0.distance <= max(1, $0.shorter / 3) }
    .min { $0.distance < $1.distance }?.word
}

/// The ids `FOLDER/NAME` of which a word is the name, or nearly; at most three.
public func namesakes(of word: String, among ids: [String]) -> [String] {
  func name(_ id: String) -> String { id.split(separator: "/").last.map(String.init) ?? id }
  let wanted = name(word)
  let exact = ids.filter { name($0) == wanted }
  if !exact.isEmpty { return Array(exact.prefix(3)) }
  guard let near = nearest(to: wanted, among: Set(ids.map(name)).sorted()) else { return [] }
  return Array(ids.filter { name($0) == near }.prefix(3))
}

/// Insertions, deletions, replacements and swaps of neighbours between two words.
private func distance(_ left: String, _ right: String) -> Int {
  let left = Array(left.unicodeScalars.prefix(64))
  let right = Array(right.unicodeScalars.prefix(64))
  var rows = [Array(0...right.count)]
  for i in 0..<left.count {
    var row = [i + 1]
    for j in 0..<right.count {
      var cost = min(rows[i][j] + (left[i] == right[j] ? 0 : 1), row[j] + 1, rows[i][j + 1] + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
      row.append(cost)
    }
    rows.append(row)
  }
  return rows[left.count][right.count]
}
