import CustomDump
import FlowCore
import Foundation
import KeyusherHarness
import PtyHarness
import Testing

/// The traps that other tools fell into, by the table of the design; those that have no test of their own elsewhere.
@Suite struct TrapTests {
  @Test("The end of input chooses no answer, at no question", arguments: Prompt.way)
  func endOfInput(prompt: Prompt) throws {
    let desk = try Desk.small()
    let lines = Prompt.way.prefix { $0 != prompt }.compactMap { prompt -> String? in
      switch prompt {
      case .key: "env:GATE_API_KEY"
      case .secret: "env:GATE_API_SECRET"
      // Where the secret came by reference there is no copy to compare.
      case .copy: nil
      default: prompt.answer
      }
    }
    guard prompt != .copy else { return }
    let ran = try desk.run(
      ["run", SmallFlow.id], input: lines.map { $0 + "\n" }.joined(), setting: SmallFlow.credential)
    expectNoDifference(ran.status, 4)
    if prompt.isFirst {
      expectNoDifference(try desk.records.runs(), [])
      return
    }
    let record = try desk.record(desk.run())
    expectNoDifference(record.status, .unfinished(at: Step.ID(prompt.step)))
    expectNoDifference(record.items.first { $0.step == Step.ID(prompt.step) }?.visits, [])
  }

  @Test func `Answers that are one line off can't put a yes into a secret`() throws {
    let desk = try Desk.small()
    try desk.write(
      "flow test/small\nlabel: bot-1\nrights: read\nlogin: yes\nstore: offline\ncredential.key: y\n", to: "a.script")
    let ran = try desk.run(["replay", "a.script"])
    expectNoDifference(ran.status, 65)
    #expect(ran.errors.contains("a.script:6:"))
    #expect(ran.errors.contains("[literal-secret]"))
    expectNoDifference(try desk.records.runs(), [])
  }

