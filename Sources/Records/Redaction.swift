import FlowCore

/// What blanking a line left.
public struct Redaction: Equatable, Sendable {
  public var line: Int
  /// Other lines in which one of the blanked texts stands too.
  public var otherLines: [Int]
  /// The chain of the last line, in hexadecimal: the announcement has moved it.
  public var finalDigest: String
}

extension RecordFolder {
  /// Blanks the free text of a line, and says so in an event at the end of the journal.
  ///
  /// Free text is what a person typed or saw, and names of people and hosts; step, kind of answer and mouth stay, so that the
  /// record still folds, and the flow's own text always stays. The event comes first: killed in between, the journal says
  /// what was to be blanked, and the same call again finishes it.
  ///
  /// Throws `inUse`, `noSuchLine`, `noFreeText` or `alreadyBlank`, besides what reading and writing throw.
  public func redact(
    _ run: String, line number: Int, reason: String, at moment: Timestamp, random: @escaping RandomBytes
  ) throws(JournalError) -> Redaction {
    let (journal, contents) = try open(run, random: random)
    let blanking = try Blanking(of: number, in: contents, of: run)
    try announce(blanking, in: journal, after: contents, reason: reason, at: moment)
    try replace(blanking, in: journal)
    return Redaction(
      line: number, otherLines: blanking.otherLines(in: contents), finalDigest: journal.finalDigest)
  }

  /// The first half: the event that says what is going to be blanked, unless an earlier call left it already.
  func announce(
    _ blanking: Blanking, in journal: Journal, after contents: JournalContents, reason: String, at moment: Timestamp
  ) throws(JournalError) {
    let event = Event.redacted(line: blanking.line.number, reason: reason)
    var payload = event.fields(at: moment, in: nil)
    payload.set("tombstone", blanking.tombstoneDigest)
    switch blanking.earlierAnnouncement(in: contents) {
    case nil: try journal.append([payload], durable: true)
    case blanking.tombstoneDigest?: break
    default: throw .wasToBeBlankedOtherwise(journal.run, line: blanking.line.number)
    }
  }

  /// The second half: the file with the blanked line takes the place of the old one.
  func replace(_ blanking: Blanking, in journal: Journal) throws(JournalError) {
    let text = JournalBytes(try bytes(of: journal.run))
    var bytes: [UInt8] = []
    for (index, line) in text.lines.enumerated() {
      if index + 1 == blanking.line.number {
        bytes += blanking.line.blanked(to: blanking.tombstone).rendered
      } else {
        bytes += line + [UInt8(ascii: "\n")]
      }
    }
    try journal.replaceFile(with: bytes)
  }
}

/// One line that is going to be blanked.
struct Blanking {
  let line: JournalLine
  /// The payload that takes the place of the line's own.
  let tombstone: [UInt8]
  /// The texts that go.
  let texts: Set<String>

  var tombstoneDigest: String { Digest(of: tombstone).hex }

  init(of number: Int, in contents: JournalContents, of run: String) throws(JournalError) {
    guard number >= 1, number <= contents.lines.count else {
      throw .noSuchLine(run, line: number, last: contents.lines.count)
    }
    line = contents.lines[number - 1]
    guard !line.isBlanked else { throw .alreadyBlank(run, line: number) }
    guard var fields = try? Fields(parsing: line.payload) else { throw .unreadable(run, line: number) }
    texts = fields.blank(fields.keysOfFreeText(inHeader: number == 1))
    guard !texts.isEmpty else { throw .noFreeText(run, line: number) }
    tombstone = fields.rendered
  }

  func otherLines(in contents: JournalContents) -> [Int] {
    contents.lines.filter { other in
      guard other.number != line.number, var fields = try? Fields(parsing: other.payload) else { return false }
      if other.number == 1 { fields.values["flowText"] = nil }
      return fields.allTexts.contains { text in texts.contains { text.contains($0) } }
    }.map(\.number)
  }

  func earlierAnnouncement(in contents: JournalContents) -> String? {
    for (entry, line) in zip(contents.entries, contents.lines.dropFirst()).reversed() {
      guard case .redacted(self.line.number, _) = entry.event else { continue }
      return (try? Fields(parsing: line.payload).textIfPresent("tombstone")) ?? ""
    }
    return nil
  }
}

extension Fields {
  static let blank = "[redacted]"

  /// The fields that hold what a person typed or saw, or names of people and hosts.
  func keysOfFreeText(inHeader: Bool) -> [String] {
    if inHeader { return ["user", "host", "performer", "owner", "reference"] }
    guard let kind = try? choice("event", as: EventKind.self) else { return [] }
    switch kind {
    case .shown: return ["sentences"]
    case .answered:
      switch try? answer {
      case .text: return ["value"]
      case .verdict: return ["by"]
      default: return []
      }
    case .differed, .noted: return ["text"]
    case .keepingFailed, .skipped, .discarded, .redacted: return ["reason"]
    case .resumed: return ["user", "host"]
    case .began, .partTaken, .credentialHeld, .stillShown, .wentBack, .reopened, .suspended: return []
    }
  }

  /// Blanks some fields, and returns the texts that stood there; none if there was nothing to blank.
  mutating func blank(_ keys: [String]) -> Set<String> {
    var texts: Set<String> = []
    for key in keys {
      switch values[key] {
      case .text(let text)? where !text.isEmpty:
        texts.insert(text)
        values[key] = .text(Fields.blank)
      case .texts(let list)? where list.contains { !$0.isEmpty }:
        texts.formUnion(list.filter { !$0.isEmpty })
        values[key] = .texts([Fields.blank])
      default: break
      }
    }
    if !texts.isEmpty { set("redacted", true) }
    return texts
  }

  /// Every text in the payload.
  var allTexts: [String] {
    values.values.flatMap { value in
      switch value {
      case .text(let text): [text]
      case .texts(let texts): texts
      case .map(let map): Array(map.values)
      case .number, .flag, .other: [String]()
      }
    }
  }
}
