import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

/// A new flow, and what is told of findings.
@Suite struct FlowNewTests {
  private let pinned: [String: String?] = ["KEYUSHER_TEST_CLOCK": "2027-02-03T10:00:00.000Z"]

  @Test func `A new flow lints clean, passes its test, and can be run`() throws {
    let desk = try Desk()
    let ran = try desk.run(["flow", "new", "my-exchange/make-key"], setting: pinned)
    expectNoDifference(ran.errors, "")
    expectNoDifference(
      ran.output,
      """
      written: flows/my-exchange/make-key.yaml
      written: flows/my-exchange/make-key.script
      next: put your own steps in, then
        keyusher flow lint flows/my-exchange
        keyusher flow test flows/my-exchange
        keyusher run my-exchange/make-key --flows flows

      """)
    #expect(try desk.text(of: desk.work + "/flows/my-exchange/make-key.yaml").contains("date: 2027-02-03"))
    expectNoDifference(try desk.run(["flow", "lint", "flows/my-exchange"], setting: pinned).output, "no findings\n")
    let tested = try desk.run(["flow", "test", "flows/my-exchange"])
    expectNoDifference(tested.status, 0, "\(tested.output)")
    let begun = try desk.run(["run", "my-exchange/make-key", "--flows", "flows"], input: ":quit\n")
    expectNoDifference(begun.status, 75)
    expectNoDifference(begun.errors, "")
  }

  @Test func `A new file names its schema to an editor, where there is one`() throws {
    let desk = try Desk()
    func firstLine(_ file: String) throws -> Substring? {
      try desk.text(of: "\(desk.work)/flows/\(file)").split(separator: "\n").first
    }
    let program = desk.path + "/usr/bin/keyusher"
    try FileManager.default.createDirectory(atPath: desk.path + "/usr/bin", withIntermediateDirectories: true)
    try install(copyOf: keyusher, at: program)
    _ = try desk.run(["flow", "new", "a/b"], program: program)
    #expect(try firstLine("a/b.yaml")?.contains("schema") == false)
    let schemas = desk.path + "/usr/share/keyusher/schemas"
    for kind in ["flow", "pack", "program"] { try desk.write("{}", to: "\(schemas)/\(kind).schema.json") }
    for words in [["a/c"], ["acme", "--exchange"], ["mybot", "--program"]] {
      expectNoDifference(try desk.run(["flow", "new"] + words, program: program).errors, "")
    }
    let line = "# yaml-language-server: $schema="
    for (file, kind) in [
      ("a/c", "flow"), ("acme/create-key", "flow"), ("acme/pack", "pack"), ("programs/mybot", "program"),
    ] { expectNoDifference(try firstLine("\(file).yaml"), "\(line)\(schemas)/\(kind).schema.json") }
    expectNoDifference(try firstLine("acme/create-key.script")?.contains("schema"), false)
    expectNoDifference(try desk.run(["flow", "lint", "flows"]).output, "no findings\n")
    try desk.write("{}", to: "flows/flow.schema.json")
    _ = try desk.run(["flow", "new", "a/d"], program: program)
    expectNoDifference(try firstLine("a/d.yaml"), "\(line)../flow.schema.json")
  }

  // MARK: - An exchange

  @Test func `A new exchange lints clean, passes its tests, and can be run`() throws {
    let desk = try Desk()
    let ran = try desk.run(["flow", "new", "acme", "--exchange"])
    expectNoDifference(ran.errors, "")
    let lines = ran.output.split(separator: "\n").map(String.init)
    expectNoDifference(lines.count { $0.hasPrefix("written: flows/acme/") }, 13)
    expectNoDifference(
      Array(lines.suffix(4)),
      [
        "next: go through flows/acme/pack.yaml from top to bottom, then", "  keyusher flow lint flows/acme",
        "  keyusher flow test flows/acme", "  keyusher run acme/create-key --flows flows",
      ])
    expectNoDifference(try desk.run(["flow", "lint", "flows/acme"]).output, "no findings\n")
    let tested = try desk.run(["flow", "test", "flows/acme"])
    expectNoDifference(tested.status, 0, "\(tested.output)")
    let begun = try desk.run(["run", "acme/create-key", "--flows", "flows"], input: "spot-bot\n:quit\n")
    expectNoDifference(begun.status, 75)
    expectNoDifference(begun.errors, "")
  }

