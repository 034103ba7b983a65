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

  @Test func `A name that a key was about to get is not its own once another has it`() throws {
    let desk = try Desk.withStore()
    try desk.askNobody()
    let text = try desk.text(of: sourceTree + "/flows/gate-io/create-key.script")
      .replacing("store: offline", with: "store: age")
    let script = try desk.write(String(text.split(separator: "page-shows:")[0]) + ":quit\n", to: "begun.script")
    expectNoDifference(try desk.run(["replay", script], setting: SmallFlow.credential).status, 75)
    let begun = try desk.run()
    let held = CredentialReference(store: "age", name: "pending/\(begun).credential")
    do {
      let flow = try desk.record(begun).flow
      let (journal, contents) = try desk.records.open(begun) { [UInt8](repeating: 7, count: $0) }
      try journal.append(
        [.key("named", KeyEvent(.renaming(held, to: "gate-io/grid-bot-01")))], at: contents.lastAt, in: flow)
    }
    func made(_ name: String) throws -> String? {
      let list = try desk.run(["key", "list", "--json"]).output
      let rows = try #require(JSONSerialization.jsonObject(with: Data(list.utf8)) as? [[String: Any]])
      return rows.first { $0["name"] as? String == name }?["run"] as? String
    }
    let other = String(repeating: "ab12", count: 8)
    let setting = SmallFlow.credential.merging(["GATE_API_KEY": other]) { $1 }
    let whole = try desk.write(text.replacing("  expect exceptions 0\n", with: ""), to: "whole.script")
    let ran = try desk.run(["replay", whole], setting: setting)
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    let second = try #require(try desk.records.runs().first { $0 != begun })
    expectNoDifference(try made("gate-io/grid-bot-01"), second)
    let resumed = try desk.run(["resume", begun], input: "account, spot-write\nlist\nfinish\n")
    expectNoDifference(resumed.status, 0, "\(resumed)")
    expectNoDifference(try made("gate-io/grid-bot-01"), second)
    expectNoDifference(try made("gate-io/grid-bot-01-2"), begun)
  }
}
