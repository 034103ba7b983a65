import CustomDump
import Foundation
import KeyusherHarness
import Testing

@Suite struct QuietReplayTests {
  private let pinned: [String: String?] = [
    "KEYUSHER_TEST_CLOCK": "2026-11-23T10:00:00.000Z", "KEYUSHER_TEST_ID": "7q4m", "KEYUSHER_TEST_USER": "ada",
    "KEYUSHER_TEST_HOST": "office",
  ]

  @Test func `A quiet replay prints how it ended, and leaves the same record`() throws {
    let desk = try Desk.small()
    try desk.write(SmallFlow.script, to: "a.script")
    for more in [[], ["--quiet"]] {
      let ran = try desk.run(
        ["replay", "a.script"] + more, setting: pinned.merging(SmallFlow.credential) { $1 })
      expectNoDifference(ran.status, 0)
      if more.isEmpty {
        try FileManager.default.moveItem(atPath: desk.recordFile("7q4m"), toPath: desk.work + "/loud")
      } else {
        expectNoDifference(ran.output, "Completed. Run 7q4m, no exceptions.\n")
        expectNoDifference(ran.errors, "")
      }
    }
    expectNoDifference(try desk.bytes(of: desk.recordFile("7q4m")), try desk.bytes(of: desk.work + "/loud"))
    let dry = try desk.run(["replay", "a.script", "--quiet", "--dry-run"], setting: SmallFlow.credential)
    expectNoDifference(dry.output, "Completed. No exceptions.\n")
  }

  @Test func `What goes wrong is not quiet`() throws {
    let desk = try Desk.small()
    try desk.write(SmallFlow.script.replacing("login: yes", with: "login: no"), to: "a.script")
    let ran = try desk.run(["replay", "a.script", "--quiet"], setting: pinned.merging(SmallFlow.credential) { $1 })
    expectNoDifference(ran.status, 65)
    let loud = try desk.run(["replay", "a.script", "--dry-run"], setting: SmallFlow.credential)
    #expect(ran.output.split(separator: "\n").count < 3 && loud.output.split(separator: "\n").count > 10)
    #expect(ran.errors.hasPrefix("keyusher: a.script:"), "\(ran.errors)")
    try desk.write("flow test/small\nlabel: bot-1\nrights: read\nlogin: no\n", to: "b.script")
    let blocked = try desk.run(["replay", "b.script", "--quiet", "--dry-run"])
    expectNoDifference(blocked.status, 3)
    expectNoDifference(blocked.output, "Blocked: it could not be done. No exceptions.\n")
    let both = try desk.run(["replay", "b.script", "--quiet", "--ask-missing"])
    expectNoDifference(both.status, 64)
    expectNoDifference(
      both.errors,
      """
      keyusher: --quiet shows nothing that a person could answer, and --ask-missing asks one
      hint: take one of them

      """)
  }
}
