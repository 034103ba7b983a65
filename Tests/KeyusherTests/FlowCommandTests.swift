import CustomDump
import Foundation
import KeyusherHarness
import PtyHarness
import Testing

@Suite struct FlowCommandTests {
  @Test func `The binary alone, in another folder, lists and runs the shipped flows`() throws {
    let desk = try Desk()
    let copy = desk.path + "/elsewhere/keyusher"
    try FileManager.default.createDirectory(atPath: desk.path + "/elsewhere", withIntermediateDirectories: true)
    // By a program of its own: a file that this process had open for writing could not be started.
    expectNoDifference(try desk.run([keyusher, copy], program: "/bin/cp").status, 0)
    let list = try desk.run(["flow", "list"], program: copy)
    expectNoDifference(list.errors, "")
    #expect(list.output.contains("gate-io/create-key: Create a Gate.io API key"))
    let ran = try desk.run(["run", "gate-io/create-key"], input: "spot-bot\n:quit\n", program: copy)
    expectNoDifference(ran.status, 75)
    #expect(ran.output.contains("What is the key for?"))
  }

  @Test func `Flows in the home and in --flows are added`() throws {
    let desk = try Desk.small()
    try desk.write(
      SmallFlow.text(title: "Another one").replacing("flow: test/small", with: "flow: test/other"),
      to: "more/test/other.yaml")
    let list = try desk.run(["flow", "list", "--flows", "more"]).output
    #expect(list.contains("test/small: A small ceremony"))
    #expect(list.contains("test/other: Another one"))
    #expect(list.contains("gate-io/create-key: "))
    expectNoDifference(try desk.run(["flow", "show", "test/small"]).output, SmallFlow.text())
    let print = try desk.run(["flow", "print", "test/small"])
    expectNoDifference(print.status, 0)
    #expect(print.output.contains("- [ ] "))
    #expect(try desk.run(["flow", "print", "test/small", "--format", "html"]).output.hasPrefix("<!DOCTYPE html>"))
  }

  @Test func `A flow that takes a shipped flow's place is refused with a finding`() throws {
    let desk = try Desk()
    let text = SmallFlow.text().replacing("flow: test/small", with: "flow: gate-io/create-key")
    try desk.write(text, to: "flows/gate-io/create-key.yaml")
    let ran = try desk.run(["run", "gate-io/create-key", "--flows", "flows"])
    expectNoDifference(ran.status, 65)
    #expect(ran.errors.contains("flows/gate-io/create-key.yaml:2:"))
    #expect(ran.errors.contains("[redefines-shipped-flow]"))
    #expect(ran.errors.contains("hint: "))
    expectNoDifference(try desk.records.runs(), [])
  }

  @Test func `A wrong flow is a finding with its place, for run and for lint`() throws {
    let desk = try Desk()
    let text = SmallFlow.text().replacing("    prompt: Name", with: "    promt: Name")
    let file = try desk.write(text, to: "flows/test/small.yaml")
    let line = try #require(text.split(separator: "\n").firstIndex { $0.contains("promt") }) + 1
    let finding = "flows/test/small.yaml:\(line):5: error: unknown key 'promt' [unknown-key]"
    let ran = try desk.run(["run", SmallFlow.id, "--flows", "flows"])
    expectNoDifference(ran.status, 65)
    #expect(ran.errors.hasPrefix(finding))
    #expect(ran.errors.contains("hint: did you mean 'prompt'?"))
    #expect(ran.errors.contains("keyusher: the flow 'test/small' can't be used"))
    let lint = try desk.run(["flow", "lint", "flows"])
    expectNoDifference(lint.status, 2)
    #expect(lint.output.hasPrefix(finding))
    expectNoDifference(try desk.run(["flow", "lint", file]).status, 2)
  }

  @Test func `One wrong flow among others hinders neither them nor the list`() throws {
    let desk = try Desk.small()
    try desk.write("steps: [", to: desk.home + "/flows/test/broken.yaml")
    let ran = try desk.run(["run", SmallFlow.id], input: "bot-1\n:quit\n")
    expectNoDifference(ran.status, 75)
    let list = try desk.run(["flow", "list"])
    #expect(list.output.contains("test/small: A small ceremony"))
    expectNoDifference(list.status, 65)
    #expect(list.errors.contains("keyusher: the flow 'test/broken' can't be used"))
  }

