import CustomDump
import FlowCore
import KeyusherHarness
import Outside
import Testing

@testable import keyusher

@Suite struct VariableTests {
  @Test(
    "What a pack says of a part's variable is what exec calls it",
    arguments: Set(
      (try? FlowTree.files())?.filter { $0.kind == .pack }.map { String($0.id.prefix { $0 != "/" }) } ?? []))
  func agreement(provider: String) throws {
    let flow = try #require(FlowTree.bound("\(provider)/create-key").value).flow
    for part in flow.credentialShapes {
      expectNoDifference(
        part.variable, Naming.env.variable(of: part.name, exchange: provider, prefix: nil), "\(part.name)")
    }
  }
}
