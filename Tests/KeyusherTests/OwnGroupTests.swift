import CustomDump
import Foundation
import Glibc
import KeyusherHarness
import Outside
import PtyHarness
import Testing

/// Flows of one's own that include groups, shipped ones and their own, with a pack of their own.
@Suite struct OwnGroupTests {
  private static let flow = """
    format: 1
    flow: acme/create-key
    version: 1
    title: Create an Acme API key
    summary: The shipped ceremony, at an exchange of one's own.
    steps:
      - include: shared/create-key

    """

  private static let id = "acme/create-key"

  /// A desk whose home has the flow, and a pack made of a shipped one.
  private func desk() throws -> Desk {
    let desk = try Desk()
    let pack = try String(contentsOf: FlowTree.folder.appending(path: "gate-io/pack.yaml"), encoding: .utf8)
    try desk.write(
      pack.replacing("pack: gate-io", with: "pack: acme").replacing("title: Gate.io", with: "title: Acme"),
      to: desk.home + "/flows/acme/pack.yaml")
    try desk.write(Self.flow, to: desk.home + "/flows/acme/create-key.yaml")
    return desk
  }

  /// A shipped group, with a title changed, among the desk's own.
  @discardableResult
  private func addReview(titled title: String, to desk: Desk) throws -> String {
    let group = try String(contentsOf: FlowTree.folder.appending(path: "shared/review.yaml"), encoding: .utf8)
    return try desk.write(
      group.replacing("title: Review", with: "title: \(title)"), to: desk.home + "/flows/shared/review.yaml")
  }

