import Battery
import Foundation
import Glibc
import KeyusherHarness
import Outside
import PtyHarness
import SecretSearch
import Testing

/// Group X: what guards the process while a secret is in hand.
@Suite struct ProcessTests {
  private static let nobody = 12_345

  @Test func `Another process of the same user reads neither its memory nor its environment`() throws {
    guard geteuid() == 0, let setpriv = tool("setpriv") else {
      return Tally.notRun(.hardening, "a look from another process of the same user, for want of root or setpriv")
    }
    let desk = try Desk.small()
    for path in try FileManager.default.subpathsOfDirectory(atPath: desk.path).map({ desk.path + "/" + $0 }) + [
      desk.path
    ] {
      chown(path, uid_t(ProcessTests.nobody), gid_t(ProcessTests.nobody))
    }
    let user = ["--reuid", "\(ProcessTests.nobody)", "--regid", "\(ProcessTests.nobody)", "--clear-groups"]
    guard try output(of: setpriv, user + [keyusher, "--version"]).status == 0 else {
      return Tally.notRun(
        .hardening, "a look from another process of the same user, who can't run the program where it was built")
    }
    let files = ["mem", "environ", "maps", "auxv", "io"]
    func readable(_ process: pid_t) throws -> [String] {
      try files.filter { name in
        let path = "/proc/\(process)/\(name)"
        // Opening is what is refused; reading memory from its beginning would fail in any case.
        return try output(of: setpriv, user + ["/bin/bash", "-c", "exec 3<'\(path)'"]).status == 0
      }
    }
    let other = try Pty(setpriv, user + ["/bin/sleep", "600"], environment: desk.environment)
    try other.expect("the other user") { _ in (try? readable(other.process)) == files }
    sweep(.hardening, Prompt.way.part(oneIn: 3)) { prompt in
      let pty = try Pty(
        setpriv, user + ["/usr/bin/env", "-C", desk.work, keyusher, "run", SmallFlow.id], environment: desk.environment)
      try pty.reach(prompt)
      let open = try readable(pty.process)
      pty.signal(SIGKILL)
      _ = try pty.end()
      return open.isEmpty ? nil : "\(prompt): \(open) can be read"
    }
  }

  @Test func `No core may be written while it runs, and what it starts gets the old limit back`() throws {
    let desk = try Desk.small()
    sweep(.hardening, Prompt.way.part(oneIn: 3)) { prompt in
      let script = "ulimit -S -c unlimited 2>/dev/null || ulimit -S -c $(ulimit -H -c); exec \"$0\" \"$@\""
      let pty = try Pty(
        "/bin/bash", ["--norc", "-c", script, keyusher, "run", SmallFlow.id], environment: desk.environment)
      try pty.reach(prompt)
      let limits = try String(contentsOfFile: "/proc/\(pty.process)/limits", encoding: .utf8)
      pty.signal(SIGKILL)
      _ = try pty.end()
      let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }?.split(separator: " ") ?? []
      return core.dropFirst(4).first == "0" ? nil : "\(prompt): \(core)"
    }
  }

  @Test(
    "A crash with the secret in hand prints no registers, even if a backtrace is asked for",
    arguments: [SIGILL, SIGTRAP, SIGSEGV, SIGABRT])
  func backtrace(signal: Int32) throws {
    sweep(.hardening, [Prompt.secret, .copy, .review]) { prompt in
      let desk = try Desk.small()
      let pty = try desk.start(
        ["run", SmallFlow.id], setting: ["SWIFT_BACKTRACE": "enable=yes,color=no,registers=all"])
      try pty.reach(prompt)
      pty.signal(signal)
      let ending = try pty.end()
      return faults(
        (ending == .signalled(signal), "\(prompt): it ended as \(ending)"),
        (
          !["Registers", "Thread", "rdi", "Backtrace", "Fatal"].contains { pty.text.contains($0) },
          "\(prompt): \(pty.text.suffix(300))"
        ),
        (canaryTraces.count(in: pty.raw) == 0, "\(prompt): the secret was shown"))
    }
  }

  @Test func `Without memory that can be locked it works all the same`() throws {
    guard let prlimit = tool("prlimit") else {
      return Tally.notRun(.hardening, "no memory to lock, for want of prlimit")
    }
    let desk = try Desk.small()
    try desk.write(SmallFlow.script, to: "a.script")
    let ran = try desk.run(
      ["--memlock=0", keyusher, "replay", "a.script"], setting: SmallFlow.credential, program: prlimit)
    sweep(.hardening, ["no memory to lock"]) { _ in ran.status == 0 ? nil : "\(ran)" }
  }

  @Test func `The secret is locked in memory before its first byte is read`() throws {
    guard geteuid() == 0, let strace = tool("strace").map(Strace.init) else {
      return Tally.notRun(.hardening, "the order of locking and reading, for want of strace or root")
    }
    let desk = try Desk.small()
    try desk.write(SmallFlow.script(key: "fd:3", secret: "fd:3"), to: "a.script")
    let log = desk.path + "/log"
    let prefix = strace.logging(to: log, only: ["mlock", "mlock2", "read", "madvise"])
    let ran = try desk.run(
      Array(prefix.dropFirst()) + [keyusher, "replay", "a.script"],
      descriptors: [3: "\(Canary.key)\n\(Canary.secret)\n"],
      program: prefix[0])
    let lines = try desk.text(of: log).split(separator: "\n")
    let locked = lines.firstIndex { $0.contains(" mlock") && $0.hasSuffix("= 0") }
    let dontDump = lines.firstIndex { $0.contains("MADV_DONTDUMP") && $0.hasSuffix("= 0") }
    let read = lines.firstIndex { $0.contains(" read(3, \"c\"") }
    sweep(.hardening, ["locked before it is read"]) { _ in
      guard ran.status == 0, let locked, let dontDump, let read else { return "\(ran), \(lines.suffix(5))" }
      return faults(
        (locked < read, "read before it was locked"), (dontDump < read, "read before it was kept out of cores"))
    }
  }
}
