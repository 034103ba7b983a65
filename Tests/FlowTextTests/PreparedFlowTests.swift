import CustomDump
import FlowCore
import Testing

@testable import FlowText

/// Flows as bytes, and as they are read from them again.
@Suite struct PreparedFlowTests {
  @Test func `Every kind of step comes back as it was, and its text byte for byte`() {
    let flows = [
      PreparedSamples.bound("a/one", PreparedSamples.steps),
      PreparedSamples.bound("a/two", PreparedSamples.steps.reversed()),
    ]
    Self.read(flows) { prepared in
      for bound in flows {
        let again = prepared[bound.flow.id]
        expectNoDifference(again, bound)
        // Worked out once, when they were packed.
        #expect(bound.flow.course?.straight.isEmpty == false && bound.flow.course?.steering.isEmpty == false)
        expectNoDifference(again?.flow.course, bound.flow.course)
        expectNoDifference(again?.flow.numbers, bound.flow.numbers)
        #expect(again?.text.utf8.elementsEqual(bound.text.utf8) == true)
        expectNoDifference(prepared.digest(of: bound.flow.id), "digest of \(bound.text.utf8.count) bytes")
        expectNoDifference(prepared.head(of: bound.flow.id), FlowHead(title: "Tïtle", minutes: -7))
      }
    }
  }

  @Test func `A flow is known by its id and by all of its text`() {
    let bound = PreparedSamples.bound("a/one", PreparedSamples.steps)
    Self.read([bound]) { prepared in
      #expect(prepared.has(bound.text, as: "a/one"))
      #expect(!prepared.has(bound.text + " ", as: "a/one") && !prepared.has(bound.text, as: "a/on"))
      #expect(!prepared.has(String(bound.text.dropLast()) + "x", as: "a/one"))
      #expect(prepared["a/on"] == nil && prepared["a/one/"] == nil && prepared.head(of: "") == nil)
      #expect(prepared.digest(of: "a/on") == nil)
    }
  }

  /// A property that is new is missing here until the samples have a value for it.
  @Test func `The samples leave nothing as it is anyway`() {
    let blankPart = CredentialPart(name: "", title: "", secret: false, shape: Shape())
    let pairs: [(any Sendable, any Sendable)] = [
      (PreparedSamples.step, Step(id: "", title: "", body: .tell)), (PreparedSamples.section, Section("")),
      (PreparedSamples.options, Options([])), (PreparedSamples.option, Option(id: "", title: "")),
      (PreparedSamples.rule, TextRule()), (PreparedSamples.shape, Shape()),
      (PreparedSamples.credential, CredentialRule(parts: [], ifLost: "")), (PreparedSamples.part, blankPart),
      (PreparedSamples.ending, Ending(outcome: .completed)), (PreparedSamples.reminder, Reminder(days: 0, text: "")),
      (PreparedSamples.source, PageSource(description: "", date: "")), (PreparedSamples.confirmation, Confirmation()),
      (
        PreparedSamples.bound("a", PreparedSamples.steps).flow,
        Flow(id: "", version: 0, title: "", summary: "", steps: [])
      ),
    ]
    for (sample, blank) in pairs {
      let unset = zip(Mirror(reflecting: sample).children, Mirror(reflecting: blank).children)
        .filter { "\($0.value)" == "\($1.value)" }.map { $0.0.label ?? "" }
      expectNoDifference(unset, [], "\(type(of: sample))")
    }
  }

  // MARK: - Private

  /// Packs flows, and has them read while the bytes are there.
  private static func read(_ flows: [BoundFlow], _ look: (PreparedFlows) -> Void) {
    PreparedFlows.packed(flows) { "digest of \($0.utf8.count) bytes" }.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      look(PreparedFlows(start: start))
    }
  }
}

