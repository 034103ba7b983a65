import CustomDump
import FlowCore
import Testing

@testable import FlowText
@testable import FlowTools

/// A library keeps the steps it gave to one flow for the next: every flow must have the findings that it has by itself.
@Suite struct KeptStepTests {
  private static let groups = [
    "shared/one": group("one", "https://evil.example/a"), "shared/two": group("two", "https://evil.example/b"),
    "shared/good": group("good", "https://good.example/c"),
  ]

  private static func group(_ id: String, _ address: String) -> String {
    """
    format: 1
    group: shared/\(id)
    about: A step with an address.
    params:
      word: {about: A word., default: none}
    steps:
      - {id: \(id)-a, kind: tell, title: "A $(word)", say: Look at \(address) for $(word).}

    """
  }

  private func library() -> FlowLibrary {
    FlowLibrary { id in Self.groups[id].map { .found(bytes: Array($0.utf8), path: "flows/\(id).yaml") } ?? .absent }
  }

  private func flow(_ includes: [(group: String, word: String)]) -> String {
    """
    format: 1
    flow: test/a
    version: 1
    title: A
    summary: S
    steps:
    \(includes.map { "  - {include: shared/\($0.group), with: {word: \($0.word)}}\n" }.joined())\
      - {id: review, kind: review, title: Review}
      - {id: done, kind: end, outcome: completed}

    """
  }

  private func findings(_ text: String, _ library: FlowLibrary, hosts: [String] = ["good.example"]) -> [Finding] {
    lintFlow(text, path: "a.yaml", library: library, options: LintOptions(officialHosts: hosts)).findings
  }

  private var flows: [String] {
    [
      flow([("one", "x"), ("two", "x")]), flow([("two", "x")]), flow([("good", "x"), ("one", "x")]),
      flow([("two", "y"), ("good", "x")]), flow([("good", "x")]), flow([("one", "x"), ("two", "x")]),
    ]
  }

  @Test func `what was found in one flow is found in the next that includes the same`() {
    let shared = library()
    for flow in flows + flows.reversed() {
      expectNoDifference(findings(flow, shared).map { "\($0)" }, findings(flow, library()).map { "\($0)" }, flow)
    }
    #expect(flows.map { findings($0, library()).isEmpty } == [false, false, false, false, true, false])
  }

  @Test func `a step that was kept is read anew for other official hosts`() {
    let shared = library()
    let flow = flow([("good", "x")])
    expectNoDifference(findings(flow, shared), [])
    expectNoDifference(findings(flow, shared, hosts: ["other.example"]).map(\.code), [.unofficialHost])
    expectNoDifference(findings(flow, shared), [])
  }

  @Test func `a step that was kept reads as it did, whatever stands in its place`() throws {
    let shared = library()
    for number in 0..<40 {
      let text = flow([("good", "w\(number % 20)")])
      let kept = try #require(lintFlow(text, path: "a.yaml", library: shared).value)
      expectNoDifference(kept, lintFlow(text, path: "a.yaml", library: library()).value)
      expectNoDifference(kept.steps[0].title, "A w\(number % 20)")
    }
  }
}