  @Test(arguments: ["pack.yaml", "create-key.yaml", "compromise.script"])
  func `Of an exchange that is begun nothing is overwritten`(_ name: String) throws {
    let desk = try Desk()
    let path = try desk.write("mine", to: "flows/acme/" + name)
    let ran = try desk.run(["flow", "new", "acme", "--exchange"])
    expectNoDifference(ran.status, 74)
    #expect(ran.errors.hasPrefix("keyusher: 'flows/acme/\(name)' is there already, and stays as it is\n"))
    expectNoDifference(try desk.files(), [path])
    expectNoDifference(try desk.text(of: path), "mine")
  }

  @Test(arguments: [
    ("kraken", "'kraken' is shipped with Keyusher"),
    ("acme/create-key", "'acme/create-key' is not the name of an exchange"),
    ("shared", "'shared' is not the name of an exchange"), ("..", "'..' is not the name of an exchange"),
  ]) func `A name that can't be an exchange's is refused, and nothing is written`(name: String, message: String) throws
  {
    let desk = try Desk()
    let ran = try desk.run(["flow", "new", name, "--exchange"])
    expectNoDifference(ran.status, 64)
    #expect(ran.errors.hasPrefix("keyusher: \(message)\nhint: "), "\(ran.errors)")
    expectNoDifference(try desk.files(), [])
  }

  // MARK: - A program

  @Test func `A new program pack lints clean, and is found by its name in the home`() throws {
    let desk = try Desk()
    let ran = try desk.run(["flow", "new", "mybot", "--program", "--dir", desk.home + "/flows"])
    expectNoDifference(ran.errors, "")
    let folder = desk.home + "/flows/programs"
    expectNoDifference(
      ran.output,
      """
      written: \(folder)/mybot.yaml
      next: say what the program's own documentation says, and where, then
        keyusher flow lint \(folder)
      in the folder 'flows' of Keyusher's home it is found by its name:
        keyusher exec NAME --as mybot -- PROGRAM

      """)
    expectNoDifference(try desk.run(["flow", "lint", folder]).output, "no findings\n")
    expectNoDifference(
      try desk.run(["flow", "show", "programs/mybot"]).output, try desk.text(of: folder + "/mybot.yaml"))
    expectNoDifference(try desk.run(["flow", "list"]).errors, "")
  }

  @Test(arguments: [
    ("okx", "a pack for 'okx' is shipped with Keyusher"),
    ("my/bot", "'my/bot' is not the name of a program pack"), ("My Bot", "'My Bot' is not the name of a program pack"),
  ]) func `A name that can't be a program's is refused, and nothing is written`(name: String, message: String) throws {
    let desk = try Desk()
    let ran = try desk.run(["flow", "new", name, "--program"])
    expectNoDifference(ran.status, 64)
    #expect(ran.errors.hasPrefix("keyusher: \(message)\nhint: "), "\(ran.errors)")
    expectNoDifference(try desk.files(), [])
  }

  // MARK: - What can't be written

  @Test(arguments: [".yaml", ".script"]) func `What is there is not overwritten, and nothing is written beside it`(
    end: String
  ) throws {
    let desk = try Desk()
    let path = try desk.write("mine", to: "own/a/b" + end)
    let ran = try desk.run(["flow", "new", "a/b", "--dir", "own"])
    expectNoDifference(ran.status, 74)
    expectNoDifference(
      ran.errors,
      "keyusher: 'own/a/b\(end)' is there already, and stays as it is\nhint: choose another name, or move it away\n")
    expectNoDifference(try desk.files(), [path])
    expectNoDifference(try desk.text(of: path), "mine")
  }

  @Test func `A link in a file's place is not followed`() throws {
    let desk = try Desk()
    try desk.write("", to: "own/a/keep")
    expectNoDifference(symlink(desk.work + "/elsewhere", desk.work + "/own/a/b.yaml"), 0)
    expectNoDifference(try desk.run(["flow", "new", "a/b", "--dir", "own"]).status, 74)
    #expect(!FileManager.default.fileExists(atPath: desk.work + "/elsewhere"))
  }