  @Test func `The mask has no character of the secret, and no length while it is typed`() throws {
    let desk = try Desk.small()
    let pty = try desk.start(["run", SmallFlow.id])
    try pty.reach(.secret)
    let before = pty.raw.count
    try pty.send(Canary.secret + "\r")
    try pty.expect("64 characters taken")
    let shown = plain(Array(pty.raw[before...]))
    #expect(shown.hasPrefix("\n  Secret: 64 characters taken\n"))
    try pty.expect(Prompt.copy.words)
    let copy = pty.raw.count
    try pty.send(Canary.lastFour + "\r")
    try pty.expect(Prompt.review.words)
    #expect(!plain(Array(pty.raw[copy...])).contains(Canary.lastFour))
    try pty.send("\r")
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test(
    "A paste with quotes, spaces or a line break around it is trimmed",
    arguments: ["  \(Canary.secret)  ", "\"\(Canary.secret)\"", "'\(Canary.secret)'", "\(Canary.secret)\n\n"])
  func trimmed(paste: String) throws {
    let desk = try Desk.small()
    let pty = try desk.start(["run", SmallFlow.id])
    try pty.reach(.secret)
    try pty.paste(paste)
    try pty.send("\r")
    try pty.expect("64 characters taken")
    try pty.answer(.copy)
    try pty.answer(.review)
    expectNoDifference(try pty.end(), .exited(0))
    let receipts = try desk.record(desk.run()).state.receipts[Step.ID("credential")] ?? []
    expectNoDifference(receipts.map(\.looksRight), [.yes, .yes])
  }

  @Test func `Key and secret swapped are warned of, and neither is shown or refused`() throws {
    let desk = try Desk()
    let text = try String(contentsOfFile: sourceTree + "/flows/gate-io/create-key.script", encoding: .utf8)
    let script = try desk.write(text.replacing("  expect exceptions 0\n", with: ""), to: "a.script")
    let swapped: [String: String?] = ["GATE_API_KEY": Canary.secret, "GATE_API_SECRET": Canary.key]
    let ran = try desk.run(["replay", script], setting: swapped)
    #expect(ran.output.contains("This is 64 characters long, like a secret. The two may have been swapped."))
    #expect(ran.output.contains("This is 32 characters long, like an API key. The secret is the longer one."))
    expectNoDifference(ran.errors, "")
    for file in try desk.files() { expectNoDifference(Canary.trace(in: try desk.bytes(of: file)), nil, "\(file)") }
    expectNoDifference(Canary.trace(in: Array(ran.output.utf8)), nil)
    let receipts = try desk.record(desk.run()).state.receipts[Step.ID("credential")] ?? []
    expectNoDifference(receipts.map(\.publicPart), [nil, nil])
  }

  @Test func `A secret at an open prompt is neither journaled nor remembered until it is said to be none`() throws {
    let desk = try Desk.small()
    let pty = try desk.start([])
    try pty.expect("keyusher> ")
    try pty.send("run test/small\r")
    try pty.answer(.label, Canary.secret)
    try pty.expect("It was not written anywhere.")
    try pty.expect(Prompt.suspicion.words)
    try pty.send("\r")
    try pty.expect("Dropped.")
    try pty.answer(.label, ":note \(Canary.secret)")
    try pty.expect(Prompt.suspicion.words)
    try pty.send("yes\r")
    try pty.expect(Prompt.label.words)
    // Up leads to what was typed before: not to that.
    let before = pty.raw.count
    try pty.send("\u{1B}[A\u{1B}[A")
    try pty.send("bot-1\r")
    try pty.expect("bot-1")
    expectNoDifference(Canary.trace(in: Array(pty.raw[before...])), nil)
    for prompt in Prompt.way.dropFirst() { try pty.answer(prompt) }
    try pty.expect("keyusher> ")
    try pty.control("D")
    expectNoDifference(try pty.end(), .exited(0))
    for file in try desk.files() { expectNoDifference(Canary.trace(in: try desk.bytes(of: file)), nil, "\(file)") }
  }

  @Test func `Every page instruction says where it comes from, and that nobody saw the live page`() throws {
    let desk = try Desk()
    let ran = try desk.run(["flow", "show", "gate-io/create-key"])
    let steps = ran.output.components(separatedBy: "\n  - id: ").dropFirst()
    let pages = steps.filter { $0.contains("\n    url: ") }
    #expect(pages.count > 5)
    for page in pages {
      #expect(page.contains("\n    source:\n"), "\(page.prefix(20))")
      #expect(page.contains("\n    alternative: "), "\(page.prefix(20))")
    }
    #expect(!ran.output.contains("seen-live: "))
  }

  @Test func `Before the click a place for the secret is chosen and proven, and said again`() throws {
    let text = try Desk().run(["flow", "show", "gate-io/create-key"]).output
    let credential = try #require(text.components(separatedBy: "\n  - id: credential\n").last)
    let click = try #require(credential.range(of: "Now press Submit"))
    for words in ["Write key and secret down first", "The secret goes into {store}"] {
      #expect(try #require(credential.range(of: words)).lowerBound < click.lowerBound)
    }
    let store = try #require(text.range(of: "\n  - id: store\n    kind: store\n"))
    let page = try #require(text.range(of: "\n  - id: navigate\n"))
    #expect(store.lowerBound < page.lowerBound)
    // Every way to the credential leads over what is to be at hand for it.
    let steps = text.components(separatedBy: "\n  - id: ")
    let before = steps.filter { ($0 + "\n").contains("next: credential\n") }.map { String($0.prefix { $0 != "\n" }) }
    expectNoDifference(before, ["confirm"])
    let place = try #require(steps.firstIndex { $0.hasPrefix("credential\n") })
    for step in steps[..<place].suffix(1) {
      #expect(step.contains("    next: ") || step.contains("kind: end"), "\(step.prefix(20)) falls into it")
    }
  }
}
