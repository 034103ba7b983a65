import CustomDump
import FlowCore
import Foundation
import KeyusherHarness
import PtyHarness
import Records
import Testing

/// What a record that was edited can't make the program do, and what is another key than the one that was meant.
@Suite struct ForgedRecordTests {
  private func adopt(_ name: String, _ digit: String, on desk: Desk) throws {
    let setting: [String: String?] = [
      "K": String(repeating: "0123456\(digit)", count: 4), "S": String(repeating: "76543\(digit)10", count: 8),
    ]
    let ran = try desk.run(["key", "adopt", name, "--key", "env:K", "--secret", "env:S"], setting: setting)
    expectNoDifference(ran.status, 0, "\(ran.errors)")
  }

  @Test(arguments: [true, false])
  func `An edited record does not make its run rename another key`(isForged: Bool) throws {
    let desk = try Desk.withStore()
    try adopt("gate-io/grid-bot-01", "a", on: desk)
    try adopt("gate-io/victim", "b", on: desk)
    let text = try desk.text(of: sourceTree + "/flows/gate-io/rotate-key.script")
    let begun = text.replacing("store: offline", with: "store: age").split(separator: "delete:")[0] + ":quit\n"
    let script = try desk.write(String(begun), to: "begun.script")
    let stopped = try desk.run(["replay", script], setting: SmallFlow.credential)
    expectNoDifference(stopped.status, 75, "\(stopped.errors)")
    let run = try #require(try desk.records.runs().first { try desk.records.read($0).header.operation == nil })
    if isForged {
      let flow = try desk.record(run).flow
      let own = CredentialReference(store: "age", name: "gate-io/grid-bot-02")
      let (journal, contents) = try desk.records.open(run) { [UInt8](repeating: 7, count: $0) }
      try journal.append(
        [.key("name-taken", KeyEvent(.renamed(own, to: "gate-io/victim")))], at: contents.lastAt, in: flow)
    }
    let resumed = try desk.run(["resume", run], input: "deleted\nyes\nreplace\nnone\nfinish\n")
    expectNoDifference(resumed.status, 0, "\(resumed.errors)")
    let names = isForged ? ["gate-io/grid-bot-02", "gate-io/victim"] : ["gate-io/grid-bot-01", "gate-io/victim"]
    expectNoDifference(try desk.keys().sorted(), names, "\(resumed.output)")
    #expect(resumed.output.contains("not of this run") == isForged)
    let list = try desk.run(["key", "list", "--json"]).output
    expectNoDifference(list.components(separatedBy: "\"adoption\" : ").count, 2, "\(list)")
  }

  @Test func `What got the name while the question stood is told by its bytes, and left`() throws {
    let desk = try Desk.withStore()
    try adopt("gate-io/old", "a", on: desk)
    try adopt("gate-io/other", "b", on: desk)
    let pty = try desk.start(["key", "forget", "gate-io/old"])
    try pty.expect("forget")
    try pty.expect(": ")
    let folder = desk.ageFolder + "/store/gate-io/"
    try FileManager.default.removeItem(atPath: folder + "old.age")
    try FileManager.default.moveItem(atPath: folder + "other.age", toPath: folder + "old.age")
    try pty.send("forget\r")
    try pty.expect("'gate-io/old' in age is another key by now, and nothing was deleted")
    expectNoDifference(try pty.end(), .exited(66))
    expectNoDifference(try desk.keys(), ["gate-io/old"])
  }
}
