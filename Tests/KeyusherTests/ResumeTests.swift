import CustomDump
import FlowCore
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness
import Testing

@Suite struct ResumeTests {
  /// A desk with an unfinished run that stands at a step.
  private func unfinished(_ lines: String = "bot-1\nread\n") throws -> (desk: Desk, run: String) {
    let desk = try Desk.small()
    expectNoDifference(try desk.run(["run", SmallFlow.id], input: lines).status, 4)
    return (desk, try desk.run())
  }

  @Test func `A second process on a run is told so`() throws {
    let (desk, run) = try unfinished()
    let pty = try desk.start(["resume", run])
    try pty.expect(Prompt.login.words)
    let ran = try desk.run(["resume", run])
    expectNoDifference(ran.status, 74)
    expectNoDifference(
      ran.errors,
      """
      keyusher: record '\(run)' is in use by another keyusher
      hint: finish or leave it there with :quit, then 'keyusher resume \(run)'

      """)
    expectNoDifference(try desk.run(["discard", run]).status, 74)
    try pty.send("yes\r")
    for prompt in [Prompt.store, .key, .secret, .copy, .review] { try pty.answer(prompt) }
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test func `A torn last line is cut, and that is said`() throws {
    let (desk, run) = try unfinished()
    let file = desk.recordFile(run)
    let whole = try desk.bytes(of: file)
    let lines = whole.split(separator: 0x0A)
    let torn = lines[lines.count - 1].count / 2
    truncate(file, whole.count - lines[lines.count - 1].count - 1 + torn)
    let pty = try desk.start(["resume"])
    try pty.expect("The record's last line was torn: \(torn) bytes were cut.")
    try pty.finish(after: .login)
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(try desk.run(["audit", run]).status, 0)
  }

  @Test func `A flow that changed meanwhile is noticed, and the run goes on with its own text`() throws {
    let desk = try Desk()
    let file = try desk.write(SmallFlow.text(), to: "flows/test/small.yaml")
    expectNoDifference(try desk.run(["run", SmallFlow.id, "--flows", "flows"], input: "bot-1\n").status, 4)
    let changed = SmallFlow.text().replacing("What may it do?", with: "What else?")
    try desk.write(changed, to: file)
    let pty = try desk.start(["resume", "--flows", "flows"])
    try pty.expect("This flow has changed since the run began.")
    try pty.expect("What may it do?")
    for prompt in Prompt.way.dropFirst() { try pty.answer(prompt) }
    expectNoDifference(try pty.end(), .exited(0))
    #expect(!pty.text.contains("What else?"))
    let fresh = try desk.run(["run", SmallFlow.id, "--flows", "flows"], input: "bot-2\n")
    #expect(fresh.output.contains("What else?"))
  }

  @Test func `A flow that is gone is no hindrance`() throws {
    let (desk, run) = try unfinished()
    try FileManager.default.removeItem(atPath: desk.home + "/flows")
    let pty = try desk.start(["resume", run])
    try pty.finish(after: .login)
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test func `Without an id the run that was last at work goes on`() throws {
    let (desk, first) = try unfinished()
    expectNoDifference(try desk.run(["run", SmallFlow.id], input: "bot-2\n").status, 4)
    let second = try #require(desk.records.runs().first { $0 != first })
    let ran = try desk.run(["resume"], input: "read\n")
    #expect(ran.output.contains("Record: \(second)"))
    let older = try desk.run(["resume", first], input: ":quit\n")
    expectNoDifference(older.status, 75)
    #expect(try desk.run(["resume"]).output.contains("Record: \(first)"))
  }

  @Test func `Where nothing is unfinished there is nothing to resume`() throws {
    let desk = try Desk.small()
    let none = try desk.run(["resume"])
    expectNoDifference(none.status, 66)
    expectNoDifference(
      none.errors,
      """
      keyusher: there is no unfinished run
      hint: 'keyusher runs' lists the runs; 'keyusher run FLOW' begins one

      """)
    try desk.write(SmallFlow.script, to: "a.script")
    expectNoDifference(try desk.run(["replay", "a.script"], setting: SmallFlow.credential).status, 0)
    expectNoDifference(try desk.run(["resume"]).status, 66)
    let run = try desk.run()
    let ended = try desk.run(["resume", run])
    expectNoDifference(ended.status, 66)
    expectNoDifference(ended.errors, "keyusher: run \(run) has ended\nhint: 'keyusher show \(run)' prints it\n")
  }

  @Test func `A secret that the page no longer shows is lost, and the flow goes its way for that`() throws {
    let (desk, run) = try unfinished("bot-1\nread\nyes\noffline\n")
    let pty = try desk.start(["resume", run])
    try pty.expect("Can you still copy it there")
    try pty.expect("yes or no: ")
    try pty.send("no\r")
    try pty.expect("Blocked: it could not be done")
    expectNoDifference(try pty.end(), .exited(3))
  }
}
