import CustomDump
import FlowCore
import Foundation
import Testing

@testable import Records

/// The text of a run's flow lies beside the records once, and whoever reads a record finds it, or is told what is missing.
@Suite struct FlowTextTests {
  private let temporary: TemporaryFolder
  private let folder: RecordFolder
  private let text = "flow: gate-io/create-key\n# é 🦉\n"

  init() throws {
    temporary = try TemporaryFolder()
    folder = temporary.records
  }

  /// Where the text lies.
  private var place: String { "\(folder.path)/flows/\(RunHeader.today().flowDigest ?? "").yaml" }

  private func make(_ runs: String...) throws {
    for run in runs {
      let journal = try folder.create(.today(run), random: pinnedBytes())
      try journal.append(
        [.began, .answered("purpose", .choice("bot"), words: [:], .typed)], at: .pinned(), in: .sample)
    }
  }

  private func inFlows() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path + "/flows").map { "\(folder.path)/flows/\($0)" }
  }

  @Test func `A text is written once, for its owner alone, and found by every record that names it`() throws {
    try make("aaaa", "bbbb")
    expectNoDifference(try inFlows(), [place])
    expectNoDifference(try String(contentsOfFile: place, encoding: .utf8), text)
    var status = stat()
    expectNoDifference(stat(place, &status), 0)
    expectNoDifference(status.st_mode & 0o7777, 0o600)
    for run in ["aaaa", "bbbb"] {
      let header = try folder.read(run).header
      var written = RunHeader.today(run)
      written.flowText = nil
      expectNoDifference(header, written)
      expectNoDifference(try folder.flowText(of: header), text)
      expectNoDifference(try folder.audit(run).findings, [])
    }
    expectNoDifference(try folder.runs(), ["aaaa", "bbbb"])
  }

  @Test func `A record of a format before keeps its text to itself`() throws {
    for format in [1, 2] {
      var header = RunHeader.sample("run\(format)")
      header.format = format
      _ = try folder.create(header, random: pinnedBytes())
      let contents = try folder.read(header.run)
      expectNoDifference(contents.header, header)
      expectNoDifference(try folder.flowText(of: contents.header), RunHeader.sample().flowText)
      expectNoDifference(try folder.audit(header.run).findings, [])
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/flows"))
  }

  @Test func `A text that is missing, changed or not to be trusted is told, and the record is whole without it`() throws
  {
    let bait = temporary.path + "/bait"
    let cases: [(String, () throws -> Void, FlowTextFault)] = [
      ("missing", {}, .missing(place)),
      ("changed", { try Data("another".utf8).write(to: URL(fileURLWithPath: place)) }, .changed(place)),
      ("a link", { symlink(bait, place) }, .unusable(place, "it is a link")),
      ("a pipe", { mkfifo(place, 0o600) }, .unusable(place, "it is no plain file")),
      (
        "writable by others",
        {
          try Data(text.utf8).write(to: URL(fileURLWithPath: place))
          chmod(place, 0o666)
        }, .unusable(place, "others can write it")
      ),
      (
        "a folder that is a link",
        {
          try FileManager.default.removeItem(atPath: folder.path + "/flows")
          symlink(temporary.path, folder.path + "/flows")
        }, .unusable(folder.path + "/flows", "it is no folder, or a link")
      ),
    ]
    try make("7q4m")
    try Data(text.utf8).write(to: URL(fileURLWithPath: bait))
    let header = try folder.read("7q4m").header
    for (name, put, fault) in cases {
      unlink(place)
      try put()
      let lacking = JournalError.noFlowText("7q4m", flow: "gate-io/create-key", fault)
      #expect(throws: lacking, "\(name)") { try folder.flowText(of: header) }
      let report = try folder.audit("7q4m")
      expectNoDifference(report.findings, [.init(line: 1, fault: .flowText(fault))], "\(name)")
      expectNoDifference(report.damage, nil, "\(name)")
      expectNoDifference(try folder.read("7q4m").entries.count, 2, "\(name)")
      guard name != "missing" else { continue }
      // What is there is never written over, and nothing is put on record that it does not explain.
      let refusal = #expect(throws: JournalError.self, "\(name)") { try make("9zzz") }
      #expect(refusal.map { "\($0.what)" }?.contains("flows") == true, "\(name)")
      expectNoDifference(try folder.runs(), ["7q4m"], "\(name)")
    }
    expectNoDifference(try String(contentsOfFile: bait, encoding: .utf8), text)
  }

  @Test func `A text that is lost comes back with the next run of its flow`() throws {
    try make("aaaa")
    unlink(place)
    try make("bbbb")
    expectNoDifference(try folder.audit("aaaa").findings, [])
  }

  @Test func `A digest that is none becomes no path`() throws {
    for digest in ["../../../etc/passwd", "", String(repeating: "A", count: 64), "ab"] {
      var header = RunHeader.today("9zzz")
      header.flowText = nil
      header.flowDigest = digest
      _ = try folder.create(header, random: pinnedBytes())
      #expect(throws: JournalError.unreadable("9zzz", line: 1), "\(digest)") { try folder.read("9zzz") }
      unlink(temporary.file("9zzz").path)
    }
  }

  @Test func `Of a text that a kill left without a record nobody takes notice`() throws {
    try make("7q4m")
    for name in [folder.path + "/flows/0.yaml", "\(place).new-1"] {
      _ = FileManager.default.createFile(atPath: name, contents: Data())
    }
    unlink(temporary.file("7q4m").path)
    expectNoDifference(try folder.runs(), [])
    try make("aaaa")
    expectNoDifference(try folder.audit("aaaa").findings, [])
  }

  // MARK: - Handing over

  /// A record as it is handed over, in a folder where nothing else is.
  private func handedOver(with other: String? = nil) throws -> RecordFile {
    let path = temporary.path + "/elsewhere.jsonl"
    let bytes = try folder.handedOver("7q4m", with: other ?? text)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return RecordFile(path: path)
  }

  @Test func `A record that is handed over carries its text, and has the same digest`() throws {
    try make("7q4m")
    let here = try folder.read("7q4m")
    let file = try handedOver()
    let there = try file.read()
    expectNoDifference(there.entries, here.entries)
    expectNoDifference(there.finalDigest, here.finalDigest)
    expectNoDifference(try file.flowText(of: there.header), text)
    let report = try file.audit()
    expectNoDifference(report.findings, [])
    expectNoDifference(report.finalDigest, here.finalDigest)
    // Handed on, it is the same file.
    expectNoDifference(try file.handedOver(with: nil), try folder.handedOver("7q4m", with: text))
  }

  @Test func `A record of a format before is handed over as it is`() throws {
    do { _ = try walk(in: folder) }
    expectNoDifference(try folder.handedOver("7q4m", with: nil), try temporary.bytes("7q4m"))
  }

  @Test func `What it carries is not believed if its digest says otherwise`() throws {
    try make("7q4m")
    let file = try handedOver(with: "flow: another\n")
    expectNoDifference(try file.audit().findings, [.init(line: 1, fault: .flowText(.carriedChanged))])
    let header = try file.read().header
    expectNoDifference(header.flowText, nil)
    #expect(throws: JournalError.self) { try file.flowText(of: header) }
  }

  @Test func `A record that was copied with the folder beside it finds its text there, one that was not says so`()
    throws
  {
    try make("7q4m")
    let copy = temporary.path + "/copy"
    try FileManager.default.copyItem(atPath: folder.path, toPath: copy)
    let file = RecordFile(path: copy + "/7q4m.jsonl")
    expectNoDifference(try file.flowText(of: file.read().header), text)
    expectNoDifference(try file.audit().findings, [])
    try FileManager.default.removeItem(atPath: copy + "/flows")
    let fault = FlowTextFault.missing(place.replacingOccurrences(of: folder.path, with: copy))
    expectNoDifference(try file.audit().findings, [.init(line: 1, fault: .flowText(fault))])
  }

  @Test func `A record that was handed over and put back goes on, and can be blanked`() throws {
    try make("7q4m")
    let bytes = try folder.handedOver("7q4m", with: text)
    try FileManager.default.removeItem(atPath: folder.path + "/flows")
    try temporary.write(bytes, as: "7q4m")
    do {
      let (journal, contents) = try folder.open("7q4m", random: pinnedBytes())
      expectNoDifference(contents.header.flowText, text)
      try journal.append([.noted("purpose", "for a friend", .typed)], at: .pinned(1), in: .sample)
    }
    expectNoDifference(try folder.audit("7q4m").findings, [])
    _ = try folder.redact("7q4m", line: 4, reason: "a name", at: .pinned(2), random: pinnedBytes())
    expectNoDifference(try folder.audit("7q4m").findings, [])
    expectNoDifference(try folder.read("7q4m").header.flowText, text)
    #expect(!String(decoding: try temporary.bytes("7q4m"), as: UTF8.self).contains("for a friend"))
  }
}
