import CustomDump
import FlowCore
import Foundation
import Testing

@testable import Exports

@Suite("Rounds")
struct RoundTests {
  @Test("on pages each round is listed after the steps of its loop, by its name, with what was taken back in it")
  func listed() throws {
    let loop = try #require(Form(Sample.rounds.record).rows.compactMap(\.loop).first)
    expectNoDifference(loop.numbers, ["2", "3", "4", "5", "6", "7"])
    expectNoDifference(loop.rounds.map(\.name), ["grid-1", Hostile.markup, "arb-1"])
    let lines = loop.rounds.map { round in
      round.lines.map { line in
        "\(line.row ?? "-") "
          + line.entry.visits.map { ($0.isEarlier ? "was " : "") + ($0.answer ?? "-") }.joined(separator: ", ")
      }
    }
    expectNoDifference(
      lines,
      [
        ["2 grid-1", "3 by nobody", "4 grid-1 goes", "6 no", "4 grid-1 goes", "6 gone", "7 yes"],
        ["2 \(Hostile.markup), was tax-1", "3 by a bot", "4 \(Hostile.markup) stays", "7 yes"],
        [
          "2 arb-1", "3 by something strange", "4 arb-1 goes, was arb-1 stays", "6 gone", "7 no, was yes",
          "5 was it is looked into",
        ],
      ])
  }

  @Test("a step of a loop says where its answers are, keeps its holes, and marks no choice")
  func pointers() throws {
    let rows = Form(Sample.rounds.record).rows
    expectNoDifference(
      rows.map { $0.filling?.loop?.pointer != nil }, [false, true, true, true, true, true, true, false])
    expectNoDifference(rows[2].instructions.map(\.plain), ["What uses [which key?]?"])
    #expect(rows[2].choices.allSatisfy { !$0.isChosen })
    #expect(rows[0].choices.contains { $0.isChosen })
    expectNoDifference(rows[1].filling?.entry.visits.map(\.answer), ["none"])
  }

  @Test("in JSON each answer has its round, and says whether it was taken back there")
  func json() throws {
    let text = try export(Sample.rounds.record, as: .json)
    let record = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let loops = try #require(record["loops"] as? [[String: Any]])
    expectNoDifference(loops.count, 1)
    let rounds = try #require(loops[0]["rounds"] as? [[String: Any]])
    expectNoDifference(rounds.map { $0["name"] as? String }, ["grid-1", Hostile.markup, "arb-1"])
    let steps = try #require(record["steps"] as? [[String: Any]])
    expectNoDifference(steps.map { $0["loop"] as? Int }, [nil, 1, 1, 1, 1, 1, 1, nil])
    let standing = try #require(steps[1]["standing"] as? [String: Any])
    expectNoDifference(standing["answer"] as? String, "arb-1")
    expectNoDifference(standing["round"] as? Int, 3)
    let earlier = try #require(steps[1]["earlier"] as? [[String: Any]])
    expectNoDifference(earlier.map { $0["answer"] as? String }, ["grid-1", "tax-1", Hostile.markup, "none"])
    expectNoDifference(earlier.map { $0["round"] as? Int }, [1, 2, 2, nil])
    expectNoDifference(earlier.map { $0["takenBack"] as? Bool }, [nil, true, nil, nil])
  }

  @Test("in CSV each row of a loop has loop and round, and what stood in its round is no earlier answer")
  func csv() throws {
    let rows = try export(Sample.rounds.record, as: .csv).components(separatedBy: "\r\n").filter {
      $0.contains(",step,4,fate,")
    }
    expectNoDifference(
      rows.map { $0.components(separatedBy: ",").suffix(2).joined(separator: ".") },
      ["1.1", "1.1", "1.2", "1.3", "1.3"])
    expectNoDifference(rows.map { $0.contains(",earlier,") }, [false, false, false, true, false])
  }

  @Test("where a run stands within a round, the round says so")
  func unfinished() throws {
    let events = Array(Sample.roundsEvents.prefix(11))
    let record = Sample.record(events, run: "7q4u", flow: roundsFlow)
    let text = try export(record, as: .markdown)
    #expect(text.contains("- **Round 2 of 2: tax-1**\n"))
    #expect(text.contains("  - [ ] 3. Is it used?\n    - **the run stands here**\n"))
    #expect(try export(record, as: .csv).contains(",step,3,use,Is it used?,no,the run stands here,,,,,,,,,,1,2\r\n"))
  }

  @Test("a record without rounds has nothing of them", arguments: Sample.allCases.filter { $0 != .rounds })
  func none(sample: Sample) throws {
    #expect(try !export(sample.record, as: .json).contains("\"round\""))
    #expect(try !export(sample.record, as: .markdown).contains("**Round"))
    #expect(try !export(sample.record, as: .html).contains("class=\"loop\""))
  }

  @Test("the script walks every round as it was, and leaves out what was taken back")
  func script() throws {
    let lines = try export(Sample.rounds.record, as: .script).split(separator: "\n").filter { $0.hasPrefix("name: ") }
    expectNoDifference(lines, ["name: grid-1", "name: \(Hostile.markup)", "name: arb-1"])
  }
}
