import CustomDump
import FlowCore
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness
import Testing

@Suite struct ReplTests {
  private let prompt = "keyusher> "

  @Test func `Ctrl-C in a run that was begun here leaves the program, as it does elsewhere`() throws {
    let desk = try Desk.small()
    let pty = try desk.start([])
    try pty.expect(prompt)
    try pty.send("run test/small\r")
    try pty.reach(.rights)
    try pty.control("C")
    expectNoDifference(try pty.end(), .signalled(SIGINT))
    expectNoDifference(try desk.record(desk.run()).status, .unfinished(at: "rights"))
  }
}
