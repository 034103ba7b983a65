import Files
import FlowCore
import Glibc
import PlainText

/// What a journal says, read whole.
public struct JournalContents: Equatable, Sendable {
  public var header: RunHeader
  /// Every event, in the order of the lines; the first is line 2.
  public var entries: [Entry]
  /// The chain of the last line, in hexadecimal.
  public var finalDigest: String
  /// How many bytes of a torn last line stand at the end: what a kill or a full disk left of it, without a line feed. They
  /// are not read. A whole line that can't be read is never taken for a torn one.
  public var tornBytes: Int

  /// Every line with what it says of itself.
  var lines: [JournalLine]

  /// When the last event happened, or the run began.
  public var lastAt: Timestamp { entries.last?.at ?? header.began }

  /// How many bytes the lines that were read take.
  let intactLength: Int

  /// Reads the bytes of a journal. Sums and chain are not checked: `RecordFolder.audit` does that.
  ///
  /// - Parameter sentences: whether it is wanted what was shown. It is the larger half, and moves nothing.
  init(of run: String, _ bytes: [UInt8], sentences: Bool = true) throws(JournalError) {
    let text = JournalBytes(bytes)
    guard let first = text.lines.first, let headerLine = JournalLine(parsing: first), headerLine.number == 1 else {
      throw .noHeader(run)
    }
    header = try read(headerLine, of: run) { (fields) throws(Fields.Fault) in try RunHeader(fields) }
    if let digest = header.flowDigest { header.flowText = text.carriedText(of: digest) }
    lines = [headerLine]
    entries = []
    lines.reserveCapacity(text.lines.count)
    entries.reserveCapacity(text.lines.count)
    for (index, bytes) in text.lines.enumerated().dropFirst() {
      guard let line = JournalLine(parsing: bytes), line.number == index + 1 else {
        throw .unreadable(run, line: index + 1)
      }
      if !sentences, let entry = Entry(shownIn: line) {
        entries.append(entry)
      } else {
        entries.append(
          try read(line, of: run) { (fields) throws(Fields.Fault) in try Entry(line: line.number, fields) })
      }
      lines.append(line)
    }
    tornBytes = text.tail.count
    intactLength = bytes.count - text.tail.count
    finalDigest = (lines.last ?? headerLine).chain.hex
  }

  /// What an audit has read.
  init(_ header: RunHeader, _ entries: [Entry], _ lines: [JournalLine], tornBytes: Int, intactLength: Int) {
    self.header = header
    self.entries = entries
    self.lines = lines
    self.tornBytes = tornBytes
    self.intactLength = intactLength
    finalDigest = lines.last?.chain.hex ?? ""
  }
}

/// The lines of a journal, without their line feeds, and what stands after the last of these.
///
/// One that was handed over has a line before its first: `{"flowText":"..."}`, the text that its header names. It belongs to no chain, since
/// its digest does.
struct JournalBytes {
  var lines: [ArraySlice<UInt8>] = []
  var tail: ArraySlice<UInt8>
  /// The line that carries the flow's text, where there is one.
  private(set) var carrier: ArraySlice<UInt8>?

  init(_ bytes: [UInt8]) {
    tail = bytes[...]
    var start = 0
    bytes.withUnsafeBytes { all in
      guard let first = all.baseAddress else { return }
      while start < all.count, let found = memchr(first + start, 10, all.count - start) {
        let end = UnsafeRawPointer(found) - first
        lines.append(bytes[start..<end])
        start = end + 1
      }
    }
    tail = bytes[start...]
    if let first = lines.first, first.starts(with: JournalBytes.carrierStart.utf8) { carrier = lines.removeFirst() }
  }

  /// The text that it carries, if that is what a digest says.
  func carriedText(of digest: String) -> String? {
    guard let carrier, let text = try? Fields(parsing: Array(carrier)).text("flowText") else { return nil }
    return FlowTexts.text(Array(text.utf8), of: digest)
  }

  /// All of it, behind a line with a text; as it is if it carries one, or needs none.
  func carrying(_ text: String?) -> [UInt8] {
    let journal = (lines + [tail]).joined(separator: [UInt8(ascii: "\n")])
    guard let carrier = text.map(JournalBytes.carrier) ?? carrier.map(Array.init) else { return Array(journal) }
    return carrier + [UInt8(ascii: "\n")] + journal
  }

  // MARK: - Private

  private static let carrierStart = "{\"flowText\":"

  private static func carrier(of text: String) -> [UInt8] {
    var fields = Fields()
    fields.set("flowText", text)
    return fields.rendered
  }
}

extension Entry {
  init(line: Int, _ fields: Fields) throws(Fields.Fault) {
    self.init(
      line: line, at: try fields.time("at"), event: try Event(fields, inLine: line), isRedacted: fields.isRedacted)
  }
}

extension Entry {
  /// What was shown at some moment, without saying what; nil if the line may be of another kind, or is none.
  init?(shownIn line: JournalLine) {
    let (start, kind) = (#"{"at":""#.utf8.count, #"","event":"shown","#.utf8)
    let end = start + Timestamp.writtenLength
    guard line.payload.count > end + kind.count, line.payload.starts(with: #"{"at":""#.utf8),
      line.payload[end..<end + kind.count].elementsEqual(kind),
      let at = Timestamp(String(decoding: line.payload[start..<end], as: UTF8.self)),
      Entry.isShown(line.payload)
    else { return nil }
    self.init(line: line.number, at: at, event: .shown(nil, []))
  }

  private static func isShown(_ payload: [UInt8]) -> Bool {
    guard let outline = JSONOutline(parsing: payload, mostDepth: Fields.mostDepth) else { return false }
    return outline.kind(of: "sentences", in: payload) == .texts && outline.kind(of: "redacted", in: payload) == nil
      && [nil, .text].contains(outline.kind(of: "step", in: payload))
  }
}

extension RecordFolder {
  /// Reads the journal of a run without locking it, as it stands now.
  ///
  /// - Parameter sentences: whether it is wanted what was shown.
  public func read(_ run: String, sentences: Bool = true) throws(JournalError) -> JournalContents {
    try JournalContents(of: run, bytes(of: run), sentences: sentences)
  }

  func bytes(of run: String) throws(JournalError) -> [UInt8] {
    try reading(run) { file throws(FileError) in try file.read() }
  }
}

private func read<Meaning>(
  _ line: JournalLine, of run: String, as meaning: (Fields) throws(Fields.Fault) -> Meaning
) throws(JournalError) -> Meaning {
  do {
    return try meaning(Fields(parsing: line.payload))
  } catch {
    switch error {
    case .malformed: throw .unreadable(run, line: line.number)
    case .unknown(let what): throw .newer(run, line: line.number, what: what)
    }
  }
}
