import CustomDump
import FlowText
import Testing

@Suite struct FindingTests {
  @Test(arguments: BadFlows.all) func `a bad flow is refused with place and hint`(_ file: BadFile) {
    let marked = MarkedText(file.text)
    let reading = readFlow(marked.text, path: "flow.yaml", expectedID: "test/flow")
    expectNoDifference(marked.lines(reading.findings), file.findings)
  }
  @Test(arguments: BadScripts.alone) func `a bad script is refused with place and hint`(_ file: BadFile) {
    let marked = MarkedText(file.text)
    let reading = readScript(marked.text, path: "a.script")
    expectNoDifference(marked.lines(reading.findings), file.findings)
  }
  @Test(arguments: BadScripts.against) func `a script that does not fit its flow is refused`(_ file: BadFile) throws {
    let marked = MarkedText(file.text)
    let reading = readScript(marked.text, path: "a.script")
    let flow = try #require(readFlow(BadScripts.flow, path: "flow.yaml").value)
    let script = try #require(reading.value)
    let f = check(script, against: flow, path: "a.script", text: marked.text)
    expectNoDifference(marked.lines(f), file.findings)
  }
}
