import Battery
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness
import SecretSearch
import Testing

/// Group F: whatever signal ends the program at whatever prompt, the terminal is as it was, and the shell is told.
@Suite struct SignalTests {
  struct Case: CustomStringConvertible {
    let prompt: Prompt
    let signal: Int32
    var description: String { "signal \(signal) at \(prompt)" }
  }

  static let ends = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
  static let crashes = [
    SIGPIPE, SIGALRM, SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGTRAP, SIGSYS, SIGUSR1, SIGUSR2, SIGXCPU, SIGVTALRM,
    SIGPROF, SIGIO, SIGPWR, SIGSTKFLT, 34, 64,
  ]

  @Test func `A signal at any prompt leaves the terminal as it was, and is the way the program ends`() throws {
    let cases = (SignalTests.ends + SignalTests.crashes).flatMap { signal in
      Prompt.allCases.map { Case(prompt: $0, signal: signal) }
    }
    sweep(.terminal, cases.part(oneIn: 11)) { one in
      let desk = try Desk.small()
      let pty = try desk.start(["run", SmallFlow.id])
      try pty.reach(one.prompt)
      let isHidden = [.key, .secret, .copy, .again].contains(one.prompt)
      let echoed = pty.settings.echoes
      // What is half typed goes with it.
      if isHidden { try pty.send(String(Canary.secret.prefix(40))) }
      pty.signal(one.signal)
      if one.signal == SIGINT, one.prompt.isAtStake {
        // Who would lose the secret by it is told so first.
        try pty.expect("To stop all the same, do that once more.")
        try pty.expect(one.prompt.words)
        pty.signal(one.signal)
      }
      let ending = try pty.end()
      return faults(
        (!echoed, "the prompt echoed"),
        (ending == .signalled(one.signal), "it ended as \(ending)"),
        (pty.settings == pty.settingsBefore, "the terminal is not as it was: \(pty.settings)"),
        (pty.pasteModeWasSwitchedOff, "the bracketed paste mode is still on"),
        (canaryTraces.count(in: pty.raw) == 0, "the secret was shown"),
        (!pty.text.contains("Registers"), "a backtrace was printed"))
    }
  }

  /// Prompts of commands beside the walk: what starts them, and what is typed before they come.
  static let commandPrompts: [(arguments: [String], before: [(String, String)], prompt: String)] = [
    (["exec", "gate-io/bot", "--", "/bin/true"], [], "Passphrase for 'age': "),
    (["key", "adopt", "gate-io/x", "--exchange", "gate-io", "--yes"], [], "API key: "),
    (["key", "adopt", "gate-io/x", "--exchange", "gate-io", "--yes"], [("API key: ", Canary.key)], "Secret: "),
  ]

  @Test func `A signal at a prompt of another command does the same`() throws {
    let cases = SignalTests.commandPrompts.flatMap { prompt in
      (SignalTests.ends + SignalTests.crashes).map { (prompt, $0) }
    }
    sweep(.terminal, cases.part(oneIn: 5)) { command, signal in
      let desk = try KeyDesk.make()
      let pty = try desk.start(command.arguments)
      for (prompt, answer) in command.before {
        try pty.expect(prompt)
        try pty.send(answer + "\r")
      }
      try pty.expect(command.prompt)
      try pty.send(String(Canary.secret.prefix(40)))
      let echoed = pty.settings.echoes
      pty.signal(signal)
      let ending = try pty.end()
      return faults(
        (!echoed, "the prompt echoed"), (ending == .signalled(signal), "it ended as \(ending): \(pty.text)"),
        (pty.settings == pty.settingsBefore, "the terminal is not as it was: \(pty.settings)"),
        (pty.pasteModeWasSwitchedOff, "the bracketed paste mode is still on"),
        (canaryTraces.count(in: pty.raw) == 0, "the secret was shown"),
        (!pty.text.contains("Registers"), "a backtrace was printed"))
    }
  }

  @Test func `A signal while a made passphrase stands there takes it off the screen`() throws {
    sweep(.terminal, (SignalTests.ends + SignalTests.crashes).part(oneIn: 4)) { signal in
      let desk = try Desk()
      let pty = try desk.start(["store", "init", "age"])
      try pty.expect("Number (Enter = 1): ")
      try pty.send("1\r")
      try pty.expect("Enter, and it is gone: ")
      pty.signal(signal)
      let ending = try pty.end()
      let shown = String(decoding: pty.raw, as: UTF8.self)
      let last = shown.range(of: "\u{1B}[?1049h", options: .backwards)?.upperBound ?? shown.startIndex
      return faults(
        (ending == .signalled(signal), "\(signal): it ended as \(ending)"),
        (shown[last...].contains("\u{1B}[H\u{1B}[2J\u{1B}[?1049l"), "\(signal): the second screen is left open"),
        (pty.settings == pty.settingsBefore, "\(signal): the terminal is not as it was"))
    }
  }

  @Test func `Ctrl-C and Ctrl-backslash typed at a hidden prompt do the same`() throws {
    let cases: [(Prompt, Character)] = [(.secret, "\\"), (.key, "\\"), (.copy, "\\"), (.label, "C"), (.login, "C")]
    sweep(.terminal, cases) { prompt, key in
      let desk = try Desk.small()
      let pty = try desk.start(["run", SmallFlow.id])
      try pty.reach(prompt)
      try pty.control(key)
      let ending = try pty.end()
      return faults(
        (ending == .signalled(key == "C" ? SIGINT : SIGQUIT), "it ended as \(ending)"),
        (pty.settings == pty.settingsBefore, "the terminal is not as it was: \(pty.settings)"),
        (pty.pasteModeWasSwitchedOff, "the bracketed paste mode is still on"))
    }
  }

  @Test func `After kill -9 a shell gives the terminal back, and nothing of the secret is in it`() throws {
    let desk = try Desk.small()
    let pty = try Pty(
      "/bin/bash",
      [
        "--norc", "--noediting", "-c",
        "'\(keyusher)' run test/small; stty sane; echo over; read -r line; echo \"[$line]\"",
      ],
      environment: desk.environment)
    try pty.reach(.secret)
    let program = try #require(child(of: pty.process))
    kill(program, SIGKILL)
    try pty.expect("over")
    try pty.send("typed after\r")
    try pty.expect("typed after]")
    sweep(.terminal, ["kill -9"]) { _ in
      faults((canaryTraces.count(in: pty.raw) == 0, "the secret was shown"))
    }
    _ = try pty.end()
  }
}

extension Pty {
  /// Whether every switching on of the bracketed paste mode was followed by a switching off.
  var pasteModeWasSwitchedOff: Bool {
    let shown = String(decoding: raw, as: UTF8.self)
    guard let on = shown.range(of: "\u{1B}[?2004h", options: .backwards) else { return true }
    return shown[on.upperBound...].contains("\u{1B}[?2004l")
  }
}

/// The only child of a process.
func child(of process: pid_t) -> pid_t? {
  let children = try? String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)
  return children?.split(separator: " ").first.flatMap { pid_t($0) }
}
