import CustomDump
import FlowCore
import Testing

@testable import FlowText

/// What the answers of steps tell of a key: as the flow says, or by the ids of steps in flows that say nothing.
@Suite struct RoleTests {
  private func roles(_ steps: String) -> [String: Step.Role] {
    let head = "format: 1\nflow: test/a\nversion: 1\ntitle: A\nsummary: S\nsteps:\n"
    let flow = lintFlow(head + steps, path: "a.yaml").value
    return Dictionary(
      (flow?.steps ?? []).compactMap { step in step.role.map { (step.id.rawValue, $0) } }, uniquingKeysWith: { $1 })
  }

  private let steps = """
      - {id: old-key, kind: text, title: Which}
      - {id: account, kind: choose, title: Account, options: [{id: main, title: main}]}
      - {id: purpose, kind: text, title: For what}
      - {id: bot, kind: text, title: Program}
      - {id: done, kind: end, outcome: completed}

    """

  @Test func `Without roles the ids of steps of a fitting kind tell`() {
    expectNoDifference(roles(steps), ["old-key": .oldLabel, "account": .account])
  }

  @Test func `Names and what else is told of a key have their roles each by itself`() {
    let named = steps.replacing("title: Which", with: "title: Which, role: label")
    expectNoDifference(roles(named), ["old-key": .label, "account": .account])
    let told = steps.replacing("title: Program", with: "title: Program, role: program")
    expectNoDifference(roles(told), ["old-key": .oldLabel, "bot": .program])
  }
}
