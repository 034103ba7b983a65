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

/// What each version wrote stays readable for ever.
@Suite struct ReleaseCorpusTests {
  private static let formats: [(format: ExportFormat, ending: String)] = [
    (.markdown, "md"), (.html, "html"), (.json, "json"), (.csv, "csv"), (.script, "script"),
  ]
  private static let all = [ReleaseCorpus(version: "0.1.0"), ReleaseCorpus(version: "0.2.0")]
  private static let unfinished = all.flatMap { corpus in corpus.unfinished.map { (corpus, $0) } }

  // MARK: - Records

  @Test(arguments: all)
  func `Every record is read, and audited whole`(corpus: ReleaseCorpus) throws {
    expectNoDifference(corpus.records.count, ["0.1.0": 17, "0.2.0": 18][corpus.version])
    let desk = try corpus.desk()
    for record in corpus.records { expectNoDifference(try desk.records.audit(record).findings, [], "\(record)") }
    try corpus.expectShown(desk.run(["audit"]), "audit")
    try corpus.expectShown(desk.run(["runs"]), "runs")
  }

  @Test(arguments: all)
  func `Every record is exported to the same bytes, in every format`(corpus: ReleaseCorpus) throws {
    let desk = try corpus.desk()
    for run in corpus.runs {
      let record = try desk.record(run)
      for (format, ending) in Self.formats {
        try corpus.expectFrozen(Exports.export(record, as: format), "exports/\(run).\(ending)")
      }
    }
  }

  @Test(arguments: all)
  func `The command writes the same bytes`(corpus: ReleaseCorpus) throws {
    let desk = try corpus.desk()
    for (format, ending) in Self.formats {
      let ran = try desk.run(["export", "rounds", "--format", format.rawValue])
      expectNoDifference(ran.errors, "")
      try corpus.expectFrozen(ran.output, "exports/rounds.\(ending)")
    }
  }

  @Test(arguments: all)
  func `Every record is shown, as a checklist and line by line`(corpus: ReleaseCorpus) throws {
    let desk = try corpus.desk()
    for run in corpus.records {
      try corpus.expectShown(desk.run(["show", run]), "\(run).show")
      try corpus.expectShown(desk.run(["show", run, "--lines"]), "\(run).lines")
    }
  }

  @Test("An unfinished run goes on where it was left", arguments: unfinished)
  func resume(of corpus: ReleaseCorpus, run: String) throws {
    let desk = try corpus.desk()
    let status = try desk.record(run).status
    let surroundings: [String: String?] = [
      "KEYUSHER_TEST_CLOCK": "2026-11-23T10:59:00.000Z", "KEYUSHER_TEST_ID": run, "KEYUSHER_TEST_USER": "ada",
      "KEYUSHER_TEST_HOST": "office", "PATH": "/nonexistent",
    ]
    let ran = try desk.run(["resume", run], input: ":quit\n", setting: surroundings)
    try corpus.expectShown(ran, "\(run).resumed", status: 75, of: desk)
    // The pending key gets its name without a question, and the next step is asked.
    if run != "pending" { expectNoDifference(try desk.record(run).status, status) }
    expectNoDifference(try desk.run(["audit", run]).status, 0)
  }

  // MARK: - Scripts

  @Test(arguments: all)
  func `Every script, written by hand or exported, is replayed to the same end`(corpus: ReleaseCorpus) throws {
    let desk = try Desk()
    try FileManager.default.createDirectory(atPath: desk.home, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: corpus.path + "/flows", toPath: desk.home + "/flows")
    let scripts = ["exports", "scripts"].flatMap { folder in
      corpus.names(in: folder, ending: ".script").map { "\(folder)/\($0).script" }
    }
    let replayed = try scripts.map { script in
      let ran = try desk.run(
        ["replay", try desk.write(Self.answerable(corpus.text(script)), to: "again.script"), "--dry-run"],
        setting: Self.secrets)
      return "\(script) \(ran.status ?? -1)\n"
    }
    try corpus.expectShown(replayed.joined(), "replays")
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

  @Test(arguments: all)
  func `The store's keys are listed, and opened with its passphrase`(corpus: ReleaseCorpus) throws {
    let desk = try corpus.desk()
    try corpus.expectShown(desk.run(["key", "list"]), "keys")
    let ran = try desk.run(
      ["exec", "gate-io/old-bot", "--passphrase", "env:STORE_WORD", "--", "/usr/bin/printenv", "GATE_API_KEY"],
      setting: ["STORE_WORD": KeyDesk.passphrase])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.output, "0011223344556677889900aabbccddee\n")
  }

  @Test(arguments: all)
  func `The settings are read, with their comments and quotes`(corpus: ReleaseCorpus) throws {
    let desk = try corpus.desk()
    try corpus.expectShown(desk.run(["config", "list"]), "config", of: desk)
    expectNoDifference(try desk.run(["config", "get", "openbao.token"]).output, "file:/run/secrets/a token\n")
  }

  // MARK: - What must not be there

  @Test(arguments: all)
  func `Nothing of it holds a secret, and no export what was blanked`(corpus: ReleaseCorpus) throws {
    let files = try FileManager.default.subpathsOfDirectory(atPath: corpus.path).filter { $0.contains(".") }
    for file in files where !["make.py", "README.md"].contains(file) {
      guard let bytes = FileManager.default.contents(atPath: "\(corpus.path)/\(file)") else { continue }
      expectNoDifference(Canary.trace(in: Array(bytes)), nil, "\(file)")
      guard file.hasPrefix("exports/") else { continue }
      #expect(!String(decoding: bytes, as: UTF8.self).lowercased().contains("jane"), "\(file)")
    }
  }
}
