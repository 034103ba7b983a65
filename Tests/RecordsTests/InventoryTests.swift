import CustomDump
import FlowCore
import Testing

@testable import Inventory
@testable import Records

@Suite struct InventoryTests {
  private let temporary: TemporaryFolder
  private let folder: RecordFolder
  private var inventory: Inventory { Inventory(folder) { _, _ in .sample } }

  init() throws {
    temporary = try TemporaryFolder()
    folder = temporary.records
  }

  @Test func `the runs are listed with their times, the last at work first`() throws {
    try walk(Array(sampleWalk.prefix(3)), as: "aaaa", in: folder)
    try walk(as: "bbbb", in: folder)
    try temporary.write(Array("rubbish".utf8), as: "cccc")
    try temporary.write([], as: "UPPER")
    let summaries = try inventory.summaries()
    expectNoDifference(summaries.map { try? $0.get().run }, ["bbbb", "aaaa", nil])
    expectNoDifference(summaries.map { try? $0.get().lastAt }, [.pinned(20), .pinned(3), nil])
    let unreadable = try #require(#expect(throws: UnreadableRecord.self) { try summaries[2].get() })
    expectNoDifference(unreadable.run, "cccc")
    expectNoDifference(unreadable.reason as? JournalError, .noHeader("cccc"))
  }

  @Test func `the newest run is found without reading the others`() throws {
    var read: [String] = []
    try walk(Array(sampleWalk.prefix(3)), as: "aaaa", in: folder)
    try walk(as: "bbbb", in: folder)
    try walk([.began], as: "dddd", in: folder)
    try temporary.write(Array("rubbish\n".utf8), as: "cccc")
    let inventory = Inventory(folder) { header, _ in
      read.append(header.run)
      if header.run == "bbbb" { throw JournalError.noHeader("bbbb") }
      return .sample
    }
    // That one's flow can't be read: it is passed over.
    expectNoDifference(try inventory.newest()?.run, "aaaa")
    expectNoDifference(read, ["bbbb", "aaaa"])
    expectNoDifference(try inventory.newest { $0.run == "dddd" }?.lastAt, .pinned(1))
    expectNoDifference(try inventory.newest { $0.run == "cccc" }, nil)
  }

  @Test func `the keys that runs made and kept are known, the newest of a name, and what was said of them`() throws {
    try walk(Array(sampleWalk.prefix(16)), as: "aaaa", in: folder)
    try walk(as: "bbbb", in: folder)
    try temporary.write(Array("rubbish".utf8), as: "cccc")
    let known = KnownKey(
      name: "grid-bot-02", run: "bbbb", made: Timestamp.pinned(17).day, listed: "6b1f00aa90c1", owner: "Bob 🦉")
    expectNoDifference(try inventory.knownKeys(of: "gate-io").keys, [known])
    expectNoDifference(try inventory.knownKeys(of: "gate-io", except: "bbbb").keys, [])
    expectNoDifference(try inventory.knownKeys(of: "gate").keys, [])
    expectNoDifference(
      try inventory.answers(about: known, in: .sample),
      ["purpose": "payout", "label": "grid-bot-02", "page-shows": "spot"])
  }

  @Test func `what an exchange said of a key is known from the answer, where no event tells more`() {
    let flow = Flow(
      id: "test/asks", version: 1, title: "", summary: "",
      steps: [Step(id: "powers", title: "", body: .check(.powers(of: "key")))])
    let words: [(FlowCore.Verdict, KeyCheck.Verdict)] = [
      (.yes, .asPlanned), (.no, .differs), (.refused, .refused), (.notKnowable, .notAsked),
    ]
    for (said, known) in words {
      var checks = KeyChecks()
      let given = Given(
        answer: .verdict(said, by: "gate.com"), source: .tool, standing: .reported(said, by: "gate.com"))
      checks.take(given, at: "powers", of: flow, at: .pinned())
      expectNoDifference(checks.last?.verdict, known)
      // One more question that tells nothing takes nothing back.
      checks.take(
        Given(answer: nil, source: .tool, standing: .skipped(reason: "")), at: "powers", of: flow, at: .pinned(1))
      expectNoDifference(checks.last?.verdict, known)
    }
  }

  @Test func `a flow that many records carry is read once`() throws {
    try walk(as: "aaaa", in: folder)
    try walk(as: "bbbb", in: folder)
    var reads = 0
    let inventory = Inventory(folder) { _, _ in
      reads += 1
      return .sample
    }
    expectNoDifference(try inventory.summaries().count, 2)
    expectNoDifference(reads, 1)
    expectNoDifference(try inventory.record(of: "aaaa").header.run, "aaaa")
    expectNoDifference(reads, 1)
  }

  @Test(arguments: [[], [Event.began], sampleWalk, [.shown(nil, [String(repeating: "long", count: 4000)])]])
  func `the last moment of a run is that of its whole record`(events: [Event]) throws {
    try walk(events, as: "aaaa", in: folder)
    expectNoDifference(try folder.lastMoment(of: "aaaa"), try folder.read("aaaa").lastAt)
    let torn = try temporary.bytes("aaaa") + Array(#"{"line":9"#.utf8)
    try temporary.write(torn, as: "aaaa")
    expectNoDifference(try folder.lastMoment(of: "aaaa"), try folder.read("aaaa").lastAt)
  }

  @Test func `every run that gave its key a label is found, if a key was kept`() throws {
    try walk(as: "aaaa", in: folder)
    try walk([.began], as: "bbbb", in: folder)
    let other = try folder.create(.sample("cccc", flow: "any/create-key"), random: pinnedBytes())
    try other.append([.answered("label", .text("x"), words: [:], .typed)], at: .pinned(), in: .sample)
    for label in ["grid-bot-01", "grid-bot-02"] {
      expectNoDifference(
        try inventory.uses(ofLabel: label, provider: "gate-io", except: "bbbb"), LabelUses(runs: ["aaaa"]))
      expectNoDifference(try inventory.uses(ofLabel: label, provider: "gate-io", except: "aaaa"), LabelUses())
    }
    expectNoDifference(try inventory.uses(ofLabel: "x", provider: "any"), LabelUses())
  }

  @Test func `records in which a label can't be seen are counted`() throws {
    do {
      _ = try walk(as: "aaaa", in: folder)
      _ = try walk([.began, .answered("label", .text("x"), words: [:], .typed)], as: "bbbb", in: folder)
    }
    for (run, line) in [("aaaa", 5), ("bbbb", 3)] {
      _ = try folder.redact(run, line: line, reason: "", at: .pinned(50), random: pinnedBytes())
    }
    try temporary.write(Array("rubbish".utf8), as: "cccc")
    // The blanked label of a run that kept no key hides nothing.
    expectNoDifference(
      try inventory.uses(ofLabel: "grid-bot-02", provider: "gate-io"),
      LabelUses(runs: ["aaaa"], unseenRecords: 2))
    expectNoDifference(try inventory.uses(ofLabel: "x", provider: "any"), LabelUses(unseenRecords: 1))
  }
}
