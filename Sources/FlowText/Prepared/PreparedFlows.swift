import FlowCore

/// Flows as they were bound when the program was built: each is read by itself, without its text.
///
/// The bytes are six numbers, which say where what follows begins: lines of the flows' texts, texts that stand in values, the
/// bounds of those, steps and blocks of lines, flows, and a list of the flows. What several flows have stands there once.
public struct PreparedFlows: @unchecked Sendable {
  /// Bytes that stay as they are as long as the program runs.
  private let start: UnsafePointer<UInt8>

  /// - Parameter packed: what `packed` made.
  public init(_ packed: StaticString) { start = packed.utf8Start }

  init(start: UnsafePointer<UInt8>) { self.start = start }

  /// A flow and its text; nil if there is none of that id.
  public subscript(id: String) -> BoundFlow? {
    entry(of: id).map { entry in
      BoundFlow(flow: flow(entry), text: text(entry), isExpanded: entry.head.isExpanded)
    }
  }

  /// The digest of a flow's text, as whoever prepared it made it.
  public func digest(of id: String) -> String? { entry(of: id)?.head.digest }

  /// Whether there is a flow of that id with that text.
  public func has(_ text: String, as id: String) -> Bool {
    entry(of: id).map { $0.textLength == text.utf8.count && self.text($0) == text } ?? false
  }

  /// What a flow says of itself above its steps.
  public func head(of id: String) -> FlowHead? {
    entry(of: id).map { FlowHead(title: $0.head.title, minutes: $0.head.minutes) }
  }

  // MARK: - Reading

  private struct Entry {
    var head: PackedHead
    var textLength: Int
    /// Where its blocks of lines, and its steps, begin.
    var blocks: [Int]
    var steps: [Int]
  }

  private func entry(of id: String) -> Entry? {
    let sections = Sections(start)
    let list = FixedNumbers(start: sections.list)
    for place in 0..<list[0] where sections.isText(list[1 + 2 * place], id) {
      var reader = sections.reader(at: sections.flows + list[2 + 2 * place])
      return Entry(head: reader.read(), textLength: reader.read(), blocks: reader.read(), steps: reader.read())
    }
    return nil
  }

  private func flow(_ entry: Entry) -> Flow {
    let sections = Sections(start)
    let steps = entry.steps.map { start -> Step in
      var reader = sections.reader(at: sections.pieces + start)
      return reader.read()
    }
    let head = entry.head
    return Flow(
      id: head.id, version: head.version, title: head.title, summary: head.summary, minutes: head.minutes, steps: steps,
      course: head.course)
  }

  private func text(_ entry: Entry) -> String {
    let sections = Sections(start)
    return String(unsafeUninitializedCapacity: entry.textLength) { bytes in
      var filled = 0
      for block in entry.blocks {
        var reader = sections.reader(at: sections.pieces + block)
        for _ in 0..<reader.number() {
          let (from, count) = (Int(reader.number()), Int(reader.number()))
          let run = UnsafeBufferPointer(start: sections.lines + from, count: count)
          filled = bytes[filled...].initialize(fromContentsOf: run)
        }
      }
      return filled
    }
  }
}

/// What is known of a flow besides its steps.
private struct PackedHead: Packable {
  var id: String
  var version: Int
  var title: String
  var summary: String
  var minutes: Int?
  var isExpanded: Bool
  var digest: String
  var course: FlowCourse?

  init(_ bound: BoundFlow, digest: String) {
    let flow = bound.flow
    (id, version, title, summary, minutes) = (flow.id, flow.version, flow.title, flow.summary, flow.minutes)
    isExpanded = bound.isExpanded
    self.digest = digest
    course = flow.course
  }

  func pack(into writer: inout PackedWriter) {
    writer.pack(id, version, title, summary, minutes, isExpanded, digest, course?.straight, course?.steering)
  }

