import CustomDump
import FlowCore
import Introspection
import PlainText
import Testing

@testable import Inventory
@testable import Records

@Suite struct RowCodingTests {
  private static let texts: [String?] = [
    nil, "", "grid-bot-01", "12:34;-\n\u{0}é🦉", String(repeating: "x", count: 200),
  ]

  /// A row in which each text is one of those above, in turn, and whatever may be there or not is.
  private static func row(_ turn: Int, addresses: KeyPlan.Addresses, _ operations: [EntryOperation]) -> RecordRow {
    var place = turn
    func text() -> String? {
      place += 1
      return texts[place % texts.count]
    }
    let basis: KeyEnd.Basis = turn == 1 ? .reported : .rule(by: text() ?? "", days: -turn, ofUse: turn == 2)
    let end = KeyEnd(day: Day(number: turn), basis: basis)
    let ends = KeyEnds(isTold: turn != 4, speaksOfRules: turn == 3, turn == 4 ? nil : end)
    var check = KeyCheck(.init(.tooWide), at: .pinned(-turn), by: text(), ends: ends)
    check.endsAt = .pinned(turn)
    check.powers =
      turn == 3
      ? nil
      : KeyPowers(
        ["spot read and write", text() ?? ""], withdraws: [nil, true, false][turn % 3], trades: turn > 1,
        isBound: turn == 0 ? nil : true)
    check.isGone = turn == 1
    let plan = KeyPlan(
      permissions: turn == 0 ? nil : ["spot-write", text() ?? ""], addresses: addresses, label: text(),
      source: "run a")
    let key = KeyFacts(
      reference: CredentialReference(store: "age", name: text()), exchange: text(), label: text(), listed: text(),
      account: text(), accountID: text(), plan: turn == 1 ? nil : plan, purpose: text(), program: text(), owner: text(),
      since: .pinned(turn), check: turn == 2 ? nil : check)
    let summary = RunSummary(
      run: "7q4m", flowID: "gate-io/create-key", provider: "gate-io", title: text() ?? "", label: text(),
      oldLabel: text(), named: ["a", text() ?? ""], gone: turn == 0 ? [:] : [text() ?? "b": .pinned(turn)],
      user: text() ?? "",
      host: text() ?? "", performer: text(), began: .pinned(), lastAt: .pinned(turn),
      outcome: turn < 3 ? Outcome.allCases[turn] : nil, reason: text(),
      isDiscarded: turn == 4, stepTitle: text(),
      keys: [KeyFacts](repeating: key, count: turn), check: turn == 3 ? nil : check,
      reminders: turn == 0
        ? [] : [Record.Reminder(day: "2026-12-10", text: text() ?? "", settledBy: turn == 1 ? nil : .lastDay)],
      openWarnings: turn == 1 ? [text() ?? ""] : [],
      operations: operations.map { RunSummary.Done(at: .pinned(5), operation: $0) },
      waits: turn == 4 ? [:] : ["": .pinned(1), "api.gateio.ws": .pinned(2)])
    let labels = LabelAnswers(flowID: "gate-io/create-key", texts: ["a", text() ?? ""], hasBlanked: turn == 2)
    return RecordRow(.run(summary), flowDigest: text(), labels: turn == 1 ? nil : labels)
  }

  private static let all: [RecordRow] = {
    let reference = CredentialReference(store: "age", name: "gate-io/a")
    let operations: [EntryOperation] = [
      .deleting(reference), .renaming(reference, to: "b"), .deleted(reference, history: nil),
      .deleted(CredentialReference(store: "pass"), history: "git"), .renamed(reference, to: ""),
    ]
    let addresses: [KeyPlan.Addresses] = [.notSaid, .none, .some, .these([]), .these(["203.0.113.7", ""])]
    return addresses.indices.map { row($0, addresses: addresses[$0], Array(operations.prefix($0 + 1))) }
  }()

  /// Operations of each kind and each outcome.
  private static let operations: [OperationSummary] = {
    let outcomes: [OperationRecord.Outcome] = [
      .done(.pinned(3), seen: "kept", history: nil), .done(.pinned(4), seen: nil, history: "git"),
      .failed(.pinned(5), reason: ""), .handedOver, .notKnowable,
    ]
    return KeyOperation.Kind.allCases.enumerated().map { turn, kind in
      var summary = OperationSummary(
        id: "k3x9",
        KeyOperation(
          kind, texts[turn % 5] ?? "a", in: "age", origin: texts[(turn + 1) % 5],
          facts: turn == 0 ? [:] : ["to": "b", "what": texts[(turn + 2) % 5] ?? ""]),
        user: "ana", host: texts[(turn + 3) % 5] ?? "office", began: .pinned(turn), outcome: outcomes[turn % 5],
        check: turn % 2 == 0 ? nil : KeyCheck(.init(.refused, isGone: turn == 3), at: .pinned(7)),
        previous: turn % 3 == 0 ? nil : "previous/a", waitsUntil: turn % 3 == 1 ? nil : .pinned(9))
      let key = CredentialReference(store: "age", name: texts[turn % 5])
      summary.marks = KeyMark.Kind.allCases.prefix(turn % 5).map {
        KeyMark($0, of: key, identity: texts[turn % 5], number: turn == 2 ? nil : turn, at: .pinned(turn))
      }
      return summary
    }
  }()

