import CustomDump
import FlowCore
import FlowText
import KeyusherHarness
import Outside
import Testing

@Suite struct VariableTests {
  @Test(
    "What a pack says of a part's variable is what exec called it before packs did",
    arguments: Set(
      (try? FlowTree.files())?.filter { $0.kind == .pack }.map { String($0.id.prefix { $0 != "/" }) } ?? []))
  func agreement(provider: String) throws {
    let file = try #require(try FlowTree.files().first { $0.id == "programs/env" })
    let program = try #require(readProgram(file.bytes(), path: file.path, expectedID: "env").value)
    let holes = ProgramHoles(exchange: try #require(program.name(of: provider)), label: "")
    let flow = try #require(FlowTree.bound("\(provider)/create-key").value).flow
    for part in flow.credentialShapes {
      expectNoDifference(part.variable, program.variable(of: part.name, filling: holes), "\(part.name)")
    }
  }
}
