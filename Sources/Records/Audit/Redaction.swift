import FlowCore

/// What blanking a line left.
public struct Redaction: Equatable, Sendable {
  /// Every line that was blanked, in order: the one asked for, and those in which the same was answered at the same step.
  public var lines: [Int]
  /// Other lines in which one of the blanked texts stands too.
  public var otherLines: [Int]
  /// The chain of the last line, in hexadecimal: the announcement has moved it.
  public var finalDigest: String
  /// The bytes of a torn last line that were cut; 0 if none.
  public var bytesCut: Int
}

extension RecordFolder {
  /// Blanks the free text of a line, and says so in an event at the end of the journal.
  ///
  /// Free text is what a person typed or saw, and names of people and hosts; step, kind of answer and source stay, so that the
  /// record still folds, and the flow's own text always stays. Where the same was answered at the same step, those lines are
  /// blanked too: what was equal stays equal, or the fold would see a correction. The events come first: killed in between,
  /// the journal says what was to be blanked, and the same call again finishes it.
  ///
  /// Throws `inUse`, `noSuchLine`, `noFreeText` or `alreadyBlank`, besides what reading and writing throw.
  public func redact(
    _ run: String, line number: Int, reason: String, at moment: Timestamp, random: @escaping RandomBytes
  ) throws(JournalError) -> Redaction {
    let (journal, contents) = try openUncut(run, random: random)
    let blankings = try Blanking.all(of: number, in: contents, of: run)
    // A torn last line is cut only now: who is refused leaves the file as it was.
    if contents.tornBytes > 0 { try journal.cutTail() }
    try announce(blankings, in: journal, after: contents, reason: reason, at: moment)
    try replace(blankings, in: journal)
    return Redaction(
      lines: blankings.map(\.line.number), otherLines: Blanking.otherLines(than: blankings, in: contents),
      finalDigest: journal.finalDigest, bytesCut: contents.tornBytes)
  }

  /// The first half: the events that say what is going to be blanked, unless an earlier call left them already.
  func announce(
    _ blankings: [Blanking], in journal: Journal, after contents: JournalContents, reason: String, at moment: Timestamp
  ) throws(JournalError) {
    var payloads: [Fields] = []
    for blanking in blankings {
      let number = blanking.line.number
      switch blanking.earlierAnnouncement(in: contents) {
      case nil:
        var payload = Event.redacted(line: number, reason: reason).fields(at: moment, in: nil)
        payload.set("tombstone", blanking.tombstoneDigest)
        payloads.append(payload)
      case blanking.tombstoneDigest?: break
      default: throw .wasToBeBlankedOtherwise(journal.run, line: number)
      }
    }
    try journal.append(payloads, durable: true)
  }

  /// The second half: the file with the blanked lines takes the place of the old one.
  func replace(_ blankings: [Blanking], in journal: Journal) throws(JournalError) {
    var text = JournalBytes(try bytes(of: journal.run))
    for blanking in blankings {
      text.lines[blanking.line.number - 1] = blanking.line.blanked(to: blanking.tombstone).rendered.dropLast()
    }
    try withoutIndex { () throws(JournalError) in try journal.replaceFile(with: text.carrying(nil)) }
  }
}
