import CustomDump
import Foundation
import KeyusherHarness
import PtyHarness
import Testing

/// A search that finds nothing proves something only if it would find.
@Suite struct CanaryTests {
  @Test(
    "A piece of the secret is found in every spelling",
    arguments: [
      String(Canary.secret.dropFirst(20).prefix(16)), String(Canary.key.suffix(16)),
      Data(Canary.secret.utf8).base64EncodedString(), Data("x\(Canary.secret)".utf8).base64EncodedString(),
      Data("key=\(Canary.key)\n".utf8).base64EncodedString(),
      Canary.secret.utf8.map { String($0, radix: 16) }.joined(),
      Canary.secret.utf8.map { String($0, radix: 16).uppercased() }.joined(),
    ])
  func found(text: String) {
    #expect(Canary.trace(in: Array("something before \(text) and after".utf8)) != nil)
  }

  @Test func `The public part of the key, and the last four of the secret, are no trace`() {
    expectNoDifference(Canary.trace(in: Array("begins with c0ffee17d3a9, ends in \(Canary.lastFour)".utf8)), nil)
  }

  @Test func `What is looked at of a process is there`() throws {
    let desk = try Desk.small()
    let pty = try desk.start(["run", SmallFlow.id], setting: ["MARK": Canary.secret])
    try pty.expect(Prompt.label.words)
    let seen = visible(of: pty.process)
    #expect(String(decoding: seen, as: UTF8.self).contains("\(keyusher)\0run\0\(SmallFlow.id)\0"))
    // Another user's process shows its environment to nobody; to root and to its parent it does.
    if geteuid() == 0 { #expect(Canary.trace(in: seen) != nil) }
    pty.signal(SIGTERM)
    _ = try pty.end()
  }
}
