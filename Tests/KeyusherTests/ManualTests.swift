import CustomDump
import FlowTools
import Foundation
import KeyusherHarness
import Outside
import PlainText
import PtyHarness
import Testing

@testable import FlowText
@testable import keyusher

@Suite struct ManualTests {
  static let pages: [(name: String, section: String)] = [
    ("keyusher", "1"), ("keyusher-flow", "5"), ("keyusher-script", "5"),
  ]

  /// A page as man shows it, on one line; nil after saying that there is no man.
  private func shown(_ desk: Desk, page: String = "keyusher") throws -> String? {
    guard let man = tool("man"), tool("groff") != nil else { return nil }
    let ran = try shown(desk, page, by: man, ["-l", "--warnings", "-E", "UTF-8"])
    return ran.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func shown(_ desk: Desk, _ page: String, by program: String, _ words: [String]) throws -> String {
    let made = try desk.run(["man", page])
    expectNoDifference(made.status, 0)
    expectNoDifference(made.errors, "")
    #expect(made.output.utf8.allSatisfy { $0 < 0x80 }, "every reader of pages can take it")
    let path = try desk.write(made.output, to: page)
    let ran = try desk.run(
      words + [path], setting: ["MANWIDTH": "2000", "MAN_KEEP_FORMATTING": nil], program: program)
    expectNoDifference(ran.status, 0)
    expectNoDifference(ran.errors, "")
    return ran.output
  }

  @Test(arguments: pages)
  func `Every page has what a page has, and neither man nor mandoc warns of it`(
    _ page: (name: String, section: String)
  ) throws {
    let desk = try Desk()
    guard let shown = try shown(desk, page: page.name) else { return }
    #expect(shown.hasPrefix("\(page.name.uppercased())(\(page.section)) "), "\(shown.prefix(80))")
    for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES", "SEE ALSO"] {
      #expect(shown.contains(" \(section) "), "\(section)")
    }
    for other in Self.pages where other.name != page.name {
      #expect(shown.contains("\(other.name)(\(other.section))"), "\(other.name)")
    }
    // Every table was found, and every row of one.
    #expect(!shown.contains(/\{(?:keys|variables|files|statuses|example|commands|findings|script-lines|see)\b/))
    guard let mandoc = tool("mandoc") else { return }
    _ = try self.shown(desk, page.name, by: mandoc, ["-T", "lint", "-W", "warning"])
  }

