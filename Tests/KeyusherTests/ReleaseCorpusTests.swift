import CustomDump
import Exports
import FlowCore
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness
import Records
import SecretMemory
import Stores
import Testing

/// What version 0.1.0 wrote stays readable for ever: the files of `Corpus/0.1.0`, whose README says what is in them.
///
/// Records, exports, scripts and the home never change. What is shown may change on purpose:
/// `KEYUSHER_REWRITE_GOLDENS=1` rewrites the files in `shown`, and no others.
@Suite struct ReleaseCorpusTests {
  private static let corpus = sourceTree + "/Tests/KeyusherTests/Corpus/0.1.0"
  private static let formats: [(format: ExportFormat, ending: String)] = [
    (.markdown, "md"), (.html, "html"), (.json, "json"), (.csv, "csv"), (.script, "script"),
  ]
  private static let runs = names(in: "records", ending: ".jsonl")
  private static let unfinished = names(in: "shown", ending: ".resumed")

  // MARK: - Records

  @Test func `Every record is read, and audited whole`() throws {
    expectNoDifference(Self.runs.count, 17)
    let desk = try Self.desk()
    for run in Self.runs { expectNoDifference(try desk.records.audit(run).findings, [], "\(run)") }
    try expectShown(desk.run(["audit"]), "audit")
    try expectShown(desk.run(["runs"]), "runs")
  }

  @Test func `Every record is exported to the same bytes, in every format`() throws {
    let desk = try Self.desk()
    for run in Self.runs {
      let record = try desk.record(run)
      for (format, ending) in Self.formats {
        try expectFrozen(Exports.export(record, as: format), "exports/\(run).\(ending)")
      }
    }
  }

  @Test func `The command writes the same bytes`() throws {
    let desk = try Self.desk()
    for (format, ending) in Self.formats {
      let ran = try desk.run(["export", "rounds", "--format", format.rawValue])
      expectNoDifference(ran.errors, "")
      try expectFrozen(ran.output, "exports/rounds.\(ending)")
    }
  }

  @Test func `Every record is shown, as a checklist and line by line`() throws {
    let desk = try Self.desk()
    for run in Self.runs {
      try expectShown(desk.run(["show", run]), "\(run).show")
      try expectShown(desk.run(["show", run, "--lines"]), "\(run).lines")
    }
  }

  @Test("An unfinished run goes on where it was left", arguments: unfinished)
  func resume(run: String) throws {
    let desk = try Self.desk()
    let status = try desk.record(run).status
    let surroundings: [String: String?] = [
      "KEYUSHER_TEST_CLOCK": "2026-11-23T10:59:00.000Z", "KEYUSHER_TEST_ID": run, "KEYUSHER_TEST_USER": "ada",
      "KEYUSHER_TEST_HOST": "office", "PATH": "/nonexistent",
    ]
    let ran = try desk.run(["resume", run], input: ":quit\n", setting: surroundings)
    try expectShown(ran, "\(run).resumed", status: 75, of: desk)
    // The pending key gets its name without a question, and the next step is asked.
    if run != "pending" { expectNoDifference(try desk.record(run).status, status) }
    expectNoDifference(try desk.run(["audit", run]).status, 0)
  }

  // MARK: - Scripts

  @Test func `Every script, written by hand or exported, is replayed to the same end`() throws {
    let desk = try Desk()
    try FileManager.default.createDirectory(atPath: desk.home, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: Self.corpus + "/flows", toPath: desk.home + "/flows")
    let scripts = ["exports", "scripts"].flatMap { folder in
      Self.names(in: folder, ending: ".script").map { "\(folder)/\($0).script" }
    }
    let replayed = try scripts.map { script in
      let ran = try desk.run(
        ["replay", try desk.write(Self.answerable(Self.text(script)), to: "again.script"), "--dry-run"],
        setting: Self.secrets)
      return "\(script) \(ran.status ?? -1)\n"
    }
    try expectShown(replayed.joined(), "replays")
  }

