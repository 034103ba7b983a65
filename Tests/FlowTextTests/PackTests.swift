import CustomDump
import Testing

@testable import FlowText
@testable import FlowTools

@Suite struct PackTests {
  @Test func `a good pack says where its pages may be`() {
    let reading = readPack(Array(BadPacks.good.utf8), path: "test/pack.yaml", expectedID: "test")
    expectNoDifference(reading.findings, [])
    let pack = reading.value
    expectNoDifference(pack?.id, "test")
    expectNoDifference(pack?.hosts, ["www.example.com", "docs.example.com"])
    expectNoDifference(pack?.permissions, ["read", "trade", "out"])
    expectNoDifference(pack?.parts.map(\.name), ["key", "secret"])
  }

  @Test(arguments: BadPacks.all) func `a bad pack is refused with place and hint`(_ file: BadFile) {
    let marked = MarkedText(file.text)
    let reading = readPack(Array(marked.text.utf8), path: "test/pack.yaml", expectedID: "test")
    expectNoDifference(marked.lines(reading.findings), file.findings)
    expectNoDifference(reading.value, nil)
  }

  @Test func `what is no text is a finding, of a pack and of a group`() {
    let large = [UInt8](repeating: 0x23, count: SourceText.largest + 1)
    for (bytes, code) in [(large, FindingCode.tooLarge), ([0x61, 0xFF], .notUTF8), ([], .emptyFile)] {
      expectNoDifference(readPack(bytes, path: "p").findings.map(\.code), [code])
      expectNoDifference(checkGroup(bytes, path: "g", expectedID: nil).map(\.code), [code])
    }
  }

  // MARK: - Files that flows include

  @Test func `a file that can't be used is told where it is included, or where it is wrong`() {
    let large = [UInt8](repeating: 0x23, count: SourceText.largest + 1)
    let library = FlowLibrary { id in
      switch id {
      case "shared/refused": .refused("others can write in it")
      case "test/pack": .refused("it is too large")
      case "shared/large": .found(bytes: large, path: "large.yaml")
      case "shared/bytes": .found(bytes: [0x61, 0x3A, 0x20, 0xFF], path: "bytes.yaml")
      default: .absent
      }
    }
    let marked = MarkedText(
      BadFile.head + """
        - include: 1️⃣shared/refused
        - include: shared/large
        - include: shared/bytes
        - {id: a, kind: tell, title: 2️⃣$(pack.title?)}

        """ + BadFile.tail)
    let findings = lintAndBind(marked.text, path: "flow.yaml", library: library).findings
    expectNoDifference(
      marked.lines(findings.filter { $0.path == "flow.yaml" }),
      [
        "1️⃣ unknown-include: group 'shared/refused' can't be used: others can write in it",
        "2️⃣ unknown-include: the pack of 'test' can't be used: it is too large",
      ])
    expectNoDifference(
      findings.filter { $0.path != "flow.yaml" }.map { "\($0.path):\($0.line):\($0.column) \($0.code.rawValue)" },
      ["bytes.yaml:1:4 not-utf8", "large.yaml:1:1 too-large"])
  }

  @Test func `a file is opened once, however often it is included`() {
    var opened: [String] = []
    let library = FlowLibrary { id in
      opened.append(id)
      return .found(bytes: Array("format: 1\ngroup: shared/a\nabout: T.\nsteps: []\n".utf8), path: id)
    }
    let includes = String(repeating: "- include: shared/a\n", count: 5)
    for _ in 0..<3 {
      expectNoDifference(
        lintAndBind(BadFile.head + includes + BadFile.tail, path: "flow.yaml", library: library).findings, [])
    }
    expectNoDifference(opened, ["shared/a"])
  }
}
