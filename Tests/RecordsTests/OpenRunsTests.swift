import CustomDump
import FlowCore
import Foundation
import Testing

@testable import Inventory
@testable import Records

/// Which runs may be open, written down so that a greeting need not look at all records.
@Suite struct OpenRunsTests {
  private let temporary: TemporaryFolder
  private let folder: RecordFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = temporary.records
  }

  /// Lists all records, as if they had been there for long.
  private func list() throws {
    let inventory = inventory
    inventory.now = { RecordMark.now + 1_000_000_000 }
    _ = try inventory.look()
  }

  private var inventory: Inventory { Inventory(folder, program: "0.1.0") { _, _ in .sample } }

  @Test func `A list writes them down, with what can't be read, and without operations`() throws {
    try walk(as: "aaaa", in: folder)
    try walk(Array(sampleWalk.prefix(2)), as: "bbbb", in: folder)
    try temporary.write(Array("rubbish".utf8), as: "cccc")
    let operation = RunHeader(
      of: KeyOperation(.forget, "gate-io/x", in: "age"), id: "dddd", toolVersion: "0.1.0", user: "a", host: "b",
      began: .pinned())
    _ = try folder.create(operation, random: pinnedBytes())
    expectNoDifference(folder.openRuns(), nil)
    try list()
    expectNoDifference(folder.openRuns(), ["bbbb", "cccc"])
    expectNoDifference(try inventory.newestUnfinished()?.run, "bbbb")
    expectNoDifference(try inventory.lastLeft()?.run, "bbbb")
  }

  @Test func `The run that was left is greeted with behind any number of others`() throws {
    try walk(Array(sampleWalk.prefix(2)), as: "left", in: folder)
    for place in 0..<30 {
      try walk(as: "r\(place)", in: folder)
      let date = Date(timeIntervalSinceNow: Double(60 + place))
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: temporary.file("r\(place)").path)
    }
    expectNoDifference(try inventory.lastLeft()?.run, nil)
    try list()
    expectNoDifference(try inventory.lastLeft()?.run, "left")
    do {
      let (journal, _) = try folder.open("left", random: pinnedBytes())
      try journal.append([.discarded(reason: "enough")], at: .pinned(99), in: .sample)
    }
    // Nothing was written down of that: its record is looked at.
    expectNoDifference(folder.openRuns(), ["left"])
    expectNoDifference(try inventory.lastLeft()?.run, nil)
    expectNoDifference(try inventory.newestUnfinished()?.run, nil)
  }

  @Test func `Who makes a record adds it, and where another comes, goes or is replaced nobody knows any more`() throws {
    try walk(Array(sampleWalk.prefix(4)), as: "aaaa", in: folder)
    try list()
    try walk([.began], as: "bbbb", in: folder)
    expectNoDifference(folder.openRuns(), ["aaaa", "bbbb"])
    let changes: [(String, () throws -> Void)] = [
      ("came", { try temporary.write(temporary.bytes("aaaa"), as: "cccc") }),
      ("was renamed", { rename(temporary.file("cccc").path, temporary.file("dddd").path) }),
      ("went", { unlink(temporary.file("dddd").path) }),
      ("was replaced", { try temporary.bytes("bbbb").replace(temporary.file("bbbb")) }),
      (
        "was blanked",
        { _ = try folder.redact("aaaa", line: 3, reason: "", at: .pinned(9), random: pinnedBytes()) }
      ),
    ]
    for (place, (what, change)) in changes.enumerated() {
      try list()
      #expect(folder.openRuns() != nil, "\(what)")
      try change()
      expectNoDifference(folder.openRuns(), nil, "\(what)")
      // What is not known is not added to.
      _ = try folder.create(.sample("n\(place)"), random: pinnedBytes())
      expectNoDifference(folder.openRuns(), nil, "\(what)")
    }
  }

  @Test func `What has just changed is not written down: the next change may bear the same time`() throws {
    try walk([.began], as: "aaaa", in: folder)
    _ = try inventory.look()
    // The folder of the index is made after the look.
    expectNoDifference(folder.openRuns(), nil)
  }

  @Test func `Of runs that are begun at once none is left out`() throws {
    let folder = folder
    try walk([.began], as: "aaaa", in: folder)
    try list()
    DispatchQueue.concurrentPerform(iterations: 4) { part in
      for round in 0..<10 {
        do {
          try walk([.began], as: "r\(part)x\(round)", in: folder)
          let known = folder.openRuns()
          if known != nil { _ = try Inventory(folder, program: "0.1.0") { _, _ in .sample }.look() }
        } catch {
          Issue.record(error)
        }
      }
    }
    // Nothing is known where somebody waited too long for the others; what is known has all of them.
    let runs = try folder.runs()
    expectNoDifference(folder.openRuns() ?? runs, runs)
    try list()
    expectNoDifference(folder.openRuns(), runs)
  }

  @Test(arguments: [1000, 1001]) func `Their number is bounded`(count: Int) throws {
    try folder.prepare()
    let mark = try #require(folder.mark(at: RecordMark.now + 1_000_000_000))
    folder.keepOpenRuns((0..<count).map { "r\($0)" }, since: mark)
    expectNoDifference(folder.openRuns()?.count, count == 1000 ? 1000 : nil)
  }
}

extension [UInt8] {
  /// Puts it in the place of a file, as an editor does.
  fileprivate func replace(_ file: URL) throws { try Data(self).write(to: file, options: .atomic) }
}
