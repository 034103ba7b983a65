import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

@testable import keyusher

@Suite struct HelpTests {
  static let commands = [
    [], ["compromise"], ["due"], ["find-keys"], ["offboard"], ["exec"], ["key"], ["key", "list"], ["key", "show"],
    ["key", "adopt"], ["key", "keep"],
    ["key", "copy-to"],
    ["key", "rename"], ["key", "forget"], ["key", "config"], ["key", "send"], ["key", "verify"], ["key", "receive"],
    ["run"], ["resume"],
    ["runs"], ["show"], ["export"], ["replay"], ["audit"],
    ["redact"], ["discard"], ["flow"],
    ["config"], ["config", "list"], ["config", "get"], ["config", "set"], ["config", "unset"], ["doctor"],
    ["store"], ["store", "list"], ["store", "test"], ["store", "init"], ["store", "passphrase"], ["store", "backup"],
    ["store", "recipients"], ["store", "recipients", "list"], ["store", "recipients", "add"],
    ["store", "recipients", "remove"],
    ["flow", "list"], ["flow", "show"], ["flow", "lint"], ["flow", "print"], ["flow", "graph"], ["flow", "new"],
    ["flow", "test"],
    ["flow", "explain"], ["man"], ["demo"],
  ]

  @Test("Every command's help has examples", arguments: commands)
  func help(command: [String]) throws {
    let desk = try Desk()
    let ran = try desk.run(command + ["--help"], setting: ["COLUMNS": "120"])
    expectNoDifference(ran.status, 0)
    expectNoDifference(ran.errors, "")
    #expect(ran.output.contains("Example"), "keyusher \(command.joined(separator: " ")) has no example")
    #expect(ran.output.contains((["  keyusher"] + command).joined(separator: " ")))
    #expect(!FileManager.default.fileExists(atPath: desk.home))
  }

  @Test func `The help of key verify begins with examples, has every status, and is short`() throws {
    let lines = try Desk().run(["key", "verify", "--help"], setting: ["COLUMNS": "80"]).output.split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.firstIndex(of: "Examples:").map { $0 < 5 } == true)
    let end = try #require(lines.firstIndex { $0.hasPrefix("USAGE:") })
    #expect(end <= 20, "\(lines[..<end].joined(separator: "\n"))")
    for status in ["0 as planned", "2 a key", "69 it"] {
      #expect(lines.joined(separator: " ").contains(status), "\(status)")
    }
    // What it leaves out the manual has.
    let manual = try Desk().run(["man"]).output
    #expect(manual.contains("AllowTcpForwarding") && !lines.contains { $0.contains("AllowTcpForwarding") })
  }

  @Test func `Every option and argument has a text, and the help of every command is tested`() throws {
    let ran = try Desk().run(["--experimental-dump-help"])
    let dump = try #require(try JSONSerialization.jsonObject(with: Data(ran.output.utf8)) as? [String: Any])
    var paths: Set<[String]> = []
    func look(_ command: [String: Any], _ path: [String]) {
      paths.insert(path)
      for argument in command["arguments"] as? [[String: Any]] ?? [] {
        let text = argument["abstract"] as? String ?? ""
        #expect(!text.isEmpty, "keyusher \(path): \(argument["valueName"] ?? "an option") has no help")
      }
      for child in command["subcommands"] as? [[String: Any]] ?? [] where child["commandName"] as? String != "help" {
        look(child, path + [child["commandName"] as? String ?? ""])
      }
    }
    look(try #require(dump["command"] as? [String: Any]), [])
    expectNoDifference(paths, Set(HelpTests.commands))
  }

  @Test func `The root's help and the README have every exit status`() throws {
    let help = try Desk().run(["--help"]).output
    let readme = try String(contentsOfFile: sourceTree + "/README.md", encoding: .utf8)
    for status in [0, 1, 2, 3, 4, 64, 65, 66, 69, 74, 75, 125, 126, 127, 129, 130, 143] {
      #expect(help.contains("\(status)"))
      #expect(readme.contains("\(status)"))
    }
  }

  @Test(
    "Wrong usage is told with the usage, and has its status",
    arguments: [["--nonsense"], ["run"], ["export", "--format", "pdf"], ["redact", "7q4m", "x"]])
  func usage(arguments: [String]) throws {
    let ran = try Desk().run(arguments)
    expectNoDifference(ran.status, 64)
    expectNoDifference(ran.output, "")
    #expect(ran.errors.contains("Error: "))
    #expect(ran.errors.contains("sage: keyusher"))
  }

  @Test func `A command that there is not is named, with the nearest`() throws {
    let ran = try Desk().run(["exprt", "7q4m"])
    expectNoDifference(ran.status, 64)
    expectNoDifference(ran.errors, "keyusher: there is no command 'exprt'\nhint: did you mean 'export'?\n")
  }

  @Test(arguments: [["--version"], ["run", "--version"]])
  func `The version is printed, with what it was built from and the day of its flows`(_ words: [String]) throws {
    var newest = ""
    let files = try FileManager.default.subpathsOfDirectory(atPath: sourceTree + "/flows")
    for file in files where file.hasSuffix(".yaml") {
      let text = try String(contentsOfFile: "\(sourceTree)/flows/\(file)", encoding: .utf8)
      for match in text.matches(of: /\b(?:date|seen-live): (\d{4}-\d{2}-\d{2})/) {
        newest = max(newest, String(match.1))
      }
    }
    let line = try Desk().run(words).output
    let commit = try String(contentsOfFile: sourceTree + "/Sources/keyusher/Resources/commit.txt", encoding: .utf8)
    let built = commit.hasPrefix("$") ? "built from a checkout" : "commit \(commit.prefix(12))"
    expectNoDifference(line, "Keyusher \(Surroundings.version) (\(built), flows of \(newest))\n")
  }

  @Test func `The commit is the one that an archive of the sources names`() throws {
    let folder = sourceTree + "/Sources/keyusher/Resources/"
    let attributes = try String(contentsOfFile: folder + ".gitattributes", encoding: .utf8)
    #expect(attributes.split(separator: "\n").contains("commit.txt export-subst"))
    let version = "Keyusher \(Surroundings.version)"
    let commit = "f8e16d8d599156fd3100f68a2dc38fdf27b3b3eb\n"
    let flow =
      "a: {from: somewhere, date: 2026-11-23}\nb: {date: 2026-02-30, seen-live: 2026-11-30}\ncandidate: 2027-01-01\n"
    expectNoDifference(
      Release.line(commit: commit, flows: [flow, "c: 1"]), "\(version) (commit f8e16d8d5991, flows of 2026-11-30)")
    expectNoDifference(Release.line(commit: "$Format:%H$\n", flows: []), "\(version) (built from a checkout)")
  }

  @Test("The completion script is one that its shell reads", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let desk = try Desk()
    let script = try desk.run(["--generate-completion-script", shell])
    expectNoDifference(script.status, 0)
    #expect(script.output.contains("keyusher"))
    let path = try desk.write(script.output, to: "completions")
    guard let program = tool(shell) else { return }
    let ran = try desk.run([shell == "fish" ? "--no-execute" : "-n", path], program: program)
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
  }
}