  init(from reader: inout PackedReader) {
    (id, version, title) = (reader.read(), reader.read(), reader.read())
    (summary, minutes, isExpanded, digest) = (reader.read(), reader.read(), reader.read(), reader.read())
    let (straight, steering): ([Int]?, [Int]?) = (reader.read(), reader.read())
    course = straight.flatMap { straight in steering.map { FlowCourse(straight: straight, steering: $0) } }
  }
}

/// Where the parts of the bytes begin.
private struct Sections {
  let lines: UnsafePointer<UInt8>
  let texts: UnsafePointer<UInt8>
  let bounds: FixedNumbers
  let pieces: UnsafePointer<UInt8>
  let flows: UnsafePointer<UInt8>
  let list: UnsafePointer<UInt8>

  init(_ start: UnsafePointer<UInt8>) {
    let places = FixedNumbers(start: start)
    lines = start + places[0]
    texts = start + places[1]
    bounds = FixedNumbers(start: start + places[2])
    pieces = start + places[3]
    flows = start + places[4]
    list = start + places[5]
  }

  static func joined(_ sections: [[UInt8]]) -> [UInt8] {
    var place = sections.count * FixedNumbers.size
    var places: [UInt8] = []
    for section in sections {
      places += FixedNumbers.bytes(place)
      place += section.count
    }
    return places + sections.joined()
  }

  func reader(at place: UnsafePointer<UInt8>) -> PackedReader { PackedReader(at: place, texts: texts, bounds: bounds) }

  func isText(_ place: Int, _ text: String) -> Bool {
    let start = bounds[place]
    return UnsafeBufferPointer(start: texts + start, count: bounds[place + 1] - start).elementsEqual(text.utf8)
  }
}

extension PreparedFlows {
  /// The bytes of flows. They are text, so that a literal of Swift can hold them.
  ///
  /// - Parameter digest: of a flow's text, so that nobody has to make it when the program runs.
  public static func packed(_ flows: [BoundFlow], digest: (_ text: String) -> String) -> [UInt8] {
    let (lines, texts, pieces) = (BytePool(), BytePool(), BytePool())
    var entries: [UInt8] = []
    var list = FixedNumbers.bytes(flows.count)
    for bound in flows {
      list += FixedNumbers.bytes(texts.place(of: Array(bound.flow.id.utf8))) + FixedNumbers.bytes(entries.count)
      let blocks = blocks(of: Array(bound.text.utf8)).map { block in
        var writer = PackedWriter(texts)
        let runs = runs(of: block, lines)
        writer.number(UInt(runs.count))
        for run in runs {
          writer.number(UInt(run.lowerBound))
          writer.number(UInt(run.count))
        }
        return pieces.start(of: writer.bytes)
      }
      let steps = bound.flow.steps.map { step in
        var writer = PackedWriter(texts)
        writer.pack(step)
        return pieces.start(of: writer.bytes)
      }
      var writer = PackedWriter(texts)
      writer.pack(PackedHead(bound, digest: digest(bound.text)), bound.text.utf8.count, blocks, steps)
      entries += writer.bytes
    }
    let bounds = texts.bounds.flatMap(FixedNumbers.bytes)
    return Sections.joined([lines.bytes, texts.bytes, bounds, pieces.bytes, entries, list])
  }

  /// A text in pieces that other texts may have, too: a step of a flow begins with two spaces and a hyphen.
  private static func blocks(of text: [UInt8]) -> [[ArraySlice<UInt8>]] {
    var blocks: [[ArraySlice<UInt8>]] = [[]]
    var rest = text[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
      if rest.starts(with: "  - ".utf8) { blocks.append([]) }
      blocks[blocks.count - 1].append(rest[..<end])
      rest = rest[end...]
    }
    return blocks
  }

  /// Where the lines of a block stand among all lines: those that follow each other there together.
  private static func runs(of block: [ArraySlice<UInt8>], _ lines: BytePool) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for line in block {
      let start = lines.start(of: Array(line))
      if let last = runs.last, last.upperBound == start {
        runs[runs.count - 1] = last.lowerBound..<start + line.count
      } else {
        runs.append(start..<start + line.count)
      }
    }
    return runs
  }
}
