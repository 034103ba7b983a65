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
    for index in filled.rows.indices { filled.rows[index].blank() }
    filled.words = .second
    expectNoDifference(filled, Form(sample.flow))
  }

  @Test("numbers are those of the flow and of the record", arguments: Sample.allCases)
  func sameNumbers(sample: Sample) {
    let rows = Form(sample.record).rows
    expectNoDifference(
      rows.map(\.number), sample.flow.steps.filter { !$0.isEnd }.map { sample.flow.number(of: $0.id) })
    expectNoDifference(rows.map(\.number), sample.record.items.map(\.number))
    expectNoDifference(rows.map(\.step.id), sample.record.items.map(\.step))
  }

  @Test("a step says whether it is done, skipped, open, not reached or not on this way")
  func states() {
    let states = Form(Sample.unfinished.record).rows.compactMap(\.filling?.state.rawValue)
    expectNoDifference(states, Array(repeating: "done", count: 11) + ["skipped", "open", "not-on-this-way"])
    let untouched = Form(Sample.untouched.record).rows.compactMap(\.filling?.state.rawValue)
    expectNoDifference(untouched, ["open"] + Array(repeating: "not-reached", count: 12) + ["not-on-this-way"])
    #expect(Form(Sample.eventful.record).rows.last?.filling?.state.rawValue == "not-on-this-way")
  }

  @Test("a box is ticked only for what stands and was not denied")
  func ticks() {
    let unticked = Form(Sample.eventful.record).rows.filter { $0.filling?.isTicked == false }.map(\.step.id.rawValue)
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
    let visits = Form(record(events, of: flow)).rows.first?.filling?.visits ?? []
    expectNoDifference(visits.map(\.answer), ["one", "two"])
    expectNoDifference(visits.map(\.isEarlier), [false, true])
  }

  @Test("an answer that was given again as it was is listed once; another one, or another standing, is listed too")
  func confirmedAgain() {
    let flow = Flow(
      id: "x/again", version: 1, title: "Again", summary: "",
      steps: [
        Step(id: "a", title: "A", body: .confirm(Confirmation())), Step(id: "b", title: "B", body: .tell),
      ])
    func visits(_ answers: [(Answer, AnswerSource)]) -> [Bool] {
      let events = answers.flatMap { answer, source -> [Event] in
        [.answered("a", answer, words: [:], source), .wentBack("b", .typed)]
      }
      let row = Form(record([.began] + events.dropLast(), of: flow)).rows.first
      return row?.filling?.visits.map(\.isEarlier) ?? []
    }
    expectNoDifference(visits([(.yes, .typed), (.yes, .enter)]), [false])
    expectNoDifference(visits([(.yes, .typed), (.no, .typed), (.yes, .typed)]), [false, true])
    expectNoDifference(visits([(.yes, .program), (.yes, .typed)]), [false, true])
  }

  @Test("of the choices those are marked that stand, and on a blank form none")
  func chosen() {
    let rows = Form(Sample.eventful.record).rows
    expectNoDifference(rows.first { $0.step.id == "purpose" }?.choices.map(\.isChosen), [true, false, false])
    expectNoDifference(rows.first { $0.step.id == "permissions" }?.choices.map(\.isChosen), [true, true, true])
    #expect(Form(sampleFlow).rows.allSatisfy { $0.choices.allSatisfy { !$0.isChosen } })
  }

  @Test("a mark of a choice is said in words")
  func chosenInWords() throws {
    let record = Sample.eventful.record
    #expect(try export(record, as: .markdown).contains("- Choice: **spot bot** (chosen)\n"))
    #expect(
      try export(record, as: .html).contains(
        "<li class=\"chosen\">spot bot <span class=\"spoken\">(chosen)</span></li>"))
  }

  @Test("where the way led a hole is filled with the answer that stands, in brackets; otherwise it keeps its name")
  func holes() {
    func question(_ form: Form) -> String? { form.rows.first { $0.step.id == "label" }?.question?.plain }
    expectNoDifference(question(Form(Sample.eventful.record)), "A label for the [spot bot]")
    expectNoDifference(question(Form(Sample.untouched.record)), "A label for the [what is the key for?]")
    expectNoDifference(question(Form(Sample.discarded.record)), "A label for the [what is the key for?]")
    expectNoDifference(question(Form(sampleFlow)), "A label for the [what is the key for?]")
    let blanked = Sample.record(
      [.began, .answered("purpose", .redacted(tag: 3), words: [:], .typed), .redacted(line: 3, reason: "")], run: "7q4z"
    )
    expectNoDifference(question(Form(blanked)), "A label for the [what is the key for?]")
  }

  @Test(
    "a hole keeps its name where the text was read with another answer than the one that stands, as in each round of a loop"
  )
  func holesInLoops() {
    let flow = Flow(
      id: "x/names", version: 1, title: "Names", summary: "",
      steps: [
        Step(id: "name", title: "Name", body: .text(TextRule())),
        Step(
          id: "again", title: "Again?",
          text: [Conditional(Template(segments: [.answer("name", asID: false), .literal(" is used")]))],
          body: .confirm(Confirmation(ifNo: "name"))),
        Step(
          id: "last", title: "Last",
          text: [Conditional(Template(segments: [.literal("Keep "), .answer("name", asID: false)]))],
          body: .tell),
      ])
    func texts(_ events: [Event]) -> [String] {
      Form(record([.began, .answered("name", .text("one"), words: [:], .typed)] + events, of: flow)).rows.flatMap {
        $0.instructions.map(\.plain)
      }
    }
    expectNoDifference(texts([]), ["[one] is used", "Keep [name]"])
    let again = Event.answered("again", .no, words: [:], .typed)
    expectNoDifference(texts([again]), ["[name] is used", "Keep [name]"])
    let two = Event.answered("name", .text("two"), words: [:], .typed)
    expectNoDifference(texts([again, two]), ["[name] is used", "Keep [name]"])
    let yes = Event.answered("again", .yes, words: [:], .typed)
    expectNoDifference(texts([again, two, yes]), ["[name] is used", "Keep [two]"])
  }

  @Test("of many resumptions the head says how many and the last; each stands in a list further down")
  func resumptions() throws {
    let text = try export(Sample.resumed.record, as: .markdown)
    let lines = text.split(separator: "\n").filter { $0.contains("Keyusher 0.1.0") && $0.contains(" by ") }
    expectNoDifference(
      lines,
      [
        "- Resumed: 3 times, each listed below; last 2026-11-23 14:10 UTC by ana@desk, Keyusher 0.1.0",
        "- 2026-11-23 14:07 UTC by ana@desk, Keyusher 0.1.0",
        "- 2026-11-23 14:09 UTC by ben@desk, Keyusher 0.1.0; "
          + "the flow on this computer had changed; the run went on with its own",
        "- 2026-11-23 14:10 UTC by ana@desk, Keyusher 0.1.0",
      ])
  }

  @Test("exceptions have the words of the screen on pages, and stable codes in CSV and JSON")
  func exceptionWords() throws {
    let record = Sample.eventful.record
    // That of a store stands in StoredTests.
    let kinds = RunException.Kind.allCases.filter { $0 != .storeChanged }
    for format in [ExportFormat.markdown, .html] {
      let text = try export(record, as: format)
      for kind in kinds { #expect(text.contains(kind.word), "\(kind.word)") }
    }
    for format in [ExportFormat.csv, .json] {
      let text = try export(record, as: format)
      for kind in kinds { #expect(text.contains(kind.rawValue), "\(kind.rawValue)") }
      #expect(!text.contains("danger taken") && !text.contains("answer changed"))
    }
  }

  @Test("the tags of facts are explained where there are any")
  func facts() {
    expectNoDifference(
      Form(sampleFlow).tags, "Tags such as B1 or B2 name facts of the article that the flow encodes.")
    let plain = Flow(id: "x/y", version: 1, title: "", summary: "", steps: [Step(id: "a", title: "A", body: .tell)])
    expectNoDifference(Form(plain).tags, nil)
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

  /// What an exchange says stands in no sample: walks that ask one look at it.
  private let said = Standing.words.filter { !$0.hasPrefix("reported") }

  @Test("every standing is named by its word", arguments: [ExportFormat.markdown, .html, .csv])
  func standingWords(format: ExportFormat) throws {
    let text = try export(Sample.eventful.record, as: format)
    for word in said { #expect(text.contains(word), "\(word)") }
  }

  @Test("every standing is named by its code in JSON")
  func standingCodes() throws {
    let text = try export(Sample.eventful.record, as: .json)
    for code in said.map(Standing.code) { #expect(text.contains("\"standing\" : \"\(code)\""), "\(code)") }
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

  private func record(_ events: [Event], of flow: Flow) -> Record {
    let header = RunHeader(
      format: 1, run: "7q4z", flowID: flow.id, flowVersion: 1, flowText: "", toolVersion: "0.1.0", user: "ana",
      host: "desk",
      began: Timestamp(milliseconds: 0))
    let entries = events.enumerated().map {
      Entry(line: $0 + 2, at: Timestamp(milliseconds: Int64($0)), event: $1)
    }
    return Record(header: header, entries: entries, flow: flow, finalDigest: Sample.digest)
  }
}

extension Form.Row {
  /// Takes out what a run filled in.
  fileprivate mutating func blank() {
    filling = nil
    loop = nil
    for index in instructions.indices { instructions[index].blank() }
    question?.blank()
    for index in choices.indices {
      choices[index].isChosen = false
      choices[index].title.blank()
    }
  }
}

extension Form.Text {
  fileprivate mutating func blank() {
    pieces = pieces.map { piece in
      guard case .hole(let name, _) = piece else { return piece }
      return .hole(name, filled: nil)
    }
  }
}