  @Test func `That of flow files has every key, with what it is for, every guard and every finding`() throws {
    guard let shown = try shown(Desk(), page: "keyusher-flow") else { return }
    for table in KeyReference.allCases {
      for row in table.rows {
        let about = row.about.split(separator: "`").first.map(String.init) ?? ""
        #expect(shown.contains(flat(about.replacing("*", with: ""))), "\(row)")
        for name in row.path { #expect(shown.contains(name.text), "\(row)") }
      }
    }
    for code in FindingCode.allCases { #expect(shown.contains(" \(code.rawValue) "), "\(code)") }
    let flow = Scaffold(id: "example/make-key", today: Surroundings.versionDay).flow
    for line in flow.split(separator: "\n") { #expect(shown.contains(flat(String(line))), "\(line)") }
  }

  @Test func `That of scripts has every kind of line and every command`() throws {
    guard let shown = try shown(Desk(), page: "keyusher-script") else { return }
    for form in ScriptReference.lines.flatMap(\.forms) { #expect(shown.contains(" \(form) "), "\(form)") }
    for command in Command.names where command != ":help" { #expect(shown.contains(" \(command) "), "\(command)") }
  }

  @Test func `man shows it without a warning, with every command, option and text`() throws {
    let desk = try Desk()
    guard let shown = try shown(desk) else { return }
    for section in ["OPTIONS", "COMMANDS", "AT A QUESTION"] { #expect(shown.contains(" \(section) "), "\(section)") }
    let root = try CommandTree.told()
    for (path, command) in [("keyusher", root)] + root.below("keyusher") {
      #expect(shown.contains(path), "\(path)")
      for argument in command.arguments {
        for name in argument.names { #expect(shown.contains(name), "\(path) \(name)") }
        #expect(shown.contains(flat(argument.text)), "\(path): \(argument.text)")
      }
      for line in command.discussion.split(separator: "\n") where !line.isEmpty && String(line) != ExitStatus.numbers {
        #expect(shown.contains(flat(String(line))), "\(path): \(line)")
      }
    }
    #expect(root.below("keyusher").count > 40)
  }

  private func flat(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  @Test func `It has every exit status, every variable that is looked at or set, and every file that is made`() throws {
    let desk = try KeyDesk.make()
    guard let shown = try shown(desk) else { return }
    for status in ExitStatus.allCases { #expect(shown.contains(" \(status.rawValue) \(status.meaning)")) }
    for names in Surroundings.named.map(\.names) {
      for name in names { #expect(shown.contains(name), "\(name)") }
    }
    for name in Surroundings.handedOn { #expect(shown.contains(name), "\(name)") }
    for way in ["--fd", "--file", "--override"] {
      let set = try desk.exec("gate-io/bot", [way], ["/usr/bin/env"]).output.split(separator: "\n")
      for name in set.compactMap({ $0.split(separator: "=").first }) where name.hasPrefix("KEYUSHER_") {
        #expect(shown.contains(name), "\(name)")
      }
    }
    try desk.write(SmallFlow.text(), to: desk.home + "/flows/\(SmallFlow.id).yaml")
    try desk.write(SmallFlow.script, to: "a.script")
    expectNoDifference(try desk.run(["replay", "a.script"], setting: SmallFlow.credential).status, 0)
    expectNoDifference(try desk.run(["config", "set", "store", "age"]).status, 0)
    let pty = try desk.start([])
    try pty.expect("keyusher> ")
    try pty.send("runs\r")
    try pty.expect("keyusher> ")
    try pty.send("quit\r")
    _ = try pty.end()
    let known = ManualTables.files.map { $0.path.prefix { !$0.isUppercase } }
    var seen: Set<Substring> = []
    for file in try FileManager.default.subpathsOfDirectory(atPath: desk.home) {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: desk.home + "/" + file, isDirectory: &isFolder)
      if isFolder.boolValue { continue }
      let place = known.first { file.hasPrefix($0) }
      #expect(place != nil, "\(file)")
      if let place { seen.insert(place) }
    }
    expectNoDifference(seen, Set(known))
    for file in ManualTables.files { #expect(shown.contains("\(file.path) \(file.what)"), "\(file.path)") }
  }

  @Test func `It is of the day of the release`() throws {
    let log = try String(contentsOfFile: sourceTree + "/CHANGELOG.md", encoding: .utf8)
    #expect(log.contains("\n## \(Surroundings.version) - \(Surroundings.versionDay)\n"))
    let date = try #require(Day(Surroundings.versionDay)).date
    let first = try #require(Desk().run(["man"]).output.split(separator: "\n").first)
    #expect(first.contains(/^\.Dd [A-Z][a-z]+\s/) && first.hasSuffix(" \(date.day), \(date.year)"), "\(first)")
  }

  // MARK: - On a terminal

  /// Begins it on a terminal, with a script of the shell in the place of man.
  private func start(_ desk: Desk, man script: String, _ words: [String] = ["man"]) throws -> Pty {
    try install("#!/bin/sh\n\(script)\n", at: desk.work + "/man")
    return try desk.start(words, setting: ["PATH": "\(desk.work):/usr/bin:/bin"])
  }

  @Test func `On a terminal man shows the page, and where that fails the command does`() throws {
    let desk = try Desk()
    let pty = try start(desk, man: "echo \"man $*\"; sed -n 's/^.Dt/page/p'; exit 7", ["man", "keyusher-flow"])
    try pty.expect("man -l -\npage KEYUSHER-FLOW 5\n")
    expectNoDifference(try pty.end(), .exited(1))
  }

  @Test func `Ctrl-C is man's: nothing is left behind it, and the prompt goes on with the terminal`() throws {
    let desk = try Desk()
    let pty = try start(desk, man: "echo $$ > '\(desk.work)/id'; echo shown; exec sleep 1000", [])
    try pty.expect("keyusher> ")
    try pty.send("man\r")
    try pty.expect("shown\n")
    try pty.control("C")
    try pty.expect("keyusher> ")
    let id = try #require(Int32(desk.text(of: desk.work + "/id").trimmingCharacters(in: .newlines)))
    expectNoDifference(kill(id, 0), -1)
    try pty.send("quit\r")
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test func `Without man it says what to do, and prints nothing of the page`() throws {
    let desk = try Desk()
    let pty = try desk.start(["man"], setting: ["PATH": desk.work])
    try pty.expect("'man', which shows the page, is not installed")
    try pty.expect("keyusher man | cat")
    expectNoDifference(try pty.end(), .exited(69))
    #expect(!pty.text.contains(".Dd"))
  }

  @Test func `Whatever a text begins with or holds, it comes out as it is`() throws {
    var page = Mdoc()
    page.section("TEXT")
    let texts = [".Sh is no section", "'br is no break", "a \\fBback\\fR \"slash\" `x` ^ ~ -- 'q' \u{201C}…\u{201D} 🔑"]
    for text in texts { page.paragraph(text) }
    page.list([(words: [.macro("Ar"), .text("Nm")], text: "Fl"), (words: [.text("a \"b\"")], text: "c")])
    guard let man = tool("man") else { return }
    let desk = try Desk()
    let path = try desk.write(".Dd May 1, 2026\n.Dt X 1\n.Os X\n" + page.text, to: "x.1")
    let ran = try desk.run(["-l", "--warnings", "-E", "UTF-8", path], setting: ["MANWIDTH": "500"], program: man)
    expectNoDifference(ran.errors, "")
    for text in texts + ["Nm Fl", "a \"b\" c"] { #expect(flat(ran.output).contains(text), "\(ran.output)") }
  }
}
