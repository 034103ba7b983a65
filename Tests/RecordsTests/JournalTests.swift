import CustomDump
import FlowCore
import Foundation
import Testing

@testable import Records

@Suite struct JournalTests {
  let temporary: TemporaryFolder
  let folder: RecordFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = temporary.records
  }

  @Test func `what was appended is read, by one who does not lock too`() throws {
    let journal = try walk(in: folder)
    let contents = try folder.read("7q4m")
    expectNoDifference(contents.header, .sample())
    expectNoDifference(contents.entries.map(\.event), sampleWalk)
    expectNoDifference(contents.entries.map(\.line), Array(2...(sampleWalk.count + 1)))
    expectNoDifference(contents.lastAt, .pinned(sampleWalk.count))
    expectNoDifference(contents.finalDigest, journal.finalDigest)
    expectNoDifference(contents.tornBytes, 0)
  }

  @Test func `a journal cut at every byte loads as a prefix of its events, and goes on from there`() throws {
    let events = Array(sampleWalk.prefix(7))
    try walk(events, in: folder)
    let whole = try temporary.bytes("7q4m")
    let headerLength = try #require(whole.firstIndex(of: UInt8(ascii: "\n"))) + 1
    var loaded: Set<Int> = []
    for length in 0..<whole.count {
      try temporary.write(Array(whole.prefix(length)), as: "7q4m")
      guard length >= headerLength else {
        #expect(throws: JournalError.noHeader("7q4m")) { try folder.read("7q4m") }
        #expect(throws: JournalError.noHeader("7q4m")) { try folder.open("7q4m", random: pinnedBytes()) }
        continue
      }
      let (journal, contents) = try folder.open("7q4m", random: pinnedBytes())
      let count = contents.entries.count
      #expect(contents.entries.map(\.event) == Array(events.prefix(count)))
      #expect(contents.tornBytes == length - contents.intactLength)
      try journal.append([.suspended(.lost)], at: .pinned(99), in: .sample, durable: false)
      let appended = try temporary.bytes("7q4m")
      #expect(appended.starts(with: whole.prefix(contents.intactLength)))
      let report = AuditReport(of: "7q4m", appended)
      #expect(report.lines == count + 2 && report.isClean)
      loaded.insert(count)
    }
    expectNoDifference(loaded, Set(0..<events.count))
  }

  @Test func `a last line that is rubbish with a line feed is not cut: nobody tore it`() throws {
    do { _ = try walk(in: folder) }
    let bad = try temporary.bytes("7q4m") + [0, 0, 0, UInt8(ascii: "\n")]
    let unreadable = JournalError.unreadable("7q4m", line: sampleWalk.count + 2)
    for bytes in [bad, bad + [65, 66]] {
      try temporary.write(bytes, as: "7q4m")
      #expect(throws: unreadable) { try folder.read("7q4m") }
      #expect(throws: unreadable) { try folder.open("7q4m", random: pinnedBytes()) }
      #expect(throws: unreadable) {
        try folder.redact("7q4m", line: 5, reason: "", at: .pinned(), random: pinnedBytes())
      }
      expectNoDifference(try folder.audit("7q4m").damage?.fault, .unreadable)
      expectNoDifference(try temporary.bytes("7q4m"), bytes)
    }
  }

  @Test func `rubbish in the middle is not cut`() throws {
    try walk(in: folder)
    var lines = JournalBytes(try temporary.bytes("7q4m")).lines.map { Array($0) + [10] }
    lines[4] = Array("rubbish\n".utf8)
    try temporary.write(Array(lines.joined()), as: "7q4m")
    #expect(throws: JournalError.unreadable("7q4m", line: 5)) { try folder.read("7q4m") }
    #expect(throws: JournalError.unreadable("7q4m", line: 5)) { try folder.open("7q4m", random: pinnedBytes()) }
    expectNoDifference(try temporary.bytes("7q4m"), Array(lines.joined()))
  }

  @Test func `events of one append stand in the file by one write, each with its own line`() throws {
    let journal = try folder.create(.sample(), random: pinnedBytes())
    let before = journal.written
    try journal.append(Array(sampleWalk.prefix(5)), at: .pinned(), in: .sample)
    expectNoDifference(journal.written.writes, before.writes + 1)
    expectNoDifference(journal.lineCount, 6)
    #expect(try folder.audit("7q4m").isClean)
  }

  @Test func `ten thousand appends take ten thousand writes, and no byte is written twice`() throws {
    let journal = try folder.create(.sample(), random: pinnedBytes())
    for index in 0..<10_000 {
      try journal.append([.noted("label", "\(index)", .typed)], at: .pinned(index), in: .sample, durable: false)
    }
    expectNoDifference(journal.written.writes, 10_001)
    expectNoDifference(journal.written.bytes, try temporary.bytes("7q4m").count)
    expectNoDifference(try folder.read("7q4m").entries.count, 10_000)
  }

  @Test func `a second one who opens a run is told that it is in use`() throws {
    let journal = try walk(in: folder)
    #expect(throws: JournalError.inUse("7q4m")) { try folder.open("7q4m", random: pinnedBytes()) }
    #expect(throws: JournalError.inUse("7q4m")) {
      try folder.redact("7q4m", line: 5, reason: "", at: .pinned(), random: pinnedBytes())
    }
    expectNoDifference(try folder.read("7q4m").finalDigest, journal.finalDigest)
  }

  @Test func `the lock goes with the journal`() throws {
    do { _ = try walk(in: folder) }
    _ = try folder.open("7q4m", random: pinnedBytes())
    _ = try folder.open("7q4m", random: pinnedBytes())
  }

  @Test func `an id that is taken is told, and the record there is left alone`() throws {
    do { _ = try walk(in: folder) }
    let before = try temporary.bytes("7q4m")
    #expect(throws: JournalError.runExists("7q4m")) { try folder.create(.sample(), random: pinnedBytes()) }
    expectNoDifference(try temporary.bytes("7q4m"), before)
  }

  @Test func `without random bytes nothing is made`() throws {
    #expect(throws: JournalError.saltMissing("7q4m")) { try folder.create(.sample()) { _ in [] } }
    expectNoDifference(try folder.runs(), [])
  }

  @Test func `what a newer keyusher wrote is refused, and not cut as torn`() throws {
    let journal = try folder.create(.sample(), random: pinnedBytes())
    var payload = Event.began.fields(at: .pinned(), in: nil)
    payload.set("event", "dreamt")
    try journal.append([payload], durable: true)
    let newer = JournalError.newer("7q4m", line: 2, what: "event 'dreamt'")
    #expect(throws: newer) { try folder.read("7q4m") }
    expectNoDifference(
      newer.what, "record '7q4m', line 2 was made by a newer keyusher: event 'dreamt' is not known here")
    expectNoDifference(newer.hint, "use the newer keyusher for it")
    var header = RunHeader.sample("9zzz")
    header.format = 4
    _ = try folder.create(header, random: pinnedBytes())
    #expect(throws: JournalError.newer("9zzz", line: 1, what: "journal format 4")) { try folder.read("9zzz") }
  }
}
