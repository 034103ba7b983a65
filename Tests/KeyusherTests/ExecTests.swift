import Battery
import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

@Suite(.counted(as: .exec)) struct ExecTests {
  static let gate = ["GATE_API_KEY=\(Canary.key)", "GATE_API_SECRET=\(Canary.secret)", "KEYUSHER_EXEC=gate-io/bot"]

  /// The environment of a program, sorted; the entries end in a zero byte, since a value may have lines.
  static func environment(_ output: String) -> [String] {
    output.split(separator: "\0").map(String.init).sorted()
  }

  // MARK: - What the program gets

  @Test func `The program gets the caller's environment and the key, and not the passphrase`() throws {
    let desk = try KeyDesk.make()
    let plain = try desk.run(["-0"], setting: ["LINES_OF": "a\nb", "EMPTY": ""], program: "/usr/bin/env")
    let ran = try desk.exec("gate-io/bot", ["env", "-0"], setting: ["LINES_OF": "a\nb", "EMPTY": ""])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    expectNoDifference(
      ExecTests.environment(ran.output), (ExecTests.environment(plain.output) + ExecTests.gate).sorted())
  }

  @Test(
    "Each program gets the parts under the names that it knows",
    arguments: [
      ("gate-io/bot", ["--as", "env"], Array(ExecTests.gate.dropLast())),
      ("gate-io/bot", ["--prefix", ""], ["API_KEY=\(Canary.key)", "API_SECRET=\(Canary.secret)"]),
      ("gate-io/bot", ["--prefix", "My_1"], ["My_1_API_KEY=\(Canary.key)", "My_1_API_SECRET=\(Canary.secret)"]),
      ("gate-io/bot", ["--only", "GATE_API_KEY"], ["GATE_API_KEY=\(Canary.key)"]),
      ("gate-io/empty", ["--only", "GATE_API_KEY"], ["GATE_API_KEY=\(Canary.key)"]),
      (
        "okx/bot", [],
        [
          "OKX_API_KEY=\(Canary.key)", "OKX_API_PASSPHRASE=\(KeyDesk.keyPassphrase)", "OKX_API_SECRET=\(Canary.secret)",
        ]
      ),
      ("coinbase/pem", [], ["COINBASE_API_KEY=\(Canary.key)", "COINBASE_API_PRIVATE_KEY=\(KeyDesk.pem)"]),
      ("gate-io/bot", ["--as", "ccxt"], ["GATE_APIKEY=\(Canary.key)", "GATE_SECRET=\(Canary.secret)"]),
      (
        "okx/bot", ["--as", "ccxt"],
        ["OKX_APIKEY=\(Canary.key)", "OKX_PASSWORD=\(KeyDesk.keyPassphrase)", "OKX_SECRET=\(Canary.secret)"]
      ),
      ("coinbase/pem", ["--as", "ccxt"], ["COINBASE_APIKEY=\(Canary.key)", "COINBASE_SECRET=\(KeyDesk.pem)"]),
      (
        "okx/bot", ["--as", "freqtrade"],
        [
          "FREQTRADE__EXCHANGE__KEY=\(Canary.key)", "FREQTRADE__EXCHANGE__NAME=okx",
          "FREQTRADE__EXCHANGE__PASSWORD=\(KeyDesk.keyPassphrase)", "FREQTRADE__EXCHANGE__SECRET=\(Canary.secret)",
        ]
      ),
      (
        "gate-io/bot", ["--as", "freqtrade"],
        [
          "FREQTRADE__EXCHANGE__KEY=\(Canary.key)", "FREQTRADE__EXCHANGE__NAME=gate",
          "FREQTRADE__EXCHANGE__SECRET=\(Canary.secret)",
        ]
      ),
    ])
  func names(name: String, options: [String], variables: [String]) throws {
    let ran = try KeyDesk.make().exec(name, options + ["--pristine"], ["/usr/bin/env", "-0"])
    expectNoDifference(ran.errors, "")
    let mark = ["KEYUSHER_EXEC=\(name)"]
    let own = ["HOME", "LC_ALL", "PATH", "TERM"]
    expectNoDifference(
      Set(ExecTests.environment(ran.output).filter { line in !own.contains { line.hasPrefix($0 + "=") } }),
      Set(variables + mark))
  }

  @Test func `Pristine leaves only what says where one is`() throws {
    let ran = try KeyDesk.make().exec(
      "gate-io/bot", ["--pristine"], ["/usr/bin/env", "-0"],
      setting: ["BAO_TOKEN": "x", "LD_LIBRARY_PATH": "/x", "LANG": "C", "USER": "ada"])
    let names = ExecTests.environment(ran.output).compactMap { $0.split(separator: "=").first.map(String.init) }
    expectNoDifference(
      names,
      ["GATE_API_KEY", "GATE_API_SECRET", "HOME", "KEYUSHER_EXEC", "LANG", "LC_ALL", "PATH", "TERM", "USER"])
  }

  @Test func `Arguments arrive byte for byte, and the program is found as a shell finds it`() throws {
    let desk = try KeyDesk.make()
    try FileManager.default.createDirectory(atPath: desk.work + "/tools", withIntermediateDirectories: true)
    // Not a script that was just written: a child of another test may still have it open.
    try FileManager.default.createSymbolicLink(atPath: desk.work + "/tools/probe", withDestinationPath: "/bin/sh")
    let each = #"for word; do printf '%s' "$word" | od -An -tx1; done"#
    let words = #"-c "$EACH" probe -- a '' "b c" "$(printf '\377\n\002')" --store -x"#
    let script = "exec \"$@\" \(words)"
    let setting = ["PATH": "\(desk.work)/tools:/usr/bin:/bin", "EACH": each, "STORE_WORD": KeyDesk.passphrase]
    let plain = try desk.run(["-c", script, "sh", "probe"], setting: setting, program: "/bin/sh")
    let ran = try desk.run(
      ["-c", script, "sh", keyusher, "exec", "gate-io/bot", "--passphrase", "env:STORE_WORD", "--", "probe"],
      setting: setting, program: "/bin/sh")
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.output, plain.output)
    #expect(plain.output.contains("ff 0a 02"))
  }

  // MARK: - What the process is

  @Test("Exit status and signals are the program's", arguments: [0, 1, 42, 69, 125, 255])
  func status(number: Int32) throws {
    let ran = try KeyDesk.make().exec("gate-io/bot", ["sh", "-c", "exit \(number)"])
    expectNoDifference(ran.ending, .exited(number))
  }

  @Test("A signal that ends the program ends this process", arguments: [SIGTERM, SIGKILL, SIGPIPE, SIGINT, SIGHUP])
  func signalled(number: Int32) throws {
    let ran = try KeyDesk.make().exec("gate-io/bot", ["sh", "-c", "kill -\(number) $$"])
    expectNoDifference(ran.ending, .signalled(number))
  }

  @Test("A program that there is not, or that can't be run, has the status that env gives it")
  func unrunnable() throws {
    let desk = try KeyDesk.make()
    try desk.write("text\n", to: "text", mode: 0o644)
    for (program, status) in [
      ("no-such-program", 127), ("./no-such-program", 127), ("./text", 126), ("/", 126), ("./text/x", 126),
    ] {
      let plain = try desk.run([program], program: "/usr/bin/env")
      let ran = try desk.exec("gate-io/bot", [program])
      expectNoDifference(plain.status, Int32(status), "env \(program)")
      expectNoDifference(ran.status, Int32(status), "\(program): \(ran.errors)")
      #expect(ran.errors.contains("hint: "), "\(program)")
    }
  }

  @Test(
    "Descriptors, signals, limits and the terminal are as the caller has them",
    arguments: [
      "ls /proc/self/fd", "ls /proc/self/fd 7</dev/null 5>/dev/null", "ls /proc/self/fd 0<&-",
      "ls /proc/self/fd 9</dev/null 0<&- 2<&-", "grep SigIgn /proc/self/status",
      "umask", "sh -c ulimit\\ -Sc;ulimit\\ -Hc;ulimit\\ -n", "cat /proc/self/oom_score_adj", "readlink /proc/self/cwd",
      "grep -E ^(NoNewPrivs|Seccomp): /proc/self/status",
    ])
  func inherited(command: String) throws {
    let desk = try KeyDesk.make()
    let words = command.replacing("\\ ", with: "\u{1}").split(separator: " ").map {
      String($0).replacing("\u{1}", with: " ")
    }
    let redirections = words.filter { $0.contains("<") || $0.contains("/dev/null") }.joined(separator: " ")
    let program = words.filter { !redirections.contains($0) }
    // SIGHUP is ignored, as nohup has it; the soft core limit is up.
    let settings = "trap '' HUP USR2; ulimit -Sc $(ulimit -Hc); umask 027"
    let plain = try desk.bash(program, after: settings, redirections)
    let ran = try desk.bash(
      [keyusher, "exec", "gate-io/bot", "--passphrase", "env:STORE_WORD", "--"] + program, after: settings, redirections
    )
    expectNoDifference(ran.output, plain.output, "\(ran.errors)")
    expectNoDifference(ran.ending, plain.ending)
  }

  @Test func `Signals that were held back come through`() throws {
    let desk = try KeyDesk.make()
    let ran = try desk.run(
      ["--block-signal=TERM", keyusher, "exec", "gate-io/bot", "--passphrase", "env:STORE_WORD", "--"]
        + ["grep", "SigBlk", "/proc/self/status"],
      setting: ["STORE_WORD": KeyDesk.passphrase], program: "/usr/bin/env")
    expectNoDifference(ran.output, "SigBlk:\t0000000000000000\n")
  }

  @Test func `A passphrase's descriptor and its variable are not the program's`() throws {
    let desk = try KeyDesk.make()
    let descriptors: [Int32: String] = [107: KeyDesk.passphrase + "\n", 108: "mine"]
    let plain = try desk.run(["/proc/self/fd"], descriptors: descriptors, program: "/bin/ls")
    let ran = try desk.run(
      ["exec", "gate-io/bot", "--passphrase", "fd:107", "--", "ls", "/proc/self/fd"], descriptors: descriptors)
    expectNoDifference(ran.errors, "")
    expectNoDifference(Set(plain.output.split(separator: "\n")).subtracting(ran.output.split(separator: "\n")), ["107"])
    expectNoDifference(Set(ran.output.split(separator: "\n")).subtracting(plain.output.split(separator: "\n")), [])
  }

  @Test func `What the settings say a server's token comes from is not the program's, whichever store was opened`()
    throws
  {
    let desk = try KeyDesk.make()
    try desk.write("openbao.token: fd:108\n", to: desk.home + "/config.yaml")
    let descriptors: [Int32: String] = [107: "mine", 108: KeyDesk.keyPassphrase]
    let listed = try desk.unlocked(["exec", "gate-io/bot", "--", "ls", "/proc/self/fd"], descriptors: descriptors)
    expectNoDifference(listed.errors, "")
    let numbers = listed.output.split(separator: "\n")
    #expect(numbers.contains("107") && !numbers.contains("108"))
    try desk.write("openbao.token: env:SERVER_WORD\n", to: desk.home + "/config.yaml")
    let ran = try desk.exec("gate-io/bot", ["env"], setting: ["SERVER_WORD": KeyDesk.keyPassphrase])
    #expect(ran.output.contains("GATE_API_KEY=") && !ran.output.contains("SERVER_WORD"))
  }

  @Test func `A passphrase that the store never asks for is not the program's either`() throws {
    let desk = try KeyDesk.make()
    let answer = """
      {"ServerURL":"https://keyusher.invalid/gate-io/bot","Username":"keyusher","Secret":"{\\"keyusher\\":1,\
      \\"exchange\\":\\"gate-io\\",\\"label\\":\\"bot\\",\\"credential\\":{\\"key\\":\\"k-1\\",\\"secret\\":\\"s-1\\"}}"}
      """
    try desk.write(answer, to: "answer")
    // Another process writes the helper: a child of another test may still have open what this one wrote.
    let made = try desk.run(
      ["-c", "mkdir tools && printf '#!/bin/sh\\ncat %s\\n' \"$0\" > $1 && chmod 755 $1", desk.work + "/answer"]
        + ["tools/docker-credential-drawer"], program: "/bin/sh")
    expectNoDifference(made.status, 0, "\(made.errors)")
    let ran = try desk.exec(
      "gate-io/bot", ["--store", "docker-credential-drawer"], ["env"],
      setting: ["PATH": "\(desk.work)/tools:/usr/bin:/bin"])
    expectNoDifference(ran.errors, "")
    #expect(ran.output.contains("GATE_API_KEY=k-1") && !ran.output.contains("STORE_WORD"))
  }

  @Test func `The secret is in the last execve alone, and in nobody's arguments`() throws {
    guard let strace = straceOfGuarded() else { return }
    let desk = try KeyDesk.make()
    let log = desk.path + "/strace.log"
    let ran = try desk.run(
      ["-f", "-v", "-s", "65536", "-e", "trace=execve,execveat", "-o", log, keyusher, "exec", "gate-io/bot"]
        + ["--passphrase", "env:STORE_WORD", "--", "/bin/true"],
      setting: ["STORE_WORD": KeyDesk.passphrase], program: strace)
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    let calls = try desk.text(of: log).split(separator: "\n").filter { $0.contains("execve") }
    let holding = calls.indices.filter { Canary.trace(in: Array(calls[$0].utf8)) != nil }
    expectNoDifference(holding, [calls.count - 1])
    let last = try #require(calls.last)
    #expect(last.contains(#"execve("/bin/true", ["/bin/true"], ["#))
    #expect(!last.contains(KeyDesk.passphrase))
  }

  @Test func `On a terminal the program is the same process, with the terminal as it was`() throws {
    let desk = try KeyDesk.make()
    let script = """
      trap 'echo got INT; exit 7' INT; trap 'echo got TSTP' TSTP; echo pid $$; stty -a | grep -q ' icanon' && echo cooked
      while :; do read line; done
      """
    let pty = try desk.start(["exec", "gate-io/bot", "--", "sh", "-c", script])
    try pty.expect("Passphrase for 'age': ")
    try pty.send(KeyDesk.passphrase + "\r")
    try pty.expect("pid \(pty.process)\n")
    try pty.expect("cooked")
    expectNoDifference(pty.settings, pty.settingsBefore)
    let words = try #require(FileManager.default.contents(atPath: "/proc/\(pty.process)/cmdline"))
    expectNoDifference(Array(words), Array("sh\0-c\0\(script)\0".utf8))
    try pty.control("Z")
    try pty.expect("got TSTP")
    try pty.control("C")
    try pty.expect("got INT")
    expectNoDifference(try pty.end(), .exited(7))
    #expect(Canary.trace(in: pty.raw) == nil)
  }

  @Test func `Ctrl-C at the passphrase runs nothing, and ends by the signal`() throws {
    let desk = try KeyDesk.make()
    let pty = try desk.start(["exec", "gate-io/bot", "--", "touch", "ran"])
    try pty.expect("Passphrase for 'age': ")
    try pty.control("C")
    expectNoDifference(try pty.end(), .signalled(SIGINT))
    #expect(!FileManager.default.fileExists(atPath: desk.work + "/ran"))
    expectNoDifference(pty.settings, pty.settingsBefore)
  }
}

extension Desk {
  /// Runs a program with a key, without options.
  func exec(_ name: String, _ program: [String], setting changes: [String: String?] = [:]) throws -> Ran {
    try exec(name, [], program, setting: changes)
  }
}
