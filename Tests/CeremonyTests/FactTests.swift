import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// The straight way through the shipped flow meets every fact of the article.
@Suite struct FactTests {
  @Test func `each of the six steps and of the best practices is met on the straight way`() throws {
    let dialogue = Dialogue(try Flows.createKey(), Flows.straight)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    let flow = dialogue.session.flow
    let met = Set(dialogue.state.way.flatMap { flow[$0.step]?.facts ?? [] })
    let wanted = (1...6).flatMap { ["S\($0)", "B\($0)"] }
    expectNoDifference(wanted.filter { !met.contains($0) }, [])
    // The article's own order.
    let order = dialogue.state.way.flatMap { visit in (flow[visit.step]?.facts ?? []).filter { $0.hasPrefix("S") } }
    var firsts: [String] = []
    for fact in order where !firsts.contains(fact) { firsts.append(fact) }
    expectNoDifference(firsts, ["S1", "S2", "S3", "S4", "S5", "S6"])
  }

  @Test func `a step that carries a fact says it on asking why`() throws {
    let flow = try Flows.createKey()
    let presentation = Presentation(flow: flow, brief: false)
    for step in flow.steps where step.asks && !step.facts.isEmpty {
      let why = presentation.why(at: step, in: State())
      expectNoDifference(why.first?.role, .body, "\(step.id)")
      let told = step.facts.compactMap { tag in ArticleFacts.words(of: tag).map { "\(tag): \($0)" } }
      expectNoDifference(told.count, step.facts.count)
      expectNoDifference(why.dropFirst().map(\.text), told + ["From \(ArticleFacts.article)."])
    }
  }
}
