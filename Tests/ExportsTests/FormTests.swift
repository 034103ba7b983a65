import CustomDump
import FlowCore
import Records
import Testing

@testable import Exports

@Suite("The form")
struct FormTests {
  @Test("a filled form is the blank one with fillings", arguments: Sample.allCases)
  func sameForm(sample: Sample) {
    var filled = Form(sample.record)
    for index in filled.rows.indices { filled.rows[index].filling = nil }
    filled.run = nil
    expectNoDifference(filled, Form(sampleFlow))
  }

  @Test("numbers are those of the flow and of the record", arguments: Sample.allCases)
  func sameNumbers(sample: Sample) {
    let rows = Form(sample.record).rows
    expectNoDifference(
      rows.map(\.number), sampleFlow.steps.compactMap { $0.isEnd ? nil : sampleFlow.formNumber(of: $0.id) })
    expectNoDifference(rows.map(\.number), sample.record.items.map(\.number))
    expectNoDifference(rows.map(\.step), sample.record.items.map(\.step.rawValue))
  }

  @Test("a step says whether it is done, skipped, open, not reached or not on this way")
  func states() {
    let states = Form(Sample.unfinished.record).rows.compactMap(\.filling?.state.code)
    expectNoDifference(states, Array(repeating: "done", count: 11) + ["skipped", "open", "not-reached"])
    #expect(Form(Sample.eventful.record).rows.last?.filling?.state.code == "not-on-this-way")
  }

  @Test("a box is ticked only for what stands and was not denied")
  func ticks() {
    let unticked = Form(Sample.eventful.record).rows.filter { $0.filling?.isTicked == false }.map(\.step)
    expectNoDifference(unticked, ["label-check", "shape-check", "clipboard", "detour"])
  }

  @Test("the visit that stands comes first, also where going back made an earlier one stand again")
  func standingVisit() {
    let flow = Flow(
      id: "x/loop", version: 1, title: "Loop", summary: "",
      steps: [
        Step(id: "a", title: "A", body: .text(TextRule())),
        Step(id: "b", title: "B", body: .tell, transitions: [Transition(to: "a")]),
      ])
    let events: [Event] = [
      .began, .answered("a", .text("one"), words: [:], .typed), .answered("b", .acknowledged, words: [:], .typed),
      .answered("a", .text("two"), words: [:], .typed), .wentBack("b", .typed), .wentBack("a", .typed),
    ]
    let header = RunHeader(
      run: "7q4z", flowID: flow.id, flowVersion: 1, flowText: "", toolVersion: "0.1.0", user: "ana", host: "desk",
      began: Timestamp(milliseconds: 0))
    let entries = events.enumerated().map {
      Entry(line: $0 + 2, at: Timestamp(milliseconds: Int64($0)), event: $1)
    }
    let record = Record(header: header, entries: entries, flow: flow, finalDigest: Sample.digest)
    let visits = Form(record).rows.first?.filling?.visits ?? []
    expectNoDifference(visits.map(\.answer), ["one", "two"])
    expectNoDifference(visits.map(\.isEarlier), [false, true])
  }

  @Test(
    "of a secret part nothing is shown, even if a journal claimed a public part of it", arguments: ExportFormat.allCases
  )
  func nothingOfTheSecret(format: ExportFormat) throws {
    #expect(try !export(Sample.eventful.record, as: format).contains("SECRETPREFIX"))
  }

  @Test(
    "the part by which the exchange lists the key is shown", arguments: ExportFormat.allCases.filter { $0 != .script })
  func publicPart(format: ExportFormat) throws {
    #expect(try export(Sample.eventful.record, as: format).contains("0123456789ab"))
  }

  @Test("every standing is named by its word", arguments: [ExportFormat.markdown, .html, .csv])
  func standingWords(format: ExportFormat) throws {
    let text = try export(Sample.eventful.record, as: format)
    for word in Standing.words { #expect(text.contains(word.text), "\(word.text)") }
  }

  @Test("every standing is named by its code in JSON")
  func standingCodes() throws {
    let text = try export(Sample.eventful.record, as: .json)
    for word in Standing.words { #expect(text.contains("\"standing\" : \"\(word.code)\""), "\(word.code)") }
  }

  @Test("what a script says is never called claimed", arguments: ExportFormat.allCases)
  func scriptedIsNotClaimed(format: ExportFormat) throws {
    let word = "claimed"
    let mentions = try export(Sample.plain.record, as: format).split(separator: word).count
    // Only the page's style, its shapes and its legend know the word, as on a page where nothing is claimed.
    #expect(try mentions == export(Sample.untouched.record, as: format).split(separator: word).count)
  }

  @Test("a run without exceptions says so", arguments: [ExportFormat.markdown, .html, .csv])
  func noExceptions(format: ExportFormat) throws {
    #expect(try export(Sample.untouched.record, as: format).contains("no exceptions"))
  }

  @Test("an unfinished run says where it stands", arguments: ExportFormat.allCases)
  func unfinished(format: ExportFormat) throws {
    #expect(try export(Sample.unfinished.record, as: format).contains("stands at step 13, Review"))
  }

  @Test("the final digest stands whole in every format", arguments: ExportFormat.allCases)
  func digest(format: ExportFormat) throws {
    #expect(try export(Sample.eventful.record, as: format).contains(Sample.digest))
  }
}
