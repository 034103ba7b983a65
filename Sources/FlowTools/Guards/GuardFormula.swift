import FlowCore
import FlowText

/// A guard as a formula over variables that each have a few values.
enum Formula: Equatable, Sendable {
  case all([Formula])
  case any([Formula])
  indirect case not(Formula)
  case one(variable: Int, value: Int)
  /// Something that other findings complain of: nothing is said about it.
  case unknown

  static let always = Formula.all([])
  static let never = Formula.any([])

  /// All of some; a single one stands for itself, since formulas are weighed over and over.
  static func every(_ parts: [Formula]) -> Formula { parts.count == 1 ? parts[0] : .all(parts) }
  /// One at least of some.
  static func some(_ parts: [Formula]) -> Formula { parts.count == 1 ? parts[0] : .any(parts) }

  /// Whether it joins something with its own denial: what somebody writes who tells two ways apart by `not`.
  var deniesItself: Bool {
    guard case .all = self else { return false }
    let parts = joined
    let denied = parts.compactMap { if case .not(let inner) = $0 { inner } else { nil } }
    // What is unknown at two places need not be the same.
    return denied.contains { inner in parts.contains(inner) && !inner.isUnknown }
  }

  /// Whether something in it is unknown.
  private var isUnknown: Bool {
    switch self {
    case .unknown: true
    case .one: false
    case .not(let inner): inner.isUnknown
    case .all(let parts), .any(let parts): parts.contains(where: \.isUnknown)
    }
  }

  /// What must hold together, however deep it is nested.
  private var joined: [Formula] {
    if case .all(let parts) = self { parts.flatMap(\.joined) } else { [self] }
  }
}

/// The variables that stand for the answers of a flow, made as guards speak of them.
///
/// A step has one: not asked, skipped, or one of its answers. A select step has one besides for each option: chosen or not.
final class AnswerSpace {
  enum Value: Equatable {
    case notAsked
    case skipped
    /// An answer that guards can name.
    case answer(String)
    /// Any that they can't.
    case other
  }

  enum Variable {
    case step(Int, values: [Value])
    case option(Int, Option.ID)
  }

  let flow: Flow
  private(set) var variables: [Variable] = []
  private var ofStep: [Int: Int] = [:]
  private var ofOption: [Int: [Option.ID: Int]] = [:]
  private var answers: [Int: Answers] = [:]
  private var transitions: [Int: [Formula]] = [:]
  private var leftOvers: [Pair: Formula] = [:]
  /// How many options may still be written out: lists of hundreds, asked about by thousands, would fill the memory.
  private var optionsLeft = 1_000_000

  /// What there is to answer at a step, worked out once.
  private struct Answers {
    /// All that guards can name.
    let known: Set<String>
    /// The options that can ever be chosen, each once.
    let open: [Option.ID]
    let isOpen: Set<Option.ID>

    init(_ step: Step) {
      known = Set(step.body.answerIDs ?? [])
      open = step.options?.open ?? []
      isOpen = Set(open)
    }
  }

  private struct Pair: Hashable {
    var one: Int
    var other: Int
  }

  init(_ flow: Flow) { self.flow = flow }

  /// The variable of a step, if a guard speaks of it.
  func variable(ofStep index: Int) -> Int? { ofStep[index] }

  /// The variable of an option of a select step, if a guard speaks of it.
  func variable(ofOption id: Option.ID, at index: Int) -> Int? { ofOption[index]?[id] }

  func addVariable(ofStep index: Int) { if ofStep[index] == nil { _ = add(index) } }

  /// What must hold for each transition of a step.
  func transitions(of index: Int) -> [Formula] {
    if let known = transitions[index] { return known }
    let formulas = flow.steps[index].transitions.map { $0.guardCondition.map(formula) ?? .always }
    transitions[index] = formulas
    return formulas
  }

  func formula(_ condition: Guard) -> Formula {
    switch condition {
    case .all(let guards): .every(guards.map(formula))
    case .any(let guards): .some(guards.map(formula))
    case .not(let inner): .not(formula(inner))
    case .answer(let id, let condition): formula(condition, at: id)
    }
  }

  // MARK: - One condition

