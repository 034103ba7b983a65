import CustomDump
import FlowCore
import Foundation
import Testing

@testable import Records

/// Every journal version ever released stays readable: the files of `Corpus/v1` never change, and new versions get a
/// folder of their own.
///
/// `KEYUSHER_WRITE_CORPUS=1` writes the files that are missing.
@Suite struct CorpusTests {
  private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Corpus/v1")

  /// All but the announcement of a blanking, which has a journal of its own.
  private static let everyEventAlone = everyEvent(with: "é \"q\"\n🦉\u{1B}[2J").filter { $0.kind != .redacted }

  /// The journals of the corpus, made anew by this version.
  private func make(_ run: String, in folder: RecordFolder) throws {
    switch run {
    case "every-event": try walk(Self.everyEventAlone, as: run, in: folder)
    case "stores": try walk(eventsOfStores(with: "é \"q\"\n🦉\u{1B}[2J"), as: run, in: folder)
    case "unfinished": try walk(Array(sampleWalk.prefix(16)), as: run, in: folder)
    default: try walk(as: run, in: folder)
    }
    guard run == "blanked" else { return }
    for line in [5, 6, 1] {
      _ = try folder.redact(run, line: line, reason: "a name", at: .pinned(100 + line), random: pinnedBytes())
    }
  }

  private func fold(_ contents: JournalContents) -> String {
    let record = Record(
      header: contents.header, entries: contents.entries, flow: .sample, finalDigest: contents.finalDigest)
    var lines = ["\(record.header.run), \(record.lines) lines, \(record.finalDigest)"]
    switch record.status {
    case .unfinished(let step): lines.append("unfinished at \(step?.rawValue ?? "-")")
    case .ended(let outcome, let reason): lines.append("ended \(outcome.rawValue) \(reason ?? "-")")
    }
    for item in record.items {
      for visit in item.visits {
        lines.append(
          "\(item.number ?? "-") \(item.step) at \(visit.at): \(visit.answer ?? "-") \(visit.standing.inJournal)"
            + (visit == item.standing ? ", stands" : ""))
      }
      lines += item.notes.map { "\(item.number ?? "-") \(item.step) at \($0.at): note \($0.text)" }
    }
    for dated in record.exceptions {
      let exception = dated.exception
      lines.append(
        "exception \(exception.number) \(exception.kind.rawValue) at \(exception.step): \(exception.what); "
          + "\(words(exception.resolution)), \(dated.raised) to \(dated.resolved?.description ?? "-")")
    }
    lines += record.reminders.map { "\($0.day) \($0.text)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private func words(_ resolution: RunException.Resolution) -> String {
    switch resolution {
    case .open: "open"
    case .corrected: "corrected"
    case .accepted(let reason): "accepted: \(reason)"
    case .recorded: "recorded"
    }
  }

  @Test(arguments: ["completed", "unfinished", "blanked", "every-event", "stores"])
  func `a journal of version 1 reads, audits and folds as it always did`(run: String) throws {
    let journal = Self.corpus.appending(path: run + ".jsonl")
    let folded = Self.corpus.appending(path: run + ".fold")
    let temporary = try TemporaryFolder()
    try make(run, in: temporary.records)
    if ProcessInfo.processInfo.environment["KEYUSHER_WRITE_CORPUS"] == "1",
      !FileManager.default.fileExists(atPath: journal.path)
    {
      try Data(try temporary.bytes(run)).write(to: journal)
      try Data(fold(try temporary.records.read(run)).utf8).write(to: folded)
    }
    let bytes = Array(try Data(contentsOf: journal))
    let contents = try JournalContents(of: run, bytes)
    expectNoDifference(AuditReport(of: run, bytes).findings, [])
    expectNoDifference(fold(contents), String(decoding: try Data(contentsOf: folded), as: UTF8.self))
    if run == "every-event" {
      expectNoDifference(contents.entries.map(\.event), Self.everyEventAlone)
    }
    // Pinned clock and salts give the same bytes as on the day the corpus was made.
    expectNoDifference(
      String(decoding: try temporary.bytes(run), as: UTF8.self), String(decoding: bytes, as: UTF8.self))
  }
}
