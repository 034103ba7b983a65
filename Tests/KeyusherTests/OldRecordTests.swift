import CustomDump
import FlowCore
import FlowText
import FlowTools
import Foundation
import Glibc
import Inventory
import KeyusherHarness
import Records
import Testing

@testable import keyusher

/// A record whose flow a linter of today would refuse stays readable: its run was walked already.
///
/// The journals in `OldRecords` never change; `KEYUSHER_WRITE_CORPUS=1` writes those that are missing.
@Suite struct OldRecordTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "OldRecords")
  private static let run = "7q4m"

  /// A flow with a mistake of every kind that is an error today and was none once.
  private static let unproven = """
    format: 1
    flow: test/unproven
    version: 1
    title: A ceremony of old
    summary: It was walked before anybody looked for what is wrong with it.
    steps:
      - {id: label, kind: text, title: Name the key}
      - id: sure
        kind: confirm
        title: Are you sure?
        if-no: key
        warnings:
          - {code: NOT-SURE, when: {step: sure, is: no}, text: You are not sure.}
          - {code: NOT-SURE, when: {step: sure, skipped: true}, text: You do not say.}
      - {id: set, kind: tell, title: Set the clock}
      - {id: clock, kind: check, title: Clock, check: clock-plausible, next: [{when: {step: clock, is: yes}, to: store}, {to: set}]}
      - {id: store, kind: store, title: Where to keep it}
      - {id: look, kind: confirm, title: Look again, required: true, say: "Is it {label}?"}
      - {id: key, kind: credential, title: Take the key, store: store, name: "test/{label}", if-lost: key, parts: [{name: secret, title: Secret, secret: true}]}
      - {id: other, kind: credential, title: Take the other, if-lost: other, parts: [{name: secret, title: Secret, secret: true}]}
      - {id: review, kind: review, title: Review}
      - {id: done, kind: end, title: Done, outcome: completed}

    """

  /// A desk with an unfinished run of the flow, from the journal that was kept.
  private func desk() throws -> Desk {
    let desk = try Desk()
    let kept = Self.folder.appending(path: "unproven.jsonl")
    if ProcessInfo.processInfo.environment["KEYUSHER_WRITE_CORPUS"] == "1",
      !FileManager.default.fileExists(atPath: kept.path)
    {
      try write(in: desk)
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try FileManager.default.moveItem(atPath: desk.recordFile(Self.run), toPath: kept.path)
    }
    let text = String(decoding: try Data(contentsOf: kept), as: UTF8.self)
    try desk.write(text, to: desk.recordFile(Self.run))
    chmod(desk.records.path, 0o700)
    return desk
  }

  private func write(in desk: Desk) throws {
    let header = RunHeader(
      format: 1, run: Self.run, flowID: "test/unproven", flowVersion: 1, flowText: Self.unproven, toolVersion: "0.1.0",
      user: "alice", host: "office-box", performer: "Alice", owner: nil, reference: nil,
      began: Timestamp(milliseconds: 1_795_442_709_000))
    let journal = try desk.records.create(header) { count in (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167) } }
    let flow = try FlowCatalog.flow(of: header) { Self.unproven }
    let events: [Event] = [
      .began, .answered("label", .text("bot-1"), words: [:], .typed), .suspended(.quit),
    ]
    for (index, event) in events.enumerated() {
      try journal.append([event], at: Timestamp(milliseconds: 1_795_442_710_000 + Int64(index) * 1000), in: flow)
    }
  }

  @Test func `The linter of today refuses that flow`() {
    let findings = readFlow(Self.unproven, path: "f", options: .lint()).findings
    let found = findings.filter { $0.severity == .error }.map(\.code)
    expectNoDifference(
      Set(found), [.duplicateID, .storeNotProven, .noStore, .wayAround, .loopWithoutExit], "\(found.map(\.rawValue))")
  }

  @Test func `A record of it is read as the program reads it`() throws {
    let desk = try desk()
    let record = try Inventory(desk.records, readFlow: FlowCatalog.flow).record(of: Self.run)
    expectNoDifference(record.header.flowText, Self.unproven)
    expectNoDifference(record.flow.steps.count, 10)
    expectNoDifference(record.state.answerText(of: "label", in: record.flow), "bot-1")
  }

  @Test(arguments: [["show", run], ["audit", run], ["runs"], ["export", run, "--format", "json"]])
  func `A record of it is shown, audited, listed and exported`(_ arguments: [String]) throws {
    let ran = try desk().run(arguments)
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    #expect(ran.output.contains(arguments[0] == "audit" ? Self.run : "A ceremony of old"))
  }

  @Test func `What looks like a parameter was plain text in a record of old`() throws {
    let text = Self.unproven.replacing("title: Set the clock", with: "title: \"Set it: $(date), $$(x), $(y\"")
    let header = RunHeader(
      format: 1, run: Self.run, flowID: "test/unproven", flowVersion: 1, flowText: text, toolVersion: "0.1.0",
      user: "alice",
      host: "office-box", performer: "Alice", owner: nil, reference: nil,
      began: Timestamp(milliseconds: 1_795_442_709_000))
    expectNoDifference(try FlowCatalog.flow(of: header) { text }["set"]?.title, "Set it: $(date), $$(x), $(y")
  }

  @Test func `A run of it goes on`() throws {
    let desk = try desk()
    let ran = try desk.run(["resume", Self.run], input: ":why\n")
    #expect(ran.output.contains("Are you sure?"), "\(ran.output)\(ran.errors)")
    expectNoDifference(ran.status, 4)
    expectNoDifference(try desk.run(["audit", Self.run]).status, 0)
  }
}
