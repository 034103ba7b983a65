import Records

/// The rows of records that were read before, in `index/rows` beside the records: a list reads only what changed since.
///
/// A row is used while the file of its record is the same, and that with the text of its flow. It is made by one
/// program, and means nothing to another one, which may read flows and records otherwise. What stands in it stands in
/// the records.
struct RowIndex {
  typealias Row = (mark: RecordMark, row: RecordRow)

  /// What the rows consist of.
  private static let version = 3
  private static let file = "rows"
  /// It is written anew once one in so many rows would be: reading a few records costs less.
  private static let patience = 32

  private let folder: RecordFolder
  private let program: String
  /// What the file is known to hold.
  private var written: [String: RecordMark] = [:]
  /// Whether there is one of which nobody knows what it holds.
  private var isUnread = false

  init(_ folder: RecordFolder, program: String) {
    self.folder = folder
    self.program = program
  }

  /// The rows that the file holds, but those whose flow may be another; none if anything is wrong with it.
  mutating func load() -> [String: Row] {
    guard let bytes = folder.indexed(RowIndex.file) else { return [:] }
    guard let (rows, flows) = try? read(bytes) else {
      isUnread = true
      return [:]
    }
    written = rows.mapValues(\.mark)
    let other = Set(flows.filter { folder.flowTextMark(of: $0.key) != $0.value }.keys)
    return other.isEmpty ? rows : rows.filter { $1.row.flowDigest.map { !other.contains($0) } ?? true }
  }

  /// Writes the file anew if that is worth it.
  ///
  /// - Parameters:
  ///   - marks: of all records that are there.
  ///   - moment: when they were looked at.
  mutating func keep(_ rows: [String: Row], _ marks: [String: RecordMark], at moment: Int) {
    // What was replaced or taken away may have been blanked: it must not stay.
    let isOutdated = isUnread || written.contains { run, mark in marks[run].map { !$0.continues(mark) } ?? true }
    let new = rows.count { $1.row.isWhole && written[$0] != $1.mark }
    guard isOutdated || new > written.count / RowIndex.patience else { return }
    var kept: [String: RecordMark]?
    folder.index(RowIndex.file) { _ in
      // Before we had the lock, a text may have been blanked that we have read.
      guard let now = try? folder.marks() else { return nil }
      var rows = now.compactMap { run, mark in rows[run].flatMap { $0.mark == mark ? (run: run, kept: $0) : nil } }
      let digests = Set(rows.compactMap(\.kept.row.flowDigest))
      let flows = digests.reduce(into: [:]) { $0[$1] = folder.flowTextMark(of: $1, at: moment) }
      rows.removeAll { row in
        row.kept.row.flowDigest.map { flows[$0]?.isSettled == false } ?? false
      }
      kept = Dictionary(uniqueKeysWithValues: rows.map { ($0.run, $0.kept.mark) })
      return text(of: rows, digests.sorted().map { ($0, flows[$0]) })
    }
    if let kept { (written, isUnread) = (kept, false) }
  }

  // MARK: - Private

  private func text(of rows: [(run: String, kept: Row)], _ flows: [(String, RecordMark?)]) -> [UInt8] {
    var body = IndexWriter()
    body.put(flows) { writer, flow in
      writer.put(flow.0)
      writer.put(flow.1) { $0.put($1) }
    }
    body.endLine()
    for (run, kept) in rows {
      guard kept.row.isWhole else { continue }
      body.put(run)
      body.put(kept.mark)
      body.put(kept.row)
      body.endLine()
    }
    var head = IndexWriter()
    head.put(RowIndex.version)
    head.put(program)
    head.put(hexadecimalSHA256(of: body.bytes))
    head.endLine()
    return head.bytes + body.bytes
  }

  private func read(_ bytes: [UInt8]) throws -> (rows: [String: Row], flows: [String: RecordMark?]) {
    try bytes.withUnsafeBytes { bytes in
      var reader = IndexReader(bytes)
      guard try reader.number() == RowIndex.version, try reader.text() == program else { throw IndexReader.Broken() }
      let digest = try reader.text()
      try reader.endLine()
      guard hexadecimalSHA256(of: reader.rest) == digest else { throw IndexReader.Broken() }
      var flows: [String: RecordMark?] = [:]
      for (digest, mark) in try reader.items({ reader throws(IndexReader.Broken) in
        (try reader.text(), try reader.ifPresent { mark throws(IndexReader.Broken) in try mark.mark() })
      }) {
        flows[digest] = .some(mark)
      }
      try reader.endLine()
      var rows: [String: Row] = [:]
      while !reader.isAtEnd {
        let run = try reader.text()
        rows[run] = (try reader.mark(), try reader.row(of: run))
        try reader.endLine()
      }
      return (rows, flows)
    }
  }
}

extension IndexWriter {
  fileprivate mutating func put(_ mark: RecordMark) { put(mark.numbers) { $0.put($1) } }
}

extension IndexReader {
  fileprivate mutating func mark() throws(Broken) -> RecordMark {
    guard let mark = RecordMark(numbers: try items { number throws(Broken) in try number.number() }) else {
      throw Broken()
    }
    return mark
  }
}
