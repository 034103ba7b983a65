import CustomDump
import Testing

@testable import FlowText

@Suite struct ScaffoldTests {
  @Test func `a new flow and its script have no finding, not even a warning`() throws {
    let scaffold = Scaffold(id: "my-exchange/rotate-key", today: "2026-11-23")
    let flow = readFlow(scaffold.flow, path: "rotate-key.yaml", expectedID: "my-exchange/rotate-key")
    expectNoDifference(flow.findings, [])
    let script = readScript(scaffold.script, path: "rotate-key.script")
    expectNoDifference(script.findings, [])
    expectNoDifference(
      check(try #require(script.value), against: try #require(flow.value), path: "rotate-key.script"), [])
    #expect(scaffold.flow.contains("date: 2026-11-23}"))
  }

  @Test(arguments: [
    ("gate-io/create-key", true), ("a/b", true), ("a", false), ("a/b/c", false), ("/b", false), ("a/", false),
    ("A/b", false), ("a/b c", false), ("../b", false), ("a/-b", false), ("", false),
  ]) func `an id is a provider and a name`(id: String, isOne: Bool) {
    expectNoDifference(isFlowID(id), isOne)
  }
}