  @Test func `A folder with a pack and one line of steps is a flow that runs and replays`() throws {
    let desk = try desk()
    let list = try desk.run(["flow", "list"])
    #expect(list.output.contains("acme/create-key: Create an Acme API key"))
    #expect(!list.output.contains("acme/pack"))
    let ran = try desk.run(["run", Self.id], input: "spot-bot\n:quit\n")
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 75)
    #expect(ran.output.contains("your Acme"))
    let script = try String(
      contentsOf: FlowTree.folder.appending(path: "gate-io/create-key.script"), encoding: .utf8)
    let file = try desk.write(script.replacing("flow gate-io/", with: "flow acme/"), to: "a.script")
    let replayed = try desk.run(["replay", file, "--dry-run"], setting: SmallFlow.credential)
    expectNoDifference(replayed.errors, "")
    expectNoDifference(replayed.status, 0)
    #expect(replayed.output.contains("Dry run: nothing was written, and no key was kept."))
    expectNoDifference(try desk.run(["flow", "lint", desk.home + "/flows"]).output, "no findings\n")
  }

  @Test func `A group of one's own takes a shipped one's place for one's own flows alone`() throws {
    let desk = try desk()
    try addReview(titled: "Last look", to: desk)
    #expect(try desk.run(["flow", "show", Self.id]).output.contains("title: Last look"))
    let shipped = try desk.run(["flow", "show", "gate-io/create-key"])
    expectNoDifference(shipped.status, 0)
    #expect(!shipped.output.contains("Last look"))
    #expect(shipped.output.contains("title: Review"))
  }

  @Test func `A group or a pack that others can change is refused with a finding`() throws {
    let desk = try desk()
    let group = try addReview(titled: "Last look", to: desk)
    for (file, what) in [(group, "group 'shared/review'"), (desk.home + "/flows/acme/pack.yaml", "the pack of 'acme'")]
    {
      expectNoDifference(chmod(file, 0o666), 0)
      let ran = try desk.run(["run", Self.id])
      expectNoDifference(ran.status, 65)
      #expect(
        ran.errors.contains("error: \(what) can't be used: others can write in the file '\(file)' (mode 666)"),
        "\(ran.errors)")
      #expect(ran.errors.contains("[unknown-include]"))
      expectNoDifference(try desk.records.runs(), [])
      expectNoDifference(chmod(file, 0o600), 0)
    }
    expectNoDifference(chmod(desk.home + "/flows/shared", 0o777), 0)
    let ran = try desk.run(["run", Self.id])
    #expect(ran.errors.contains("others can write in the folder '\(desk.home)/flows/shared'"), "\(ran.errors)")
    expectNoDifference(try desk.records.runs(), [])
  }

  @Test func `Lint looks at groups and packs too, each in its own file`() throws {
    let desk = try desk()
    let folder = desk.home + "/flows"
    try desk.write("format: 1\ngroup: shared/mine\nabot: Mine.\nsteps: []\n", to: folder + "/shared/mine.yaml")
    let pack = try desk.text(of: folder + "/acme/pack.yaml")
    try desk.write(
      pack.replacing(/hosts: .*/, with: "hosts: [www.acme.example]", maxReplacements: 1), to: folder + "/acme/pack.yaml"
    )
    for arguments in [
      ["flow", "lint", folder], ["flow", "lint", folder + "/shared/mine.yaml", folder + "/acme/pack.yaml"],
    ] {
      let lint = try desk.run(arguments)
      expectNoDifference(lint.status, 2)
      #expect(lint.output.contains("\(folder)/shared/mine.yaml:3:1: error: unknown key 'abot' [unknown-key]"))
      #expect(
        lint.output.contains("error: host 'www.gate.com' is not one of the pack's official hosts [unofficial-host]"))
      #expect(lint.output.contains("\(folder)/acme/pack.yaml:"))
    }
  }

  @Test func `A mistake in a group is shown in the group's file when the flow is to run`() throws {
    let desk = try desk()
    let group = try addReview(titled: "Last look", to: desk)
    try desk.write(try desk.text(of: group).replacing("title: Last look", with: "titel: Last look"), to: group)
    let ran = try desk.run(["run", Self.id])
    expectNoDifference(ran.status, 65)
    #expect(ran.errors.contains("\(group):"))
    #expect(ran.errors.contains("unknown key 'titel' [unknown-key]"))
    #expect(ran.errors.contains("hint: did you mean 'title'?"))
  }

  @Test func `Only those second factors are offered that a pack names, and Enter takes none`() throws {
    let desk = try desk()
    let file = desk.home + "/flows/acme/pack.yaml"
    let pack = try desk.text(of: file)
    let titles = ["app": "a 2FA app", "message": "a code by e-mail or SMS", "passkey": "a passkey"]
    for kinds in [["app", "message", "passkey"], ["app"], ["passkey", "message"]] {
      let named = pack.replacing("factors:\n", with: "factors:\n  kinds: [\(kinds.joined(separator: ", "))]\n")
      try desk.write(named, to: file)
      let shown = try desk.run(["flow", "show", Self.id]).output
      for (kind, title) in titles {
        expectNoDifference(shown.contains("title: \(title)\n"), kinds.contains(kind), "\(kind)")
      }
      let confirm = try #require(shown.components(separatedBy: "\n  - id: confirm\n").last)
      let own = try #require(confirm.components(separatedBy: "\n  - id: ").first)
      #expect(own.contains("\n    options:\n") && !own.contains("\n    default:"), "\(own)")
      expectNoDifference(try desk.run(["flow", "lint", file, desk.home + "/flows/acme/create-key.yaml"]).status, 0)
    }
  }

  // MARK: - On record

  @Test func `The record has the flow whole: it is shown and gone on with when the folder is gone`() throws {
    let desk = try desk()
    try addReview(titled: "Last look", to: desk)
    expectNoDifference(try desk.run(["run", Self.id], input: "spot-bot\ngrid-bot\n").status, 4)
    let run = try desk.run()
    let unchanged = try desk.run(["resume", run], input: "account, spot-write\n")
    #expect(!unchanged.output.contains("This flow has changed"))
    try FileManager.default.removeItem(atPath: desk.home + "/flows")
    let shown = try desk.run(["show", run])
    expectNoDifference(shown.status, 0)
    #expect(shown.output.contains("grid-bot"))
    let resumed = try desk.run(["resume", run], input: "list\n")
    expectNoDifference(resumed.status, 4)
    #expect(resumed.output.contains("Which address?"))
    #expect(!resumed.output.contains("This flow has changed"))
    expectNoDifference(try desk.run(["audit", run]).status, 0)
    let text = try desk.records.flowText(of: desk.records.read(run).header)
    #expect(text.contains("Last look") && !text.contains("include: "))
  }

  @Test func `A group that changed meanwhile is a change of the flow`() throws {
    let desk = try desk()
    try addReview(titled: "Last look", to: desk)
    expectNoDifference(try desk.run(["run", Self.id], input: "spot-bot\n").status, 4)
    try addReview(titled: "Another look", to: desk)
    let resumed = try desk.run(["resume"], input: "grid-bot\n")
    #expect(resumed.output.contains("This flow has changed since the run began."))
  }
}