  private static func read(_ row: RecordRow, as id: String) throws -> RecordRow {
    var writer = IndexWriter()
    writer.put(row)
    return try writer.bytes.withUnsafeBytes { bytes in
      var reader = IndexReader(bytes)
      let row = try reader.row(of: id)
      #expect(reader.isAtEnd)
      return row
    }
  }

  @Test(arguments: 0..<5) func `A row is read as it was written`(turn: Int) throws {
    let row = Self.all[turn]
    let read = try Self.read(row, as: "7q4m")
    expectNoDifference(read.run, row.run)
    expectNoDifference(read.flowDigest, row.flowDigest)
    expectNoDifference(read.labels, row.labels)
  }

  @Test func `An operation is read as it was written`() throws {
    for summary in Self.operations {
      let read = try Self.read(RecordRow(.operation(summary)), as: summary.id)
      guard case .operation(let other) = read.content else { throw IndexReader.Broken() }
      expectNoDifference(other, summary)
    }
  }

  /// What is new of a summary has to be written, too: it is missing here until the samples have a value for it.
  @Test func `The samples leave nothing as it is anyway`() throws {
    let summaries = Self.all.compactMap(\.run)
    let keys = summaries.flatMap(\.keys)
    let blank = RunSummary(run: "", flowID: "", provider: "", title: "", began: .pinned(99), lastAt: .pinned(99))
    let key = KeyFacts(CredentialReference(store: ""), exchange: "", since: .pinned(99))
    let plan = KeyPlan(permissions: nil, addresses: .notSaid, label: nil, source: "")
    for (samples, blank) in [
      (summaries, blank), (keys, key), (keys.compactMap(\.check), KeyCheck(.init(.refused), at: .pinned(99))),
      (keys.compactMap(\.plan), plan),
      (keys.compactMap(\.check).compactMap(\.powers), KeyPowers([], withdraws: nil, trades: nil, isBound: nil)),
      (
        Self.operations,
        OperationSummary(
          id: "", KeyOperation(.adopt, "", in: ""), user: "", host: "", began: .pinned(99), outcome: .notKnowable)
      ),
      (
        keys.compactMap(\.check).compactMap(\.end),
        KeyEnd(day: Day(number: 99), basis: .rule(by: "", days: 0, ofUse: false))
      ),
      (keys.compactMap(\.check).map(\.ends), KeyEnds()),
    ] as [([Any], Any)] {
      for (index, child) in Mirror(reflecting: blank).children.enumerated() {
        let values = samples.map { "\(Array(Mirror(reflecting: $0).children)[index].value)" }
        #expect(values.contains { $0 != "\(child.value)" }, "\(type(of: blank)).\(child.label ?? "")")
      }
    }
  }

  @Test func `What was cut is refused at every byte, and what was flipped is no more than another row`() throws {
    let row = Self.all[4]
    var writer = IndexWriter()
    writer.put(row)
    func read(_ bytes: [UInt8]) throws {
      try bytes.withUnsafeBytes {
        var reader = IndexReader($0)
        _ = try reader.row(of: "a")
      }
    }
    for count in writer.bytes.indices {
      #expect(throws: IndexReader.Broken.self) { try read(Array(writer.bytes.prefix(count))) }
      var flipped = writer.bytes
      flipped[count] ^= 1 << UInt8(count % 8)
      try? read(flipped)
    }
  }

  @Test(arguments: ["", "-;", "9223372036854775808;", "12", "1:", "2;", "-1;"])
  func `What is no count is refused`(text: String) {
    Array(text.utf8).withUnsafeBytes { bytes in
      var reader = IndexReader(bytes)
      #expect(throws: IndexReader.Broken.self) {
        try reader.items { item throws(IndexReader.Broken) in try item.text() }
      }
    }
  }
}

extension RecordRow {
  fileprivate var run: RunSummary? { if case .run(let summary) = content { summary } else { nil } }
}
