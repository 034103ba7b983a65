import CustomDump
import FlowCore
import FlowText
import Testing

/// What `required` asks for: that a step is not skipped, or that every way passes it too.
@Suite struct RequirementTests {
  @Test(arguments: [("true", true, true), ("here", true, false), ("false", false, false)])
  func `required says whether a step can be skipped, and whether every way passes it`(
    _ word: String, isRequired: Bool, isOnEveryWay: Bool
  ) throws {
    let text =
      BadFile.head + "- {id: sure, kind: confirm, title: Sure?, if-no: review}\n"
      + "- {id: look, kind: confirm, title: Look, required: \(word)}\n" + BadFile.tail
    let reading = lintFlow(text, path: "flow.yaml")
    expectNoDifference(reading.findings.map(\.code), isOnEveryWay ? [.wayAround] : [])
    let flow = try #require(readFlow(text, path: "flow.yaml", options: ReadingOptions(.shipped)).value)
    let look = try #require(flow["look"])
    expectNoDifference([look.required, look.onEveryWay], [isRequired, isOnEveryWay])
    var state = State()
    for event in [Event.began, .answered("sure", .yes, words: [:], .typed)] { _ = reduce(&state, event, in: flow) }
    let before = state
    _ = reduce(&state, .skipped("look", reason: "no time", .typed), in: flow)
    #expect((state.given["look"] == nil) == isRequired)
    #expect((state.given == before.given) == isRequired)
  }
}
