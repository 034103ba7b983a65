import PlainText

/// Takes the records of a text in CSV apart, by RFC 4180; unlike there, white space around a cell without quotes is no part of it.
struct CSVReader {
  struct Record {
    var line: Int
    var cells: [AdoptionTable.Cell] = []
  }

  /// What ended the reading, if something is wrong with the quotes.
  private(set) var flaw: AdoptionTable.Flaw?
  private var rest: Substring
  private var line = 1
  private var column = 1

  init(_ text: Substring) { rest = text }

  /// The next record; nil at the end.
  mutating func next() -> Record? {
    guard flaw == nil, !rest.isEmpty else { return nil }
    var record = Record(line: line)
    while true {
      record.cells.append(cell())
      guard flaw == nil else { return nil }
      guard let mark = take() else { return record }
      if mark.isLineEnd { return record }
    }
  }

  // MARK: - Private

  private mutating func cell() -> AdoptionTable.Cell {
    while rest.first == " " || rest.first == "\t" { _ = take() }
    var cell = AdoptionTable.Cell(text: "", line: line, column: column)
    guard rest.first == "\"" else {
      while let character = rest.first, character != ",", !character.isLineEnd {
        if character == "\"" { flaw = misquoted }
        cell.text.append(character)
        _ = take()
      }
      cell.text = cell.text.trimmed
      return cell
    }
    _ = take()
    while let character = take() {
      if character != "\"" {
        cell.text.append(character)
      } else if rest.first == "\"" {
        cell.text.append("\"")
        _ = take()
      } else {
        while rest.first == " " || rest.first == "\t" { _ = take() }
        if let after = rest.first, after != ",", !after.isLineEnd { flaw = misquoted }
        return cell
      }
    }
    flaw = AdoptionTable.Flaw(
      line: cell.line, column: cell.column, message: "the quote that begins here has no end", hint: nil)
    return cell
  }

  private var misquoted: AdoptionTable.Flaw {
    AdoptionTable.Flaw(
      line: line, column: column, message: "a double quote stands within a cell",
      hint: "put the whole cell in double quotes, and write each that is in it twice")
  }

  private mutating func take() -> Character? {
    guard let character = rest.popFirst() else { return nil }
    if character.isLineEnd {
      line += 1
      column = 1
    } else {
      column += 1
    }
    return character
  }
}

extension Character {
  /// Whether a line of a file ends with it.
  var isLineEnd: Bool { self == "\n" || self == "\r\n" }
}
