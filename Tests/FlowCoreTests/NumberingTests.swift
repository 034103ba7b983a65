import CustomDump
import Testing

@testable import FlowCore

@Suite struct NumberingTests {
  @Test("a flow without sections counts its steps, checks with them, and no end")
  func plain() {
    expectNoDifference(
      everyKind.steps.map { everyKind.number(of: $0.id) }, ["1", "2", "3", "4", "5", "6", "7", "8", nil])
    expectNoDifference(everyKind.part(of: "tell"), nil)
  }

  @Test("the straight way counts within its section, a step beside it has a letter, checks and ends have none")
  func sections() {
    let flow = Flow(
      id: "t", version: 1, title: "", summary: "",
      steps: [
        step("purpose", in: Section(Section.preparation)), step("plan"),
        Step(id: "login", title: "", section: Section("Log in"), body: .confirm(Confirmation(ifNo: "not-yet"))),
        Step(id: "clock", title: "", body: .check(.clockPlausible), transitions: [Transition(to: "page")]),
        step("not-yet"), step("no-account"), step("page", in: Section("Find the page")), step("form"),
        Step(id: "review", title: "", section: Section(Section.review), body: .review), done,
      ]
    ).numbered()
    expectNoDifference(
      flow.steps.map { flow.number(of: $0.id) },
      ["0.1", "0.2", "1.1", nil, "1.1a", "1.1b", "2.1", "2.2", "3.1", nil])
    expectNoDifference(
      flow.parts.map(\.title), ["Before you begin", "Part 1 of 2: Log in", "Part 2 of 2: Find the page", "Review"])
    expectNoDifference(flow.part(of: "no-account"), flow.part(of: "login"))
    expectNoDifference(flow.mention(of: "clock"), "\"clock\"")
    expectNoDifference(flow.numbers(of: ["purpose", "login", "form"]), "0.1, 1.1 and 2.2")
  }

  @Test("a second key repeats the parts with their numbers, after a letter")
  func twoKeys() {
    func part(_ title: String, _ key: String) -> Section { Section(title, key: key) }
    let flow = Flow(
      id: "t", version: 1, title: "", summary: "",
      steps: [
        step("login", in: Section("Log in")), step("a1", in: part("Name the key", "Sandbox key")),
        step("a2", in: part("Store it safely", "Sandbox key")), step("b1", in: part("Name the key", "Live key")),
        step("b2", in: part("Store it safely", "Live key")), step("b3", in: part("Hand it over", "Live key")),
        Step(id: "review", title: "", section: Section(Section.review), body: .review), done,
      ]
    ).numbered()
    expectNoDifference(
      flow.steps.map { flow.number(of: $0.id) }, ["1.1", "2.1", "3.1", "B2.1", "B3.1", "B4.1", "5.1", nil])
    expectNoDifference(flow.part(of: "b1")?.title, "Live key, part 2 of 4: Name the key")
  }

  @Test("a run of 26 letters goes on with two")
  func letters() {
    let beside = (0..<28).map { step(Step.ID("s\($0)")) }
    let flow = Flow(
      id: "t", version: 1, title: "", summary: "",
      steps: [
        Step(
          id: "ask", title: "", section: Section("A"), body: .confirm(Confirmation(ifNo: "s0")),
          transitions: [Transition(to: "done")])
      ] + beside + [done]
    ).numbered()
    expectNoDifference(["s0", "s25", "s26", "s27"].map { flow.number(of: $0) }, ["1.1a", "1.1z", "1.1aa", "1.1ab"])
  }

  private func step(_ id: Step.ID, in section: Section? = nil) -> Step {
    Step(id: id, title: id.rawValue, section: section, body: .tell)
  }
}
