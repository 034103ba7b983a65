import CustomDump
import FlowCore
import Foundation
import Testing

@testable import Records

@Suite struct AuditTests {
  /// A small journal with a blanked line in it.
  private static func small() throws -> [UInt8] {
    let temporary = try TemporaryFolder()
    do { _ = try walk(Array(sampleWalk.prefix(6)), in: temporary.records) }
    _ = try temporary.records.redact("7q4m", line: 5, reason: "a name", at: .pinned(50), random: pinnedBytes())
    return try temporary.bytes("7q4m")
  }

  /// The same is found whether or not it is kept what was shown.
  private func audit(_ bytes: [UInt8]) -> AuditReport {
    let report = AuditReport(of: "7q4m", bytes)
    expectNoDifference(AuditedRecord(of: "7q4m", bytes, sentences: false).report, report)
    return report
  }

  private func lines(_ bytes: [UInt8]) -> [[UInt8]] { JournalBytes(bytes).lines.map { Array($0) + [10] } }

  @Test func `a journal that nobody touched is clean`() throws {
    let bytes = try Self.small()
    let report = audit(bytes)
    expectNoDifference(report.findings, [])
    expectNoDifference(report.lines, 8)
    expectNoDifference(report.finalDigest, try JournalContents(of: "7q4m", bytes).finalDigest)
  }

  @Test(arguments: [0x01, 0x20, 0x80] as [UInt8])
  func `every byte that is changed is noticed`(mask: UInt8) throws {
    var bytes = try Self.small()
    for index in bytes.indices {
      bytes[index] ^= mask
      #expect(!audit(bytes).isClean, "byte \(index) was changed and nobody noticed")
      bytes[index] ^= mask
    }
  }

  @Test func `a byte that is taken out or put in is noticed`() throws {
    let bytes = try Self.small()
    for index in bytes.indices {
      #expect(!audit(Array(bytes[..<index] + bytes[(index + 1)...])).isClean)
      #expect(!audit(Array(bytes[..<index] + [UInt8(ascii: " ")] + bytes[index...])).isClean)
    }
  }

  @Test func `a line that is taken out, moved or doubled is named`() throws {
    let whole = lines(try Self.small())
    for index in 0..<(whole.count - 1) {
      var out = whole
      out.remove(at: index)
      expectNoDifference(
        audit(Array(out.joined())).findings, [.init(line: index + 1, fault: .outOfOrder(number: index + 2))])
      var swapped = whole
      swapped.swapAt(index, index + 1)
      expectNoDifference(
        audit(Array(swapped.joined())).findings, [.init(line: index + 1, fault: .outOfOrder(number: index + 2))])
      var doubled = whole
      doubled.insert(whole[index], at: index)
      expectNoDifference(
        audit(Array(doubled.joined())).findings, [.init(line: index + 2, fault: .outOfOrder(number: index + 1))])
    }
  }

  @Test func `contents that were changed, and a line that was numbered anew, are told apart`() throws {
    let whole = lines(try Self.small())
    var changed = whole
    changed[3] = Array(String(decoding: changed[3], as: UTF8.self).replacing("bot", with: "tob").utf8)
    expectNoDifference(
      audit(Array(changed.joined())).findings, [.init(line: 4, fault: .payloadDoesNotMatchSum)])
    var cut = whole
    cut.remove(at: 3)
    for index in 3..<cut.count {
      let text = String(decoding: cut[index], as: UTF8.self)
      cut[index] = Array(text.replacing("{\"line\":\(index + 2),\"chain", with: "{\"line\":\(index + 1),\"chain").utf8)
    }
    expectNoDifference(audit(Array(cut.joined())).findings, [.init(line: 4, fault: .chainBroken)])
  }

