import CustomDump
import FlowCore
import Glibc
import KeyusherHarness
import PtyHarness
import Records
import Testing

/// Ways out of a run that it can be resumed after.
enum Leaving: CaseIterable, Sendable {
  case controlC, terminate, hangUp, controlD, quit, kill

  /// Does it once, at a prompt that stands there.
  func act(on pty: Pty) throws {
    switch self {
    case .controlC: try pty.control("C")
    case .terminate: pty.signal(SIGTERM)
    case .hangUp: pty.signal(SIGHUP)
    case .controlD: try pty.control("D")
    case .quit: try pty.send(":quit\r")
    case .kill: pty.signal(SIGKILL)
    }
  }

  /// Whether the person is first told what would be lost; the others can't wait.
  var isAskedFirst: Bool { self == .controlC || self == .controlD || self == .quit }

  var ending: Pty.Ending {
    switch self {
    case .controlC: .signalled(SIGINT)
    case .terminate: .signalled(SIGTERM)
    case .hangUp: .signalled(SIGHUP)
    case .controlD, .quit: .exited(75)
    case .kill: .signalled(SIGKILL)
    }
  }

  var interruption: Interruption {
    switch self {
    case .controlC: .signal(SIGINT)
    case .terminate: .signal(SIGTERM)
    case .hangUp: .signal(SIGHUP)
    case .controlD: .inputEnded
    case .quit: .quit
    case .kill: .lost
    }
  }
}

@Suite struct LeavingTests {
  @Test(
    "A run that is left goes on where it was, and what may have cost the secret is on record",
    arguments: Prompt.allCases.filter { !$0.isFirst },
    Leaving.allCases)
  func leave(prompt: Prompt, leaving: Leaving) throws {
    let desk = try Desk.small()
    let pty = try desk.start(["run", SmallFlow.id])
    try pty.reach(prompt)
    try leaving.act(on: pty)
    if prompt.isAtStake, leaving.isAskedFirst {
      try pty.expect("If you stop now, take it for lost")
      try pty.expect("To stop all the same, do that once more.")
      try pty.expect(prompt.words)
      try leaving.act(on: pty)
    }
    expectNoDifference(try pty.end(), leaving.ending)
    let run = try desk.run()
    if leaving != .kill {
      expectNoDifference(pty.settings, pty.settingsBefore)
      #expect(pty.text.contains("Saved. Go on with: keyusher resume \(run)"))
    }
    let left = try desk.record(run)
    expectNoDifference(left.status, .unfinished(at: Step.ID(prompt.step)))
    let open = leaving == .kill || !prompt.isAtStake ? [] : [RunException.Resolution.open]
    expectNoDifference(left.exceptions.map(\.exception.resolution), open)

    let again = try desk.start(["resume"])
    try again.expect("A small ceremony, going on")
    try again.finish(after: prompt)
    expectNoDifference(try again.end(), .exited(0))
    expectNoDifference(again.settings, again.settingsBefore)
    let record = try desk.record(run)
    expectNoDifference(record.status, .ended(.completed, reason: nil))
    let exception = RunException(
      number: 1, step: Step.ID(prompt.step), kind: .interruption, code: nil, what: leaving.interruption.words,
      resolution: .corrected)
    expectNoDifference(record.exceptions.map(\.exception), prompt.isAtStake ? [exception] : [])
    expectNoDifference(Canary.trace(in: pty.raw + again.raw), nil)
  }

  @Test(
    "Before the first answer nothing is on record, and nothing can be gone on with",
    arguments: Prompt.allCases.filter(\.isFirst), Leaving.allCases)
  func leaveAtOnce(prompt: Prompt, leaving: Leaving) throws {
    let desk = try Desk.small()
    let pty = try desk.start(["run", SmallFlow.id])
    try pty.reach(prompt)
    try leaving.act(on: pty)
    expectNoDifference(try pty.end(), leaving.ending)
    if leaving != .kill { #expect(pty.text.contains("Nothing was answered, so nothing is on record.")) }
    expectNoDifference(try desk.records.runs(), [])
  }

  @Test(
    "Ctrl-Z stops the program with the terminal as it was, and fg goes on",
    arguments: [Prompt.label, .danger, .login, .key, .secret, .copy])
  func stop(prompt: Prompt) throws {
    let desk = try Desk.small()
    let pty = try Pty(
      "/bin/bash", ["--norc", "--noprofile", "-i"], environment: desk.environment(["PS1": "shell$ "]))
    try pty.expect("shell$ ")
    let shell = pty.settings
    try pty.send("'\(keyusher)' run \(SmallFlow.id)\r")
    try pty.reach(prompt)
    try pty.control("Z")
    try pty.expect("Stopped")
    try pty.expect("shell$ ")
    expectNoDifference(pty.settings, shell)
    try pty.send("fg\r")
    try pty.expect(prompt.words)
    if prompt == .danger { try pty.send("\r") } else { try pty.send("\(prompt.answer ?? "")\r") }
    let rest = prompt == .danger ? Prompt.way.drop { $0 != .rights } : Prompt.way.drop { $0 != prompt }.dropFirst()
    for question in rest { try pty.answer(question) }
    try pty.expect("shell$ ")
    try pty.send("echo status=$?\r")
    try pty.expect("status=0")
    let record = try desk.record(desk.run())
    expectNoDifference(record.status, .ended(.completed, reason: nil))
    expectNoDifference(record.exceptions, [])
    expectNoDifference(Canary.trace(in: pty.raw), nil)
  }

  @Test func `After :quit in the credential step, going on takes back the announcement`() throws {
    let desk = try Desk.small()
    let pty = try desk.start(["run", SmallFlow.id])
    try pty.reach(.key)
    try pty.control("C")
    try pty.expect("take it for lost")
    for question in [Prompt.key, .secret] { try pty.answer(question) }
    try pty.expect(Prompt.copy.words)
    try pty.control("C")
    try pty.expect("take it for lost")
    for question in [Prompt.copy, .review] { try pty.answer(question) }
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(try desk.record(desk.run()).exceptions, [])
  }
}
