import Battery
import FlowCore
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness
import SecretMemory
import Stores
import Testing

/// Group G: whatever text comes from a flow, a script, a file, an argument or a variable, it commands no terminal.
@Suite(.beside) struct EscapeTests {
  static let payloads: [String] = [
    "\u{1B}]52;c;ZXZpbA==\u{7}", "\u{1B}]8;;https://evil.example\u{1B}\\gate.com", "\u{1B}[2J\u{1B}[H",
    "\u{1B}[1A\u{1B}[2Kverified", "\u{1B}P1$r\u{1B}\\", "\u{1B}_G\u{1B}\\", "\u{1B}^x\u{1B}\\", "\u{1B}X\u{1B}\\",
    "\u{1B}c", "\u{1B}[5n", "\u{1B}[6n", "\u{1B}[?1049h", "\u{1B}[?2004h", "\u{1B}]0;title\u{7}", "\u{1B}[31;8mhidden",
    "\u{1B}#8", "\u{1B}(0", "\u{1B}[20t", "\u{1B}Z", "\u{9B}2J", "\u{9D}0;title\u{9C}", "\u{90}q\u{9C}", "\u{85}next",
    "\u{84}", "a\u{8}\u{8}\u{8}b", "kept\rgone", "\u{7}\u{7}", "\u{B}\u{C}", "\u{E}\u{F}", "\u{7F}\u{7F}",
    "\u{202E}moc.etag", "\u{202A}\u{202B}\u{202C}\u{202D}", "\u{2066}\u{2067}\u{2068}\u{2069}",
    "\u{200E}\u{200F}\u{61C}",
    "ga\u{200B}te", "ga\u{200C}\u{200D}\u{2060}te", "\u{FEFF}a", "\u{2028}\u{2029}", "\u{E0001}\u{E0041}", "ga\u{AD}te",
  ]

  /// A place where a text of others comes to the screen.
  struct Point: Sendable, CustomStringConvertible {
    let description: String
    let show: @Sendable (_ payload: String, _ desk: Desk) throws -> [Ran]
  }

  static let points: [Point] =
    arguments + options + variables + answers + scripts + flowTexts + files + settings + stores

  private static let arguments: [Point] =
    [
      "run", "show", "resume", "audit", "flow lint", "flow show", "flow graph", "replay", "export", "", "help",
      "key show", "key forget", "key keep", "key rename gate-io/bot", "key copy-to age", "key list --store", "exec",
      "store test", "config get", "config unset", "config set store", "config set openbao.address",
      "config set openbao.token",
    ].map {
      command in
      Point(description: "argument of '\(command)'") { payload, desk in
        [try desk.run(command.split(separator: " ").map(String.init) + ["x\(payload)"])]
      }
    }

  private static let options: [Point] =
    ["--flows", "--performer", "--owner", "--reference", "--\u{78}"].map { option in
      Point(description: "value of \(option)") { payload, desk in
        [try desk.run(["run", SmallFlow.id, option, "x\(payload)"], input: "bot-1\n")] + (try shown(on: desk))
      }
    }

  private static let variables: [Point] =
    ["KEYUSHER_HOME", "KEYUSHER_TEST_HOST", "KEYUSHER_TEST_USER", "KEYUSHER_TEST_ID", "KEYUSHER_TEST_CLOCK"].map {
      name in
      Point(description: "variable \(name)") { payload, desk in
        [try desk.run(["run", SmallFlow.id], input: "bot-1\n", setting: [name: "x\(payload)"])] + (try shown(on: desk))
      }
    }

  private static let answers: [Point] =
    ["PAYLOAD", "a PAYLOAD", ":note a PAYLOAD", ":differs a PAYLOAD", ":skip a PAYLOAD", ":PAYLOAD"].map { answer in
      Point(description: "answer '\(answer)'") { payload, desk in
        let line = answer.replacing("PAYLOAD", with: payload.filter { !$0.isNewline })
        return [try desk.run(["run", SmallFlow.id], input: "\(line)\nyes\nno\nyes\n")] + (try shown(on: desk))
      }
    }

  private static let scripts: [Point] =
    [
      "flow PAYLOAD", "flow test/small\nPAYLOAD: x", "flow test/small\nlabel: PAYLOAD",
      "flow test/small\nlabel: bot-1\nrights: PAYLOAD",
      "flow test/small\nlabel: bot-1\n  :note PAYLOAD\n  expect PAYLOAD",
    ].map { script in
      Point(description: "script '\(script.split(separator: "\n").last ?? "")'") { payload, desk in
        try desk.write(script.replacing("PAYLOAD", with: payload) + "\n", to: "a.script")
        return [try desk.run(["replay", "a.script"])] + (try shown(on: desk))
      }
    }

