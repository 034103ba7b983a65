@testable import FlowCore

/// Steele, Lea and Flood's SplitMix64: small, and the same everywhere.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &self)]
  }
  mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &self) == 0 }
}

private let optionIDs = ["a", "b", "c"]
private let knownKeys = [KnownKey(name: "x", run: "r", made: "2026-11-29"), KnownKey(name: "y")]
private let recalledAnswers: [Step.ID: String] = ["s1": "a", "s2": "b,c,?", "s3": "too long for it", "s4": "x"]

/// A flow of 3 to 14 steps with loops, branches, guards, dangers, warnings and two ends; some targets lead nowhere.
func randomFlow(_ random: inout SplitMix64) -> Flow {
  let count = Int.random(in: 3...14, using: &random)
  let ids = (0..<count).map { Step.ID("s\($0)") }
  var steps: [Step] = []
  for id in ids {
    let guards = (0..<3).map { _ in randomGuard(ids, &random) }
    let options = Options(
      optionIDs.map { option in
        Option(
          id: option, title: Template(segments: [.answer(random.pick(ids), asID: random.chance(2)), .literal(option)]),
          disabled: random.chance(4) ? [Disablement(when: randomGuard(ids, &random), reason: "no")] : [],
          danger: random.chance(5) ? Danger(word: option, why: "why") : nil,
          target: random.chance(3) ? random.pick(ids) : nil)
      }, defaults: [Conditional(when: guards[0], [random.pick(optionIDs)])])
    let bodies: [Step.Body] = [
      .tell,
      .confirm(Confirmation(defaultsTo: random.chance(2), ifNo: random.pick(ids))),
      .choose(options), .select(options),
      .text(TextRule(shape: Shape(length: 1...9), defaults: [Conditional(hole(random.pick(ids)))])),
      .check(.labelUnused(random.pick(ids))), .review, .store,
      .credential(
        keyAndSecret(
          into: random.chance(2) ? random.pick(ids) : nil, ifLost: random.pick(ids),
          exits: [.init(word: "out", title: "", target: random.pick(ids))])),
    ]
    let body = random.pick(bodies)
    steps.append(
      Step(
        id: id, title: id.rawValue, role: Step.Role.allCases.first { random.chance(3) && $0.fits(body) },
        text: [Conditional(when: guards[0], hole(random.pick(ids)))],
        required: random.chance(4), claim: random.chance(3),
        claims: [Conditional(hole(random.pick(ids)))], recalls: random.chance(2),
        fromProgram: random.chance(2) ? random.pick(Step.FromProgram.allCases) : nil,
        warnings: random.chance(3) ? [Warning(code: random.pick(optionIDs), when: guards[1], text: "warned")] : [],
        resolves: random.chance(4) ? [random.pick(optionIDs)] : [], body: body,
        transitions: random.chance(2) ? [Transition(when: guards[2], to: random.pick(ids + ["nowhere"]))] : []))
  }
  for outcome in [Outcome.completed, .aborted] {
    steps.append(Step(id: Step.ID("end-\(outcome.rawValue)"), title: "End", body: .end(Ending(outcome: outcome))))
  }
  return Flow(id: "test/random", version: 1, title: "Random", summary: "", steps: steps)
}

private func randomGuard(_ ids: [Step.ID], _ random: inout SplitMix64) -> Guard {
  let conditions: [Guard.Condition] = [
    .isOne(of: ["yes", "a", "x"]), .includes(["b"]), .exceeds(random.pick(ids)), .lacks(random.pick(ids)), .skipped,
    .beyond(["b"]), .asked,
  ]
  let simple = Guard.answer(random.pick(ids), random.pick(conditions))
  return switch Int.random(in: 0..<4, using: &random) {
  case 0: .not(simple)
  case 1: .all([simple, .answer(random.pick(ids), random.pick(conditions))])
  case 2: .any([simple, .not(.answer(random.pick(ids), random.pick(conditions)))])
  default: simple
  }
}

/// Mostly something that fits, else anything at all.
func randomEvent(for state: State, in flow: Flow, _ random: inout SplitMix64) -> Event {
  if state.way.isEmpty { return random.chance(8) ? nonsense(in: flow, &random) : .began }
  if case .suspended = state.phase { return random.chance(3) ? nonsense(in: flow, &random) : takenUp }
  return random.chance(4) ? nonsense(in: flow, &random) : fittingEvent(for: state, in: flow, &random)
}

