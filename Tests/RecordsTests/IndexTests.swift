import CustomDump
import FlowCore
import Foundation
import Introspection
import Testing

@testable import Inventory
@testable import Records

/// What is written down beside the records, so that a list reads only what has changed: never needed, and never lying.
@Suite struct IndexTests {
  private let temporary: TemporaryFolder
  private let folder: RecordFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = temporary.records
  }

  private var rows: String { folder.path + "/index/rows" }

  /// An inventory as a new process has it, for whom whatever was written is long ago.
  private func inventory(_ program: String? = "0.1.0", reads: ((RunHeader) -> Void)? = nil) -> Inventory {
    let inventory = Inventory(folder, program: program) { header, text in
      reads?(header)
      if header.flowDigest != nil { _ = try text() }
      return .sample
    }
    inventory.now = { RecordMark.now + 1_000_000_000 }
    return inventory
  }

  /// How many runs a new process reads when it lists them.
  private func runsRead(by program: String = "0.1.0") throws -> Int {
    var count = 0
    let inventory = Inventory(folder, program: program) { _, _ in
      count += 1
      return Flow.sample
    }
    inventory.now = { RecordMark.now + 1_000_000_000 }
    _ = try inventory.look()
    // A flow is read once, and asked for with each run that is read: the next one has another.
    return count
  }

  private func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

  private func put(_ bytes: [UInt8], at path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    chmod(path, 0o600)
  }

  // MARK: - Use

  @Test(arguments: ["0.1.0", "0.2.0"])
  func `Nothing stays of records that are gone, whoever looks`(program: String) throws {
    try walk(as: "aaaa", in: folder)
    _ = try inventory().look()
    let text = Array("grid-bot-02".utf8)
    #expect(try bytes(rows).contains(text))
    try FileManager.default.removeItem(atPath: folder.path(of: "aaaa"))
    _ = try inventory(program).look()
    #expect(try !bytes(rows).contains(text))
  }

  @Test func `What was read before is not read again, until its file or its program is another`() throws {
    for run in ["aaaa", "bbbb"] { try walk(as: run, in: folder) }
    expectNoDifference(try runsRead(), 1)
    expectNoDifference(try runsRead(), 0)
    expectNoDifference(try Listing(of: inventory()), try Listing(of: inventory(nil)))
    try walk(Array(sampleWalk.prefix(4)), as: "cccc", in: folder)
    expectNoDifference(try runsRead(), 1)
    expectNoDifference(try runsRead(), 0)
    expectNoDifference(try runsRead(by: "0.2.0"), 1)
    expectNoDifference(try runsRead(by: "0.2.0"), 0)
    expectNoDifference(try runsRead(), 1)
  }

  @Test func `It is its owner's alone, and one that is not is not used`() throws {
    try walk(in: folder)
    _ = try inventory().look()
    func mode(_ path: String) throws -> Int {
      try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }
    expectNoDifference(try mode(folder.path + "/index"), 0o700)
    for name in ["rows", "open"] { expectNoDifference(try mode(folder.path + "/index/" + name), 0o600) }
    for path in [rows, folder.path + "/index"] {
      chmod(path, 0o722)
      expectNoDifference(try runsRead(), 1)
      chmod(path, 0o700)
    }
    let elsewhere = temporary.path + "/elsewhere"
    rename(rows, elsewhere)
    symlink(elsewhere, rows)
    expectNoDifference(try runsRead(), 1)
    // It was made anew, and what the link led to is as it was.
    expectNoDifference(try runsRead(), 0)
    let kind = try FileManager.default.attributesOfItem(atPath: rows)[.type] as? FileAttributeType
    expectNoDifference(kind, .typeRegular)
  }

  @Test func `A list does not fail where none can be written`() throws {
    try walk(in: folder)
    try put(Array("no folder".utf8), at: folder.path + "/index")
    expectNoDifference(try Listing(of: inventory()), try Listing(of: inventory(nil)))
    expectNoDifference(try bytes(folder.path + "/index"), Array("no folder".utf8))
    unlink(folder.path + "/index")
    let isMounted = mount(folder.path, folder.path, nil, UInt(MS_BIND), nil) == 0
    defer { if isMounted { umount2(folder.path, Int32(MNT_DETACH)) } }
    try needs("the right to mount", isMounted) {
      mount(nil, folder.path, nil, UInt(MS_BIND | MS_REMOUNT | MS_RDONLY), nil)
      expectNoDifference(try Listing(of: inventory()).runs.count, 1)
      expectNoDifference(FileManager.default.fileExists(atPath: folder.path + "/index"), false)
    }
  }

  @Test func `Cut or flipped at a byte it says nothing else`() throws {
    try walk(in: folder)
    try walk(Array(sampleWalk.prefix(4)), as: "open", in: folder)
    let plain = try Listing(of: inventory(nil))
    _ = try inventory().look()
    for file in ["rows", "open"] {
      let path = folder.path + "/index/" + file
      let whole = try bytes(path)
      for place in stride(from: 0, to: whole.count, by: 3) {
        try put(Array(whole.prefix(place)), at: path)
        expectNoDifference(try Listing(of: inventory()), plain, "\(file) cut at \(place)")
        var flipped = whole
        flipped[place] ^= 1 << UInt8(place % 8)
        try put(flipped, at: path)
        expectNoDifference(try Listing(of: inventory()), plain, "\(file) flipped at \(place)")
      }
    }
  }

  // MARK: - What is not to be told

  @Test func `A text that was blanked is not in it, whoever had read it before`() throws {
    let text = "grid-bot-02"
    do { try walk(as: "aaaa", in: folder) }
    let early = inventory()
    _ = try early.look()
    func isThere() throws -> Bool {
      try FileManager.default.subpathsOfDirectory(atPath: folder.path).contains { name in
        let found = FileManager.default.contents(atPath: folder.path + "/" + name) ?? Data()
        return found.range(of: Data(text.utf8)) != nil
      }
    }
    expectNoDifference(try isThere(), true)
    // What a kill left.
    try put(try bytes(rows), at: rows + ".new")
    for entry in try folder.read("aaaa").entries {
      if case .answered("label", .text(text), _, _) = entry.event, !entry.isRedacted {
        _ = try? folder.redact("aaaa", line: entry.line, reason: "", at: .pinned(90), random: pinnedBytes())
      }
    }
    expectNoDifference(try isThere(), false)
    _ = try early.look()
    _ = try inventory().look()
    expectNoDifference(FileManager.default.fileExists(atPath: rows), true)
    expectNoDifference(try isThere(), false)
  }

  @Test func `What was read before a blanking is not written after it`() throws {
    do { try walk(as: "aaaa", in: folder) }
    let mark = try #require(try folder.marks().first?.mark)
    let row = RecordRow(of: "aaaa", in: inventory())
    let entries = try folder.read("aaaa").entries
    let line = try #require(entries.first { $0.event == .answered("label", .text("grid-bot-02"), words: [:], .typed) })
    _ = try folder.redact("aaaa", line: line.line, reason: "", at: .pinned(90), random: pinnedBytes())
    var index = RowIndex(folder, program: "0.1.0")
    index.keep(["aaaa": (mark, row)], ["aaaa": mark], at: RecordMark.now + 1_000_000_000)
    #expect(!String(decoding: try bytes(rows), as: UTF8.self).contains("aaaa"))
  }

  @Test func `Of a record that was taken away nothing stays`() throws {
    for place in 0..<40 { try walk(as: "r\(place)", in: folder) }
    _ = try inventory().look()
    unlink(temporary.file("r7").path)
    _ = try inventory().look()
    #expect(!String(decoding: try bytes(rows), as: UTF8.self).contains("\n2:r7"))
  }

  // MARK: - Other writers

  @Test func `What is written over at once in its place is seen, by the real clock`() throws {
    for round in 0..<20 {
      let run = "r\(round)"
      try walk(as: run, in: folder)
      let inventory = Inventory(folder, program: "0.1.0") { _, _ in .sample }
      _ = try inventory.look()
      try temporary.writeOver(run, "grid-bot-02", "grid-bot-\(10 + round)")
      expectNoDifference(try Listing(of: inventory), try Listing(of: self.inventory(nil)), "\(round)")
      expectNoDifference(
        try Listing(of: Inventory(folder, program: "0.1.0") { _, _ in .sample }), try Listing(of: self.inventory(nil)))
    }
  }

  @Test func `A flow's text that goes is missed with an index, too`() throws {
    do { _ = try folder.create(.today("aaaa", text: "a flow"), random: pinnedBytes()) }
    _ = try inventory().look()
    expectNoDifference(try Listing(of: inventory()), try Listing(of: inventory(nil)))
    let text = try #require(FileManager.default.contentsOfDirectory(atPath: folder.path + "/flows").first)
    rename("\(folder.path)/flows/\(text)", temporary.path + "/kept")
    let without = try Listing(of: inventory(nil))
    #expect(without.runs.contains { $0.contains("unreadable") })
    expectNoDifference(try Listing(of: inventory()), without)
    rename(temporary.path + "/kept", "\(folder.path)/flows/\(text)")
    expectNoDifference(try Listing(of: inventory()), try Listing(of: inventory(nil)))
  }

  @Test func `Two that list while a third writes are right in the end, and none fails`() throws {
    let folder = folder
    DispatchQueue.concurrentPerform(iterations: 3) { part in
      for round in 0..<15 {
        do {
          if part == 0 { try walk(Array(sampleWalk.prefix(round)), as: "r\(round)", in: folder) }
          _ = try Inventory(folder, program: "0.1.0") { _, _ in .sample }.look()
        } catch {
          Issue.record(error)
        }
      }
    }
    expectNoDifference(try Listing(of: inventory()), try Listing(of: inventory(nil)))
  }
}

/// All that lists tell.
struct Listing: Equatable {
  var runs: [String]
  var operations: [OperationSummary]
  var uses: LabelUses
  var unfinished: String?

  init(of inventory: Inventory) throws {
    let (runs, operations) = try inventory.look()
    self.runs = runs.map { result in
      switch result {
      case .success(let run): String(customDumping: run)
      case .failure(let record): "unreadable \(record.run): \(record.reason)"
      }
    }
    self.operations = operations
    uses = try inventory.uses(ofLabel: "grid-bot-02", provider: "gate-io")
    unfinished = try inventory.newestUnfinished()?.run
  }
}

extension TemporaryFolder {
  /// Writes a text over another of the same length, in the file as it is.
  func writeOver(_ run: String, _ text: String, _ other: String) throws {
    let file = file(run)
    guard let place = try Data(contentsOf: file).range(of: Data(text.utf8)) else { return }
    let handle = try FileHandle(forUpdating: file)
    try handle.seek(toOffset: UInt64(place.lowerBound))
    try handle.write(contentsOf: Data(other.utf8))
    try handle.close()
  }
}
