import CustomDump
import Testing

@testable import FlowCore

/// A run under test: its flow, its state, and every event it got.
struct Run {
  let flow: Flow
  private(set) var state: State
  private(set) var events: [Event] = []
  /// What the last event led to.
  private(set) var effects: [Effect] = []

  init(_ flow: Flow, _ events: [Event] = [.began], rules: State.Rules = .first) {
    self.flow = flow
    state = State(rules: rules)
    for event in events { send(event) }
  }

  mutating func send(_ events: Event...) {
    for event in events {
      effects = reduce(&state, event, in: flow)
      self.events.append(event)
    }
  }

  /// The answers that stand, as ids, by step; a skipped one reads `skipped`.
  var answers: [Step.ID: String] {
    state.given.mapValues { $0.answer?.ids.joined(separator: " ") ?? "skipped" }
  }

  /// The exceptions as a person would list them.
  var exceptions: [String] {
    state.exceptions.map { exception in
      let resolution =
        switch exception.resolution {
        case .open: "open"
        case .corrected: "corrected"
        case .accepted(let reason): "accepted: \(reason)"
        case .recorded: "recorded"
        }
      let code = exception.code.map { " \($0)" } ?? ""
      return
        "\(exception.number) \(exception.kind.rawValue)\(code) at \(exception.step): \(exception.what), \(resolution)"
    }
  }

  /// Says that the next event changes these fields of the state and no other, and leads to these effects.
  mutating func expect(
    _ event: Event, leadsTo expected: [Effect], changing change: (inout Standing) -> Void = { _ in },
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) {
    var standing = Standing(self)
    send(event)
    change(&standing)
    expectNoDifference(
      Standing(self), standing, "\(event)", fileID: fileID, filePath: filePath, line: line, column: column)
    expectNoDifference(
      effects, expected, "\(event)", fileID: fileID, filePath: filePath, line: line, column: column)
  }

  /// Everything that can be seen of a state, to be changed field by field.
  struct Standing: Equatable {
    var phase: State.Phase
    var way: [Step.ID]
    var given: [Step.ID: Given]
    var open: Bool
    var exceptions: [RunException]
    var receipts: [Step.ID: [PartReceipt]]
    var drafts: [Step.ID: Given]
    var carried: [Step.ID: Given]
    var inHand: [PartReceipt]
    var mustAskStillShown: Bool
    var enter: Answer?
    var secretIsAtStake: Bool

    init(_ run: Run) {
      let state = run.state
      phase = state.phase
      way = state.way.map(\.step)
      given = state.given
      open = state.way.last.map { $0.given == nil } ?? false
      exceptions = state.exceptions
      receipts = state.receipts
      drafts = state.drafts
      carried = state.carried
      inHand = state.taking.receipts
      mustAskStillShown = state.taking.mustAskStillShown
      enter = state.current.flatMap { run.flow[$0] }.flatMap { state.defaultAnswer(at: $0, in: run.flow) }
      secretIsAtStake = state.secretIsAtStake(in: run.flow)
    }
  }
}

extension Effect {
  /// Whether it waits for something: for an answer, a part, a store or a check.
  var asks: Bool {
    switch self {
    case .ask, .askWord, .surveyStores, .surveyKeys, .proveStore, .askStillShown, .takePart, .keepCredential,
      .nameCredential,
      .runCheck:
      true
    case .say, .suspend, .finish: false
    }
  }
}
