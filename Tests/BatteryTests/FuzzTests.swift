import AgeFormat
import Battery
import FlowCore
import FlowText
import FlowTools
import Foundation
import KeyusherHarness
import PlainText
import PtyHarness
import SecretMemory
import Testing

@testable import Records
@testable import Terminal

/// Group L: random bytes for everything that reads what others wrote. Seeded, so that what fails fails again.
@Suite struct FuzzTests {
  private static let many = isWhole ? 20 : 1

  @Test func `Flow texts with random bytes are read or refused, and no finding commands a terminal`() throws {
    var chance = Chance(seed: 1)
    let good = Array(SmallFlow.text().utf8)
    sweep(.fuzz, Array(0..<(500 * FuzzTests.many))) { _ in
      let bytes = chance.spoiled(good)
      let reading = readFlow(bytes, path: "flow.yaml", options: .lint())
      if (reading.value == nil) != reading.hasErrors { return "neither read nor refused: \(bytes)" }
      for finding in reading.findings where display(finding.rendered(), keepingLines: true) != finding.rendered() {
        return "a finding is not showable: \(bytes)"
      }
      return nil
    }
  }

  @Test func `Scripts with random bytes are read or refused`() throws {
    var chance = Chance(seed: 2)
    let good = Array(SmallFlow.script.utf8)
    sweep(.fuzz, Array(0..<(1000 * FuzzTests.many))) { _ in
      let bytes = chance.spoiled(good)
      let reading = readScript(bytes, path: "a.script")
      if (reading.value == nil) != reading.findings.contains(where: { $0.severity == .error }) {
        return "neither read nor refused: \(bytes)"
      }
      return nil
    }
  }

  @Test func `A journal with random bytes is never taken for the one that was written`() throws {
    let desk = try Desk.small()
    try Scene.leave(["bot-1", ":note a note", "read"], on: desk)
    let run = try desk.run()
    let good = try desk.bytes(of: desk.recordFile(run))
    let digest = try desk.records.read(run).finalDigest
    var chance = Chance(seed: 3)
    sweep(.fuzz, Array(0..<(300 * FuzzTests.many))) { _ in
      let bytes = chance.spoiled(good)
      guard bytes != good else { return nil }
      try Data(bytes).write(to: URL(fileURLWithPath: desk.recordFile(run)))
      _ = try? desk.records.read(run)
      let report: AuditReport
      do { report = try desk.records.audit(run) } catch { return nil }
      // Lines that are cut whole leave a shorter record that holds; its last digest is another.
      return report.isClean && report.finalDigest == digest ? "a changed journal passes for the old: \(bytes)" : nil
    }
  }

  @Test func `age files with random bytes open to what was sealed, or not at all`() throws {
    var chance = Chance(seed: 4)
    let text = Array("a text that is sealed".utf8)
    let identity = try Identity.generate()
    let good = try AgeFile.encrypt(SecretBytes(copying: text), for: .recipients([identity.recipient]))
    sweep(.fuzz, Array(0..<(300 * FuzzTests.many))) { _ in
      let bytes = chance.spoiled(good)
      guard bytes != good, let opened = try? AgeFile.decrypt(bytes, with: .identities([identity])) else { return nil }
      return "a changed file opens, to \(opened.count) bytes: \(bytes)"
    }
  }

  @Test func `What is typed at a secret prompt, whatever it is, holds no control character and ends in bounded room`()
    throws
  {
    var chance = Chance(seed: 5)
    let pieces = [
      "\u{1B}[200~", "\u{1B}[201~", "\u{1B}", "\u{1B}[", "\u{1B}]", "\u{1B}P", "a", "\n", "\r", "\t", "\u{7}", "\u{15}",
      "\u{0}",
    ]
    sweep(.fuzz, Array(0..<(1000 * FuzzTests.many))) { _ in
      var line = try SecretLine()
      for _ in 0..<Int(chance.next() % 60) {
        let piece =
          chance.next() % 2 == 0
          ? [UInt8(truncatingIfNeeded: chance.next())] : Array(pieces[Int(chance.next() % UInt64(pieces.count))].utf8)
        for byte in piece where try line.take(byte) == .endOfInput { break }
      }
      let bad = line.bytes.withBytes { bytes in bytes.first { ($0 < 0x20 && $0 != 0x0A) || $0 == 0x7F } }
      return bad.map { "byte \($0)" }
    }
  }

  @Test func `Whatever passes the display gate commands no terminal, and passes it again unchanged`() throws {
    var chance = Chance(seed: 6)
    sweep(.fuzz, Array(0..<(1000 * FuzzTests.many))) { _ in
      let bytes = (0..<Int(chance.next() % 80)).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
      let scalars = (0..<Int(chance.next() % 20)).compactMap { _ in
        Unicode.Scalar(UInt32(truncatingIfNeeded: chance.next() % 0x11_0000))
      }
      var text = String(decoding: bytes, as: UTF8.self)
      text.unicodeScalars.append(contentsOf: scalars)
      let shown = display(text)
      return faults(
        (
          !shown.unicodeScalars.contains {
            $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || (0x202A...0x202E).contains($0.value)
          },
          "\(text.debugDescription) becomes \(shown.debugDescription)"
        ),
        (display(shown) == shown, "\(shown.debugDescription) changes again"))
    }
  }
}

/// Random numbers from a seed (SplitMix64).
struct Chance {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Some bytes with one to four mistakes in them: changed, left out, doubled, cut, or strange ones put in.
  mutating func spoiled(_ good: [UInt8]) -> [UInt8] {
    var bytes = good
    for _ in 0...Int(next() % 4) where !bytes.isEmpty {
      let place = Int(next() % UInt64(bytes.count))
      let end = min(bytes.count, place + Int(next() % 40))
      switch next() % 6 {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: next())
      case 1: bytes[place] ^= 1 << UInt8(next() % 8)
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 4: bytes.removeSubrange(place...)
      default: bytes.insert(contentsOf: (0..<8).map { _ in UInt8(truncatingIfNeeded: next()) }, at: place)
      }
    }
    return bytes
  }
}
