import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

@Suite struct FlowGraphTests {
  /// The small flow, but that a missing login leads back to the question before it.
  private static let looping = SmallFlow.text().replacing("if-no: stuck", with: "if-no: rights")

  private func desk(_ text: String = SmallFlow.text(), input: String) throws -> (desk: Desk, run: String) {
    let desk = try Desk()
    try desk.write(text, to: desk.home + "/flows/test/small.yaml")
    _ = try desk.run(["run", SmallFlow.id], input: input)
    return (desk, try desk.run())
  }

  private func finished() throws -> (desk: Desk, run: String) {
    let desk = try Desk.small()
    try desk.write(SmallFlow.script, to: "a.script")
    expectNoDifference(try desk.run(["replay", "a.script"], setting: SmallFlow.credential).status, 0)
    return (desk, try desk.run())
  }

  @Test func `A flow is drawn as a list, and in the other formats`() throws {
    let desk = try Desk.small()
    let list = try desk.run(["flow", "graph", SmallFlow.id])
    expectNoDifference(list.errors, "")
    expectNoDifference(
      list.output,
      """
      A small ceremony (test/small, version 1)
      6 steps, 2 ends. A run begins at 'label'.
      Each step, then the ways out of it. (back) leads up in this list.

        1  label: Name the key
             -> 2 rights

        2  rights: What may it do? (required)
             -> 3 login

        3  login: Log in
             no -> end stuck
             yes or skipped -> 4 store

        4  store: Where to keep it (store, required)
             -> 5 credential

        5  credential: Take the key (takes the key, required)
             lost -> end stuck
             kept -> 6 review

        6  review: Review (required)
             -> end done

      end  done: Done (completed)

      end  stuck: Stuck (blocked)

      """)
    #expect(try desk.run(["flow", "graph", SmallFlow.id, "--format", "mermaid"]).output.hasPrefix("flowchart TB\n"))
    #expect(
      try desk.run(["flow", "graph", SmallFlow.id, "--format", "dot"]).output.hasPrefix("digraph \"test/small\" {"))
  }

  @Test func `The list is in ASCII where the terminal knows no other characters`() throws {
    let desk = try Desk()
    try desk.write(SmallFlow.text(title: "Schlüssel → 🔑"), to: desk.home + "/flows/test/small.yaml")
    let ran = try desk.run(["flow", "graph", SmallFlow.id], setting: ["LC_ALL": "C"])
    #expect(ran.output.hasPrefix("Schluessel -> \\u{1F511} (test/small, version 1)\n"))
    #expect(ran.output.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func `A finished run is drawn by its own text, even when the flow is gone`() throws {
    let (desk, run) = try finished()
    try FileManager.default.removeItem(atPath: desk.home + "/flows")
    let ran = try desk.run(["flow", "graph", "--run", run])
    expectNoDifference(ran.errors, "")
    for line in [
      "Run \(run): completed, at done", "*   1  label: Name the key", "*        -> 2 rights [1]",
      "*        yes or skipped -> 4 store [3]", "         no -> end stuck",
      "> end  done: Done (completed, the run ended here)", "  end  stuck: Stuck (blocked)",
    ] { #expect(ran.output.contains("\n\(line)\n"), "\(line)\n\(ran.output)") }
    // The flow of a run may be named as well.
    expectNoDifference(try desk.run(["flow", "graph", SmallFlow.id, "--run", run]).output, ran.output)
    expectNoDifference(Canary.trace(in: Array(ran.output.utf8)), nil)
  }

  @Test func `An unfinished run is drawn up to where it stands`() throws {
    let (desk, run) = try desk(input: "bot-1\n")
    let text = try desk.run(["flow", "graph", "--run", run]).output
    #expect(text.contains("Run \(run): unfinished, at rights\n"))
    #expect(text.contains("\n>   2  rights: What may it do? (required, the run stands here)\n         -> 3 login\n"))
    let mermaid = try desk.run(["flow", "graph", "--run", run, "--format", "mermaid"]).output
    #expect(mermaid.contains("s0 -->|\"#91;1#93;\"| s1\n"))
    #expect(mermaid.contains("(required, the run stands here)"))
    #expect(mermaid.contains("  class s1 standing\n  linkStyle 1 stroke:"))
    let dot = try desk.run(["flow", "graph", "--run", run, "--format", "dot"]).output
    #expect(dot.contains("\"label\" -> \"rights\" [label=\" [1] \","))
    #expect(dot.contains("\"login\" -> \"store\" [label=\" yes or skipped \", weight=8]\n"))
  }

  @Test func `A run that came round is drawn with each time it did`() throws {
    let (desk, run) = try desk(Self.looping, input: "bot-1\nread\nno\nread\nno\nread\n:quit\n")
    let text = try desk.run(["flow", "graph", "--run", run]).output
    for line in [
      "*   2  rights: What may it do? (required, visited 3 times)", "*        -> 3 login [2, 4, 6]",
      ">   3  login: Log in (visited 3 times, the run stands here)", "*        no -> 2 rights (back) [3, 5]",
    ] { #expect(text.contains("\n\(line)\n"), "\(line)\n\(text)") }
  }

  @Test func `A discarded run ends where it was left`() throws {
    let (desk, run) = try desk(input: "bot-1\n")
    expectNoDifference(try desk.run(["discard", run, "--reason", "not wanted"]).status, 0)
    let text = try desk.run(["flow", "graph", "--run", run]).output
    #expect(text.contains("\n>   2  rights: What may it do? (required, the run ended here: aborted)\n"))
  }

  @Test func `What can't be drawn is told, with what to do`() throws {
    let (desk, run) = try finished()
    for (arguments, status, errors) in [
      (
        [], 64,
        "neither a flow nor a run is named\nhint: 'keyusher flow list' shows the flows; --run RUN draws the flow of a run"
      ),
      (["test/smal"], 66, "there is no flow 'test/smal'\nhint: did you mean 'test/small'?"),
      (
        ["gate-io/create-key", "--run", run], 64,
        "run '\(run)' is a run of 'test/small', not of 'gate-io/create-key'\nhint: leave the flow out: keyusher flow graph --run \(run)"
      ),
      (["--run", "../7"], 64, "'../7' can't be a run's id\nhint: an id looks like 7q4m; 'keyusher runs' lists them"),
    ] as [([String], Int32, String)] {
      let ran = try desk.run(["flow", "graph"] + arguments)
      expectNoDifference(ran.errors, "keyusher: \(errors)\n")
      expectNoDifference(ran.status, status)
    }
  }

  @Test func `A record that was changed is not drawn`() throws {
    let (desk, run) = try finished()
    let file = desk.recordFile(run)
    try desk.write(desk.text(of: file).replacing("bot-1", with: "bot-2"), to: file)
    let ran = try desk.run(["flow", "graph", "--run", run])
    expectNoDifference(ran.status, 2)
    expectNoDifference(ran.output, "")
    #expect(ran.errors.contains("the record was changed or damaged"))
  }

  // MARK: - SVG

  /// A desk with a folder of programs, and a script in the place of graphviz there.
  private func desk(dot script: String?) throws -> (desk: Desk, bin: String) {
    let desk = try Desk.small()
    let bin = desk.path + "/bin"
    try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
    if let script {
      // By a program of its own: a file that this process had open for writing could not be started.
      let file = try desk.write("#!/bin/sh\n\(script)\n", to: desk.path + "/dot")
      expectNoDifference(try desk.run(["-m", "755", file, bin], program: "/usr/bin/install").status, 0)
    }
    return (desk, bin)
  }

  @Test func `An SVG is drawn by graphviz`() throws {
    guard tool("dot") != nil else { return }
    let ran = try Desk().run(["flow", "graph", "gate-io/create-key", "--format", "svg"])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    #expect(ran.output.contains("<svg "))
    #expect(ran.output.hasSuffix("</svg>\n"))
    #expect(ran.output.contains("What is the key for?"))
  }

  private static let others = "hint: --format dot, mermaid or text needs no other program\n"

  @Test(
    "A dot that is missing, unsafe or broken is told",
    arguments: [
      (
        nil, 0o755, 69,
        "an SVG is drawn by the program 'dot' of graphviz, which is not here\nhint: install it, for example: sudo apt-get install graphviz"
      ),
      (
        "echo drawn", 0o777, 69,
        "'BIN/dot' is not run: others can write 'BIN'\nhint: take the folder out of PATH, or the rights of others: chmod go-w"
      ),
      ("exit 3", 0o755, 1, "'dot' of graphviz failed: it ended with status 3"),
      (
        "printf 'Error: \\033[2Jbad\\nmore\\n' >&2; exit 1", 0o755, 1,
        "'dot' of graphviz failed: it ended with status 1: Error: \\x1B[2Jbad"
      ),
      ("cat > /dev/null", 0o755, 1, "'dot' of graphviz failed: it ended with status 0"),
      ("exec /bin/cat /dev/zero", 0o755, 1, "'dot' of graphviz failed: it printed more than 67108864 bytes"),
    ] as [(String?, mode_t, Int32, String)])
  func noGraphviz(script: String?, mode: mode_t, status: Int32, message: String) throws {
    let (desk, bin) = try desk(dot: script)
    expectNoDifference(chmod(bin, mode), 0)
    let path = script == nil ? bin : "\(bin):/usr/bin:/bin"
    let ran = try desk.run(["flow", "graph", SmallFlow.id, "--format", "svg"], setting: ["PATH": path])
    expectNoDifference(ran.errors, "keyusher: \(message.replacing("BIN", with: bin))\n\(Self.others)")
    expectNoDifference(ran.status, status)
    expectNoDifference(ran.output, "")
  }

  @Test func `The dot that draws is given the graph and nothing of the environment that it does not need`() throws {
    let (desk, bin) = try desk(
      dot: #"cd "$(dirname "$0")/.." && cat > graph && tr '\0' '\n' < /proc/self/environ > seen && echo "drawn $*""#)
    let ran = try desk.run(
      ["flow", "graph", SmallFlow.id, "--format", "svg"],
      setting: ["PATH": "\(bin):/usr/bin:/bin", "SSH_AUTH_SOCK": "/tmp/agent", "GATE_API_SECRET": Canary.secret])
    expectNoDifference(ran.output, "drawn -Tsvg\n")
    expectNoDifference(
      try desk.text(of: desk.path + "/graph"), try desk.run(["flow", "graph", SmallFlow.id, "--format", "dot"]).output)
    let seen = try desk.text(of: desk.path + "/seen")
    #expect(!seen.contains("SSH_AUTH_SOCK"))
    expectNoDifference(Canary.trace(in: Array(seen.utf8)), nil)
  }
}
