import CustomDump
import FlowCore
import Foundation
import Testing

@testable import Inventory
@testable import Records

/// What is remembered of a record between two looks, and what a list may leave out of it.
@Suite struct RowTests {
  private let temporary: TemporaryFolder
  private let folder: RecordFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = temporary.records
  }

  @Test func `A record is read again once it is longer, blanked or another, and is forgotten with its file`() throws {
    try walk(Array(sampleWalk.prefix(4)), as: "aaaa", in: folder)
    do { _ = try walk(as: "bbbb", in: folder) }
    let inventory = Inventory(folder) { _, _ in .sample }
    func lastAt(_ run: String) throws -> Timestamp? {
      try inventory.summaries().compactMap { try? $0.get() }.first { $0.run == run }?.lastAt
    }
    expectNoDifference(try lastAt("aaaa"), .pinned(4))
    do {
      let (journal, _) = try folder.open("aaaa", random: pinnedBytes())
      try journal.append([.noted("login", "late", .typed)], at: .pinned(90), in: .sample)
    }
    expectNoDifference(try lastAt("aaaa"), .pinned(90))
    expectNoDifference(try inventory.uses(ofLabel: "grid-bot-02", provider: "gate-io").runs, ["bbbb"])
    let contents = try folder.read("bbbb")
    let named = contents.entries.filter { $0.event == .answered("label", .text("grid-bot-02"), words: [:], .typed) }
    for entry in named {
      _ = try folder.redact("bbbb", line: entry.line, reason: "a name", at: .pinned(91), random: pinnedBytes())
    }
    expectNoDifference(
      try inventory.uses(ofLabel: "grid-bot-02", provider: "gate-io"), LabelUses(runs: [], unseenRecords: 1))
    unlink(temporary.file("bbbb").path)
    expectNoDifference(try lastAt("bbbb"), nil)
    expectNoDifference(try inventory.uses(ofLabel: "grid-bot-02", provider: "gate-io"), LabelUses())
  }

  @Test func `A record whose flow can't be read is looked at again: its text may come back`() throws {
    try walk(as: "aaaa", in: folder)
    var read = 0
    let inventory = Inventory(folder) { _, _ in
      read += 1
      throw JournalError.noHeader("aaaa")
    }
    _ = try inventory.look()
    _ = try inventory.look()
    expectNoDifference(read, 2)
  }

  @Test func `What was shown is left out of a list, and what is damaged there is not`() throws {
    do { _ = try walk(in: folder) }
    let whole = try folder.read("7q4m")
    let lean = try folder.read("7q4m", sentences: false)
    expectNoDifference(
      lean.entries,
      whole.entries.map { entry in
        guard case .shown = entry.event else { return entry }
        return Entry(line: entry.line, at: entry.at, event: .shown(nil, []))
      })
    expectNoDifference(lean.finalDigest, whole.finalDigest)
    let text = String(decoding: try temporary.bytes("7q4m"), as: UTF8.self)
    for (sound, damaged) in [
      ("What is the key for?", "What is the \"key for?"), ("\"event\":\"shown\"", "\"event\":\"showm\""),
      ("\"sentences\":[", "\"sentences\":{"),
    ] {
      try temporary.write(Array(text.replacing(sound, with: damaged).utf8), as: "7q4m")
      #expect(throws: JournalError.self, "\(damaged)") { try folder.read("7q4m", sentences: false) }
    }
  }

  @Test func `The newest run that can be gone on with is found behind those that have ended`() throws {
    // Killed behind an answer, before the next question was shown: it looks like an end, and is none.
    try walk(Array(sampleWalk.prefix(3)), as: "aaaa", in: folder)
    for run in ["bbbb", "cccc"] { try walk(as: run, in: folder) }
    expectNoDifference(try Inventory(folder) { _, _ in .sample }.newestUnfinished()?.run, "aaaa")
    for run in ["bbbb", "cccc"] {
      let glance = try folder.glance(at: run)
      expectNoDifference(glance.canGoOn, .no)
      expectNoDifference(glance.lastAnswered.map { Flow.sample.ends(after: $0) }, true)
    }
    expectNoDifference(try folder.glance(at: "aaaa").lastAnswered.map { Flow.sample.ends(after: $0) }, false)
  }
}
