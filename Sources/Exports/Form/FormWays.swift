import FlowCore
import PlainText

/// When each step of a blank form belongs, and where it leads: what the program would find out by itself.
struct FormWays {
  private let flow: Flow
  /// The steps that lead to each step, in the order of the file.
  private var arrivals: [Step.ID: [Step]] = [:]
  private var ways: [Step.ID: [Way]] = [:]
  /// The steps past which every way to a completed end leads, or to any end if there is none.
  private let inevitable: Set<Step.ID>

  init(of flow: Flow) {
    self.flow = flow
    let completed = flow.steps.filter { if case .end(let end) = $0.body { end.outcome == .completed } else { false } }
    let goals = completed.isEmpty ? flow.steps.filter(\.isEnd) : completed
    let isPassed = Dominators(of: flow.successors).onEveryWay(to: goals.compactMap { flow.indices[$0.id] })
    inevitable = Set(zip(flow.steps, isPassed).filter(\.1).map(\.0.id))
    for step in flow.steps {
      let ways = flow.ways(from: step)
      self.ways[step.id] = ways
      for target in Set(ways.map(\.to)) { arrivals[target, default: []].append(step) }
    }
  }

  /// Whether any step leads back to itself or to one before it.
  var leadsBack: Bool {
    arrivals.contains { target, steps in steps.contains { !isBefore($0.id, target) } }
  }

  /// When a step belongs, as "after step 4"; nil for one on every way.
  func only(at step: Step) -> String? {
    if !step.isEnd, inevitable.contains(step.id) || step.id == flow.steps.first?.id { return nil }
    let all = arrivals[step.id] ?? []
    // Who fills in a form from top to bottom was told by the later step to go back.
    let forward = all.filter { isBefore($0.id, step.id) }
    var phrases: [String] = []
    for from in forward.isEmpty ? all : forward {
      if from.isEnd { continue }
      let place = flow.mention(of: from.id)
      let ways = ways[from.id, default: []]
      let taken = ways.filter { $0.to == step.id }
      if taken.count == ways.count {
        phrases.append("after \(place)")
        continue
      }
      let answers = taken.flatMap { flow.answers(taking: $0, from: from) }
      if !answers.isEmpty { phrases.append("after \(answers.listed(with: "or")) at \(place)") }
      for way in taken where flow.answers(taking: way, from: from).isEmpty {
        let condition = flow.condition(of: way, from: from).map { "if \($0)" } ?? "unless it leads elsewhere"
        phrases.append("after \(place), \(condition)")
      }
    }
    return phrases.isEmpty ? nil : phrases.joined(separator: "; or ")
  }

  private func isBefore(_ step: Step.ID, _ other: Step.ID) -> Bool {
    flow.indices[step, default: 0] < flow.indices[other, default: 0]
  }

  /// Where a step leads, as `After "no": go to step 2`, but for what goes on to the next step of the form. Where some
  /// condition does that, it is said all the same, since "otherwise" would mean nothing.
  func leads(from step: Step) -> [String] {
    let ways = ways[step.id, default: []]
    let here = flow.indices[step.id] ?? 0
    let next = flow.steps.dropFirst(here + 1).first { !$0.isEnd }?.id
    let hasOtherwise = ways.last.map { $0.to != next && flow.isOtherwise($0, from: step) } == true
    let told = ways.filter { $0.to != next || hasOtherwise && flow.condition(of: $0, from: step) != nil }
    var targets: [Step.ID] = []
    for way in told where !targets.contains(way.to) { targets.append(way.to) }
    return targets.flatMap { target -> [String] in
      let taken = told.filter { $0.to == target }
      if taken.count == ways.count { return ["Then: \(flow.place(target, seenFrom: here))"] }
      let answers = taken.flatMap { flow.answers(taking: $0, from: step) }
      let others = taken.filter { flow.answers(taking: $0, from: step).isEmpty }
      return
        (answers.isEmpty
        ? [] : ["After \(answers.listed(with: "or")): \(flow.place(target, seenFrom: here))"])
        + others.map { way in
          guard let condition = flow.condition(of: way, from: step) else {
            return "Otherwise: \(flow.place(target, seenFrom: here))"
          }
          return "If \(condition): \(flow.place(target, seenFrom: here, titled: true))"
        }
    }
  }
}

// MARK: - Words

extension Flow {
  /// The answers that take a way, in quotes; none where it is not the answer alone that decides.
  fileprivate func answers(taking way: Way, from step: Step) -> [String] {
    switch (way.cause, step.body) {
    case (.no, _): return [quoted("no")]
    case (.option(let id), _): return [quoted(step.options?[id]?.title.blank(in: self) ?? id)]
    case (.exit(let word), .credential(let rule)):
      let title = rule.exits.first { $0.word == word }?.title.blank(in: self)
      return [quoted(title ?? "the secret was lost before it was kept")]
    case (.transition(let index), _) where step.transitions[index].guardCondition != nil: return []
    case (.exit, _), (.transition, _), (.next, _): break
    }
    // What is left over after the answers that lead elsewhere.
    guard !step.transitions.contains(where: { $0.guardCondition != nil }) else { return [] }
    let skip = step.required ? [] : ["a skip"]
    switch step.body {
    case .confirm(let confirmation) where confirmation.ifNo != nil: return [quoted("yes")] + skip
    case .choose(let options) where options.options.contains { $0.target != nil }:
      return options.options.filter { $0.target == nil }.map { quoted($0.title.blank(in: self)) } + skip
    case .credential: return [quoted("it is kept")] + skip
    default: return []
    }
  }

  /// What must hold for a way; nil if nothing else may.
  fileprivate func condition(of way: Way, from step: Step) -> String? {
    guard case .transition(let index) = way.cause else { return nil }
    return step.transitions[index].guardCondition.map { $0.words(in: self) }
  }

  /// Whether a way is taken where none of the conditions before it holds.
  fileprivate func isOtherwise(_ way: Way, from step: Step) -> Bool {
    condition(of: way, from: step) == nil && answers(taking: way, from: step).isEmpty
      && step.transitions.contains { $0.guardCondition != nil }
  }

  fileprivate func place(_ id: Step.ID, seenFrom here: Int, titled: Bool = false) -> String {
    guard let step = self[id], let index = indices[id] else { return "nowhere" }
    if case .end(let ending) = step.body { return "the end \(quoted(step.endTitle(ending)))" }
    let there = "\(index <= here ? "back to" : "go to") \(mention(of: id))"
    return titled && number(of: id) != nil ? "\(there), \(step.title.onOneLine)" : there
  }
}

extension Step {
  /// What an end is called; without a title, by its outcome.
  func endTitle(_ ending: Ending) -> String { title.isEmpty ? ending.outcome.rawValue : title.onOneLine }
}

private func quoted(_ text: String) -> String { "\"\(text.onOneLine)\"" }
