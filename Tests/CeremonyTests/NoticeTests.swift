import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// What is said after an event, literally.
@Suite struct NoticeTests {
  private static let hot = Template(segments: [.literal("It is hot: "), .answer("kind", asID: false), .literal(".")])

  private let flow = Flow(
    id: "test/notices", version: 1, title: "Notices", summary: "",
    steps: [
      Step(
        id: "kind", title: "Kind", url: "https://example.com/keys", alternative: "It may be called type.",
        warnings: [Warning(code: "HOT", text: NoticeTests.hot)],
        body: .choose(Options([Option(id: "tea", title: "green tea", note: "Let it draw.")]))),
      Step(
        id: "cups", title: "Cups",
        body: .select(
          Options([
            Option(id: "small", title: "a small one", note: "It cools fast."),
            Option(id: "plain", title: "a plain one"),
            Option(id: "large", title: "a large one", note: "It spills."),
          ]))),
      Step(id: "told", title: "Told", body: .tell),
      Step(id: "bare", title: "Bare", body: .text(TextRule())),
    ])

  private func sentences(_ notice: Notice) -> [Sentence] {
    Presentation(flow: flow, brief: false).sentences(for: notice, in: State())
  }

  private func exception(_ kind: RunException.Kind, _ resolution: RunException.Resolution) -> RunException {
    RunException(number: 2, step: "kind", kind: kind, code: "HOT", what: "it was so", resolution: resolution)
  }

  @Test func `an answer says as what it stands, and what choosing it means`() {
    expectNoDifference(
      sentences(.stands("kind", Given(answer: .choice("tea"), source: .typed, standing: .answered))),
      [Sentence(.standing, "green tea"), Sentence(.body, "Let it draw.")])
    expectNoDifference(
      sentences(.stands("cups", Given(answer: .selection(["plain", "large"]), source: .typed, standing: .answered))),
      [Sentence(.standing, "a plain one, a large one"), Sentence(.body, "a large one: It spills.")])
    expectNoDifference(
      sentences(.stands("bare", Given(answer: nil, source: .typed, standing: .skipped(reason: "not needed")))),
      [Sentence(.standing, "skipped: not needed")])
    expectNoDifference(
      sentences(.stands("told", Given(answer: .acknowledged, source: .enter, standing: .claimed))), [])
    expectNoDifference(sentences(.stands("gone", Given(answer: .yes, source: .typed, standing: .claimed))), [])
  }

  @Test func `warnings`() {
    expectNoDifference(sentences(.warned("kind", code: "HOT")), [Sentence(.warning, "It is hot: (none).")])
    expectNoDifference(sentences(.warned("kind", code: "COLD")), [])
    expectNoDifference(
      sentences(.raised(exception(.warning, .open))),
      [Sentence(.standing, "exception 2: open until it is corrected, or has a reason")])
  }

  @Test func `exceptions`() {
    expectNoDifference(
      sentences(.raised(exception(.correction, .recorded))),
      [Sentence(.standing, "exception 2: answer changed: it was so")])
    expectNoDifference(
      sentences(.resolved(exception(.warning, .corrected))), [Sentence(.standing, "exception 2: corrected")])
    expectNoDifference(
      sentences(.resolved(exception(.interruption, .corrected))), [Sentence(.standing, "exception 2: resumed")])
    expectNoDifference(
      sentences(.resolved(exception(.warning, .accepted(reason: "it may")))),
      [Sentence(.standing, "exception 2: accepted: it may")])
  }

  @Test func `a note, another wording, an answer that was kept`() {
    expectNoDifference(sentences(.noted("kind")), [Sentence(.standing, "noted")])
    expectNoDifference(
      sentences(.alternative("kind")),
      [
        Sentence(.body, "It may be called type."), Sentence(.body, "The official address:"),
        Sentence(.address, "https://example.com/keys"),
      ])
    expectNoDifference(
      sentences(.alternative("bare")), [Sentence(.body, "No other wording is written for this step.")])
    expectNoDifference(
      sentences(.kept("kind", Given(answer: .choice("tea"), source: .typed, standing: .answered))),
      [Sentence(.standing, "kept as it was: Kind: green tea")])
    expectNoDifference(
      sentences(.kept("bare", Given(answer: nil, source: .typed, standing: .skipped(reason: "not needed")))),
      [Sentence(.standing, "kept as it was: Bare: skipped: not needed")])
  }
}
