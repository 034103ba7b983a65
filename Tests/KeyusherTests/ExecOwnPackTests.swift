import Battery
import CustomDump
import Foundation
import KeyusherHarness
import Outside
import Testing

/// Program packs of a person's own: what they may say, and what becomes of what fills their holes.
@Suite(.counted(as: .exec)) struct ExecOwnPackTests {
  private static let lines = """
    format: 1
    program: krakenex
    title: krakenex
    docs: [{from: its package, date: 2026-11-23}]
    exchanges: [{exchange: kraken, name: kraken}]
    file: {form: lines, entries: [{part: key}, {part: [secret, private-key]}]}

    """

  private func deskWithOwnPack(_ text: String, named name: String) throws -> Desk {
    let desk = try KeyDesk.make()
    let folder = desk.home + "/flows/programs"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try desk.write(text, to: "\(folder)/\(name).yaml")
    return desk
  }

  @Test func `A pack of one's own is found by its name, and writes two lines for a program that reads such`() throws {
    let desk = try deskWithOwnPack(ExecOwnPackTests.lines, named: "krakenex")
    try desk.keep("kraken/bot", of: "kraken", ["key": "k", "secret": "s"])
    try desk.keep("kraken/pem", of: "kraken", ["key": "k", "private-key": KeyDesk.pem])
    let ran = try desk.exec("kraken/bot", ["--as", "krakenex", "--file"], ["sh", "-c", "cat $KEYUSHER_FILE"])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.output, "k\ns\n")
    let pem = try desk.exec("kraken/pem", ["--as", "krakenex", "--file"], ["true"])
    expectNoDifference(
      pem.errors,
      """
      keyusher: krakenex reads each part from a line of its own, and a part of this key has several, so nothing was run
      hint: use --as env

      """)
  }

  @Test(
    "What fills a hole makes no variable that steers programs, and none twice",
    arguments: [
      (
        "LD", "{name: \"{EXCHANGE}_PRELOAD\", part: key}, {name: B_SECRET, part: secret}",
        "LD_PRELOAD steers how programs run, and no key belongs there"
      ),
      (
        "LD", "{name: B_KEY, part: key}, {name: B_SECRET, part: secret}, {name: \"{EXCHANGE}_PRELOAD\", value: /x.so}",
        "LD_PRELOAD steers how programs run, and no key belongs there"
      ),
      (
        "MY", "{name: MY_B, part: key}, {name: B_SECRET, part: secret}, {name: \"{EXCHANGE}_B\", value: x}",
        "MY_B would hold two values for the key 'kraken/bot'"
      ),
    ])
  func filledNames(exchange: String, variables: String, why: String) throws {
    let pack = ExecOwnPackTests.lines.replacing("name: kraken}", with: "name: \(exchange)}").replacing(
      "file: {form: lines, entries: [{part: key}, {part: [secret, private-key]}]}",
      with: "variables: [\(variables)]")
    let desk = try deskWithOwnPack(pack, named: "krakenex")
    try desk.keep("kraken/bot", of: "kraken", ["key": "k", "secret": "s"])
    let ran = try desk.exec("kraken/bot", ["--as", "krakenex", "--override"], ["touch", "ran"])
    #expect(ran.errors.hasPrefix("keyusher: \(why), so nothing was run\nhint: "), "\(ran.errors)")
    expectNoDifference(ran.status, 125)
    #expect(!FileManager.default.fileExists(atPath: desk.work + "/ran"))
  }

  @Test("What fills a hole takes no other value's place", arguments: ["json", "yaml"])
  func filledPlaces(form: String) throws {
    let entries = "[{at: [kraken], part: key}, {at: [\"{exchange}\", secret], part: secret}]"
    let pack = ExecOwnPackTests.lines.replacing(
      "{form: lines, entries: [{part: key}, {part: [secret, private-key]}]}",
      with: "{form: \(form), entries: \(entries)}")
    let desk = try deskWithOwnPack(pack, named: "krakenex")
    try desk.keep("kraken/bot", of: "kraken", ["key": "k", "secret": "s"])
    let ran = try desk.exec("kraken/bot", ["--as", "krakenex", "--file"], ["touch", "ran"])
    expectNoDifference(
      ran.errors,
      """
      keyusher: the values for 'kraken/bot' can't all stand in the file of krakenex: two would have one place, so nothing was run
      hint: look at 'file' in its pack: a label or an exchange in 'at' must not be like another key

      """)
    expectNoDifference(ran.status, 125)
    #expect(!FileManager.default.fileExists(atPath: desk.work + "/ran"))
  }

  @Test func `A pack of one's own that is wrong is told with the place, and a shipped one is not replaced`() throws {
    let wrong = ExecOwnPackTests.lines.replacing("form: lines", with: "form: lnes")
    let desk = try deskWithOwnPack(wrong, named: "krakenex")
    let ran = try desk.exec("gate-io/bot", ["--as", "krakenex"], ["true"])
    expectNoDifference(ran.status, 125)
    #expect(ran.errors.contains("krakenex.yaml:6:14: error: unknown word 'lnes' [wrong-value]"), "\(ran.errors)")
    let own = ExecOwnPackTests.lines.replacing("program: krakenex", with: "program: okx")
    try desk.write(own, to: desk.home + "/flows/programs/okx.yaml")
    let lint = try desk.run(["flow", "lint", desk.home + "/flows/programs/okx.yaml"])
    #expect(
      lint.output.contains(
        "okx.yaml:2:10: error: a program pack of this name is shipped with Keyusher [redefines-shipped-flow]"),
      "\(lint.output)")
    #expect(
      try ExecProgramTests.variables(desk, "okx/bot", ["--as", "okx"]).contains("OKX_SECRET_KEY=\(Canary.secret)"))
  }
}
