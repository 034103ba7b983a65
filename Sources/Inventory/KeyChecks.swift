import FlowCore
import Records

/// What came of asking about the keys of a run, as its entries tell it one after the other.
struct KeyChecks {
  /// What stands for the key that was asked about last.
  private(set) var last: KeyCheck?
  /// The same for each key, by the step that took it.
  private(set) var byKey: [Step.ID: KeyCheck] = [:]
  /// What an answer of the check will stand for, by the step of the check.
  private var told: [Step.ID: KeyCheck.Told] = [:]
  /// Who was asked last, by the step of the check.
  private var hosts: [Step.ID: String] = [:]
  /// What was told of the key's last day, by the step of the check.
  private var ends: [Step.ID: KeyEnds] = [:]

  mutating func take(_ event: KeyEvent, at step: Step.ID?) {
    guard let step else { return }
    if let host = event.askedHost { hosts[step] = host }
    ends[step, default: KeyEnds()].take(event)
    if let check = event.check { told[step] = check }
  }

  /// Takes the answer that stands at a step now. Nobody was asked where it tells nothing, and nothing was told before it.
  mutating func take(_ given: Given, at step: Step.ID, of flow: Flow, at moment: Timestamp) {
    guard let place = flow.indices[step], case .check(let asked) = flow.steps[place].body, asked.asksExchange else {
      return
    }
    let reads = asked.reads
    let found =
      told.removeValue(forKey: step)
      ?? {
        switch given.standing {
        case .reported(.yes, _): KeyCheck.Told(.asPlanned)
        case .reported(.no, _): KeyCheck.Told(.differs)
        case .reported(.refused, _): KeyCheck.Told(.refused)
        default: KeyCheck.Told(.notAsked)
        }
      }()
    let check = KeyCheck(found, at: moment, by: hosts[step], ends: ends[step] ?? KeyEnds())
    if reads.isEmpty { last = check }
    for key in reads {
      byKey[key] = check.standing(over: byKey[key])
      last = byKey[key]
    }
  }
}
