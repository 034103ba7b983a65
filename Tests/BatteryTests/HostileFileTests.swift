import Battery
import Foundation
import Glibc
import KeyusherHarness
import Outside
import PtyHarness
import Stores
import Testing

/// Group K: flow files that mean harm, ids that lead elsewhere, addresses that are none.
@Suite struct HostileFileTests {
  static let ids = [
    "../evil", "../../evil", "evil/../../evil", "./evil", "/evil", "//evil", "/etc/evil", "~/evil", "a/../../evil",
    "..", ".", "...", "", " ", "evil ", "evil\n", "evil.jsonl", "evil\u{202E}", "e\u{301}vil", "EVIL", "ev il", "-evil",
    "--evil", "evil/", "evil\\..\\x", "%2e%2e%2fevil", "evil;id", "$(evil)", "evil\u{1B}[2J",
    String(repeating: "evil", count: 80),
  ]

  @Test func `An id that leads elsewhere is refused, and nothing outside is opened for it`() throws {
    let strace = geteuid() == 0 ? tool("strace").map(Strace.init) : nil
    if strace == nil { Tally.notRun(.files, "what is opened for a hostile id, for want of strace or root") }
    let commands = ["show", "resume", "audit", "export", "redact", "discard", "run"]
    sweep(.files, commands.flatMap { command in HostileFileTests.ids.map { (command, $0) } }.part(oneIn: 7)) {
      command, id in
      let desk = try Desk.small()
      // Something is there that could be found.
      for place in [
        "\(desk.path)/evil.jsonl", "\(desk.home)/evil.jsonl", "\(desk.path)/evil.yaml", "\(desk.home)/evil.yaml",
      ] {
        try desk.write("bait\n", to: place)
      }
      let log = desk.path + "/log"
      let words = [command, "--"] + [id] + (command == "redact" ? ["2"] : [])
      let names = ["open", "openat", "creat", "rename", "renameat", "unlink", "unlinkat"]
      let prefix = strace?.logging(to: log, only: names, strings: 4096) ?? []
      let ran =
        try prefix.isEmpty
        ? desk.run(words) : desk.run(Array(prefix.dropFirst()) + [keyusher] + words, program: prefix[0])
      guard let status = ran.status, [64, 65, 66].contains(status) else {
        return "\(command) \(id.debugDescription): \(ran)"
      }
      // Only the program's own reading of the folder of flows may name it.
      let opened = ((try? desk.text(of: log)) ?? "").split(separator: "\n").filter {
        $0.contains("evil") && !$0.contains("/keyusher/flows") && !$0.contains("execve")
      }
      return opened.isEmpty ? nil : "\(command) \(id.debugDescription) opened \(opened)"
    }
  }

  @Test func `A key's name that leads elsewhere is refused, and nothing outside the store is touched`() throws {
    let commands = [
      ["key", "show", "--", "NAME"], ["key", "forget", "--yes", "--", "NAME"],
      ["key", "keep", "--", "NAME", "gate-io/x"],
      ["key", "rename", "--", "NAME", "gate-io/x"], ["key", "rename", "--", "gate-io/bot", "NAME"],
      ["exec", "NAME", "--", "/bin/true"],
    ]
    sweep(.files, commands.flatMap { command in HostileFileTests.ids.map { (command, $0) } }.part(oneIn: 7)) {
      command, id in
      // A name that can be one is given to a key without harm.
      if command.last == "NAME", command[1] == "rename", EntryName(id) != nil { return nil }
      // An option or an abbreviation in its place is the command line's own matter.
      if command[0] == "exec", id.hasPrefix("-") { return nil }
      let desk = try KeyDesk.make()
      for place in [
        "\(desk.path)/evil.age", "\(desk.home)/evil.age", "\(desk.home)/age/evil.age",
        "\(desk.home)/age/store/.evil.age",
      ] {
        try desk.write("bait\n", to: place, mode: 0o600)
      }
      let before = try files(below: desk.path)
      let ran = try desk.unlocked(command.map { $0 == "NAME" ? id : $0 })
      let after = try files(below: desk.path)
      return faults(
        (
          ran.status.map { (command[0] == "exec" ? [125] : [64, 65, 66]).contains($0) } ?? false,
          "\(command) \(id.debugDescription): \(ran)"
        ),
        (after == before, "\(command) \(id.debugDescription) left \(after.symmetricDifference(before))"))
    }
  }

  /// Every path below a folder, but for locks, with its size.
  private func files(below folder: String) throws -> Set<String> {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { !$0.contains("lock") }
    return Set(
      paths.map { path in "\(path): \(FileManager.default.contents(atPath: "\(folder)/\(path)")?.count ?? -1)" })
  }

