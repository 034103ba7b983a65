import CustomDump
import Foundation
import KeyusherHarness
import PtyHarness
import Testing

/// What the scripts beside a flow come past, and what they leave out.
@Suite struct CoverageTests {
  /// What is said of coverage, without the findings of the flows.
  private func coverage(_ output: String) -> String {
    output.split(separator: "\n").filter { line in
      line.contains(": steps ") || line.contains(": no script") || line.hasPrefix("  never")
    }.map { $0 + "\n" }.joined()
  }

  @Test func `Coverage counts steps and ways, and names those that no script comes past`() throws {
    let desk = try Desk.testing(["small.script": SmallFlow.script])
    let ran = try desk.run(["flow", "lint", "flows", "--coverage"])
    expectNoDifference(ran.status, 0)
    expectNoDifference(
      coverage(ran.output),
      """
      flows/test/small.yaml: steps 7 of 8, ways 6 of 8, by 1 script
        never visited: step 'stuck'
        never taken: step 'login' by no, to 'stuck'
        never taken: step 'credential' by 'lost', to 'stuck'

      """)
    for (name, answers) in [("no", "login: no\n"), ("lost", "login: yes\nstore: offline\ncredential: lost\n")] {
      try desk.write("flow test/small\nlabel: x\nrights: read\n" + answers, to: "flows/test/small.\(name).script")
    }
    let whole = try desk.run(["flow", "lint", "flows", "--coverage"])
    expectNoDifference(
      coverage(whole.output), "flows/test/small.yaml: steps 8 of 8, ways 8 of 8, by 3 scripts\n")
  }

  @Test func `What a failing script came past counts, and that it fails is said`() throws {
    let desk = try Desk.testing(["small.script": "flow test/small\nlabel: x\n"])
    let ran = try desk.run(["flow", "lint", "flows/test/small.yaml", "--coverage"])
    #expect(
      ran.output.contains(
        "steps 2 of 8, ways 1 of 8, by 1 script\n  1 fails: 'keyusher flow test flows/test/small.yaml' says where\n"))
  }

  @Test func `An answer that was taken back still counts as a way`() throws {
    let answers =
      "label: x\nrights: read\nlogin: :back\nrights: read\nlogin: :back\nrights: :back\nlabel: y\nrights: read\n"
    let rest = SmallFlow.script.split(separator: "\n").dropFirst(3).joined(separator: "\n") + "\n"
    let desk = try Desk.testing(["small.script": "flow test/small\n" + answers + rest])
    let ran = try desk.run(["flow", "lint", "flows", "--coverage"])
    #expect(ran.output.contains("steps 7 of 8, ways 6 of 8"), "\(ran.output)")
    expectNoDifference(try desk.run(["flow", "test"]).status, 0)
  }

  @Test func `A way that a script takes by a skip alone, or by no means, says so; a flow without a script is named`()
    throws
  {
    let steps = """
        - {id: where, kind: choose, title: Where?, options: [{id: home, title: At home, next: clock}], next: done}
        - id: clock
          kind: check
          title: Clock
          check: clock-plausible
          next: [{when: {step: clock, is: no}, to: done}, {to: review}]
        - {id: review, kind: review, title: Review}
        - {id: done, kind: end, outcome: aborted}

      """
    let head = SmallFlow.text().split(separator: "\n").prefix(6).joined(separator: "\n") + "\n"
    let desk = try Desk.testing(["small.script": "flow test/small\nwhere: home\nreview: finish\n"], flow: head + steps)
    try desk.write(SmallFlow.text().replacing("test/small", with: "test/other"), to: "flows/test/other.yaml")
    expectNoDifference(
      coverage(try desk.run(["flow", "lint", "flows", "--coverage"]).output),
      """
      flows/test/other.yaml: no script lies beside it
      flows/test/small.yaml: steps 4 of 4, ways 3 of 5, by 1 script
        never taken: step 'where' by number 1 of its 'next', to 'done' (only if it is skipped)
        never taken: step 'clock' by number 1 of its 'next', to 'done' (a check decides, and finds yes)

      """)
  }

  @Test func `A way on that no answer leads along is not asked for`() throws {
    let steps = """
        - {id: where, kind: choose, title: Where?, required: true, options: [{id: home, title: Home}, {id: away, title: Away}]}
        - id: fork
          kind: tell
          title: Fork
          next: [{when: {step: where, is: home}, to: left}, {when: {step: where, is: away}, to: review}]
        - {id: below, kind: tell, title: Below, next: review}
        - {id: left, kind: tell, title: Left, next: below}
        - {id: review, kind: review, title: Review}
        - {id: done, kind: end, outcome: completed}

      """
    let head = SmallFlow.text().split(separator: "\n").prefix(6).joined(separator: "\n") + "\n"
    let script = "flow test/small\nwhere: home\nfork: ok\nleft: ok\nbelow: ok\nreview: finish\n"
    let desk = try Desk.testing(["small.script": script], flow: head + steps)
    expectNoDifference(
      coverage(try desk.run(["flow", "lint", "flows", "--coverage"]).output),
      """
      flows/test/small.yaml: steps 6 of 6, ways 5 of 6, by 1 script
        never taken: step 'fork' by number 2 of its 'next', to 'review'

      """)
  }

  @Test func `Coverage in JSON has the same counts`() throws {
    let ran = try Desk.testing(["small.script": SmallFlow.script]).run([
      "flow", "lint", "flows", "--coverage", "--format", "json",
    ])
    let report = try #require(JSONSerialization.jsonObject(with: Data(ran.output.utf8)) as? [String: Any])
    let coverage = try #require((report["coverage"] as? [[String: Any]])?.first)
    expectNoDifference(coverage["flow"] as? String, "test/small")
    expectNoDifference(coverage["scripts"] as? Int, 1)
    let steps = try #require(coverage["steps"] as? [String: Any])
    expectNoDifference([steps["covered"] as? Int, steps["total"] as? Int], [7, 8])
    expectNoDifference(steps["missed"] as? [String], ["stuck"])
    let ways = try #require(coverage["ways"] as? [String: Any])
    let missed = try #require(ways["missed"] as? [[String: String]])
    expectNoDifference(
      missed,
      [
        ["step": "login", "by": "no", "to": "stuck", "words": "step 'login' by no, to 'stuck'"],
        [
          "step": "credential", "by": "exit", "value": "lost", "to": "stuck",
          "words": "step 'credential' by 'lost', to 'stuck'",
        ],
      ])
  }
}
