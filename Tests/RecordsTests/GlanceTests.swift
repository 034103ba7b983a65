import CustomDump
import FlowCore
import Foundation
import Testing

@testable import Records

@Suite struct GlanceTests {
  let temporary: TemporaryFolder
  let folder: RecordFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = temporary.records
  }

  private func glance(after events: [Event]) throws -> Verdict {
    let run = "r\(events.count)"
    try walk(events, as: run, in: folder)
    let glance = try folder.glance(at: run)
    // What was read whole tells the same.
    expectNoDifference(try folder.read(run).glance, glance)
    return glance.canGoOn
  }

  @Test func `a glance that knows says what the whole record says`() throws {
    for count in 0...sampleWalk.count {
      let verdict = try glance(after: Array(sampleWalk.prefix(count)))
      let contents = try folder.read("r\(count)")
      let record = Record(header: contents.header, entries: contents.entries, flow: .sample, finalDigest: "")
      if case .unfinished = record.status { continue }
      expectNoDifference(verdict, .no)
    }
    expectNoDifference(try glance(after: sampleWalk + [.redacted(line: 2, reason: "asked for")]), .no)
  }

  @Test func `what was left can be gone on with, and what was discarded can't`() throws {
    expectNoDifference(try glance(after: []), .yes)
    expectNoDifference(try glance(after: [.began]), .yes)
    expectNoDifference(try glance(after: Array(sampleWalk.prefix(11)) + [.suspended(.quit)]), .yes)
    expectNoDifference(
      try glance(after: Array(sampleWalk.prefix(6)) + [.suspended(.quit), .shown("login", ["a"])]), .yes)
    expectNoDifference(try glance(after: [.began, .shown("purpose", ["a"]), .discarded(reason: "b")]), .no)
  }

  @Test func `what was shown after an answer may be a question or the end`() throws {
    expectNoDifference(try glance(after: Array(sampleWalk.prefix(5))), .notKnowable)
  }

  @Test func `the header comes with it, and a file without one is refused`() throws {
    try walk(in: folder)
    expectNoDifference(try folder.glance(at: "7q4m").header, .sample())
    try temporary.write([], as: "zzzz")
    #expect(throws: JournalError.noHeader("zzzz")) { try folder.glance(at: "zzzz") }
  }

  @Test func `runs come by the time of their files`() throws {
    expectNoDifference(try folder.runsWrittenLast(), [])
    for (run, seconds) in [("aaaa", 20), ("bbbb", 30), ("cccc", 10), ("dddd", 20)] {
      try walk([], as: run, in: folder)
      let date = Date(timeIntervalSince1970: Double(seconds))
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: temporary.file(run).path)
    }
    expectNoDifference(try folder.runsWrittenLast(), ["bbbb", "aaaa", "dddd", "cccc"])
  }
}