  static let addresses = [
    "http://www.example.com", "file:///etc/passwd", "javascript:alert(1)", "/etc/passwd", "-x", "--help", "https:",
    "https://",
    "https:///path", "ftp://example.com", "https://user@example.com", "https://user:pass@example.com/",
    "data:text/html,x",
    "https://example.com/\u{202E}", "https://exa mple.com", "https://example.com/$(id)",
    "HTTPS\u{3A}//example.com\u{7}",
    "https://example.com\\@evil.example", "vbscript:x", "https://example.com/`id`",
  ]

  @Test func `The browser is started on plain https addresses alone, and sees no shell`() throws {
    sweep(.files, HostileFileTests.addresses.part(oneIn: 3)) { address in
      let desk = try Desk.small()
      let opened = desk.path + "/opened"
      try desk.write(
        "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" >> '\(opened)'\n", to: desk.path + "/bin/xdg-open", mode: 0o755)
      chmod(desk.path + "/bin", 0o755)
      let quoted = "\"\(EscapeTests.escaped(address))\""
      try desk.write(
        SmallFlow.text().replacing("https://www.example.com/keys?a=1&b=2", with: quoted),
        to: desk.home + "/flows/test/small.yaml")
      let ran = try desk.run(
        ["run", SmallFlow.id], input: "bot-1\nread\n:open\n",
        setting: ["PATH": "\(desk.path)/bin:/usr/bin:/bin", "DISPLAY": ":9"])
      guard ran.status != nil else { return "it crashed: \(ran)" }
      let lines = ((try? desk.text(of: opened)) ?? "").split(separator: "\n").map(String.init)
      guard !lines.isEmpty else { return nil }
      // What a browser may take as part of an address goes to it as one argument, unread by any shell.
      let isPlain = address.hasPrefix("https://example.com/") && !address.unicodeScalars.contains { $0.value > 0x7E }
      return isPlain && lines == ["1", address] ? nil : "\(address.debugDescription) was opened: \(lines)"
    }
  }

  struct HostileFlow: Sendable, CustomStringConvertible {
    let name: String
    let text: String
    var description: String { name }

    init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  static let flows = bombs + nestings + oddities

  private static let bombs: [HostileFlow] =
    (5...9).map { levels in
      var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
      for level in 1..<levels {
        bomb += "a\(level): &a\(level) [" + (0..<9).map { _ in "*a\(level - 1)" }.joined(separator: ", ") + "]\n"
      }
      return HostileFlow("a bomb of \(levels) levels", bomb)
    }

  private static let nestings: [HostileFlow] =
    [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")].map { (open: String, close: String) -> HostileFlow in
      HostileFlow(
        "nesting of \(open)", String(repeating: open, count: 10_000) + String(repeating: close, count: 10_000))
    }

  private static let oddities: [HostileFlow] =
    [
      HostileFlow("nothing", ""), HostileFlow("a NUL", "format: 1\u{0}\n"), HostileFlow("one letter", "x"),
      HostileFlow("a tag", "!!python/object/apply:os.system [id]\n"),
      HostileFlow("a merge key", "<<: {a: b}\nformat: 1\n"),
      HostileFlow("two documents", SmallFlow.text() + "---\nformat: 1\n"),
      HostileFlow("a key twice", "format: 1\nformat: 1\n"),
      HostileFlow("a large number", "format: 99999999999999999999999999\n"),
      HostileFlow("a flow that leads nowhere", SmallFlow.text().replacing("if-no: stuck", with: "if-no: nowhere")),
      HostileFlow("a long line", "format: 1\ntitle: " + String(repeating: "x", count: 300_000)),
      HostileFlow(
        "many steps", SmallFlow.text() + (0..<20_000).map { "  - {id: s\($0), kind: tell, title: T}\n" }.joined()),
    ]

  @Test func `A flow that means harm is refused in bounded time and memory`() {
    sweep(.files, HostileFileTests.flows.flatMap { [($0, "lint"), ($0, "run")] }) { flow, command in
      let desk = try Desk()
      let file = try desk.write(flow.text, to: "flows/test/small.yaml")
      let words = command == "lint" ? ["flow", "lint", file] : ["run", SmallFlow.id, "--flows", "flows"]
      // A gigabyte of addresses is what the program takes without doing anything; the bomb wants two of memory.
      let script = "ulimit -v 1500000; ulimit -t 20; exec \"$0\" \"$@\""
      let ran = try desk.run(["-c", script, keyusher] + words, program: "/bin/bash")
      guard let status = ran.status else { return "\(flow.name), \(command): it crashed: \(ran.ending)" }
      return [2, 65, 66].contains(status)
        ? nil : "\(flow.name), \(command): status \(status), \(ran.output.prefix(300))\(ran.errors.prefix(300))"
    }
  }
}