  private static let flowTexts: [Point] =
    [
      "A small ceremony", "Name the key", "What may it do?", "Logged in?", "withdraw\n            danger", "logged in",
      "Whoever holds the key", "a test", "API key", "it could not be done", "https://www.example.com/keys?a=1&b=2",
    ].map { text in
      Point(description: "flow text '\(text.split(separator: "\n").first ?? "")'") { payload, desk in
        let quoted = "\"" + text.prefix { $0 != "\n" } + escaped(payload) + "\""
        let flow = SmallFlow.text().components(separatedBy: "\n").map { line -> String in
          guard let range = line.range(of: text.prefix { $0 != "\n" }) else { return line }
          // The rest of the value goes: what matters is where it is shown.
          let isInBraces = line.contains("{")
          let rest = isInBraces ? line[range.upperBound...].drop { !",}".contains($0) } : ""
          return line[..<range.lowerBound] + quoted + rest
        }.joined(separator: "\n")
        try desk.write(flow, to: desk.home + "/flows/test/small.yaml")
        return try [
          desk.run(["flow", "lint", desk.home + "/flows/test/small.yaml"]), desk.run(["flow", "print", SmallFlow.id]),
          desk.run(["run", SmallFlow.id], input: ":why\nbot-1\n:why\nread\n:status\nyes\noffline\n"),
        ] + shown(on: desk)
      }
    }

  private static let files: [Point] =
    [
      Point(description: "YAML that can't be parsed") { payload, desk in
        let file = try desk.write("format: 1\ntitle: \"\(payload)\n  [}", to: "bad.yaml")
        return [try desk.run(["flow", "lint", file])]
      },
      Point(description: "file name") { payload, desk in
        let name = payload.replacing("/", with: "_")
        try desk.write("format: 2\n", to: "x\(name).yaml")
        return [try desk.run(["flow", "lint", "x\(name).yaml"]), try desk.run(["flow", "lint", "."])]
      },
      Point(description: "record that was changed") { payload, desk in
        try Scene.leave(["bot-1"], on: desk)
        let file = desk.recordFile(try desk.run())
        for old in ["bot-1", "A small ceremony", "test/small", "\"began\""] {
          try desk.write(desk.text(of: file).replacing(old, with: "\(old)\(json(payload))"), to: file)
        }
        return try shown(on: desk)
      },
    ]

  private static let settings: [Point] =
    [
      "store: \"PAYLOAD\"", "PAYLOAD: age", "openbao.address: \"PAYLOAD\"",
      "openbao.address: \"https://a.example/PAYLOAD\"",
      "openbao.mount: \"PAYLOAD\"", "openbao.token: \"PAYLOAD\"", "openbao.authority: \"/PAYLOAD\"",
    ].map { line in
      Point(description: "setting '\(line)'") { payload, desk in
        chmod(desk.home, 0o700)
        try desk.write(line.replacing("PAYLOAD", with: payload) + "\n", to: desk.home + "/config.yaml")
        return try [["config", "list"], ["doctor"], ["store", "list"], ["key", "list"]].map { try desk.run($0) }
      }
    }

  private static let stores: [Point] =
    [
      Point(description: "entry of a store") { payload, _ in
        let desk = try KeyDesk.make()
        let credential = StoredCredential(
          exchange: "x\(payload)", label: "x\(payload)", run: "x\(payload)",
          parts: ["x\(payload)": try SecretBytes(copying: Array("y\(payload)".utf8))])
        let store = AgeStore(folder: desk.home + "/age", asking: Scene.Knowing(), workFactor: 10)
        guard let name = EntryName("gate-io/evil") else { throw TestFailure(description: "no name") }
        try store.put(credential.encoded(), as: name)
        return try [["key", "show", name.text], ["key", "list"], ["key", "rename", name.text, "gate-io/evil-2"]].map {
          try desk.unlocked($0)
        }
      },
      Point(description: "file name in a store") { payload, _ in
        let desk = try KeyDesk.make()
        try desk.write("x", to: desk.home + "/age/store/gate-io/\(payload.replacing("/", with: "_")).age", mode: 0o600)
        return try [["key", "list"], ["store", "list"], ["doctor"]].map { try desk.run($0) }
      },
    ]
    + ["cat <<'END'; exit 1", "cat >&2 <<'END'; exit 1", "cat <<'END'"].map { script in
      Point(description: "helper that says '\(script)'") { payload, desk in
        let text = "#!/bin/sh\n\(script)\n{\"https://keyusher.invalid/\(payload)\":\"\(payload)\"}\nEND\n"
        try desk.write(text, to: desk.path + "/bin/docker-credential-evil", mode: 0o755)
        chmod(desk.path + "/bin", 0o755)
        let changes = ["PATH": "\(desk.path)/bin:/usr/bin:/bin"]
        return try [
          ["key", "list", "--store", "docker-credential-evil"], ["store", "test", "docker-credential-evil"], ["doctor"],
        ].map { try desk.run($0, setting: changes) }
      }
    }

