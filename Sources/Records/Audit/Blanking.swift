import FlowCore
import PlainText

/// One line that is going to be blanked.
struct Blanking {
  let line: JournalLine
  /// The payload that takes the place of the line's own.
  let tombstone: [UInt8]
  /// The texts that go.
  let texts: Set<String>

  var tombstoneDigest: String { Digest(of: tombstone).hex }

  /// Blanks a line, with the tag that tells what stood there from other answers of its step.
  private init(_ line: JournalLine, tag: Int, of run: String) throws(JournalError) {
    self.line = line
    guard !line.isBlanked else { throw .alreadyBlank(run, line: line.number) }
    guard var fields = try? Fields(parsing: line.payload) else { throw .unreadable(run, line: line.number) }
    texts = fields.blank(fields.keysOfFreeText(inLine: line.number))
    guard !texts.isEmpty else { throw .noFreeText(run, line: line.number) }
    fields.set("tag", tag)
    fields.dropTag(ofLine: line.number)
    tombstone = fields.rendered
  }

  /// A line, and every other in which the same was answered at the same step, in order.
  static func all(of number: Int, in contents: JournalContents, of run: String) throws(JournalError) -> [Blanking] {
    guard number >= 1, number <= contents.lines.count else {
      throw .noSuchLine(run, line: number, last: contents.lines.count)
    }
    let numbers = contents.linesAnsweringTheSame(as: number)
    var blankings: [Blanking] = []
    for each in numbers {
      blankings.append(try Blanking(contents.lines[each - 1], tag: numbers.first ?? number, of: run))
    }
    return blankings
  }

  /// The lines that keep one of the texts that go.
  static func otherLines(than blankings: [Blanking], in contents: JournalContents) -> [Int] {
    let numbers = blankings.map(\.line.number)
    let texts = blankings.reduce(into: Set<String>()) { $0.formUnion($1.texts) }
    return contents.lines.filter { other in
      guard !numbers.contains(other.number), var fields = try? Fields(parsing: other.payload) else { return false }
      // What the flow says is nobody's, and always stays; so does its digest, in which short texts turn up by chance.
      if other.number == 1 { for key in ["flowText", "flowTitle", "flowDigest"] { fields.values[key] = nil } }
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

extension JournalContents {
  /// The lines in which the same free text was answered at the same step as in a line, itself among them.
  fileprivate func linesAnsweringTheSame(as number: Int) -> [Int] {
    guard number > 1, let said = entries[number - 2].event.freeAnswer else { return [number] }
    return entries.filter { entry in
      guard !entry.isRedacted, let other = entry.event.freeAnswer else { return entry.line == number }
      return other == said
    }.map(\.line)
  }
}

extension Event {
  /// The step that was answered, and what can be blanked of the answer.
  fileprivate var freeAnswer: (step: Step.ID, text: String)? {
    switch self {
    case .answered(let step, .text(let text), _, _), .answered(let step, .verdict(_, by: let text), _, _): (step, text)
    case .observed(let step, let observation): (step, observation.means)
    default: nil
    }
  }
}

extension Fields {
  static let blank = "[redacted]"

  /// The fields that hold what a person typed or saw, or names of people and hosts.
  func keysOfFreeText(inLine line: Int) -> [String] {
    if line == 1 { return ["user", "host", "performer", "owner", "reference", "key", "facts"] }
    guard let kind = try? choice("event", as: EventKind.self) else { return [] }
    guard kind == .answered else { return kind.fieldsOfFreeText }
    switch try? answer(inLine: line) {
    case .text: return ["value"]
    case .verdict: return ["by"]
    default: return []
    }
  }

  /// Blanks some fields, and returns the texts that stood there; none if there was nothing to blank. White space is nothing:
  /// a reason made of it is none to the fold, and must not become one.
  mutating func blank(_ keys: [String]) -> Set<String> {
    var texts: Set<String> = []
    for key in keys {
      switch values[key] {
      case .text(let text)? where !text.isWhiteSpace:
        texts.insert(text)
        values[key] = .text(Fields.blank)
      case .array(let elements)? where !elements.compactMap(\.text).allSatisfy(\.isWhiteSpace):
        texts.formUnion(elements.compactMap(\.text).filter { !$0.isWhiteSpace })
        values[key] = .array([.text(Fields.blank)])
      case .object(let members)? where !members.isEmpty:
        // Ids of options, such as "age", are no free text, and stand in many a line.
        texts.formUnion(
          members.compactMap(\.value.text).filter { !$0.isWhiteSpace && !$0.utf8.areSmallWord(with: "-,") })
        values[key] = .object([])
      default: break
      }
    }
    if !texts.isEmpty { set("redacted", true) }
    return texts
  }

  var allTexts: [String] {
    values.all.flatMap { member in
      switch member.value {
      case .text(let text): [text]
      case .array(let elements): elements.compactMap(\.text)
      case .object(let members): members.compactMap(\.value.text)
      case .integer, .number, .flag, .null: [String]()
      }
    }
  }
}

extension String {
  fileprivate var isWhiteSpace: Bool { allSatisfy(\.isWhitespace) }
}
