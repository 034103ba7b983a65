import Battery
import Foundation
import Glibc
import KeyusherHarness
import Outside
import PtyHarness
import SecretSearch
import Testing

/// Group H: after whatever happened, the secret is in no file, on no screen, in no argument or variable, and in no core.
@Suite struct CanaryScanTests {
  // MARK: - The search itself

  static let secret = Array(Canary.secret.utf8)
  static let digits = secret.map { String($0, radix: 16) }.joined()

  static let pieces: [[UInt8]] = [
    Array(secret[20..<36]), base64(secret, 20), base64(Array("x".utf8) + secret, 40),
    base64(Array("xy".utf8) + secret, 40),
    Array(digits.utf8.prefix(20)), Array(digits.uppercased().utf8.suffix(20)), secret[1..<9].flatMap { [$0, 0] },
  ]

  private static func base64(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
    Array(Data(bytes).base64EncodedString().utf8.prefix(count))
  }

  @Test("A piece of the secret is found in every spelling", arguments: pieces)
  func found(bytes: [UInt8]) {
    #expect(canaryTraces.count(in: [1, 2, 3] + bytes + [4]) > 0)
    #expect(canaryTraces.count(in: Array(bytes.prefix(15))) == 0)
  }

  // MARK: - Scenarios

  /// What a person does at a terminal, up to a moment at which one looks.
  struct Scenario: CustomStringConvertible, Sendable {
    let description: String
    let act: @Sendable (Pty) throws -> Void
  }

  static let scenarios: [Scenario] =
    Prompt.way.map { prompt in Scenario(description: "at \(prompt)") { try $0.reach(prompt) } }
    + [
      Scenario(description: "half typed at the secret") { pty in
        try pty.reach(.secret)
        try pty.send(String(Canary.secret.dropLast()))
        try pty.expect("what was typed to be read") { $0.unread == 0 }
      },
      Scenario(description: "the secret at the key's prompt") { pty in
        try pty.reach(.key)
        try pty.send(Canary.secret + "\r")
        try pty.expect("Paste it once more?")
        try pty.expect(Prompt.again.words)
      },
      Scenario(description: "the secret as a label") { pty in
        try pty.expect(Prompt.label.words)
        try pty.send(Canary.secret + "\r")
        try pty.expect(Prompt.suspicion.words)
        try pty.send("yes\r")
        try pty.expect(Prompt.label.words)
      },
      Scenario(description: "both in one paste") { pty in
        try pty.reach(.key)
        try pty.paste("\(Canary.key)\n\(Canary.secret)\n")
        try pty.send("\r")
        try pty.expect(Prompt.copy.words)
      },
      Scenario(description: "taken twice") { pty in
        try pty.reach(.secret)
        try pty.send(String(Canary.secret.dropLast()) + "\r")
        try pty.expect(Prompt.again.words)
        try pty.send("yes\r")
        try pty.answer(.secret)
        try pty.expect(Prompt.copy.words)
      },
      Scenario(description: "two lines for the secret, as a page breaks it") { pty in
        try pty.reach(.secret)
        try pty.paste("\(Canary.secret.prefix(40))\n\(Canary.secret.suffix(24))")
        try pty.send("\r")
        try pty.expect(Prompt.again.words)
      },
    ]

  enum Ending: CaseIterable { case terminate, kill, crash, hangUp }

  @Test func `After every scenario and every end, nothing of the secret is on disk or on the screen`() {
    let cases = CanaryScanTests.scenarios.flatMap { scenario in Ending.allCases.map { (scenario, $0) } }
    sweep(.canary, cases.part(oneIn: 16)) { scenario, ending in
      let desk = try Desk.small()
      let temporary = desk.path + "/tmp"
      mkdir(temporary, 0o700)
      // A core would be written into the working folder, if there were one.
      let script = "ulimit -c unlimited 2>/dev/null; exec \"$0\" \"$@\""
      let (program, words) = desk.inWork("/bin/bash", ["--norc", "-c", script, keyusher, "run", SmallFlow.id])
      let pty = try Pty(program, words, environment: desk.environment(["TMPDIR": temporary]))
      try scenario.act(pty)
      switch ending {
      case .terminate: pty.signal(SIGTERM)
      case .kill: pty.signal(SIGKILL)
      case .crash: pty.signal(SIGSEGV)
      case .hangUp: pty.hangUp()
      }
      _ = try pty.end()
      // A label that is a secret is typed in the open: the terminal echoes it, and nothing else may.
      let isTypedOpenly = scenario.description.hasSuffix("as a label")
      let files = canaryTraces.files(below: desk.path)
      let cores = try FileManager.default.contentsOfDirectory(atPath: desk.work).filter { $0.hasPrefix("core") }
      return faults(
        (files.isEmpty, "\(scenario), \(ending): it lies in \(files)"),
        (cores.isEmpty, "\(scenario), \(ending): there is a core"),
        (isTypedOpenly || canaryTraces.count(in: pty.raw) == 0, "\(scenario), \(ending): it was shown"))
    }
  }

  // MARK: - Arguments and variables

  @Test func `No process is started with the secret in its arguments or its environment`() throws {
    guard geteuid() == 0, let strace = tool("strace").map(Strace.init) else {
      return Tally.notRun(.canary, "arguments and variables, for want of strace or root")
    }
    sweep(.canary, Scene.all) { scene in
      let template = try scene.template()
      let folder = try Folder()
      let log = folder.path("log")
      let prefix =
        strace.logging(to: log, only: ["execve", "execveat", "write", "writev", "sendto", "sendmsg"], strings: 65_536)
        + ["-v"]
      let (ran, _) = try scene.run(on: template, behind: prefix)
      guard ran.status == 0 else { return "\(scene): \(ran)" }
      // The first of them is how the test itself hands the secret over.
      let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").dropFirst()
      let bad = lines.filter { canaryTraces.count(in: String($0)) > 0 }
      return bad.isEmpty ? nil : "\(scene): \(bad.map { $0.prefix(100) })"
    }
  }

