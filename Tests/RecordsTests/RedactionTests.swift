import CustomDump
import FlowCore
import Foundation
import Synchronization
import Testing

@testable import Records

@Suite struct RedactionTests {
  let temporary: TemporaryFolder
  let folder: RecordFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = temporary.records
    do { _ = try walk(in: folder) }
  }

  private func redact(_ line: Int) throws -> Redaction {
    try folder.redact("7q4m", line: line, reason: "a name", at: .pinned(60), random: pinnedBytes())
  }

  private func text() throws -> String { String(decoding: try temporary.bytes("7q4m"), as: UTF8.self) }

  @Test func `an answer is blanked, the chain holds, and the record still folds`() throws {
    let before = try folder.read("7q4m")
    let redaction = try redact(5)
    let after = try folder.read("7q4m")
    #expect(try folder.audit("7q4m").isClean)
    expectNoDifference(
      after.entries[3],
      Entry(line: 5, at: .pinned(4), event: .answered("label", .redacted(tag: 5), words: [:], .typed), isRedacted: true)
    )
    expectNoDifference(after.lines[3].chain, before.lines[3].chain)
    expectNoDifference(after.lines[4].sum, before.lines[4].sum)
    expectNoDifference(after.lines[4].salt, [])
    expectNoDifference(after.entries.last?.event, .redacted(line: 5, reason: "a name"))
    expectNoDifference(redaction.finalDigest, after.finalDigest)
    // Line 6 shows the label again: the command names it.
    expectNoDifference(redaction.otherLines, [6])
    #expect(try text().contains("grid-bot-01"))
    _ = try redact(6)
    #expect(try !text().contains("grid-bot-01"))
    let flow = Flow.sample
    let record = Record(header: after.header, entries: after.entries, flow: flow, finalDigest: after.finalDigest)
    expectNoDifference(record.status, .ended(.completed, reason: nil))
  }

  @Test(arguments: [1, 3, 6, 7, 14, 16])
  func `names, sentences, notes, public parts and reasons are blanked`(line: Int) throws {
    _ = try redact(line)
    #expect(try folder.audit("7q4m").isClean)
    let contents = try folder.read("7q4m")
    #expect(contents.lines[line - 1].isBlanked)
    #expect(String(decoding: contents.lines[line - 1].payload, as: UTF8.self).contains("[redacted]"))
    #expect(contents.header.flowText == RunHeader.sample().flowText)
    let (journal, _) = try folder.open("7q4m", random: pinnedBytes())
    try journal.append([.suspended(.quit)], at: .pinned(70), in: .sample)
    #expect(try folder.audit("7q4m").isClean)
  }

  @Test func `where the same was answered at the same step, all of it is blanked, each with its announcement`() throws {
    let again = Event.answered("label", .text("grid"), words: [:], .typed)
    let other = Event.answered("label", .text("other"), words: [:], .typed)
    let elsewhere = Event.answered("host", .text("grid"), words: [:], .typed)
    do { _ = try walk([.began, again, other, elsewhere, again], as: "8888", in: folder) }
    let redaction = try folder.redact("8888", line: 6, reason: "a name", at: .pinned(60), random: pinnedBytes())
    expectNoDifference(redaction.lines, [3, 6])
    expectNoDifference(redaction.otherLines, [5])
    let blank = Event.answered("label", .redacted(tag: 3), words: [:], .typed)
    let contents = try folder.read("8888")
    expectNoDifference(
      contents.entries.map(\.event),
      [
        .began, blank, other, elsewhere, blank, .redacted(line: 3, reason: "a name"),
        .redacted(line: 6, reason: "a name"),
      ])
    // The first needs no tag: it is the line itself, as in records of before there were tags.
    #expect(!String(decoding: contents.lines[2].payload, as: UTF8.self).contains("tag"))
    #expect(String(decoding: contents.lines[5].payload, as: UTF8.self).contains(#""tag":3"#))
    expectNoDifference(try folder.audit("8888").findings, [])
    #expect(throws: JournalError.alreadyBlank("8888", line: 6)) {
      try folder.redact("8888", line: 6, reason: "", at: .pinned(), random: pinnedBytes())
    }
  }

  @Test func `what a check looked at stays the same or different too`() throws {
    let looked = { Event.observed("check", Observation(.yes, by: $0)) }
    do { _ = try walk([looked("a"), looked("b"), looked("a")], as: "8888", in: folder) }
    for line in [4, 3] {
      _ = try folder.redact("8888", line: line, reason: "", at: .pinned(60), random: pinnedBytes())
    }
    expectNoDifference(
      try folder.read("8888").entries.prefix(3).map(\.event),
      [looked("[redacted 2]"), looked("[redacted 3]"), looked("[redacted 2]")])
    expectNoDifference(try folder.audit("8888").findings, [])
  }

  @Test func `a torn tail is cut and told, but left to who is refused`() throws {
    let whole = try temporary.bytes("7q4m")
    try temporary.write(whole + Array("torn".utf8), as: "7q4m")
    #expect(throws: JournalError.noFreeText("7q4m", line: 2)) { try redact(2) }
    expectNoDifference(try temporary.bytes("7q4m"), whole + Array("torn".utf8))
    expectNoDifference(try redact(5).bytesCut, 4)
    expectNoDifference(try folder.audit("7q4m").findings, [])
    expectNoDifference(try redact(6).bytesCut, 0)
  }

  @Test func `the header keeps what the run needs`() throws {
    let redaction = try redact(1)
    let header = try folder.read("7q4m").header
    var expected = RunHeader.sample()
    expected.user = "[redacted]"
    expected.host = "[redacted]"
    expected.performer = "[redacted]"
    expected.owner = "[redacted]"
    expected.reference = "[redacted]"
    expectNoDifference(header, expected)
    // The resumption names user and host too.
    expectNoDifference(redaction.otherLines, [14])
  }

  @Test func `a short text that turns up in the digest of the flow's text is no other line with it`() throws {
    let header = RunHeader.today("9999")
    let short = try #require(header.flowDigest).prefix(2)
    do {
      let journal = try folder.create(header, random: pinnedBytes())
      try journal.append([.began, .noted("label", String(short), .typed)], at: .pinned(1), in: .sample)
    }
    expectNoDifference(
      try folder.redact("9999", line: 3, reason: "a name", at: .pinned(60), random: pinnedBytes()).otherLines, [])
  }

  @Test func `the reason of a blanking can be blanked as well`() throws {
    _ = try redact(5)
    _ = try redact(22)
    #expect(try folder.audit("7q4m").isClean)
    expectNoDifference(try folder.read("7q4m").entries[20].event, .redacted(line: 5, reason: "[redacted]"))
  }

  @Test func `what was known of keys, and what became known of one, can be blanked`() throws {
    let key = KnownKey(name: "ada-bot", run: "4bhh", made: "2026-11-29", listed: "ada0ffee")
    let answers: [Step.ID: String] = ["purpose": "tax", "address": "Ada's office"]
    let learned = KeyEvent(
      .reported, key: "ada-bot", by: "gate.com", facts: ["label": "ada grid"], unknown: ["uid": "ada 9"])
    try walk(
      [.began, .keysSurveyed("label", [key]), .keyRecalled("label", key, answers: answers), .key("label", learned)],
      as: "5bbb", in: folder)
    func redact(_ line: Int) throws -> Redaction {
      try folder.redact("5bbb", line: line, reason: "names", at: .pinned(60), random: pinnedBytes())
    }
    // The name of the key stands in the other lines, too.
    expectNoDifference(try redact(3).otherLines, [4, 5])
    for line in [4, 5] { _ = try redact(line) }
    #expect(!String(decoding: try temporary.bytes("5bbb"), as: UTF8.self).lowercased().contains("ada"))
    #expect(try folder.audit("5bbb").isClean)
    let entries = try folder.read("5bbb").entries
    expectNoDifference(entries[1].event, .keysSurveyed("label", []))
    guard case .keyRecalled(_, _, let left, _) = entries[2].event else {
      Issue.record("\(entries[2].event)")
      return
    }
    expectNoDifference(left, [:])
  }

  @Test(arguments: [2, 4, 8, 10, 13, 17, 18, 19])
  func `a line without free text is refused`(line: Int) throws {
    let before = try text()
    #expect(throws: JournalError.noFreeText("7q4m", line: line)) { try redact(line) }
    expectNoDifference(try text(), before)
  }

  @Test func `a line that is not there, or blank already, is told`() throws {
    #expect(throws: JournalError.noSuchLine("7q4m", line: 0, last: 21)) { try redact(0) }
    #expect(throws: JournalError.noSuchLine("7q4m", line: 22, last: 21)) { try redact(22) }
    _ = try redact(5)
    #expect(throws: JournalError.alreadyBlank("7q4m", line: 5)) { try redact(5) }
  }

  @Test func `killed between the two halves, the audit says so and the same call finishes it`() throws {
    do {
      let (journal, contents) = try folder.open("7q4m", random: pinnedBytes())
      let blankings = try Blanking.all(of: 5, in: contents, of: "7q4m")
      try folder.announce(blankings, in: journal, after: contents, reason: "a name", at: .pinned(60))
    }
    expectNoDifference(try folder.audit("7q4m").findings, [.init(line: 5, fault: .notBlankedYet)])
    // What a kill while the new file was written left behind is in nobody's way.
    try Data("half".utf8).write(to: URL(fileURLWithPath: folder.path + "/7q4m.jsonl.new"))
    expectNoDifference(try folder.runs(), ["7q4m"])
    _ = try redact(5)
    #expect(try folder.audit("7q4m").isClean)
    expectNoDifference(try folder.read("7q4m").entries.count, sampleWalk.count + 1)
    expectNoDifference(try FileManager.default.contentsOfDirectory(atPath: folder.path), ["7q4m.jsonl"])
  }

  @Test func `whoever audits beside a redaction sees the record as it was, or as it is`() throws {
    for _ in 0..<20 {
      let temporary = try TemporaryFolder()
      let folder = temporary.records
      do { _ = try walk(in: folder) }
      let isLooking = DispatchSemaphore(value: 0)
      let hasLooked = DispatchSemaphore(value: 0)
      let seen = Mutex<AuditReport?>(nil)
      do {
        let (journal, contents) = try folder.open("7q4m", random: pinnedBytes())
        let blankings = try Blanking.all(of: 5, in: contents, of: "7q4m")
        try folder.announce(blankings, in: journal, after: contents, reason: "a name", at: .pinned(60))
        Thread.detachNewThread {
          isLooking.signal()
          seen.withLock { $0 = try? folder.audit("7q4m") }
          hasLooked.signal()
        }
        isLooking.wait()
        try folder.replace(blankings, in: journal)
      }
      hasLooked.wait()
      expectNoDifference(seen.withLock { $0 }?.findings, [])
    }
  }

  @Test func `the file that takes the place of the old one is the user's alone`() throws {
    _ = try redact(5)
    let attributes = try FileManager.default.attributesOfItem(atPath: temporary.file("7q4m").path)
    expectNoDifference(attributes[.posixPermissions] as? Int, 0o600)
  }
}
