import Battery
import Foundation
import Glibc
import KeyusherHarness
import Outside
import PtyHarness
import SecretSearch
import Testing

/// Groups F and H for a person's walk with a real store: signals at the prompts that a store brings, and cores at them.
@Suite struct WalkPersonTests {
  /// A prompt that a store brings, and the way to it.
  enum Moment: String, CaseIterable {
    case choice, new, made, word, own, again, unlock, keep, review

    var words: String {
      switch self {
      case .choice: "Number or name: "
      case .new: "Number (Enter = 1): "
      case .made: "Enter, and it is gone: "
      case .word: "Word "
      case .own: "New passphrase: "
      case .again: "The same again: "
      case .unlock: "Passphrase for 'age': "
      case .keep: "Answer: "
      case .review: "Enter = finish, or a number to change: "
      }
    }

    /// Whether the store is there before the run.
    var hasStore: Bool { ![.choice, .new, .made, .word, .own, .again].contains(self) }
    /// Whether stopping here would lose the secret.
    var isAtStake: Bool { self == .keep }
    var isHidden: Bool { ![.choice, .review].contains(self) }

    /// Those that can be come to here: a run is cut where a file has got its name, and of a process that guards itself only
    /// root's strace reads names.
    static var possible: [Moment] {
      if geteuid() == 0 { return allCases }
      Tally.notRun(.terminal, "the passphrase of a store that holds a copy, for want of root")
      return allCases.filter { $0 != .unlock }
    }

    func desk() throws -> Desk {
      if self == .unlock { return try Scene.foundAgain.template() }
      let desk = try Desk()
      if hasStore {
        mkdir(desk.home, 0o700)
        try WalkFlow.prepare(desk)
      } else {
        try desk.write(WalkFlow.text, to: "flows/test/keeping.yaml")
      }
      return desk
    }

    func arguments(_ desk: Desk) throws -> [String] {
      self == .unlock ? ["resume", try desk.run()] : ["run", WalkFlow.id, "--flows", "flows"]
    }

    /// What is typed before, each after its prompt.
    var before: [(String, String)] {
      switch self {
      case .choice, .unlock: []
      case .new: [("Number or name: ", "age")]
      case .made: Moment.new.before + [(Moment.new.words, "1")]
      case .word: Moment.made.before + [(Moment.made.words, "")]
      case .own: Moment.new.before + [(Moment.new.words, "2")]
      case .again: Moment.own.before + [(Moment.own.words, KeyDesk.passphrase)]
      case .keep, .review:
        [("Number or name: ", "age"), ("API key: ", Canary.key), ("Secret: ", Canary.secret)]
      }
    }

    func reach(_ pty: Pty, on desk: Desk, secret: String = Canary.secret) throws {
      for (prompt, answer) in before {
        try pty.expect(prompt)
        if self == .keep, prompt == "Secret: " { rename(desk.home + "/age/store", desk.home + "/age/away") }
        try pty.send((answer == Canary.secret ? secret : answer) + "\r")
      }
      try pty.expect(words)
    }

    /// Puts back what was taken away, or sets up the store for the rest of the run.
    func mend(_ desk: Desk) throws {
      if self == .keep { rename(desk.home + "/age/away", desk.home + "/age/store") }
      guard !hasStore else { return }
      let made = try KeyDesk.make()
      try? FileManager.default.removeItem(atPath: desk.home + "/age")
      try FileManager.default.copyItem(atPath: made.home + "/age", toPath: desk.home + "/age")
      for name in ["gate-io", "okx", "coinbase", "bybit", "pending", "previous"] {
        try FileManager.default.removeItem(atPath: "\(desk.home)/age/store/\(name)")
      }
    }
  }

  private static let traces = Traces(of: Canary.key, Canary.secret, KeyDesk.passphrase)

  @Test func `A signal at a prompt of a store leaves the terminal as it was, and a run that can be resumed`() throws {
    let cases = Moment.possible.flatMap { moment in SignalTests.ends.map { (moment, $0) } }
    sweep(.terminal, cases.part(oneIn: 11)) { moment, signal in
      let desk = try moment.desk()
      let pty = try desk.start(moment.arguments(desk), setting: ["PATH": "/nowhere"])
      try moment.reach(pty, on: desk)
      let echoed = pty.settings.echoes
      if moment.isHidden { try pty.send(String(KeyDesk.passphrase.prefix(20))) }
      pty.signal(signal)
      if signal == SIGINT, moment.isAtStake {
        try pty.expect("To stop all the same, do that once more.")
        try pty.expect(moment.words)
        pty.signal(signal)
      }
      let ending = try pty.end()
      let isSetUp = access(desk.home + "/age/identities", F_OK) == 0
      let wrong = faults(
        (!echoed, "the prompt echoed"),
        (ending == .signalled(signal), "it ended as \(ending)"),
        (pty.settings == pty.settingsBefore, "the terminal is not as it was: \(pty.settings)"),
        (pty.pasteModeWasSwitchedOff, "the bracketed paste mode is still on"),
        (pty.secondScreenWasClosed, "the second screen is left open"),
        (WalkPersonTests.traces.count(in: pty.raw) == 0, "the secret or the passphrase was shown"),
        (isSetUp == moment.hasStore, "a store without a passphrase was left"))
      if let wrong { return "\(moment), \(signal): \(wrong)" }
      try moment.mend(desk)
      return try WalkEnd.verify(isDone: false, desk: desk).map { "\(moment), \(signal): \($0)" }
    }
  }