  // MARK: - Memory

  /// Where a core of the running program is searched: the secret itself is in memory that no core has.
  static let moments: [Scenario] = scenarios.filter {
    [
      "at copy", "at review", "half typed at the secret", "both in one paste", "the secret at the key's prompt",
      "taken twice",
    ]
    .contains($0.description)
  }

  @Test func `No core of the running program has a piece of the secret`() throws {
    guard geteuid() == 0 else { return Tally.notRun(.canary, "cores, for want of root") }
    guard let gcore = tool("gcore") else { return Tally.notRun(.canary, "cores, for want of gcore (gdb)") }
    sweep(.canary, CanaryScanTests.moments.part(oneIn: 3)) { moment in
      let desk = try Desk.small()
      let pty = try desk.start(["run", SmallFlow.id])
      try moment.act(pty)
      let core = try CanaryScanTests.core(of: pty.process, by: gcore)
      let found = canaryTraces.count(in: core)
      // A search that would find nothing anyway proves nothing: what the program surely holds in the open is there.
      let isSeen = core.range(of: Data(SmallFlow.id.utf8)) != nil
      pty.signal(SIGKILL)
      _ = try pty.end()
      return faults(
        (isSeen, "\(moment): this is no core of the program"),
        (found.found == 0, "\(moment): \(found.found) windows, the first before \(context(core, found.first))"))
    }
  }

  @Test func `No core of a key being taken in, or of a passphrase being typed, has a piece of it`() throws {
    guard geteuid() == 0 else { return Tally.notRun(.canary, "cores of key commands, for want of root") }
    guard let gcore = tool("gcore") else {
      return Tally.notRun(.canary, "cores of key commands, for want of gcore (gdb)")
    }
    let traces = Traces(of: Canary.key, Canary.secret, KeyDesk.passphrase)
    sweep(.canary, Array(SignalTests.commandPrompts.indices)) { index in
      let command = SignalTests.commandPrompts[index]
      let desk = try KeyDesk.make()
      let pty = try desk.start(command.arguments)
      for (prompt, answer) in command.before {
        try pty.expect(prompt)
        try pty.send(answer + "\r")
      }
      try pty.expect(command.prompt)
      try pty.send(index == 0 ? KeyDesk.passphrase : Canary.secret)
      try pty.expect("what was typed to be read") { $0.unread == 0 }
      let core = try CanaryScanTests.core(of: pty.process, by: gcore)
      let found = traces.count(in: core)
      pty.signal(SIGKILL)
      _ = try pty.end()
      return faults(
        (core.range(of: Data(command.arguments[0].utf8)) != nil, "\(command.prompt): this is no core of the program"),
        (found.found == 0, "\(command.prompt): \(found.found) windows, the first at \(context(core, found.first))"),
        (traces.count(in: pty.raw) == 0, "\(command.prompt): it was shown"))
    }
  }

  @Test func `Whatever its length, the secret is in no core after it was taken`() throws {
    guard geteuid() == 0 else { return Tally.notRun(.canary, "cores of long secrets, for want of root") }
    guard let gcore = tool("gcore") else {
      return Tally.notRun(.canary, "cores of long secrets, for want of gcore (gdb)")
    }
    sweep(.canary, [40, 88, 300, 3000].part(oneIn: 2)) { length in
      var chance = Chance(seed: UInt64(length))
      let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
      let secret = (0..<length).map { _ in letters[Int(chance.next() % UInt64(letters.count))] }
      let traces = Traces(of: [secret])
      let desk = try Desk.small()
      let pty = try desk.start(["run", SmallFlow.id])
      try pty.reach(.secret)
      try pty.send(secret + [0x0D])
      // It does not look as it should: it is kept all the same.
      try pty.expect(Prompt.again.words)
      try pty.send("no\r")
      try pty.expect(Prompt.copy.words)
      let taken = traces.count(in: try CanaryScanTests.core(of: pty.process, by: gcore)).found
      try pty.send(Array(secret.suffix(4)) + [0x0D])
      try pty.expect(Prompt.review.words)
      let kept = traces.count(in: try CanaryScanTests.core(of: pty.process, by: gcore)).found
      pty.signal(SIGKILL)
      _ = try pty.end()
      // A long one is moved as it grows, and what moved it last, a register of 64 bytes, can come to lie on the stack.
      let most = length > 256 ? 64 - Traces.size + 1 : 0
      return faults(
        (taken <= most, "\(length): \(taken) windows once taken"), (kept == 0, "\(length): \(kept) windows once kept"))
    }
  }

  // MARK: - Helpers of the search

  static func core(of process: pid_t, by gcore: String) throws -> Data {
    let folder = try Folder()
    let made = try output(of: gcore, ["-o", folder.path("core"), "\(process)"])
    guard let core = FileManager.default.contents(atPath: folder.path("core.\(process)")) else {
      throw TestFailure(description: "no core: \(String(decoding: made.bytes, as: UTF8.self))")
    }
    return core
  }

  private func context(_ core: Data, _ place: Int?) -> String {
    guard let place else { return "" }
    return String(decoding: core[max(place - 40, 0)..<min(place + 4, core.count)], as: UTF8.self).debugDescription
  }
}