  @Test(
    "what was shown is no event where it is not as it is written",
    arguments: [
      (#"{"at":"2026-11-23T14:05:09.000Z","event":"shown","sentences":["a"]}"#, true),
      (#"{"at":"2026-11-23T14:05:09.000Z","event":"shown","sentences":["a"],"step":"login"}"#, true),
      (#"{"at":"2026-11-23T14:05:09.000Z","event":"shown","sentences":"a"}"#, false),
      (#"{"at":"2026-11-23T14:05:09.000Z","event":"shown","sentences":["a",1]}"#, false),
      (#"{"at":"2026-11-23T14:05:09.000Z","event":"shown","sentences":["a"],"step":1}"#, false),
      (#"{"at":"2026-11-23T14:05:09.000Z","event":"shown","step":"login"}"#, false),
      (#"{"at":"2026-11-23T14:05:09.000Z","event":"shown","sentences":["a"],"st\u0065p":1}"#, false),
      (#"{"at":"2026-11-33T14:05:09.000Z","event":"shown","sentences":["a"]}"#, false),
      (#"{"at":"2026-11-23T14:05:09.000Z","event":"shown","sentences":["a"]"#, false),
    ])
  func shown(payload: String, isEvent: Bool) throws {
    let bytes = try Self.small()
    let first = try #require(JournalLine(parsing: JournalBytes(bytes).lines[0]))
    let line = JournalLine(number: 2, after: first.chain, salt: first.salt, payload: Array(payload.utf8))
    let report = audit(first.rendered + line.rendered)
    expectNoDifference(report.findings.map(\.fault), isEvent ? [] : [.unreadable])
  }

  @Test func `whole lines that are cut from the end are not seen, but the final digest is another`() throws {
    let whole = lines(try Self.small())
    let all = audit(Array(whole.joined()))
    // Without the announcement the blanked line is noticed; so cut a journal without one.
    let temporary = try TemporaryFolder()
    try walk(in: temporary.records)
    let walked = lines(try temporary.bytes("7q4m"))
    let before = audit(Array(walked.joined()))
    let after = audit(Array(walked.dropLast(2).joined()))
    expectNoDifference(after.findings, [])
    #expect(after.finalDigest != before.finalDigest)
    expectNoDifference(
      audit(Array(whole.dropLast().joined())).findings, [.init(line: 5, fault: .blankWithoutReason)])
    #expect(all.isClean)
  }

  @Test func `a torn tail, an empty file and a file under another name are findings`() throws {
    let bytes = try Self.small()
    expectNoDifference(audit(bytes + [65, 66]).findings, [.init(line: 9, fault: .tornTail(bytes: 2))])
    expectNoDifference(audit([]).findings, [.init(line: 1, fault: .tornTail(bytes: 0))])
    expectNoDifference(
      AuditReport(of: "zzzz", bytes).findings, [.init(line: 1, fault: .belongsToRun("7q4m"))])
  }

  @Test func `a line that is blanked without Keyusher is noticed`() throws {
    let contents = try JournalContents(of: "7q4m", Self.small())
    var forged = contents.lines
    let blanking = try #require(try Blanking.all(of: 7, in: contents, of: "7q4m").first)
    forged[6] = forged[6].blanked(to: blanking.tombstone)
    expectNoDifference(
      audit(forged.flatMap(\.rendered)).findings, [.init(line: 7, fault: .blankWithoutReason)])
    var changed = contents.lines
    changed[4] = changed[4].blanked(to: Array(#"{"redacted":true}"#.utf8))
    expectNoDifference(
      audit(changed.flatMap(\.rendered)).findings.map(\.fault), [.unreadable, .blankWasChanged])
  }

  @Test(
    arguments: [
      (.unreadable, "it can't be read"),
      (.newer("event 'dreamt'"), "it was made by a newer keyusher: event 'dreamt' is not known here"),
      (.outOfOrder(number: 7), "it says that it is line 7: a line was taken out, added or moved"),
      (.payloadDoesNotMatchSum, "its contents are not what was written: they do not match their sum"),
      (.chainBroken, "it does not follow the line before it: the chain is broken"),
      (.belongsToRun("zzzz"), "it is the header of record 'zzzz': the file was renamed or copied"),
      (.blankWithoutReason, "it was blanked, and no later line says why"),
      (.blankWasChanged, "it was changed after it was blanked"),
      (.notBlankedYet, "it was to be blanked, and is not: run redact again"),
      (.tornTail(bytes: 17), "17 bytes of a line that was never finished; resume cuts them"),
    ] as [(AuditReport.Fault, String)])
  func `findings are told in words`(fault: AuditReport.Fault, words: String) {
    expectNoDifference(AuditReport.Finding(line: 4, fault: fault).description, words)
  }
}