  private func formula(_ condition: Guard.Condition, at id: Step.ID) -> Formula {
    guard let index = flow.indices[id], !flow.steps[index].isEnd else { return .unknown }
    if case .select(let options) = flow.steps[index].body {
      optionsLeft -= options.options.count
      guard optionsLeft > 0 else { return .unknown }
    }
    switch (condition, flow.steps[index].body) {
    case (.asked, _): return .not(value(.notAsked, at: index))
    case (.skipped, .check), (.skipped, .review): return .unknown
    case (.skipped, _): return value(.skipped, at: index)
    case (.isOne, .text), (.isOne, .tell), (.isOne, .review): return .unknown
    case (.isOne(let ids), .select):
      return choices(ids, at: index).map { exactlyOne(of: $0, at: index) } ?? .unknown
    case (.isOne(let ids), let body):
      let known = answers(at: index).known
      guard ids.allSatisfy({ known.contains($0) || body.isHelper($0) }) else { return .unknown }
      return .some(meant(by: ids, known).map { value(.answer($0), at: index) })
    case (.includes(let ids), .select):
      return choices(ids, at: index).map { .all([isAnswered(index), .some($0)]) } ?? .unknown
    case (.beyond(let ids), .select):
      guard choices(ids, at: index) != nil else { return .unknown }
      let others = answers(at: index).open.filter { !ids.contains($0) }
      return .all([isAnswered(index), .some(others.map { choice($0, at: index) })])
    case (.exceeds(let other), .select): return leftOver(of: index, over: other)
    case (.lacks(let other), .select):
      guard let index = flow.indices[other], case .select = flow.steps[index].body else { return .unknown }
      return .all([answered(id), leftOver(of: index, over: id)])
    default: return .unknown
    }
  }

  /// The answers that a condition means by some: a refusal is a no, too.
  private func meant(by ids: [String], _ known: Set<String>) -> [String] {
    let (no, refused) = (Verdict.no.rawValue, Verdict.refused.rawValue)
    return ids.contains(no) && known.contains(refused) && !ids.contains(refused) ? ids + [refused] : ids
  }

  /// Something was chosen at one step that was not chosen at another.
  private func leftOver(of index: Int, over other: Step.ID) -> Formula {
    guard let otherIndex = flow.indices[other], case .select = flow.steps[index].body,
      case .select = flow.steps[otherIndex].body
    else { return .unknown }
    let pair = Pair(one: index, other: otherIndex)
    if let known = leftOvers[pair] { return known }
    let others = answers(at: otherIndex).isOpen
    let formula = Formula.all([
      isAnswered(index),
      .any(
        answers(at: index).open.map { id in
          let chosen = choice(id, at: index)
          guard others.contains(id) else { return chosen }
          return .all([chosen, .not(.all([isAnswered(otherIndex), choice(id, at: otherIndex)]))])
        }),
    ])
    leftOvers[pair] = formula
    return formula
  }

  private func answered(_ id: Step.ID) -> Formula { flow.indices[id].map(isAnswered) ?? .unknown }

  private func isAnswered(_ index: Int) -> Formula { value(.other, at: index) }

  private func exactlyOne(of chosen: [Formula], at index: Int) -> Formula {
    // Pairs are looked at: of many nothing is said.
    guard chosen.count <= 12, answers(at: index).known.count <= 50 else { return .unknown }
    let all = answers(at: index).open.map { choice($0, at: index) }
    return .all([isAnswered(index), .any(chosen.map { one in .all([one, .not(.any(all.filter { $0 != one }))]) })])
  }

  /// The options as formulas, nil if there are no such; what can never be chosen is left out.
  private func choices(_ ids: [Option.ID], at index: Int) -> [Formula]? {
    let answers = answers(at: index)
    guard ids.allSatisfy(answers.known.contains) else { return nil }
    return ids.filter(answers.isOpen.contains).map { choice($0, at: index) }
  }

  private func answers(at index: Int) -> Answers {
    if let known = answers[index] { return known }
    let answers = Answers(flow.steps[index])
    self.answers[index] = answers
    return answers
  }

  // MARK: - Variables

  private func choice(_ id: Option.ID, at index: Int) -> Formula {
    if let variable = ofOption[index]?[id] { return .one(variable: variable, value: 1) }
    variables.append(.option(index, id))
    ofOption[index, default: [:]][id] = variables.count - 1
    return .one(variable: variables.count - 1, value: 1)
  }

  private func value(_ value: Value, at index: Int) -> Formula {
    let variable = ofStep[index] ?? add(index)
    guard case .step(_, var values) = variables[variable] else { return .unknown }
    if let place = values.firstIndex(of: value) { return .one(variable: variable, value: place) }
    // A credential helper has any name.
    guard case .answer(let id) = value, flow.steps[index].body.isHelper(id) else { return .never }
    values.append(value)
    variables[variable] = .step(index, values: values)
    return .one(variable: variable, value: values.count - 1)
  }

  private func add(_ index: Int) -> Int {
    let step = flow.steps[index]
    var values: [Value] =
      switch step.body {
      case .choose: answers(at: index).open.map { .answer($0) }
      case .confirm, .check: (step.body.answerIDs ?? []).map { .answer($0) }
      case .store, .credential: [.other] + (step.body.answerIDs ?? []).map { .answer($0) }
      case .tell, .select, .text, .review, .end: [.other]
      }
    if step.canBeSkipped { values.append(.skipped) }
    variables.append(.step(index, values: values + [.notAsked]))
    ofStep[index] = variables.count - 1
    return variables.count - 1
  }
}

extension Options {
  /// The options that can ever be chosen, each once.
  fileprivate var open: [Option.ID] {
    var seen: Set<Option.ID> = []
    return options.filter { option in !option.disabled.contains { $0.guardCondition == nil } }.map(\.id)
      .filter { seen.insert($0).inserted }
  }
}