/// Values without a default in them, one of each case.
private enum PreparedSamples {
  static let conditions: [Guard.Condition] = [
    .isOne(of: ["yes", "é", "e\u{301}"]), .includes(["x"]), .beyond([]), .exceeds("step-1"), .lacks("step-2"), .skipped,
    .asked,
  ]
  static let guards = Guard.all([
    .any(conditions.map { .answer("step-0", $0) }), .not(.answer("step-0", .asked)), .all([]),
  ])
  static let template = Template(segments: [
    .literal("Say \"\\(no)\"\n\u{1F511} "), .answer("step-0", asID: true), .answer("step-1", asID: false),
    .name("step-2"), .means("step-3"), .program("step-4"),
  ])
  static let texts = [Conditional<Template>(when: guards, template), Conditional<Template>("Always.")]
  static let section = Section("Name the key", key: "TestNet key")
  static let source = PageSource(description: "A page", date: "2026-11-23", says: "the form", seenLive: "2026-11-24")
  static let confirmation = Confirmation(defaultsTo: false, ifNo: "step-3")
  static let option = Option(
    id: "x", title: template, note: "Note.", disabled: [Disablement(when: guards, reason: "Not now.")],
    danger: Danger(word: "yes", why: template), target: "step-5", isUnsaid: true)
  static let options = Options([option], defaults: [Conditional(when: guards, ["x", "y"])])
  static let shape = Shape(
    length: 4095...1_000_000, characters: Characters(classes: Characters.Class.allCases, literals: "-_"), prefix: "p",
    suffix: "s", addresses: .ranges, message: template)
  static let rule = TextRule(shape: shape, accepts: ["none"], defaults: texts, takesKeysInTurn: true)
  static let part = CredentialPart(
    name: "key", title: "Key", secret: true, shape: shape, isOnly: true, isPEM: true, publicPrefix: 63,
    variable: "KEY", lookalikes: [CredentialPart.Lookalike(shape: shape, text: template)])
  static let credential = CredentialRule(
    parts: [part], store: "step-4", name: template, account: "main", ifLost: "step-1",
    exits: [CredentialRule.Exit(word: "refused", title: "It was refused", target: "step-2")])
  static let reminder = Reminder(days: -64, when: guards, text: template, settledBy: .lastDay)
  static let ending = Ending(
    outcome: .blocked, reason: texts, reminders: [reminder],
    card: [Conditional(when: guards, CardLine(of: "step-2", template)), Conditional(CardLine(template))],
    next: [Conditional(Advice(template, isCommand: true)), Conditional(when: guards, Advice(template))])
  static let checks: [Check] = [
    .shape(of: "step-6"), .labelUnused("step-4"), .clockPlausible, .allNamed("step-4"), .noCopies(of: "step-4"),
    .copiesDeleted(of: "step-4", after: "step-1"), .nameTaken(by: "step-6", of: "step-4", after: "step-1"),
    .named("step-6"), .powers(of: "step-6"),
  ]
  static let bodies: [Step.Body] =
    [
      .tell, .confirm(confirmation), .choose(options), .select(Options([])), .text(rule), .store,
      .credential(credential), .review, .end(ending), .end(Ending(outcome: .aborted)),
    ] + checks.map { .check($0) }

  static let step = step("step-9", .confirm(confirmation), .plan, .permissions)

  static func step(_ id: Step.ID, _ body: Step.Body, _ role: Step.Role, _ proposal: Step.FromProgram) -> Step {
    var step = Step(
      id: id, title: "Title of \(id)", was: ["old"], role: role, section: section, text: texts,
      fields: [Conditional(when: guards, Field(name: template, value: "Value"))], prompt: texts, why: "Why.",
      help: template, url: "https://example.org/?a=b&c", needs: ["a phone"], source: source, alternative: template,
      facts: ["S1"], required: true, onEveryWay: true, claim: true, claims: texts, touchesPage: true, endsKey: true,
      recalls: true, fromProgram: proposal, warnings: [Warning(code: "W", when: guards, text: template)],
      resolves: ["W"], body: body, transitions: [Transition(when: guards, to: "step-0"), Transition(to: "step-7")])
    step.brief = texts
    return step
  }

  static let steps =
    bodies.enumerated().map { index, body in
      step(
        Step.ID("step-\(index)"), body, Step.Role.allCases[index % Step.Role.allCases.count],
        Step.FromProgram.allCases[index % Step.FromProgram.allCases.count])
    } + [Step(id: "bare", title: "", body: .tell)]

  static func bound(_ id: String, _ steps: [Step]) -> BoundFlow {
    let flow = Flow(
      id: id, version: 1 << 30, title: "Tïtle", summary: "On\ntwo lines", minutes: -7, steps: steps)
    let block = "  - id: é e\u{301}\r\n    required: true\n\n"
    return BoundFlow(flow: flow.numbered(), text: "flow: \(id)\n\(block)\(block)\u{7F} no end", isExpanded: true)
  }
}

extension Flow {
  fileprivate var numbers: [String?] { steps.map { number(of: $0.id) } }
}
