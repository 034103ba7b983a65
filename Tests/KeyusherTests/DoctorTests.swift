import CustomDump
import Foundation
import Glibc
import KeyusherHarness
import Outside
import PtyHarness
import SecretMemory
import Stores
import Testing

@Suite struct DoctorTests {
  private func path(_ name: String) throws -> EntryName { try #require(EntryName(name)) }
  private func secret() throws -> SecretBytes { try SecretBytes(copying: Array("x".utf8)) }

  @Test func `On a fresh machine nothing is wrong, and nothing is made`() throws {
    let desk = try Desk()
    let ran = try desk.run(["doctor"])
    expectNoDifference(ran.status, 0)
    expectNoDifference(ran.errors, "")
    for text in [
      "Home\n  not in use: the home \(desk.home) is not there yet", "  in order: nothing is set\n",
      "  not in use: there are no records yet\n", "  not in use: store 'age' is not set up yet\n",
      "  in order: a crash of Keyusher leaves no core file\n", ", 0 wrong, ",
    ] { #expect(ran.output.contains(text), "\(text)\n\(ran.output)") }
    #expect(!FileManager.default.fileExists(atPath: desk.home))
  }

  @Test func `A home that may not be looked at, or entered, is not called missing`() throws {
    guard geteuid() == 0 else { return missing("root, who alone can become another user,") }
    guard let setpriv = tool("setpriv") else { return }
    let desk = try Desk()
    let program = desk.path + "/program"
    expectNoDifference(try desk.run([keyusher, program], program: "/bin/cp").status, 0)
    chmod(desk.path, 0o755)
    mkdir(desk.path + "/closed", 0o700)
    mkdir(desk.path + "/closed/home", 0o700)
    mkdir(desk.home, 0o300)
    chown(desk.home, 61234, 61234)
    for (home, says) in [
      (desk.path + "/closed/home", "can't be looked at: Permission denied"),
      (desk.home, "wrong: you may not read the home \(desk.home), or not write in it"),
    ] {
      let ran = try Ran(
        setpriv, ["--reuid", "61234", "--regid", "61234", "--clear-groups", program, "doctor"],
        environment: desk.environment(["KEYUSHER_HOME": home]), input: "", descriptors: [:], scratch: desk.path)
      expectNoDifference(ran.status, 2)
      let flat = ran.output.split { $0.isWhitespace }.joined(separator: " ")
      #expect(flat.contains(says), "\(ran.output)")
      #expect(!flat.contains("not there yet"))
    }
  }

  @Test("A store is tried only when it is told to be", arguments: [false, true])
  func probe(isProbing: Bool) throws {
    let desk = try Desk.withStore()
    let ran = try desk.run(["doctor"] + (isProbing ? ["--probe"] : []))
    expectNoDifference(ran.status, 0)
    expectNoDifference(ran.output.contains("store 'age' took a probe, confirmed it and deleted it"), isProbing)
    for text in [
      "not knowable: whether a copy of the identities file lies elsewhere",
      "not knowable: whether you still have the passphrase",
    ] { #expect(ran.output.contains(text)) }
    expectNoDifference(try desk.ageStore().names(), [])
  }

  /// What is done to a desk, and what is said of it.
  static let wrongs: [(name: String, harm: @Sendable (Desk) throws -> Void, says: String)] = [
    ("home", { chmod($0.home, 0o755) }, "wrong: others can look into the home"),
    ("file", { chmod($0.ageFolder + "/recipient", 0o666) }, "wrong: others can write to, or own: age/recipient"),
    ("config", { try $0.write("stroe: age\n", to: $0.home + "/config.yaml") }, "the settings can't be used: 1 finding"),
    (
      "default", { try $0.write("store: docker-credential-nowhere\n", to: $0.home + "/config.yaml") },
      "wrong: the default store 'docker-credential-nowhere' is not here"
    ),
    ("identities", { chmod($0.ageFolder + "/identities", 0o622) }, "wrong: '"),
    (
      "foreign recipients",
      {
        try $0.write(
          "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\n",
          to: $0.ageFolder + "/store/.age-recipients")
      }, "none of these recipients is yours"
    ),
    (
      "pending", { try $0.keep("pending/7q4m.credential") },
      "wrong: store 'age' has a pending copy that no unfinished run claims: pending/7q4m.credential"
    ),
    (
      "probe", { try $0.keep("probe/0a1b") },
      "has a probe that was left behind: probe/0a1b hint: keyusher key forget probe/0a1b --store age"
    ),
    (
      "record", { try $0.write("nonsense\n", to: $0.home + "/records/7q4m.jsonl") }, "wrong: record 7q4m, line 1"
    ),
  ]

  @Test("What is wrong is found, with something to do", arguments: wrongs.indices)
  func wrong(index: Int) throws {
    let (name, harm, says) = DoctorTests.wrongs[index]
    let desk = try Desk.withStore()
    try harm(desk)
    let ran = try desk.run(["doctor"], setting: ["COLUMNS": "200"])
    expectNoDifference(ran.status, 2, "\(name)")
    let flat = ran.output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(flat.contains(says), "\(name): \(ran.output)")
    #expect(flat.contains("hint: "))
  }

  @Test func `A kept key, a previous one, and a default that was chosen are no finding`() throws {
    let desk = try Desk.withStore()
    try desk.keep("gate-io/bot")
    try desk.keep("previous/gate-io/bot")
    try desk.write("store: age\n", to: desk.home + "/config.yaml")
    let ran = try desk.run(["doctor"])
    expectNoDifference(ran.status, 0)
    #expect(ran.output.contains("not knowable: whether 1 replaced key is still wanted in store 'age'"))
  }

  @Test func `A chosen store that is not set up is wrong`() throws {
    let desk = try Desk()
    expectNoDifference(try desk.run(["config", "set", "store", "age"]).status, 0)
    let ran = try desk.run(["doctor"])
    expectNoDifference(ran.status, 2)
    #expect(ran.output.contains("wrong: store 'age' is not set up yet\n  hint: keyusher store init age\n"))
  }

  @Test func `With a server the helper that speaks to it is looked for, and the server's silence is no verdict`() throws
  {
    let desk = try Desk()
    let ran = try desk.run(["doctor"], setting: ["BAO_ADDR": "https://127.0.0.1:9", "BAO_TOKEN": Canary.secret])
    expectNoDifference(ran.status, 0)
    let flat = ran.output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(flat.contains("in order: the network helper is \(keyusher)-net"))
    #expect(flat.contains("not knowable: what store 'openbao' keeps: "))
    expectNoDifference(Canary.trace(in: Array((ran.output + ran.errors).utf8)), nil)
  }

  @Test("A helper for the network that others could have put there is wrong, and so is none", arguments: [true, false])
  func unsafeHelper(isThere: Bool) throws {
    let desk = try Desk()
    let program = desk.work + "/keyusher"
    // By another process: a file that this one has open for writing can't be run while a sibling test starts a child.
    expectNoDifference(try output(of: "/bin/cp", [keyusher, program]).status, 0)
    if isThere { try desk.write("#!/bin/sh\n", to: desk.work + "/keyusher-net", mode: 0o777) }
    let ran = try desk.run(
      ["doctor"], setting: ["BAO_ADDR": "https://127.0.0.1:9", "BAO_TOKEN": Canary.secret, "COLUMNS": "400"],
      program: program)
    expectNoDifference(ran.status, 2)
    let file = "'\(desk.work)/keyusher-net'"
    let flat = ran.output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(
      flat.contains(
        isThere ? "wrong: \(file) is not run: others can write \(file)" : "wrong: 'keyusher-net' is not beside keyusher"
      ),
      "\(ran.output)")
  }

  @Test func `A folder in PATH that others can write to is named, and one that lies in such a folder`() throws {
    let desk = try Desk()
    for name in ["/open", "/open/inside"] { mkdir(desk.work + name, 0o755) }
    chmod(desk.work + "/open", 0o777)
    let ran = try desk.run(
      ["doctor"], setting: ["PATH": "\(desk.work)/open:\(desk.work)/open/inside:.:/usr/bin:/bin", "COLUMNS": "400"])
    expectNoDifference(ran.status, 2)
    let flat = ran.output.split { $0.isWhitespace }.joined(separator: " ")
    for name in ["open", "open/inside"] {
      #expect(
        flat.contains(
          "others could put a program in \(desk.work)/\(name), which is in PATH: others can write '\(desk.work)/open'"))
    }
    #expect(flat.contains("PATH has '.', which is another folder everywhere"))
  }

  @Test func `A clock that can't be right is wrong`() throws {
    let ran = try Desk().run(["doctor"], setting: ["KEYUSHER_TEST_CLOCK": "1999-01-01T00:00:00Z"])
    expectNoDifference(ran.status, 2)
    #expect(ran.output.contains("wrong: the clock says 1999-01-01 00:00 UTC, which can't be"))
  }

  @Test func `At a terminal it says what the terminal can do`() throws {
    let desk = try Desk()
    let pty = try desk.start(["doctor"], columns: 200)
    try pty.expect("in order: the terminal hides what is typed")
    expectNoDifference(try pty.end(), .exited(0))
  }
}

extension Desk {
  /// Puts an entry into the store, past the program.
  func keep(_ name: String) throws {
    guard let name = EntryName(name) else { throw TestFailure(description: "no name: \(name)") }
    try ageStore().put(SecretBytes(copying: Array("x".utf8)), as: name)
  }
}