  @Test func `Ctrl-Z at a prompt of a store gives the terminal back, and fg brings the prompt again`() throws {
    sweep(.terminal, Moment.possible.part(oneIn: 2)) { moment in
      let desk = try moment.desk()
      let words = try moment.arguments(desk).map { "'\($0)'" }.joined(separator: " ")
      let script =
        "set -m; '\(keyusher)' \(words); echo \"stopped: $?\"; read -r _; fg >/dev/null"
      let (program, arguments) = desk.inWork("/bin/bash", ["--norc", "-c", script])
      let pty = try Pty(program, arguments, environment: desk.environment(["PATH": "/nowhere"]))
      try moment.reach(pty, on: desk)
      try pty.control("Z")
      try pty.expect("stopped: \(128 + SIGTSTP)")
      let stopped = faults(
        (pty.settings == pty.settingsBefore, "the terminal is not as it was: \(pty.settings)"),
        (pty.pasteModeWasSwitchedOff, "the bracketed paste mode is still on"),
        (pty.secondScreenWasClosed, "the second screen is left open"))
      try pty.send("\n")
      try pty.expect(moment.words)
      try pty.expect("no echo") { !$0.settings.echoes }
      try pty.control("C")
      if moment.isAtStake {
        try pty.expect("To stop all the same, do that once more.")
        try pty.expect(moment.words)
        try pty.control("C")
      }
      // The shell ends the way its job did.
      let ending = try pty.end()
      if let stopped { return "\(moment): \(stopped)" }
      guard [.exited(128 + SIGINT), .signalled(SIGINT)].contains(ending) else { return "\(moment): \(ending)" }
      try moment.mend(desk)
      return try WalkEnd.verify(isDone: false, desk: desk).map { "\(moment): \($0)" }
    }
  }

  // MARK: - Cores

  @Test func `No core of a walk with a store has a piece of the secret, whatever its length`() throws {
    guard geteuid() == 0 else { return Tally.notRun(.canary, "cores of a walk with a store, for want of root") }
    guard let gcore = tool("gcore") else {
      return Tally.notRun(.canary, "cores of a walk with a store, for want of gcore (gdb)")
    }
    let cases = [Moment.review, .keep].flatMap { moment in [3000, 64, 300, 40].map { (moment, $0) } }
    sweep(.canary, cases.part(oneIn: 4)) { moment, length in
      var chance = Chance(seed: UInt64(length))
      let digits = Array("0123456789abcdef".utf8)
      let bytes = (0..<length).map { _ in digits[Int(chance.next() % 16)] }
      let traces = Traces(of: [bytes])
      let desk = try moment.desk()
      let pty = try desk.start(moment.arguments(desk), setting: ["PATH": "/nowhere"])
      try moment.reach(pty, on: desk, secret: String(decoding: bytes, as: UTF8.self))
      let core = try CanaryScanTests.core(of: pty.process, by: gcore)
      let found = traces.count(in: core)
      pty.signal(SIGKILL)
      _ = try pty.end()
      let files = traces.files(below: desk.path)
      // What moved a long one last, a register of 64 bytes, can lie on the stack while it is in hand.
      let most = moment == .keep && length > 256 ? 64 - Traces.size + 1 : 0
      return faults(
        (core.range(of: Data(WalkFlow.id.utf8)) != nil, "\(moment), \(length): this is no core of the program"),
        (found.found <= most, "\(moment), \(length): \(found.found) windows, the first at \(found.first ?? 0)"),
        (traces.count(in: pty.raw) == 0, "\(moment), \(length): it was shown"),
        (files == [], "\(moment), \(length): it lies in \(files)"))
    }
  }

  @Test func `No core of a resume that was given the passphrase has a piece of it, or of the copy that was found`()
    throws
  {
    guard geteuid() == 0, let gcore = tool("gcore") else {
      return Tally.notRun(.canary, "the core of a resume that finds a copy, for want of root or gcore (gdb)")
    }
    sweep(.canary, ["found again"]) { _ in
      let desk = try Moment.unlock.desk()
      let pty = try desk.start(Moment.unlock.arguments(desk), setting: ["PATH": "/nowhere"])
      try Moment.unlock.reach(pty, on: desk)
      try pty.send(KeyDesk.passphrase + "\r")
      try pty.expect(Moment.review.words)
      let found = WalkPersonTests.traces.count(in: try CanaryScanTests.core(of: pty.process, by: gcore))
      try pty.send("\r")
      let ending = try pty.end()
      return faults(
        (found.found == 0, "\(found.found) windows, the first at \(found.first ?? 0)"),
        (ending == .exited(0), "it ended as \(ending): \(pty.text)"),
        (WalkPersonTests.traces.files(below: desk.path) == [], "it lies on disk"))
    }
  }
}

extension Pty {
  /// Whether the terminal's second screen, if it was opened, was cleared and closed.
  var secondScreenWasClosed: Bool {
    let shown = String(decoding: raw, as: UTF8.self)
    guard let open = shown.range(of: "\u{1B}[?1049h", options: .backwards) else { return true }
    return shown[open.upperBound...].contains("\u{1B}[H\u{1B}[2J\u{1B}[?1049l")
  }
}