  @Test func `A text of others commands no terminal, wherever it is shown`() {
    let cases = EscapeTests.points.flatMap { point in EscapeTests.payloads.map { (point, $0) } }
    // 27 is prime to the number of payloads: each comes up at another place.
    sweep(.escapes, cases.part(oneIn: 40)) { point, payload in
      let desk = try Desk.small()
      for ran in try point.show(payload, desk) {
        guard let status = ran.status else { return "\(point): it crashed: \(ran)" }
        if let found = commanding(ran.output + ran.errors) {
          return "\(point), \(payload.debugDescription), status \(status): \(found)"
        }
      }
      return nil
    }
  }

  @Test func `On a terminal no escape sequence comes but our own`() throws {
    /// The sequences of a walk in which nobody means harm.
    func sequences(label: String) throws -> Set<[UInt8]> {
      let desk = try Desk.small()
      try desk.write(
        SmallFlow.text(title: "\"Ceremony \(EscapeTests.escaped(label))\""), to: desk.home + "/flows/test/small.yaml")
      let pty = try desk.start(["run", SmallFlow.id, "--performer", "x\(label)"])
      // A flow that is refused says so on the terminal, and that is looked at too.
      try pty.expect("a first word") { !$0.text.isEmpty }
      if (try? pty.expect(Prompt.label.words)) != nil {
        try pty.send(
          ":note \(label.filter { !$0.isNewline && $0.asciiValue.map { $0 >= 0x20 && $0 != 0x7F } ?? true })\r")
        try pty.expect(Prompt.label.words)
        pty.signal(SIGTERM)
      }
      _ = try pty.end()
      return Set(EscapeTests.sequences(in: pty.raw))
    }
    let ours = try sequences(label: "bot")
    sweep(.escapes, EscapeTests.payloads.part(oneIn: 8)) { payload in
      let strange = try sequences(label: payload).subtracting(ours).filter { !EscapeTests.isOfTheLineEditor($0) }
      return strange.isEmpty
        ? nil : "\(payload.debugDescription): \(strange.map { String(decoding: $0, as: UTF8.self).debugDescription })"
    }
  }

  // MARK: - Looking

  private static func shown(on desk: Desk) throws -> [Ran] {
    guard let run = try? desk.records.runs().first else { return [] }
    return try [["runs"], ["show", run], ["show", run, "--lines"], ["audit"], ["export", run]].map { try desk.run($0) }
  }

  /// The first scalar that could command a terminal or hide text. Written anew, and not with the gate that is tested.
  private func commanding(_ text: String) -> String? {
    let bad = text.unicodeScalars.first { scalar in
      switch scalar.value {
      case 0x0A: false
      case ..<0x20, 0x7F...0x9F, 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF,
        0xE0000...0xE007F:
        true
      default: false
      }
    }
    return bad.map { "U+\(String($0.value, radix: 16)) in \(text.debugDescription.prefix(600))" }
  }

  /// The escape sequences in a terminal's bytes, C1 as UTF-8 among them.
  static func sequences(in raw: [UInt8]) -> [[UInt8]] {
    var found: [[UInt8]] = []
    var index = 0
    while index < raw.count {
      if raw[index] == 0x1B {
        var end = index + 1
        if end < raw.count, raw[end] == UInt8(ascii: "[") {
          repeat { end += 1 } while end < raw.count && !(0x40...0x7E).contains(raw[end])
        }
        found.append(Array(raw[index..<min(end + 1, raw.count)]))
      } else if raw[index] == 0xC2, index + 1 < raw.count, (0x80...0x9F).contains(raw[index + 1]) {
        found.append([raw[index], raw[index + 1]])
      } else if raw[index] < 0x20, ![0x08, 0x09, 0x0A, 0x0D].contains(raw[index]) {
        found.append([raw[index]])
      }
      index += 1
    }
    return found
  }

  /// What readline moves the cursor with inside its line, and the bell for a key that does nothing.
  private static func isOfTheLineEditor(_ sequence: [UInt8]) -> Bool {
    if sequence == [0x07] { return true }
    guard sequence.starts(with: [0x1B, UInt8(ascii: "[")]), let last = sequence.last else { return false }
    return sequence.dropFirst(2).dropLast().allSatisfy { (0x30...0x39).contains($0) } && "CDKP@".utf8.contains(last)
      && sequence.count < 6
  }

  /// A text as it stands in a double-quoted YAML scalar.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      scalar.value < 0x20 || scalar.value > 0x7E || scalar == "\"" || scalar == "\\"
        ? "\\U" + String(repeating: "0", count: 8 - String(scalar.value, radix: 16).count)
          + String(scalar.value, radix: 16)
        : String(scalar)
    }.joined()
  }

  private static func json(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      let digits = String(scalar.value, radix: 16)
      return scalar.value < 0x20 ? "\\u" + String(repeating: "0", count: 4 - digits.count) + digits : String(scalar)
    }.joined()
  }
}
