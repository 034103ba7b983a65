import FlowCore
import FlowText

/// Where the reading of a script stands.
struct ScriptCursor {
  let script: Script
  private let flow: Flow
  private let path: String
  private var next = 0
  /// The places of answers that were taken before their turn.
  private var taken: Set<Int> = []

  init(_ script: Script, of flow: Flow, path: String) {
    self.script = script
    self.flow = flow
    self.path = path
  }

  var upcoming: Script.Item? { next < script.items.count ? script.items[next] : nil }
  var passed: ArraySlice<Script.Item> { script.items[..<next] }

  mutating func pass() {
    next += 1
    while taken.contains(next) { next += 1 }
  }

  /// Takes the answer to a store step that stands further below, if there is only one: flows asked for the store later once,
  /// and where a credential is kept depends on nothing that is asked in between.
  mutating func takeMovedStore(_ step: Step.ID) -> Script.Item? {
    guard flow[step]?.body == .store else { return nil }
    let places = script.items.indices.filter {
      $0 > next && !taken.contains($0) && script.items[$0].content.step == step
    }
    guard places.count == 1, case .answer = script.items[places[0]].content,
      !script.items[next..<places[0]].contains(where: \.commands)
    else { return nil }
    taken.insert(places[0])
    return script.items[places[0]]
  }

  /// What the next answer says of a check, if it is one.
  func verdict(at step: Step.ID) -> Verdict? {
    let answer = script.items[next...].lazy.map(\.content).first { if case .expect = $0 { false } else { true } }
    guard case .answer(step, .text(let text))? = answer else { return nil }
    return Verdict(rawValue: text)
  }

  /// What a script means that does not answer a step, under this id or an earlier one; nil where it has to answer.
  func unsaid(_ step: Step.ID) -> Option? {
    guard let asked = flow[step], ([step] + asked.was).allSatisfy(leavesOpen) else { return nil }
    return asked.options?.unsaid
  }

  /// Whether nothing that is still to come answers a step.
  func leavesOpen(_ step: Step.ID) -> Bool {
    !script.items.indices.contains { $0 >= next && !taken.contains($0) && script.items[$0].content.step == step }
  }

  /// Whether something behind the next item answers one of some steps.
  func answersLater(_ steps: [Step.ID]) -> Bool {
    script.items[next...].dropFirst().contains { $0.content.step.map(steps.contains) ?? false }
  }

  /// Whether the answer behind the next item is to one of some steps.
  func answersNext(_ steps: [Step.ID]) -> Bool {
    let next = script.items[next...].dropFirst().lazy.compactMap(\.content.step).first
    return next.map(steps.contains) ?? false
  }

  /// A note belongs to the answer that follows it; a command that moves the run is said where it stands.
  func belongsHere(_ command: Command, to step: Step.ID) -> Bool {
    switch command {
    case .skip, .back, .quit, .word: return true
    case .help, .why, .open, .status, .differs, .note: break
    }
    let following = script.items[next...].lazy.compactMap(\.content.step).first
    return following == nil || following == step
  }

  /// The step of an earlier version that an item answers, and the one that has its place.
  func moved(_ item: Script.Item) -> (old: Step.ID, new: Step.ID)? {
    guard let old = item.content.step, flow[old] == nil else { return nil }
    return flow.steps.first { $0.was.contains(old) }.map { (old, $0.id) }
  }

  func at(_ line: Int?, _ message: String, _ hint: String?) -> Divergence {
    Divergence(place: line.map { "\(path):\($0)" } ?? path, message: message, hint: hint)
  }

  /// What shows somebody where the flow goes.
  var way: String { "'keyusher flow graph \(script.flowID)' shows the way" }
}

extension Script.Item {
  /// Whether it is a command that was said where it stands.
  fileprivate var commands: Bool {
    switch content {
    case .command, .answer(_, .command): true
    default: false
    }
  }
}
