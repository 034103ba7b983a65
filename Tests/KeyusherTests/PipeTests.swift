import CustomDump
import FlowCore
import KeyusherHarness
import PtyHarness
import Testing

@Suite struct PipeTests {
  private let answers = "bot-1\nread\nyes\noffline\nenv:GATE_API_KEY\nenv:GATE_API_SECRET\nfinish\n"

  @Test func `Piped answers are taken one a line, each by its own question`() throws {
    let desk = try Desk.small()
    let ran = try desk.run(["run", SmallFlow.id], input: answers, setting: SmallFlow.credential)
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    expectNoDifference(
      try desk.record(desk.run()).answers.prefix(3), ["label: bot-1", "rights: read", "login: logged in"])
    #expect(!ran.output.contains("\u{1B}"))
  }

  @Test func `The REPL and a run in it read from one pipe`() throws {
    let desk = try Desk.small()
    let ran = try desk.run([], input: "run test/small\n\(answers)runs\nquit\n", setting: SmallFlow.credential)
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    #expect(ran.output.contains("\(try desk.run()) A small ceremony"))
  }

  @Test func `The end of the pipe ends the run at once, says what is missing, and the run can be resumed`() throws {
    let desk = try Desk.small()
    let ran = try desk.run(["run", SmallFlow.id], input: "bot-1\nread\n")
    expectNoDifference(ran.status, 4)
    let run = try desk.run()
    expectNoDifference(
      ran.errors,
      """
      keyusher: step 'login' has no answer and nobody can be asked
      hint: give 'login' on a line of its own, or go on in a terminal: keyusher resume \(run)

      """)
    expectNoDifference(try desk.record(run).status, .unfinished(at: "login"))
    let rest = "yes\noffline\nenv:GATE_API_KEY\nenv:GATE_API_SECRET\nfinish\n"
    let again = try desk.run(["resume", run], input: rest, setting: SmallFlow.credential)
    expectNoDifference(again.errors, "")
    expectNoDifference(again.status, 0)
    expectNoDifference(try desk.record(run).status, .ended(.completed, reason: nil))
  }

  @Test("Nothing but a reference is taken for a credential, and it is not echoed", arguments: [Canary.key, "y", "yes"])
  func literal(line: String) throws {
    let desk = try Desk.small()
    let ran = try desk.run(["run", SmallFlow.id], input: "bot-1\nread\nyes\noffline\n\(line)\n")
    expectNoDifference(ran.status, 65)
    expectNoDifference(
      ran.errors,
      """
      keyusher: step 'credential.key' takes a credential only by reference
      hint: write env:NAME, file:PATH or fd:NUMBER on that line
      hint: or go on in a terminal: keyusher resume \(try desk.run())

      """)
    #expect(ran.output.contains("API key: (not shown)"))
    for file in try desk.files() { expectNoDifference(Canary.trace(in: try desk.bytes(of: file)), nil, "\(file)") }
    expectNoDifference(Canary.trace(in: Array(ran.output.utf8)), nil)
    expectNoDifference(try desk.record(desk.run()).state.receipts, [:])
  }

  @Test func `A danger's word is a line of its own, and its absence is named`() throws {
    let desk = try Desk.small()
    let ran = try desk.run(["run", SmallFlow.id], input: "bot-1\nread, withdraw\n")
    expectNoDifference(ran.status, 4)
    #expect(ran.errors.contains("hint: give 'rights.danger' on a line of its own"))
  }
}
