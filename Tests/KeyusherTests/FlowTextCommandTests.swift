import CustomDump
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness
import Records
import Testing

/// What commands do with a record when the text of its flow is not where its digest says, and with one that carries it.
@Suite struct FlowTextCommandTests {
  /// A desk with a finished run of the small flow.
  private func finished() throws -> (desk: Desk, run: String) {
    let desk = try Desk.small()
    try desk.write(SmallFlow.script.replacing("rights:", with: "  :note seen by Bob\nrights:"), to: "a.script")
    expectNoDifference(try desk.run(["replay", "a.script"], setting: SmallFlow.credential).status, 0)
    return (desk, try desk.run())
  }

  /// Where the text of the only flow lies.
  private func text(on desk: Desk) throws -> String {
    let folder = desk.home + "/records/flows/"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    expectNoDifference(names.count, 1)
    return folder + names[0]
  }

  private func refusal(_ run: String, _ path: String) -> String {
    """
    keyusher: record '\(run)' lacks the text of its flow 'test/small': there is no
              '\(path)'
    hint: put it back from a copy of that folder; 'keyusher export \(run) --format
          record' hands a record over with it

    """
  }

  private func words(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  @Test func `The record of the shipped walk has at most 40 KB`() throws {
    let desk = try Desk()
    let script = sourceTree + "/flows/gate-io/create-key.script"
    let ran = try desk.run(["replay", script], setting: SmallFlow.credential)
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    let count = try desk.bytes(of: desk.recordFile(desk.run())).count
    #expect(count <= 40_000, "\(count)")
  }

  @Test func `Without the text a record is shown line by line, listed, blanked and audited, and nothing more`() throws {
    let (desk, run) = try finished()
    let path = try text(on: desk)
    unlink(path)
    let refusal = words(refusal(run, path))

    let shown = try desk.run(["show", run])
    expectNoDifference(shown.status, 66)
    expectNoDifference(shown.output, try desk.run(["show", run, "--lines"]).output)
    #expect(shown.output.contains("note: seen by Bob"))
    expectNoDifference(words(shown.errors), refusal)
    for arguments in [["show", run, "--json"], ["export", run], ["export", run, "-f", "record"]] {
      let ran = try desk.run(arguments)
      expectNoDifference(ran.status, 66, "\(arguments)")
      expectNoDifference(ran.output, "", "\(arguments)")
      expectNoDifference(words(ran.errors), refusal, "\(arguments)")
    }
    let listed = try desk.run(["runs"])
    expectNoDifference(listed.status, 0)
    #expect(
      words(listed.output).contains("record '\(run)' lacks the text of its flow 'test/small'"), "\(listed.output)")
    expectNoDifference(try desk.run(["key", "list"]).status, 0)

    let audited = try desk.run(["audit"])
    expectNoDifference(audited.status, 2)
    expectNoDifference(
      words(audited.output), "record \(run), line 1: it lacks the text of its flow: there is no '\(path)'")
    let line = try #require(shown.output.split(separator: "\n").first { $0.contains("seen by Bob") })
    let number = try #require(line.split(separator: " ").first.map(String.init))
    expectNoDifference(try desk.run(["redact", run, number]).status, 0)
    #expect(!(try desk.text(of: desk.recordFile(run))).contains("seen by Bob"))

    // The next run of the same flow brings it back.
    expectNoDifference(try desk.run(["run", SmallFlow.id], input: "bot-2\n").status, 4)
    expectNoDifference(try desk.run(["audit"]).status, 0)
    expectNoDifference(try desk.run(["show", run]).status, 0)
  }

  @Test(arguments: [["resume"], ["discard"]])
  func `A run is not gone on with, nor ended, without its text`(_ command: [String]) throws {
    let desk = try Desk.small()
    expectNoDifference(try desk.run(["run", SmallFlow.id], input: "bot-1\n").status, 4)
    let run = try desk.run()
    let path = try text(on: desk)
    try desk.write("another text\n", to: path)
    let before = try desk.bytes(of: desk.recordFile(run))
    let ran = try desk.run(command + [run], input: "read\n")
    expectNoDifference(ran.status, 66, "\(ran)")
    #expect(
      words(ran.errors).hasPrefix("keyusher: record '\(run)' lacks the text of its flow 'test/small': '\(path)' is"))
    expectNoDifference(try desk.bytes(of: desk.recordFile(run)), before)
    expectNoDifference(try desk.text(of: path), "another text\n")
  }

  @Test func `A text that is lost and is that of a shipped flow is not missed but by the audit`() throws {
    let desk = try Desk()
    expectNoDifference(try desk.run(["run", "gate-io/create-key"], input: "spot-bot\n").status, 4)
    let run = try desk.run()
    let shown = try desk.run(["show", run])
    unlink(try text(on: desk))
    expectNoDifference(try desk.run(["show", run]).output, shown.output)
    expectNoDifference(try desk.run(["resume", run], input: ":quit\n").status, 75)
    expectNoDifference(try desk.run(["audit", run]).status, 2)
  }

  @Test func `A record that was handed over is read anywhere, and has the digest that it has here`() throws {
    let (desk, run) = try finished()
    let other = try Desk()
    expectNoDifference(
      try desk.run(["export", run, "--format", "record", "--output", other.work + "/r.jsonl"]).status, 0)
    let digest = try desk.records.audit(run).finalDigest ?? ""
    let audited = try other.run(["audit", "r.jsonl", "--expect", digest])
    expectNoDifference(audited.status, 0, "\(audited)")
    for arguments in [["show"], ["show", "--full"], ["show", "--json"], ["export"], ["export", "-f", "script"]] {
      let here = try desk.run([arguments[0], run] + arguments.dropFirst())
      let there = try other.run([arguments[0], "r.jsonl"] + arguments.dropFirst())
      expectNoDifference(there.output, here.output, "\(arguments)")
      expectNoDifference(there.errors, "", "\(arguments)")
    }
    // Handed on, and put among records, it is the same.
    expectNoDifference(
      try other.run(["export", "r.jsonl", "-f", "record"]).output, try other.text(of: other.work + "/r.jsonl"))
    try FileManager.default.createDirectory(atPath: other.home + "/records", withIntermediateDirectories: true)
    chmod(other.home + "/records", 0o700)
    try other.write(other.text(of: other.work + "/r.jsonl"), to: other.recordFile(run))
    expectNoDifference(try other.run(["show"]).output, try desk.run(["show"]).output)
  }

  @Test func `A record that was copied alone finds its text among the records here`() throws {
    let (desk, run) = try finished()
    try desk.write(desk.text(of: desk.recordFile(run)), to: "copy.jsonl")
    expectNoDifference(try desk.run(["show", "copy.jsonl"]).output, try desk.run(["show", run]).output)
    let other = try Desk()
    try other.write(desk.text(of: desk.recordFile(run)), to: "copy.jsonl")
    let ran = try other.run(["show", "./copy.jsonl"])
    expectNoDifference(ran.status, 66)
    #expect(ran.output.contains("note: seen by Bob"))
    #expect(words(ran.errors).contains("hands a record over with it"), "\(ran.errors)")
  }
}
