import CustomDump
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness
import Testing

@Suite struct RecordCommandTests {
  /// A desk with one finished run.
  private func finished() throws -> (desk: Desk, run: String) {
    let desk = try Desk.small()
    try desk.write(SmallFlow.script.replacing("rights:", with: "  :note seen by Bob\nrights:"), to: "a.script")
    expectNoDifference(try desk.run(["replay", "a.script"], setting: SmallFlow.credential).status, 0)
    return (desk, try desk.run())
  }

  private func mode(_ path: String) -> UInt32 {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test func `Records are for their owner alone`() throws {
    let (desk, run) = try finished()
    expectNoDifference(mode(desk.recordFile(run)), 0o600)
    expectNoDifference(mode(desk.home + "/records"), 0o700)
  }

  @Test func `The list of runs has their state, the newest first`() throws {
    let (desk, run) = try finished()
    expectNoDifference(try desk.run(["run", SmallFlow.id], input: "bot-2\n").status, 4)
    let second = try #require(desk.records.runs().first { $0 != run })
    let lines = try desk.run(["runs"]).output.split(separator: "\n").map(String.init)
    expectNoDifference(lines.count, 2)
    #expect(lines[0].hasPrefix("  \(second) A small ceremony, "))
    #expect(lines[0].hasSuffix("unfinished, at: What may it do?"))
    #expect(lines[1].hasPrefix("  \(run) A small ceremony, "))
    #expect(lines[1].hasSuffix(": completed"))
  }

  @Test func `Where there are no runs, the list says how to begin`() throws {
    let desk = try Desk()
    let ran = try desk.run(["runs"])
    expectNoDifference(ran.output, "  No runs yet. 'keyusher run gate-io/create-key' begins one.\n")
    expectNoDifference(ran.status, 0)
    #expect(!FileManager.default.fileExists(atPath: desk.home))
  }

  @Test func `The checklist has every step with its standing, the exceptions and the digest`() throws {
    let (desk, run) = try finished()
    let ran = try desk.run(["show", run])
    expectNoDifference(ran.status, 0)
    for text in [
      "A small ceremony\n", "Record of run \(run): completed", "- [x] 1. Name the key", "the script said → bot-1 (",
      "Note: seen by Bob", "it begins with c0ffee17d3a9", "no exceptions", "Final digest\n\n",
    ] { #expect(ran.output.contains(text), "\(text)") }
    expectNoDifference(try desk.run(["show"]).output, ran.output)
  }

  @Test(
    "Every format goes to standard output and to a private file",
    arguments: ["markdown", "html", "json", "csv", "script"])
  func export(format: String) throws {
    let (desk, run) = try finished()
    let shown = try desk.run(["export", run, "--format", format])
    expectNoDifference(shown.errors, "")
    expectNoDifference(shown.status, 0)
    #expect(shown.output.contains("bot-1"))
    try desk.write("old", to: "out", mode: 0o644)
    let written = try desk.run(["export", run, "--format", format, "--output", "out"])
    expectNoDifference(written.output, "  Written: out (in place of the file that was there)\n")
    expectNoDifference(try desk.text(of: desk.work + "/out"), shown.output)
    expectNoDifference(mode(desk.work + "/out"), 0o600)
    // Nothing is left of the file beside it that took its name.
    expectNoDifference(try FileManager.default.contentsOfDirectory(atPath: desk.work).sorted(), ["a.script", "out"])
    expectNoDifference(Canary.trace(in: Array(shown.output.utf8)), nil)
  }

  @Test func `An export into a folder that is missing says so and leaves nothing`() throws {
    let (desk, run) = try finished()
    let ran = try desk.run(["export", run, "--output", "none/out.md"])
    expectNoDifference(ran.status, 74)
    expectNoDifference(
      ran.errors,
      """
      keyusher: can't write 'none/out.md': No such file or directory
      hint: choose another place with --output, or print to standard output

      """)
  }

  @Test func `The schema of the JSON export is printed without a run`() throws {
    let ran = try Desk().run(["export", "--schema"])
    expectNoDifference(ran.status, 0)
    _ = try #require(try JSONSerialization.jsonObject(with: Data(ran.output.utf8)) as? [String: Any])
  }

  @Test func `An unfinished run exports as such`() throws {
    let desk = try Desk.small()
    expectNoDifference(try desk.run(["run", SmallFlow.id], input: "bot-1\n").status, 4)
    let ran = try desk.run(["export"])
    expectNoDifference(ran.status, 0)
    #expect(ran.output.contains("**unfinished**, stands at step 2, What may it do?"))
  }

  // MARK: - Audit and redaction

  @Test func `A record that nobody touched passes the audit`() throws {
    let (desk, run) = try finished()
    let ran = try desk.run(["audit"])
    expectNoDifference(ran.status, 0)
    #expect(ran.output.contains("record \(run): "))
    #expect(ran.output.contains(" lines, whole and unchanged"))
    expectNoDifference(try Desk().run(["audit"]).output, "  There are no records yet.\n")
  }

  @Test func `An audit names the line that was changed`() throws {
    let (desk, run) = try finished()
    let file = desk.recordFile(run)
    let lines = try desk.text(of: file).split(separator: "\n", omittingEmptySubsequences: false)
    let index = try #require(lines.firstIndex { $0.contains("seen by Bob") })
    var changed = lines.map(String.init)
    changed[index] = changed[index].replacing("seen by Bob", with: "seen by Eve")
    try desk.write(changed.joined(separator: "\n"), to: file)
    let ran = try desk.run(["audit", run])
    expectNoDifference(ran.status, 2)
    #expect(ran.output.contains("record \(run), line \(index + 1): "))
    // Of several each is told of: the copy first, as others may read it. What can't be read to its end has its file's name.
    try desk.write(lines.joined(separator: "\n"), to: "given/whole.jsonl", mode: 0o644)
    let both = try desk.run(["audit", "given/whole.jsonl", file])
    expectNoDifference(both.status, 2)
    #expect(both.output.contains("record \(run), line 1: it lacks the text of its flow: "), "\(both.output)")
    #expect(both.output.contains("record \(file), line \(index + 1): "), "\(both.output)")
    let unclear = try desk.run(["audit", "given/whole.jsonl", file, "--expect", "4f1c"])
    expectNoDifference(unclear.status, 64)
    #expect(unclear.errors.hasPrefix("keyusher: --expect is the digest of one run\n"))
  }

  @Test func `What was blanked is gone, and the chain holds`() throws {
    let (desk, run) = try finished()
    let lines = try desk.text(of: desk.recordFile(run)).split(separator: "\n")
    let index = try #require(lines.firstIndex { $0.contains("seen by Bob") })
    let ran = try desk.run(["redact", run, "\(index + 1)", "--reason", "names a client"])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    #expect(ran.output.contains("Line \(index + 1) of record \(run) is blank now; its digest stays."))
    expectNoDifference(try desk.run(["audit", run]).status, 0)
    #expect(!(try desk.text(of: desk.recordFile(run)).contains("seen by Bob")))
    #expect(!(try desk.run(["show", run]).output.contains("seen by Bob")))
    expectNoDifference(try desk.run(["redact", run, "\(index + 1)"]).status, 64)
    expectNoDifference(try desk.run(["redact", run, "4000"]).status, 66)
  }

  @Test func `The same answer at the same step is blanked with it, and the lines are named`() throws {
    let desk = try Desk.small()
    expectNoDifference(try desk.run(["run", SmallFlow.id], input: "bot-1\n:back\nbot-1\n").status, 4)
    let run = try desk.run()
    let numbers = try desk.run(["show", run, "--lines"]).output.split(separator: "\n").filter {
      $0.contains("label: bot-1")
    }.compactMap { $0.split(separator: " ").first }
    expectNoDifference(numbers.count, 2)
    let ran = try desk.run(["redact", run, String(try #require(numbers.last))])
    #expect(ran.output.contains("Lines \(numbers.joined(separator: ", ")) of record \(run), the same answer"))
    expectNoDifference(try desk.run(["audit", run]).status, 0)
  }

  @Test("What is cut of a torn record is said", arguments: ["redact", "discard"])
  func torn(command: String) throws {
    let desk = try Desk.small()
    expectNoDifference(try desk.run(["run", SmallFlow.id], input: "bot-1\n").status, 4)
    let run = try desk.run()
    let whole = try desk.text(of: desk.recordFile(run))
    let line = try #require(whole.split(separator: "\n").firstIndex { $0.contains("\"value\":\"bot-1\"") }) + 1
    try desk.write(whole + "{\"line\":", to: desk.recordFile(run))
    let ran = try desk.run([command, run] + (command == "redact" ? ["\(line)"] : []))
    expectNoDifference(ran.status, 0)
    #expect(ran.output.contains("The record's last line was torn: 8 bytes were cut."))
    expectNoDifference(try desk.run(["audit", run]).status, 0)
  }

  @Test("A whole last line that can't be read is no torn one", arguments: ["redact", "discard", "resume"])
  func unreadable(command: String) throws {
    let desk = try Desk.small()
    expectNoDifference(try desk.run(["run", SmallFlow.id], input: "bot-1\n").status, 4)
    let run = try desk.run()
    let bad = try desk.text(of: desk.recordFile(run)) + "rubbish\n"
    try desk.write(bad, to: desk.recordFile(run))
    let ran = try desk.run([command, run] + (command == "redact" ? ["3"] : []))
    expectNoDifference(ran.status, 2)
    #expect(ran.errors.contains("can't be read"))
    expectNoDifference(try desk.text(of: desk.recordFile(run)), bad)
  }

  @Test func `A run that was given up has ended, and its record stays`() throws {
    let desk = try Desk.small()
    expectNoDifference(try desk.run(["run", SmallFlow.id], input: "bot-1\n").status, 4)
    let run = try desk.run()
    let ran = try desk.run(["discard", run, "--reason", "made elsewhere"])
    expectNoDifference(ran.output, "  Run \(run) has ended: aborted. Its record stays.\n")
    let shown = try desk.run(["show", run]).output
    #expect(shown.contains("aborted, made elsewhere"))
    #expect(shown.contains("→ bot-1 ("))
    expectNoDifference(try desk.run(["discard", run]).status, 66)
    expectNoDifference(try desk.run(["audit", run]).status, 0)
  }

  // MARK: - Ids

  @Test("An id that can't be one is wrong usage", arguments: ["show", "export", "audit", "resume", "discard"])
  func malformed(command: String) throws {
    let ran = try Desk().run([command, "7Q4M!"])
    expectNoDifference(ran.status, 64)
    expectNoDifference(
      ran.errors, "keyusher: '7Q4M!' can't be a run's id\nhint: an id looks like 7q4m; 'keyusher runs' lists them\n")
  }

  @Test("No path leads a command that writes out of the records", arguments: ["resume", "discard"])
  func outside(command: String) throws {
    let ran = try Desk().run([command, "../records/7q4m.jsonl"])
    expectNoDifference(ran.status, 64)
    expectNoDifference(
      ran.errors,
      """
      keyusher: '../records/7q4m.jsonl' can't be a run's id
      hint: an id looks like 7q4m; 'keyusher runs' lists them

      """)
  }

  @Test("A file that is not there is no input", arguments: ["show", "export", "audit"])
  func missingFile(command: String) throws {
    let ran = try Desk().run([command, "elsewhere/7q4m.jsonl"])
    expectNoDifference(ran.status, 66)
    expectNoDifference(
      ran.errors,
      """
      keyusher: there is no record 'elsewhere/7q4m.jsonl'
      hint: give the path of a file RUN.jsonl, or a run's id

      """)
  }

  @Test("A run that is not there is no input", arguments: ["show", "export", "audit", "resume", "discard"])
  func missing(command: String) throws {
    let ran = try Desk().run([command, "7q4m"])
    expectNoDifference(ran.status, 66)
    expectNoDifference(ran.errors, "keyusher: there is no run '7q4m'\nhint: 'keyusher runs' lists them\n")
  }

  @Test(
    "A record that was changed is neither shown, exported nor gone on with",
    arguments: [["show"], ["export", "--format", "html"], ["resume"]])
  func damaged(command: [String]) throws {
    let desk = try Desk.small()
    expectNoDifference(try desk.run(["run", SmallFlow.id], input: "bot-2\nread\n").status, 4)
    let run = try desk.run()
    let file = desk.recordFile(run)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try text.replacing("\"bot-2\"", with: "\"bot-3\"").write(toFile: file, atomically: false, encoding: .utf8)
    let ran = try desk.run([command[0], run] + command.dropFirst())
    expectNoDifference(ran.status, 2)
    #expect(ran.errors.contains("its contents are not what was written"))
    #expect(!ran.output.contains("bot-3"))
  }

  @Test func `The lines of a record are listed with the numbers that redact takes; a blanked one is counted`() throws {
    let (desk, run) = try finished()
    let listed = try desk.run(["show", run, "--lines"]).output.split(separator: "\n").map(String.init)
    let note = try #require(listed.first { $0.contains("note: seen by Bob") })
    let number = try #require(note.split(separator: " ").first)
    expectNoDifference(try desk.run(["redact", run, String(number)]).status, 0)
    let audit = try desk.run(["audit", run])
    expectNoDifference(audit.status, 0)
    #expect(audit.output.contains("whole and unchanged but for 1 that was blanked"))
    let after = try desk.run(["show", run, "--lines"]).output
    #expect(!after.contains("Bob"))
    #expect(after.contains("note: [redacted] (blanked)"))
  }

  @Test func `An export that can't be written is told, and leaves what is no plain file alone`() throws {
    let (desk, run) = try finished()
    let full = try desk.run(["export", run, "--output", "/dev/full"])
    expectNoDifference(full.status, 74)
    #expect(full.errors.hasPrefix("keyusher: '/dev/full' is no plain file\n"))
    let target = try desk.write("mine", to: "mine")
    try FileManager.default.createSymbolicLink(atPath: desk.work + "/link", withDestinationPath: target)
    expectNoDifference(try desk.run(["export", run, "--output", "link"]).status, 74)
    expectNoDifference(try String(contentsOfFile: target, encoding: .utf8), "mine")
    let again = try desk.run(["export", run, "--output", "mine"])
    #expect(again.output.contains("in place of the file that was there"))
  }
}
