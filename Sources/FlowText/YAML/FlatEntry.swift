import PlainText

/// A key with its value, as one line of a file of such lines has them: `store: pass`.
public struct FlatEntry: Equatable, Sendable {
  public let key: String
  public let value: String
  /// From 1.
  public let line: Int
  /// From 1, in characters.
  public let keyColumn: Int
  public let valueColumn: Int
  /// In characters, with its quotes; 0 where nothing stands.
  public let valueLength: Int
}

/// Reads YAML that is nothing but keys, each with a text on its own line; of an empty file that is no entry.
///
/// - Returns: the entries that could be read, also where others could not, and findings without the lines they stand on:
///   behind a mistyped key may stand a secret.
public func readFlatMapping(_ text: String, path: String) -> Reading<[FlatEntry]> {
  let findings = Findings(SourceText(text, path: path)) { _ in true }
  var composer = Composer(findings)
  guard let root = composer.compose() else {
    let isEmpty = findings.list.allSatisfy { $0.code == .emptyFile }
    return Reading(value: isEmpty ? [] : nil, findings: isEmpty ? [] : findings.sorted)
  }
  guard case .mapping(let entries) = root.content else {
    findings.report(
      .wrongType, at: root.place, "the file is made of keys with values, this is \(root.kind)",
      hint: "write 'key: value' lines")
    return Reading(value: nil, findings: findings.sorted)
  }
  let found = entries.compactMap { entry -> FlatEntry? in
    guard case .text(let value) = entry.value.content else {
      findings.report(
        .wrongType, at: entry.keyPlace, "a text belongs at \(quoted(entry.key)), this is \(entry.value.kind)",
        hint: "write 'key: text' on a line of its own")
      return nil
    }
    let source = findings.source
    let (line, column, _) = source.locate(entry.value.place)
    guard let length = writtenLength(of: value, at: source.line(line).dropFirst(column - 1)) else {
      findings.report(
        .wrongType, at: entry.keyPlace, "the text at \(quoted(entry.key)) stands on several lines",
        hint: "write it on one line")
      return nil
    }
    return FlatEntry(
      key: entry.key, value: value, line: line, keyColumn: source.locate(entry.keyPlace).column, valueColumn: column,
      valueLength: length)
  }
  return Reading(value: found, findings: findings.sorted)
}

/// How many characters of a line make up a text that begins it; nil if the text does not end on it.
private func writtenLength(of text: String, at line: Substring) -> Int? {
  guard let quote = line.first, quote == "\"" || quote == "'" else {
    // An anchor or a tag before the text was told already.
    return line.hasPrefix(text) || "&!".contains(line.prefix(1)) ? text.count : nil
  }
  var rest = line.dropFirst()
  while let character = rest.popFirst() {
    if character == "\\" && quote == "\"" || character == quote && quote == "'" && rest.first == quote {
      rest = rest.dropFirst()
    } else if character == quote {
      return line.count - rest.count
    }
  }
  return nil
}
