import CustomDump
import FlowCore
import Testing

@testable import Records

/// Records of operations on keys: the same lines as those of runs, with another header.
@Suite struct OperationTests {
  private static let operation = KeyOperation(
    .rename, "gate-io/a", in: "age", origin: "7q4m", facts: ["to": "gate-io/b"])

  private static func header(_ operation: KeyOperation = operation) -> RunHeader {
    RunHeader(of: operation, id: "k3x9", toolVersion: "0.1.0", user: "ana", host: "office", began: .pinned())
  }

  private static func record(_ events: [KeyEvent], in folder: TemporaryFolder) throws -> OperationRecord {
    do {
      let journal = try folder.records.create(header(), random: pinnedBytes())
      for (second, event) in events.enumerated() { try journal.end([event], at: .pinned(second + 1)) }
    }
    return try #require(OperationRecord(try folder.records.read("k3x9")))
  }

  @Test(arguments: KeyOperation.Kind.allCases)
  func `every kind comes back from its header`(_ kind: KeyOperation.Kind) throws {
    for operation in [
      KeyOperation(kind, "a", in: "age"), KeyOperation(kind, "a", in: "age", origin: "x", facts: ["f": "v"]),
    ] {
      let header = Self.header(operation)
      expectNoDifference(try RunHeader(Fields(parsing: header.fields.rendered)), header)
    }
  }

  @Test func `the header says what it is, and names no flow`() throws {
    expectNoDifference(
      String(decoding: Self.header().fields.rendered, as: UTF8.self),
      #"{"began":"2026-11-23T14:05:09.000Z","facts":{"to":"gate-io/b"},"format":2,"host":"office","key":"gate-io/a","#
        + #""kind":"operation","operation":"rename","origin":"7q4m","run":"k3x9","store":"age","tool":"0.1.0","user":"ana"}"#
    )
  }

  @Test(arguments: [("kind", "a record of the kind 'x'"), ("operation", "operation 'x'")])
  func `what a newer keyusher wrote is told as that`(field: String, what: String) throws {
    var fields = Self.header().fields
    fields.set(field, "x")
    #expect(throws: Fields.Fault.unknown(what)) { try RunHeader(fields) }
  }

  @Test func `what was seen ends it, and without that nobody can tell`() throws {
    let seen = KeyEvent.done("gate-io/b", seen: "it has its new name", history: "git")
    let done = try Self.record([seen], in: TemporaryFolder())
    expectNoDifference(done.operation, Self.operation)
    expectNoDifference(done.outcome, .done(.pinned(1), seen: "it has its new name", history: "git"))
    let failed = try Self.record([.failed("gate-io/a", reason: "the store is locked")], in: TemporaryFolder())
    expectNoDifference(failed.outcome, .failed(.pinned(1), reason: "the store is locked"))
    expectNoDifference(try Self.record([], in: TemporaryFolder()).outcome, .notKnowable)
  }

  @Test func `it is audited and blanked as a run is`() throws {
    let folder = try TemporaryFolder()
    _ = try Self.record([.done("gate-io/b", seen: "it has its new name")], in: folder)
    #expect(try folder.records.audit("k3x9").isClean)
    let redaction = try folder.records.redact("k3x9", line: 1, reason: "a name", at: .pinned(9), random: pinnedBytes())
    expectNoDifference(redaction.otherLines, [2])
    let report = try folder.records.audit("k3x9")
    #expect(report.isClean && report.blanked == 1)
    let blank = try #require(OperationRecord(try folder.records.read("k3x9")))
    expectNoDifference(blank.operation.key, "[redacted]")
    expectNoDifference(blank.operation.facts, [:])
    expectNoDifference(blank.header.user, "[redacted]")
    let text = String(decoding: try folder.bytes("k3x9"), as: UTF8.self)
    #expect(!text.contains("gate-io/a") && !text.contains("ana"))
  }

  @Test func `it is never one to go on with`() throws {
    let folder = try TemporaryFolder()
    _ = try Self.record([], in: folder)
    expectNoDifference(try folder.records.glance(at: "k3x9").canGoOn, .no)
  }
}
