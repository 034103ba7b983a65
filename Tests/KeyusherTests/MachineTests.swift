import CustomDump
import Foundation
import Glibc
import KeyusherHarness
import Outside
import PtyHarness
import Testing

@testable import keyusher

/// Machines that lack something, are full, or are set up in a way that nobody thinks of: what happens is told, and is right.
@Suite struct MachineTests {
  // MARK: - /proc

  @Test func `Without /proc the words of the command line still count, those of exec byte for byte`() throws {
    guard geteuid() == 0 else { return missing("root, who alone can take /proc away,") }
    guard let unshare = tool("unshare") else { return }
    let desk = try KeyDesk.make()
    func bare(_ words: String) throws -> Ran {
      try desk.run(
        ["-m", "/bin/bash", "-c", "mount -t tmpfs none /proc && exec '\(keyusher)' \(words)"],
        setting: ["STORE_WORD": KeyDesk.passphrase], program: unshare)
    }
    #expect(try bare("--version").output.hasPrefix("Keyusher \(Surroundings.version) ("))
    let unknown = try bare("--hlep")
    expectNoDifference(unknown.status, 64)
    #expect(unknown.errors.hasPrefix("Error: Unknown option '--hlep'"))
    let none = try bare("exec gate-io/none --passphrase env:STORE_WORD -- true")
    expectNoDifference(none.status, 125)
    #expect(none.errors.hasPrefix("keyusher: there is no key 'gate-io/none' in the store 'age'\n"))
    let ran = try bare(#"exec gate-io/bot --passphrase env:STORE_WORD -- printf '<%s>' a "" $'\xff' 'b c'"#)
    expectNoDifference(ran.errors, "")
    // The byte is shown as what it is not: text.
    expectNoDifference(ran.output, "<a><><\u{FFFD}><b c>")
  }

  // MARK: - HOME

  @Test(
    "What needs no home works without one",
    arguments: [
      ["flow", "lint", "flows"], ["flow", "test", "flows"], ["flow", "list"], ["flow", "show", "gate-io/create-key"],
      ["flow", "print", "gate-io/create-key"], ["flow", "graph", "gate-io/create-key"], ["flow", "explain"],
    ])
  func noHome(words: [String]) throws {
    let desk = try Desk.testing(["small.script": SmallFlow.script])
    let ran = try desk.run(words, setting: ["HOME": nil, "KEYUSHER_HOME": nil])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
  }

  @Test func `Without HOME the home is the one that the system knows of the user`() throws {
    let desk = try Desk()
    let home = try #require(getpwuid(getuid()).map { String(cString: $0.pointee.pw_dir) })
    let ran = try desk.run(["doctor"], setting: ["HOME": nil, "KEYUSHER_HOME": nil, "COLUMNS": "200"])
    let flat = ran.output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(flat.contains("the home \(home)/.local/share/keyusher "), "\(ran.output)")
  }

  @Test func `A user without a home anywhere is told how to give one, and can still read flows`() throws {
    guard geteuid() == 0 else { return missing("root, who alone can become a user that the system does not know,") }
    guard let setpriv = tool("setpriv") else { return }
    let desk = try Desk()
    // The program must be where that user can reach it.
    chmod(desk.path, 0o755)
    let program = desk.path + "/keyusher"
    expectNoDifference(try desk.run([keyusher, program], program: "/bin/cp").status, 0)
    func stranger(_ words: String...) throws -> Ran {
      try Ran(
        setpriv, ["--reuid", "61234", "--regid", "61234", "--clear-groups", program] + words,
        environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"], input: "", descriptors: [:], scratch: desk.path)
    }
    let list = try stranger("flow", "list")
    expectNoDifference(list.errors, "")
    expectNoDifference(list.status, 0)
    let runs = try stranger("runs")
    expectNoDifference(
      runs.errors,
      """
      keyusher: there is no place for records: KEYUSHER_HOME and HOME are not set, and this computer knows no home of 'uid 61234'
      hint: set KEYUSHER_HOME to a folder of yours

      """)
    expectNoDifference(runs.status, 64)
  }

  // MARK: - Output that is lost

  /// Commands that print, each in its own way.
  static let printing = [
    ["--version"], ["--help"], ["runs"], ["show"], ["export"], ["audit"], ["doctor"], ["config"], ["store", "list"],
    ["key", "list"], ["key", "list", "--json"], ["flow", "list"], ["flow", "show", "gate-io/create-key"],
    ["flow", "explain"], ["flow", "lint"], ["replay", "a.script"], ["--generate-completion-script", "bash"], [],
  ]

  @Test("Output that goes nowhere is told, and is no success", arguments: printing)
  func lostOutput(words: [String]) throws {
    let desk = try Desk.small()
    chmod(desk.home, 0o700)
    try desk.write(SmallFlow.script, to: "a.script")
    expectNoDifference(try desk.run(["replay", "a.script"], setting: SmallFlow.credential).status, 0)
    for (place, why) in [
      (">/dev/full", "can't write the output: No space left on device"),
      (">&-", "can't write the output: it is closed"),
    ] {
      let ran = try desk.run(
        ["-c", "exec '\(keyusher)' \"$@\" \(place)", "bash"] + words, setting: SmallFlow.credential,
        program: "/bin/bash")
      expectNoDifference(ran.status, 74, "\(words) \(place)")
      #expect(ran.errors.hasPrefix("keyusher: \(why)\nhint: "), "\(words) \(place): \(ran.errors)")
    }
  }

  // MARK: - Limits

  @Test func `A file that may grow no further ends a run with words, and the program of exec by the signal`() throws {
    let desk = try Desk.small()
    expectNoDifference(try desk.run(["run", SmallFlow.id], input: "bot-1\n").status, 4)
    let run = try desk.run()
    let limited = try desk.run(
      ["-c", "ulimit -f 2; exec '\(keyusher)' resume"], input: "read\n:note \(String(repeating: "n ", count: 2000))\n",
      program: "/bin/bash")
    expectNoDifference(limited.status, 74)
    #expect(limited.errors.hasPrefix("keyusher: can't write record '\(run)': File too large\n"), "\(limited.errors)")
    let keys = try KeyDesk.make()
    let program = try keys.bash(
      [
        keyusher, "exec", "gate-io/bot", "--passphrase", "env:STORE_WORD", "--", "dd", "if=/dev/zero", "of=out",
        "count=9",
      ],
      after: "ulimit -f 1", "")
    expectNoDifference(program.ending, .signalled(SIGXFSZ))
  }

  @Test func `A disk that is full while a passphrase is asked for is told as that`() throws {
    guard let prlimit = tool("prlimit") else { return }
    let desk = try Desk.small()
    let pty = try desk.start(["run", SmallFlow.id])
    try pty.reach(.store)
    try pty.send("age\r")
    try pty.expect("Number (Enter = 1): ")
    try pty.send("2\r")
    try pty.expect("New passphrase: ")
    let limited = try desk.run(["--pid", "\(pty.process)", "--fsize=1"], program: prlimit)
    expectNoDifference(limited.status, 0, "\(limited.errors)")
    for prompt in ["The same again: ", ""] {
      try pty.send(PassphraseCanary.text + "\r")
      try pty.expect(prompt)
    }
    expectNoDifference(try pty.end(), .exited(74))
    #expect(pty.text.contains("keyusher: can't write record '\(try desk.run())': File too large"), "\(pty.text)")
    #expect(!pty.text.contains("the terminal can't be used"))
  }

  @Test("A call that is interrupted for ever is an error, and no endless wait", arguments: ["flock", "fdatasync"])
  func interrupted(call: String) throws {
    guard let strace = straceOfGuarded() else { return }
    let desk = try Desk.small()
    expectNoDifference(try desk.run(["run", SmallFlow.id], input: "bot-1\n").status, 4)
    let ran = try desk.run(
      [
        "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e", "inject=\(call):error=EINTR:when=1+", keyusher,
        "resume",
      ], program: strace)
    expectNoDifference(ran.status, 74)
    #expect(ran.errors.contains("Interrupted system call"), "\(ran.errors)")
  }

  // MARK: - A terminal, and something piped in

  @Test("With data piped in, a passphrase is asked for at the terminal itself", arguments: [">&1", ">out 2>err"])
  func pipedIn(output: String) throws {
    let desk = try KeyDesk.make()
    let pty = try desk.start(
      ["-c", "echo order-1 | '\(keyusher)' exec gate-io/bot -- sh -c 'read x; echo got=$x' \(output); echo rc=$?"],
      program: "/bin/bash")
    try pty.expect("Passphrase for 'age': ")
    try pty.send("not it\r")
    try pty.expect("That passphrase does not open the store 'age'.")
    try pty.expect("Passphrase for 'age': ")
    try pty.send(KeyDesk.passphrase + "\r")
    try pty.expect("rc=0")
    expectNoDifference(try pty.end(), .exited(0))
    let got = try output == ">&1" ? pty.text : desk.text(of: desk.work + "/out")
    #expect(got.contains("got=order-1"))
    expectNoDifference(pty.settings, pty.settingsBefore)
    #expect(!pty.text.contains(KeyDesk.passphrase))
  }

  @Test func `Ctrl-C and a signal at such a prompt put the terminal back`() throws {
    let desk = try KeyDesk.make()
    for signal in [SIGINT, SIGTERM, SIGPWR] {
      let pty = try desk.start(
        ["-c", "exec '\(keyusher)' exec gate-io/bot -- touch ran </dev/null"], program: "/bin/bash")
      try pty.expect("Passphrase for 'age': ")
      try pty.expect("no echo") { _ in !pty.settings.echoes }
      if signal == SIGINT { try pty.control("C") } else { pty.signal(signal) }
      expectNoDifference(try pty.end(), .signalled(signal))
      expectNoDifference(pty.settings, pty.settingsBefore)
    }
    #expect(!FileManager.default.fileExists(atPath: desk.work + "/ran"))
  }

  @Test func `A job in the background does not ask at the terminal that another has`() throws {
    let desk = try KeyDesk.make()
    let pty = try desk.start(
      ["-c", "set -m; '\(keyusher)' exec gate-io/bot -- true </dev/null >out 2>err & wait $!; echo rc=$?"],
      program: "/bin/bash")
    try pty.expect("rc=69")
    expectNoDifference(try pty.end(), .exited(0))
    #expect(try desk.text(of: desk.work + "/err").contains("nobody can be asked"))
  }
}
