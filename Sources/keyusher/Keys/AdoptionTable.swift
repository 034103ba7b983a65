import PlainText

/// What a file of keys says: a row a key, in CSV with a header (RFC 4180) or as lines of JSON, each text with its place.
struct AdoptionTable {
  struct Cell: Equatable {
    var text: String
    /// From 1, in characters.
    var line: Int
    var column: Int
  }

  struct Row: Equatable {
    var line: Int
    /// By column, without the empty ones.
    var cells: [String: Cell]
  }

  /// What is wrong at a place of the file. No text of the file is in it that could be a secret.
  struct Flaw: Error, Equatable {
    var line: Int
    var column: Int
    var message: String
    var hint: String?

    /// As a person reads it: where, what, and what to do.
    func text(in path: String) -> String {
      let lines = ["\(path):\(line):\(column): \(message)"] + (hint.map { ["hint: \($0)"] } ?? [])
      return lines.map { display($0) + "\n" }.joined()
    }
  }

  var rows: [Row] = []
  var flaws: [Flaw] = []

  /// The most keys that a file may have: each is held in guarded memory until all are looked at.
  static let mostRows = 1000
  /// The most flaws that are told of: where there are as many, the file is not read further.
  static let mostFlaws = 50

  /// Reads a file's text.
  ///
  /// - Parameter columns: what a row may have; another name is a flaw.
  init(_ text: String, columns: [String]) {
    let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
    if text.first(where: { !$0.isWhitespace }) == "{" {
      readJSON(text, columns)
    } else {
      readCSV(text, columns)
    }
    flaws = Array(flaws.prefix(Self.mostFlaws))
    if rows.isEmpty, flaws.isEmpty {
      flaws.append(Flaw(line: 1, column: 1, message: "there is no key in it", hint: Self.form))
    }
    if rows.count > Self.mostRows {
      let line = rows[Self.mostRows].line
      flaws.append(
        Flaw(line: line, column: 1, message: "it has more than \(Self.mostRows) keys", hint: "make several files of it")
      )
    }
  }

  private var isFull: Bool { flaws.count >= Self.mostFlaws || rows.count > Self.mostRows }

  static let form = "begin with a line such as: name,exchange,owner,key,secret"

  // MARK: - JSON

  private mutating func readJSON(_ text: Substring, _ columns: [String]) {
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd).enumerated() {
      if isFull { return }
      if line.allSatisfy(\.isWhitespace) { continue }
      let bytes = Array(line.utf8)
      func column(_ offset: Int) -> Int { String(decoding: bytes.prefix(offset), as: UTF8.self).count + 1 }
      do throws(JSON.Fault) {
        guard let members = try JSON(parsing: bytes).members else { throw .malformed(offset: 0) }
        guard members.count <= columns.count else {
          flaws.append(
            Flaw(
              line: index + 1, column: 1, message: "this line has more members than a key can have",
              hint: "columns: \(columns.joined(separator: ", "))"))
          continue
        }
        var row = Row(line: index + 1, cells: [:])
        for (member, places) in zip(members, try JSON.places(ofMembersIn: bytes)) {
          guard isKnown(member.name, columns, line: index + 1, column: column(places.name)) else { continue }
          let place = column(places.value)
          switch member.value {
          case .text(let text):
            if !text.isEmpty { row.cells[member.name] = Cell(text: text, line: index + 1, column: place) }
          case .null: continue
          default:
            flaws.append(
              Flaw(line: index + 1, column: place, message: "'\(member.name)' is a text", hint: "write it in quotes"))
          }
        }
        rows.append(row)
      } catch {
        flaws.append(
          Flaw(
            line: index + 1, column: column(error.offset), message: "this is no object of JSON from here on",
            hint: #"a line is one key: {"name": "okx/bot", "key": "env:OKX_KEY", …}"#))
      }
    }
  }

  // MARK: - CSV

  private mutating func readCSV(_ text: Substring, _ columns: [String]) {
    var reader = CSVReader(text)
    guard let header = reader.next() else { return }
    let names = header.cells.map { $0.text.trimmed.lowercased() }
    for (index, cell) in header.cells.enumerated() where !isFull {
      if names[..<index].contains(names[index]) {
        flaws.append(
          Flaw(line: cell.line, column: cell.column, message: "there are two columns of this name", hint: nil))
      } else {
        _ = isKnown(names[index], columns, line: cell.line, column: cell.column)
      }
    }
    // Below a header that is not understood nothing is.
    guard flaws.isEmpty else { return }
    while !isFull, let record = reader.next() {
      if record.cells.count == 1, record.cells[0].text.isEmpty { continue }
      if record.cells.count != names.count {
        flaws.append(
          Flaw(
            line: record.line, column: 1,
            message: "this row has \(record.cells.count) cells, and the header \(names.count)",
            hint: "what has a comma in it stands in double quotes"))
        continue
      }
      var row = Row(line: record.line, cells: [:])
      for (name, cell) in zip(names, record.cells) where !cell.text.isEmpty { row.cells[name] = cell }
      rows.append(row)
    }
    if let flaw = reader.flaw { flaws.append(flaw) }
  }

  // MARK: - Columns

  private mutating func isKnown(_ name: String, _ columns: [String], line: Int, column: Int) -> Bool {
    if columns.contains(name) { return true }
    let near = nearest(to: name, among: columns)
    // A name that is none may be a secret in a file without a header: it is not shown.
    flaws.append(
      Flaw(
        line: line, column: column, message: "this is no column that a key has",
        hint: near.map { "did you mean '\($0)'?" } ?? "columns: \(columns.joined(separator: ", "))"))
    return false
  }
}

extension JSON {
  /// Where the names and values of an object begin, in bytes.
  fileprivate static func places(ofMembersIn text: [UInt8]) throws(Fault) -> [(name: Int, value: Int)] {
    try text.withUnsafeBytes { bytes in
      Result { () throws(Fault) in
        guard case .object(let members) = try JSONNode(parsing: bytes, mostDepth: 64).kind else { return [] }
        return members.map {
          (name: $0.name.lowerBound - 1, value: $0.value.range.lowerBound - ($0.value.isText ? 1 : 0))
        }
      }
    }.get()
  }
}

extension JSONNode {
  fileprivate var isText: Bool { if case .string = kind { true } else { false } }
}
