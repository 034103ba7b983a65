import CustomDump
import FlowCore
import Outside
import Testing

@testable import FlowText
@testable import FlowTools

@Suite struct ProgramTests {
  @Test func `a good program pack says how the program takes a key`() throws {
    let reading = BadPrograms.read(BadPrograms.good)
    expectNoDifference(reading.findings, [])
    let program = try #require(reading.value)
    expectNoDifference(program.docs, [PageSource(description: "its README", date: "2026-05-27", says: "the variables")])
    expectNoDifference(program.start, "mybot run")
    expectNoDifference(
      program.file,
      ProgramPack.File(
        form: .yaml,
        entries: [
          .init(path: ["keys"], content: .part(["key"])),
          .init(path: ["names", "{label}"], content: .text("{exchange}")),
        ], path: "~/.mybot", told: "--keys {file}"))
    expectNoDifference(program.traps, [.init(kind: .typedValues, parts: ["key"])])
    expectNoDifference(program.rights(at: "test").map(\.permissions), [["read", "trade"]])
    expectNoDifference(program.nonces, [.init(exchange: "test", unit: "milliseconds")])
    expectNoDifference(program.notes, ["Start it for {exchange}.", "Then look."])
  }

  @Test(arguments: BadPrograms.all) func `a bad program pack is refused with place and hint`(_ file: BadFile) {
    let marked = MarkedText(file.text)
    let reading = BadPrograms.read(marked.text)
    expectNoDifference(marked.lines(reading.findings), file.findings)
    expectNoDifference(reading.value, nil)
    #expect(reading.findings.allSatisfy { $0.hint?.isEmpty == false })
  }

  @Test func `what is no text is a finding`() {
    for (bytes, code) in [([0x61, 0xFF], FindingCode.notUTF8), ([], .emptyFile), (Array("[]".utf8), .wrongType)] {
      expectNoDifference(readProgram(bytes, path: "p").findings.map(\.code), [code])
    }
  }

  // MARK: - Names

  @Test func `an exchange has the program's name, whatever id its keys were kept under`() throws {
    var program = try #require(BadPrograms.read(BadPrograms.good).value)
    expectNoDifference(["test", "test.example", "other"].map(program.name), ["test-1", "test-1", "other"])
    program.takesAnyExchange = false
    expectNoDifference(program.name(of: "other"), nil)
  }

  @Test(
    "A part has the first variable that names it, or the one for the rest",
    arguments: [
      ("key", "test-1", nil, "TEST_1_KEY"), ("secret", "test-1", nil, "MYBOT_SECRET"),
      ("private-key", "x", nil, "MYBOT_SECRET"), ("shoe-size", "x", nil, "MYBOT_SHOE_SIZE"),
      // A shell drops variables that begin with a digit.
      ("key", "3commas", nil, "_3COMMAS_KEY"), ("key", "x", "Mine", "Mine_KEY"), ("key", "x", "", "KEY"),
    ])
  func variable(part: String, exchange: String, prefix: String?, name: String) throws {
    let program = try #require(BadPrograms.read(BadPrograms.good).value)
    let holes = ProgramHoles(exchange: exchange, label: "bot", prefix: prefix)
    expectNoDifference(program.variable(of: part, filling: holes), name)
  }

  // MARK: - What is shipped

  @Test func `every shipped program pack names where it is from, and each part once`() throws {
    let files = try FlowTree.files().filter { $0.kind == .program }
    #expect(files.count >= 9)
    for file in files {
      let name = String(file.id.dropFirst(FlowLibrary.programs.count))
      let program = try #require(readProgram(file.bytes(), path: file.path, expectedID: name).value)
      #expect(program.docs.allSatisfy { !$0.date.isEmpty }, "\(file)")
      let parts = program.variables.flatMap { variable -> [String] in
        if case .part(let parts) = variable.content { parts } else { [] }
      }
      expectNoDifference(parts.count, Set(parts).count, "\(file)")
    }
  }

  // MARK: - To begin with

  @Test(arguments: [false, true]) func `a new program pack has no finding, with what is optional or without`(
    isWhole: Bool
  ) {
    let text = ProgramScaffold(id: "my-bot", today: "2026-11-23").text
    let pack = text.replacing("#? ", with: isWhole ? "" : "#? ")
    let findings = readProgram(
      Array(pack.utf8), path: "my-bot.yaml", expectedID: "my-bot", exchange: FlowTree.library().pack
    ).findings
    expectNoDifference(findings.map { $0.rendered() }, [])
  }

  @Test func `a new program pack has every key there is, and claims nothing`() {
    let text = ProgramScaffold(id: "my-bot", today: "2026-11-23").text
    for key in Set(ProgramKeys.table.sets.flatMap(\.names)) { #expect(text.contains("\(key):"), "\(key)") }
    let sources = text.split(separator: "\n").filter { $0.contains("from:") }
    #expect(sources.allSatisfy { $0.contains("{from: no source yet, date: 2026-11-23}") })
  }
}
