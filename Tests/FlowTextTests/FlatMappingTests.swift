import CustomDump
import Testing

@testable import FlowText

/// A file of `key: value` lines.
@Suite struct FlatMappingTests {
  private func codes(_ text: String) -> [String] {
    readFlatMapping(text, path: "f").findings.map { "\($0.line):\($0.column) \($0.code.rawValue)" }
  }

  @Test func `each value is known where it stands, with its quotes`() {
    let reading = readFlatMapping("# é\nstore: pass # here\r\n\"a b\":  'it''s'\nc: \"x\\\"y\"\nd:\né: ü\n", path: "f")
    expectNoDifference(reading.findings, [])
    expectNoDifference(
      reading.value?.map { [$0.key, $0.value, "\($0.line):\($0.keyColumn):\($0.valueColumn)+\($0.valueLength)"] },
      [
        ["store", "pass", "2:1:8+4"], ["a b", "it's", "3:1:9+7"], ["c", "x\"y", "4:1:4+6"], ["d", "", "5:1:3+0"],
        ["é", "ü", "6:1:4+1"],
      ])
  }

  @Test func `a file without keys has no entries`() {
    for text in ["", "# nothing\n"] {
      expectNoDifference(readFlatMapping(text, path: "f"), Reading(value: [], findings: []))
    }
  }

  @Test func `whatever is no text on its line is a finding, and shows no line`() {
    expectNoDifference(codes("a: [b]\nc: {d: e}\n"), ["1:1 wrong-type", "2:1 wrong-type"])
    expectNoDifference(
      codes("a: b\n  c\nd: |\n  e\nf: \"g\n  h\"\n"), ["1:1 wrong-type", "3:1 wrong-type", "5:1 wrong-type"])
    expectNoDifference(codes("a: b\na: c\n"), ["2:1 duplicate-key"])
    expectNoDifference(codes("a: &b c\nd: !e f\n"), ["1:4 anchor", "2:4 tag"])
    expectNoDifference(codes("- a\n"), ["1:1 wrong-type"])
    expectNoDifference(codes("a: b: c\n"), ["1:5 syntax"])
    #expect(readFlatMapping("pasword: [x]\n", path: "f").findings.allSatisfy { $0.excerpt == nil })
  }
}