  @Test func `A flow of megabytes is a finding when it is used, and hinders no other`() throws {
    let desk = try Desk.small()
    let path = desk.home + "/flows/test/large.yaml"
    try desk.write("format: 1\n", to: path)
    expectNoDifference(truncate(path, 1 << 40), 0)
    let ran = try desk.run(["run", SmallFlow.id], input: "bot-1\n:quit\n")
    expectNoDifference(ran.status, 75)
    let large = try desk.run(["run", "test/large"])
    expectNoDifference(large.status, 65)
    #expect(large.errors.hasPrefix("\(path):1:1: error: the file has more than 4 MiB [too-large]"), "\(large.errors)")
    let lint = try desk.run(["flow", "lint"])
    expectNoDifference(lint.status, 2)
    #expect(lint.output.contains("[too-large]"))
    #expect(try desk.run(["flow", "lint", path]).output.contains("[too-large]"))
  }

  @Test func `What is no plain file is not waited for`() throws {
    let desk = try Desk.small()
    let path = desk.home + "/flows/test/pipe.yaml"
    expectNoDifference(mkfifo(path, 0o600), 0)
    expectNoDifference(try desk.run(["run", SmallFlow.id], input: "bot-1\n:quit\n").status, 75)
    let link = desk.home + "/flows/test/zero.yaml"
    expectNoDifference(symlink("/dev/zero", link), 0)
    for (flow, path) in [("test/pipe", path), ("test/zero", link)] {
      let ran = try desk.run(["run", flow])
      expectNoDifference(ran.errors, "keyusher: '\(path)' is no plain file\nhint: a flow is a file of text\n")
      expectNoDifference(ran.status, 74)
    }
  }

  @Test(arguments: [0o775, 0o707] as [mode_t]) func `Flows that others can change are refused`(mode: mode_t) throws {
    let desk = try Desk()
    let file = try desk.write(SmallFlow.text(), to: "flows/test/small.yaml")
    let arguments = ["flow", "list", "--flows", desk.work + "/flows"]
    expectNoDifference(try desk.run(arguments).status, 0)
    for (what, path) in [("folder", desk.work + "/flows"), ("folder", desk.work + "/flows/test"), ("file", file)] {
      var status = stat()
      expectNoDifference(stat(path, &status), 0)
      expectNoDifference(chmod(path, mode), 0)
      let ran = try desk.run(arguments)
      expectNoDifference(
        ran.errors,
        """
        keyusher: others can write in the \(what) '\(path)' (mode \(String(mode, radix: 8)))
        hint: look whether its flows are what they should be, then chmod go-w '\(path)'

        """)
      expectNoDifference(ran.status, what == "folder" ? 74 : 65)
      expectNoDifference(chmod(path, status.st_mode & 0o777), 0)
    }
    expectNoDifference(try desk.run(arguments).status, 0)
  }

  @Test(
    "What is not there is named, with the nearest that is",
    arguments: [
      (
        ["run", "gate-io/create-kye"], 66,
        "there is no flow 'gate-io/create-kye'\nhint: did you mean 'gate-io/create-key'?"
      ),
      (["flow", "show", "x/y"], 66, "there is no flow 'x/y'\nhint: 'keyusher flow list' shows those there are"),
      (
        ["flow", "list", "--flows", "none"], 66,
        "there is no folder 'none'\nhint: --flows takes a folder of PROVIDER/NAME.yaml"
      ),
      (["flow", "lint", "none.yaml"], 66, "can't read 'none.yaml'\nhint: check the path"),
      (
        ["replay", "none.script"], 66,
        "can't read the script 'none.script'\nhint: check the path; 'keyusher export --format script' writes one"
      ),
    ] as [([String], Int32, String)])
  func missing(arguments: [String], status: Int32, message: String) throws {
    let ran = try Desk().run(arguments)
    expectNoDifference(ran.errors, "keyusher: \(message)\n")
    expectNoDifference(ran.status, status)
  }

  @Test func `A folder with nothing to check is said to be so, hidden files left out`() throws {
    let desk = try Desk()
    try desk.write("nothing", to: "empty/.hidden/a/b.yaml")
    try desk.write("nothing", to: "empty/a/.b.script")
    let ran = try desk.run(["flow", "lint", "empty"])
    expectNoDifference(ran.output, "")
    expectNoDifference(
      ran.errors,
      "keyusher: nothing to check in 'empty'\nhint: flows are files PROVIDER/NAME.yaml there; 'keyusher flow new' writes one\n"
    )
    expectNoDifference(ran.status, 66)
  }
}