/// An event that the current step waits for.
func fittingEvent(for state: State, in flow: Flow, _ random: inout SplitMix64) -> Event {
  guard let id = state.current, let step = flow[id] else { return .began }
  if let held = state.taking.held {
    if random.chance(4) { return .keepingFailed(id, reason: "no name") }
    return .credentialKept(id, CredentialReference(store: held.reference.store, name: "gate-io/bot"))
  }
  if state.taking.mustAskStillShown, random.chance(3) {
    return .credentialHeld(id, pending, .foundAgain, .tool)
  }
  if state.taking.mustAskStillShown { return .stillShown(id, !random.chance(3), .typed) }
  if !step.required, step.asks, random.chance(8) { return .skipped(id, reason: "no", .typed) }
  if random.chance(8) { return .wentBack(id, .typed) }
  let words = Dictionary(uniqueKeysWithValues: (optionIDs + ["futures"]).map { ($0, $0) })
  let answer: Answer
  switch step.body {
  case .tell: answer = .acknowledged
  case .confirm: answer = random.chance(4) ? .no : .yes
  case .choose(let options): answer = .choice(random.pick(options.options.map(\.id)))
  case .select(let options): answer = .selection(options.options.map(\.id).filter { _ in random.chance(2) })
  case .text where step.namesKnownKey && state.knownKeys[id] == nil: return .keysSurveyed(id, knownKeys)
  case .text where step.namesKnownKey && random.chance(3):
    return .keyRecalled(id, knownKeys[0], answers: recalledAnswers)
  case .text: answer = .text(random.pick(["x", "y", "too long for it", ""]))
  case .check:
    return .observed(id, Observation(random.pick(Verdict.allCases), by: "looking"))
  case .store:
    if let chosen = state.unproven {
      return random.chance(3)
        ? .storeFailed(id, store: chosen.store, reason: "shut")
        : .storeProven(id, store: chosen.store, random.pick(Verdict.allCases), by: "a test entry")
    }
    guard state.isSurveyed else { return .storesSurveyed(id, survey) }
    return .answered(
      id, .choice(random.pick(survey.offers.map(\.id))), words: ["fence": "plaintext"], random.pick(mouths))
  case .credential(let rule):
    if random.chance(6) { return typed(id, .exit(random.pick(["lost", "out"]))) }
    let taken = state.taking.receipts.count
    if taken < rule.parts.count { return took(rule.parts[taken].name, at: id, taken: !random.chance(4)) }
    if random.chance(6) { return .storeChanged(id, store: random.pick(survey.offers.map(\.id)), .typed) }
    if random.chance(2) { return .credentialHeld(id, pending, random.pick(KeepingProof.allCases), .tool) }
    return random.chance(4)
      ? .keepingFailed(id, reason: "full") : held(random.pick(KeepingProof.allCases), at: id, random.pick(mouths))
  case .review:
    return random.chance(2) ? .reopened(random.pick(state.way.map(\.step)), .typed) : typed(id, .finished)
  case .end: return takenUp
  }
  return .answered(id, answer, words: words, random.pick(mouths))
}

private let mouths: [AnswerSource] = [.typed, .enter, .program, .script(digest: "d")]

private func nonsense(in flow: Flow, _ random: inout SplitMix64) -> Event {
  let id = random.pick(flow.steps.map(\.id) + ["nowhere"])
  let answers: [Answer] = [
    .acknowledged, .yes, .no, .choice("a"), .choice("?"), .selection(["a", "a"]), .selection(["?"]), .text(""),
    .text("x"), .verdict(.yes, by: "a liar"), .credential(offline), .exit("lost"), .exit("?"), .finished,
    .redacted(tag: 4),
  ]
  let source = random.pick(mouths + [.tool])
  let events: [Event] = [
    .began, .shown(id, []), .redacted(line: -1, reason: ""), .answered(id, random.pick(answers), words: [:], source),
    .partTaken(id, receipt(random.pick(["key", "secret", "?"])), source), held(.readBack, at: id, source),
    .programProposed(
      ProgramProposal(
        name: "x", title: "", needs: [.init(purpose: "a", permissions: ["a", "?"], why: "", source: "")])),
    .keysSurveyed(id, knownKeys), .keyRecalled(id, knownKeys[1], answers: recalledAnswers),
    .key(id, KeyEvent(.reported, key: "x", facts: ["": ""])),
    .storesSurveyed(id, survey), .storeProven(id, store: "age", .yes, by: ""), .storeFailed(id, store: "", reason: ""),
    .storeChanged(id, store: "?", source), .credentialKept(id, named),
    .credentialHeld(id, pending, .foundAgain, source),
    .keepingFailed(id, reason: ""), .stillShown(id, random.chance(2), source), .skipped(id, reason: "", source),
    .skipped(id, reason: "r", source), .differed(id, "", source), .noted(id, "", source), .wentBack(id, source),
    .reopened(id, source), .suspended(random.pick([.quit, .inputEnded, .signal(-9), .lost])), takenUp,
  ]
  return random.chance(400) ? .discarded(reason: "") : random.pick(events)
}
