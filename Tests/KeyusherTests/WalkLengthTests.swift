import CustomDump
import FlowCore
import FlowText
import Foundation
import KeyusherHarness
import PtyHarness
import Testing

/// How long the straight way to a Gate.io key is, on a screen of 80 columns, with a store set up and no other one here.
///
/// `Walks/gate-spot-bot.script` has what is answered.
@Suite struct WalkLengthTests {
  @Test("The walk fits its limits", arguments: [(options: [String](), lines: 200), (options: ["--brief"], lines: 112)])
  func length(options: [String], lines: Int) throws {
    let desk = try Desk.withStore()
    try desk.askNobody()
    let pty = try desk.start(["run", "gate-io/create-key"] + options, setting: ["PATH": "/usr/bin:/bin"])
    var said = 0
    var questions = 0
    for line in try Self.lines() {
      try pty.expect("a question, for '\(line)'") { $0.text.count > said && $0.text.hasSuffix(": ") }
      said = pty.text.count
      questions += 1
      try pty.send(line + "\r")
    }
    expectNoDifference(try pty.end(), .exited(0))
    let screen = pty.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(while: \.isEmpty)
    #expect(screen.count <= lines, "\(screen.count) lines:\n\(pty.text)")
    // Key and secret are one question.
    expectNoDifference(questions, 15)
    // What must be done, and what to do if it goes wrong, no walk leaves out.
    for needed in ["Do not press Submit yet.", "Now press Submit", "Type :lost if the page closed too soon"] {
      #expect(pty.text.contains(needed), "\(needed)")
    }
    #expect(pty.text.contains("Done: gate-io/grid-bot-01 is kept in age."))
    let wide = screen.filter { $0.count > 80 && !$0.contains("https://") }
    expectNoDifference(wide, [])
  }

  private static func lines() throws -> [String] {
    let path = sourceTree + "/Tests/KeyusherTests/Walks/gate-spot-bot.script"
    let script = try #require(readScript(try String(contentsOfFile: path, encoding: .utf8), path: path).value)
    return try script.items.compactMap { item in
      switch item.content {
      case .answer(_, .text(let text)): text
      case .part(_, "key", _): Canary.key
      case .part(_, "secret", _): Canary.secret
      case .expect: nil
      default: throw TestFailure(description: "a person can't say \(item.content)")
      }
    }
  }
}

extension Array where Element == Substring {
  fileprivate func dropLast(while isDropped: (Substring) -> Bool) -> ArraySlice<Substring> {
    var rest = self[...]
    while let last = rest.last, isDropped(last) { rest.removeLast() }
    return rest
  }
}
