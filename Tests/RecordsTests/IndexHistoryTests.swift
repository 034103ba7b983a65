import CustomDump
import FlowCore
import Foundation
import Testing

@testable import Inventory
@testable import Records

/// What happens to a folder of records, at random: with an index lists tell what they tell without one.
@Suite struct IndexHistoryTests {
  private let temporary: TemporaryFolder
  private let folder: RecordFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = temporary.records
  }

  /// An inventory as a new process has it, for whom whatever was written is long ago.
  private func inventory(_ program: String? = "0.1.0") -> Inventory {
    let inventory = Inventory(folder, program: program) { _, _ in .sample }
    inventory.now = { RecordMark.now + 1_000_000_000 }
    return inventory
  }

  @Test(arguments: 1...8)
  func `With an index lists are what they are without one, whatever happened`(seed: Int) throws {
    var chance = Chance(state: UInt64(seed))
    for step in 0..<60 {
      let change = try change(step, &chance)
      let without = try Listing(of: inventory(nil))
      expectNoDifference(try Listing(of: inventory()), without, "\(seed).\(step): \(change)")
      if chance.next(below: 2) == 0 {
        expectNoDifference(try Listing(of: inventory()), without, "again after \(seed).\(step): \(change)")
      }
    }
  }

  // MARK: - Private

  /// Does something to the folder, and says what.
  private func change(_ step: Int, _ chance: inout Chance) throws -> String {
    let runs = try folder.runs()
    let run = runs.isEmpty ? nil : runs[chance.next(below: runs.count)]
    guard let run, step > 3 else {
      try walk(Array(sampleWalk.prefix(chance.next(below: sampleWalk.count + 1))), as: "r\(step)", in: folder)
      return "begun"
    }
    let path = temporary.file(run).path
    switch chance.next(below: 12) {
    case 0:
      try walk(Array(sampleWalk.prefix(chance.next(below: sampleWalk.count + 1))), as: "r\(step)", in: folder)
      return "begun"
    case 1:
      guard let (journal, _) = try? folder.open(run, random: pinnedBytes()) else { return "nothing: \(run) is damaged" }
      try journal.append([.noted("login", "late", .typed)], at: .pinned(100 + step), in: .sample)
      return "\(run) went on"
    case 2:
      guard let (journal, _) = try? folder.open(run, random: pinnedBytes()) else { return "nothing: \(run) is damaged" }
      try journal.append([.discarded(reason: "enough")], at: .pinned(100 + step), in: .sample)
      return "\(run) was discarded"
    case 3:
      let line = 2 + chance.next(below: 8)
      let done = try? folder.redact(run, line: line, reason: "", at: .pinned(100 + step), random: pinnedBytes())
      return "\(run) \(done == nil ? "could not be" : "was") blanked"
    case 4:
      try temporary.write(temporary.bytes(run), as: "c\(step)")
      return "\(run) copied"
    case 5:
      unlink(path)
      return "\(run) deleted"
    case 6:
      try temporary.writeOver(run, "grid-bot-0", "grid-bot-\(step % 10)")
      age(path, by: step)
      return "\(run) written over, as long as it was"
    case 7:
      try temporary.write(Array(temporary.bytes(run).dropLast(chance.next(below: 300))), as: run)
      return "\(run) cut"
    case 8:
      rename(path, temporary.file("m\(step)").path)
      return "\(run) renamed"
    case 9:
      try? FileManager.default.removeItem(atPath: folder.path + "/index")
      return "no index"
    case 10:
      age(path, by: -step)
      return "\(run) as of another time"
    default:
      let operation = RunHeader(
        of: KeyOperation(.rename, "gate-io/grid-bot-02", in: "age", facts: ["to": "gate-io/x"]), id: "o\(step)",
        toolVersion: "0.1.0", user: "alice", host: "office", began: .pinned(step))
      let journal = try folder.create(operation, random: pinnedBytes())
      try journal.end([.done("gate-io/x", seen: "there")], at: .pinned(step))
      return "renamed a key"
    }
  }

  private func age(_ path: String, by seconds: Int) {
    let date = Date(timeIntervalSince1970: 1_795_000_000 + Double(seconds))
    try? FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
  }
}

/// Numbers that look random and are the same in every test.
private struct Chance {
  var state: UInt64

  mutating func next(below limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }
}
