import CustomDump
import FlowCore
import Testing

@testable import Exports

@Suite("The blank form")
struct BlankTests {
  @Test("a step that is not on every way says when it belongs")
  func only() {
    expectNoDifference(
      Form(roundsFlow).rows.map(\.step).map(FormWays(of: roundsFlow).only),
      [
        nil, "after \"some keys\" or a skip at step 1", "after step 2", "after step 3",
        "after step 4, if step 3 is \"by something strange\"", "after \"[which key?] goes\" at step 4",
        "after step 4, unless it leads elsewhere; or after step 5; or after \"yes\" at step 6", nil,
      ])
  }

  @Test("a step says where it leads, if not to the next one")
  func leads() {
    expectNoDifference(
      Form(roundsFlow).rows.map(\.step).map(FormWays(of: roundsFlow).leads),
      [
        ["After \"no key\": go to step 8"], [], [],
        [
          "After \"[which key?] goes\": go to step 6",
          "If step 3 is \"by something strange\": go to step 5, Why it stays", "Otherwise: go to step 7",
        ],
        ["Then: go to step 7"], ["After \"no\": back to step 4"], ["After \"yes\": back to step 2"],
        ["Then: the end \"Done\""],
      ])
  }

  @Test("every end stands there, with its outcome, where it is come to, and what follows")
  func ends() throws {
    let text = try printBlank(roundsFlow, as: .markdown)
    #expect(
      text.contains(
        """
        ## How it can end

        - [ ] **Done** (completed), after step 8
          - Because: every key was looked at
          - Next: Tell those who use the keys.
          - 30 days later: Look again.
          - 1 day later, if step 4 is "\\[which key?\\] stays": Look at it tomorrow.


        """))
    let ends = sampleFlow.steps.filter(\.isEnd)
    expectNoDifference(ends.map(\.id), ["stopped", "done"])
    expectNoDifference(
      ends.map(FormWays(of: sampleFlow).only),
      [
        "after \"no\" at step 2; or after \"the secret was lost before it was kept\" at step 8; or after step 14",
        "after step 13",
      ])
  }

  @Test("where a step leads back, the form asks for a fresh copy; where none does, it does not")
  func again() throws {
    #expect(FormWays(of: roundsFlow).leadsBack)
    #expect(!FormWays(of: sampleFlow).leadsBack)
    #expect(try printBlank(roundsFlow, as: .markdown).contains("a fresh copy"))
    #expect(try !printBlank(sampleFlow, as: .markdown).contains("a fresh copy"))
  }

  @Test("a filled form has none of that", arguments: [ExportFormat.markdown, .html])
  func filled(format: ExportFormat) throws {
    let text = try export(Sample.rounds.record, as: format)
    for word in ["How it can end", "Only after", "back to step", "fresh copy"] { #expect(!text.contains(word)) }
  }

  @Test("a condition is told in words; one of many answers names the steps it looks at")
  func conditions() {
    func words(_ condition: Guard) -> String { condition.words(in: roundsFlow) }
    expectNoDifference(words(.answer("use", .isOne(of: ["bot"]))), "step 3 is \"by a bot\"")
    expectNoDifference(
      words(.not(.answer("use", .includes(["bot", "nobody"])))), "step 3 does not have \"by a bot\" or \"by nobody\"")
    expectNoDifference(words(.answer("fate", .exceeds("use"))), "step 4 has something that step 3 has not")
    expectNoDifference(words(.not(.answer("fate", .lacks("use")))), "step 4 lacks nothing of step 3")
    expectNoDifference(words(.answer("use", .beyond(["bot"]))), "step 3 has more than \"by a bot\"")
    expectNoDifference(words(.not(.answer("reason", .skipped))), "step 5 was not skipped")
    let either = Guard.any([.answer("reason", .asked), .answer("gone", .isOne(of: ["no"]))])
    expectNoDifference(
      words(.all([.answer("more", .isOne(of: ["no"])), either])),
      "step 7 is \"no\", and (step 5 was filled in, or step 6 is \"no\")")
    expectNoDifference(words(.not(either)), "not (step 5 was filled in, or step 6 is \"no\")")
    let many = Guard.any(Array(repeating: .answer("use", .includes(["bot"])), count: 7) + [.answer("fate", .asked)])
    expectNoDifference(words(many), "the answers at steps 3 and 4 call for it")
  }

  @Test("steps are told in ranges")
  func ranges() {
    expectNoDifference(roundsFlow.numbers(of: ["name", "use", "fate", "gone"]), "2 to 4 and 6")
    expectNoDifference(roundsFlow.numbers(of: ["fate"]), "4")
  }
}
