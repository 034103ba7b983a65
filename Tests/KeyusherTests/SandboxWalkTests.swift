import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

/// Two credentials of one run, in a real store.
@Suite struct SandboxWalkTests {
  @Test func `The key of the sandbox and the live one are both kept under their names, and age opens both`() throws {
    guard let age = tool("age") else { return }
    let desk = try Desk()
    let script = try String(contentsOfFile: sourceTree + "/flows/gate-io/sandbox-then-live.script", encoding: .utf8)
      .replacing("store: offline", with: "store: age\nstore.unlock: fd:3")
    try desk.write(script, to: "a.script")
    let setting = SmallFlow.credential.merging(SandboxCanary.environment) { $1 }
    let ran = try desk.run(["replay", "a.script"], setting: setting, descriptors: [3: PassphraseCanary.text + "\n"])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    let names = ["gate-io/grid-bot-test", "gate-io/grid-bot-01"]
    #expect(ran.output.contains("kept as \(names[0]), in age; read back from the store"))
    #expect(ran.output.contains("Keyusher saw: it is called \(names[1]) now"))
    let listed = try desk.run(["key", "list"])
    for name in names { #expect(listed.output.contains(name), "\(listed.output)") }
    for place in try [Array((ran.output + listed.output).utf8)] + desk.files().map(desk.bytes) {
      expectNoDifference(Canary.trace(in: place) ?? SandboxCanary.trace(in: place), nil)
      expectNoDifference(PassphraseCanary.trace(in: place), nil)
    }
    expectNoDifference(
      try opened(names[0], of: desk, by: age), ["key": SandboxCanary.key, "secret": SandboxCanary.secret])
    expectNoDifference(try opened(names[1], of: desk, by: age), ["key": Canary.key, "secret": Canary.secret])
  }

  /// The credential of that name, as the stock program opens it.
  private func opened(_ name: String, of desk: Desk, by age: String) throws -> [String: String]? {
    let out = desk.work + "/out"
    let stock = try Pty(
      age, ["-d", "-o", out, "-i", desk.ageFolder + "/identities", desk.ageFolder + "/store/\(name).age"])
    try stock.expect("passphrase")
    try stock.send(PassphraseCanary.text + "\r")
    expectNoDifference(try stock.end(), .exited(0))
    let kept = try JSONSerialization.jsonObject(with: Data(desk.bytes(of: out))) as? [String: Any]
    expectNoDifference(kept?["label"] as? String, name.split(separator: "/").last.map(String.init))
    return kept?["credential"] as? [String: String]
  }
}