  @Test(arguments: [
    (
      "Rotate Key",
      "'Rotate Key' is not the id of a flow\nhint: write PROVIDER/NAME in small letters, digits and '-', for example example/rotate-key"
    ),
    ("Example/Rotate_Key", "'Example/Rotate_Key' is not the id of a flow\nhint: did you mean 'example/rotate-key'?"),
    (
      "../up",
      "'../up' is not the id of a flow\nhint: write PROVIDER/NAME in small letters, digits and '-', for example example/rotate-key"
    ),
    ("gate-io/create-key", "the flow 'gate-io/create-key' is shipped with Keyusher\nhint: give yours an id of its own"),
    (
      "shared/foo",
      "'shared/foo' would be taken for a group or a pack, and for no flow\nhint: give the flow another name, and a folder other than 'shared' and 'programs'"
    ),
    (
      "foo/pack",
      "'foo/pack' would be taken for a group or a pack, and for no flow\nhint: give the flow another name, and a folder other than 'shared' and 'programs'"
    ),
  ]) func `A bad id is refused, and nothing is written`(id: String, message: String) throws {
    let desk = try Desk()
    let ran = try desk.run(["flow", "new", id])
    expectNoDifference(ran.status, 64)
    expectNoDifference(ran.errors, "keyusher: \(message)\n")
    expectNoDifference(try desk.files(), [])
  }

  @Test func `A new flow for an exchange that has a pack names one of its hosts`() throws {
    let desk = try Desk()
    expectNoDifference(try desk.run(["flow", "new", "gate-io/mine"]).status, 0)
    expectNoDifference(try desk.run(["flow", "lint", "flows"]).output, "no findings\n")
    let begun = try desk.run(["run", "gate-io/mine", "--flows", "flows"], input: ":quit\n")
    expectNoDifference(begun.status, 75)
  }

  @Test func `A flow of one's own whose page is not the exchange's is not run`() throws {
    let desk = try Desk()
    expectNoDifference(try desk.run(["flow", "new", "gate-io/mine"]).status, 0)
    let path = desk.work + "/flows/gate-io/mine.yaml"
    let text = try desk.text(of: path)
    let address = try #require(text.split(separator: "\n").first { $0.contains("url: https://") })
    let evil = text.replacing(address, with: address.prefix { $0 == " " } + "url: https://gate.example.net/api-keys")
    try desk.write(evil, to: path)
    let ran = try desk.run(["run", "gate-io/mine", "--flows", "flows"], input: ":quit\n")
    expectNoDifference(ran.status, 65)
    #expect(ran.errors.contains("[unofficial-host]"), "\(ran.errors)")
  }

  // MARK: - Explanations

  @Test func `A finding is explained with a bad and a mended example`() throws {
    let ran = try Desk().run(["flow", "explain", "unknown-key"])
    expectNoDifference(ran.status, 0)
    expectNoDifference(
      ran.output,
      """
      unknown-key (error): no such key

      No flow, step, option or part has a key of this name. Mostly it is mistyped; the
      hint names the nearest.

      A key that is passed over in silence is an instruction that nobody gets.

      Bad:

          - {id: login, kind: confirm, title: Log in, promt: Logged in?}

      Mended:

          - {id: login, kind: confirm, title: Log in, prompt: Logged in?}

      """)
  }

  @Test func `Without a code every finding stands on a line`() throws {
    let list = try Desk().run(["flow", "explain"]).output.split(separator: "\n")
    let readme = try String(contentsOfFile: sourceTree + "/flows/README.md", encoding: .utf8)
    for line in list {
      let code = line.prefix { $0 != " " }
      #expect(readme.contains("`\(code)`"))
      #expect(line.count > code.count + 10 && line.count <= 100)
    }
    #expect(list.count > 40)
  }

  @Test func `A code that there is not is named, with the nearest`() throws {
    let ran = try Desk().run(["flow", "explain", "unkown-key"])
    expectNoDifference(ran.status, 66)
    expectNoDifference(ran.errors, "keyusher: there is no finding 'unkown-key'\nhint: did you mean 'unknown-key'?\n")
  }
}