  /// A script with something for every `ask` that it says.
  private static func answerable(_ script: String) -> String {
    script.replacing(".key: ask", with: ".key: env:GATE_API_KEY")
      .replacing(".secret: ask", with: ".secret: env:GATE_API_SECRET").replacing(": ask", with: ": blanked")
  }

  private static let secrets: [String: String?] = [
    "GATE_API_KEY": Canary.key, "GATE_API_SECRET": Canary.secret, "ANY_SECRET": String(Canary.secret.prefix(40)),
    "STORE_WORD": KeyDesk.passphrase,
  ]

  // MARK: - Store and settings

  @Test func `The store's keys are listed, and opened with its passphrase`() throws {
    let desk = try Self.desk()
    try expectShown(desk.run(["key", "list"]), "keys")
    let ran = try desk.run(
      ["exec", "gate-io/old-bot", "--passphrase", "env:STORE_WORD", "--", "/usr/bin/printenv", "GATE_API_KEY"],
      setting: ["STORE_WORD": KeyDesk.passphrase])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.output, "0011223344556677889900aabbccddee\n")
  }

  @Test func `The settings are read, with their comments and quotes`() throws {
    let desk = try Self.desk()
    try expectShown(desk.run(["config", "list"]), "config", of: desk)
    expectNoDifference(try desk.run(["config", "get", "openbao.token"]).output, "file:/run/secrets/a token\n")
  }

  // MARK: - What must not be there

  @Test func `Nothing of it holds a secret, and no export what was blanked`() throws {
    let files = try FileManager.default.subpathsOfDirectory(atPath: Self.corpus).filter { $0.contains(".") }
    for file in files where !["make.py", "README.md"].contains(file) {
      guard let bytes = FileManager.default.contents(atPath: "\(Self.corpus)/\(file)") else { continue }
      expectNoDifference(Canary.trace(in: Array(bytes)), nil, "\(file)")
      guard file.hasPrefix("exports/") else { continue }
      #expect(!String(decoding: bytes, as: UTF8.self).lowercased().contains("jane"), "\(file)")
    }
  }

  // MARK: - Private

  /// A desk with the whole home, as private as the program wants it.
  static func desk() throws -> Desk {
    let desk = try Desk()
    let files = FileManager.default
    try files.copyItem(atPath: corpus + "/home", toPath: desk.home)
    for folder in ["records", "flows"] {
      try files.copyItem(atPath: "\(corpus)/\(folder)", toPath: "\(desk.home)/\(folder)")
    }
    for path in try files.subpathsOfDirectory(atPath: desk.home) + [""] {
      let whole = "\(desk.home)/\(path)"
      var isFolder: ObjCBool = false
      _ = files.fileExists(atPath: whole, isDirectory: &isFolder)
      chmod(whole, isFolder.boolValue ? 0o700 : 0o600)
    }
    return desk
  }

  private static func names(in folder: String, ending: String) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(corpus)/\(folder)")) ?? []
    return files.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
  }

  private static func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(corpus)/\(name)")), as: UTF8.self)
  }

  /// Compares what a command printed with what it printed then.
  private func expectShown(_ ran: Ran, _ name: String, status: Int32 = 0, of desk: Desk? = nil) throws {
    expectNoDifference(ran.errors, "", "\(name)")
    expectNoDifference(ran.status, status, "\(name)")
    try expectShown(desk.map { ran.output.replacing($0.home, with: "HOME") } ?? ran.output, name)
  }

  private func expectShown(_ text: String, _ name: String) throws {
    if ProcessInfo.processInfo.environment["KEYUSHER_REWRITE_GOLDENS"] == "1" {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(Self.corpus)/shown/\(name)"))
    }
    try expectSame(text, "shown/\(name)", "differs; KEYUSHER_REWRITE_GOLDENS=1 rewrites it")
  }

  private func expectFrozen(_ text: String, _ name: String) throws {
    try expectSame(text, name, "differs, and must not")
  }

  private func expectSame(_ text: String, _ name: String, _ trouble: String) throws {
    // Lines, since a spreadsheet's CR LF is one character and would be lost in a diff.
    func lines(_ text: String) -> [String] {
      text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    expectNoDifference(lines(text), lines(try Self.text(name)), "\(name) \(trouble)")
  }
}
