import Ceremony
import FlowCore
import Records

/// Keeps a run's events in memory: a dry run can tell how it went, and leaves nothing.
final class MemoryLog: EventLog {
  private(set) var entries: [Records.Entry] = []
  private let now: () -> Timestamp

  init(now: @escaping () -> Timestamp) { self.now = now }

  func append(_ events: [Event], durable: Bool) {
    let moment = now()
    for event in events { entries.append(Records.Entry(line: entries.count + 2, at: moment, event: event)) }
  }

  /// What a person would read of the run.
  func record(of flow: Flow, _ text: String, by surroundings: Surroundings) -> Record {
    let header = RunHeader(
      run: "", flowID: flow.id, flowVersion: flow.version, flowText: text, toolVersion: surroundings.toolVersion,
      user: surroundings.user, host: surroundings.host, began: entries.first?.at ?? now())
    return Record(header: header, entries: entries, flow: flow, finalDigest: "")
  }
}
