public import FlowCore

/// A run as the list of runs needs it: what its state is, the caller folds from the entries with the flow's text.
public struct RunSummary: Equatable, Sendable {
  public var run: String
  public var contents: JournalContents

  public var flowID: String { contents.header.flowID }
  public var began: Timestamp { contents.header.began }
  /// When the last event happened.
  public var lastAt: Timestamp { contents.lastAt }
}

/// A text that another run gave at a step.
public struct LabelUse: Equatable, Sendable {
  public var text: String
  public var run: String
  public var at: Timestamp
}

extension RecordFolder {
  /// Every run of the folder, the one that was last at work first; or why its record can't be read.
  public func summaries() throws(JournalError) -> [Result<RunSummary, JournalError>] {
    let all = try runs().map { run in
      Result { () throws(JournalError) in RunSummary(run: run, contents: try read(run)) }
    }
    return all.sorted { left, right in
      switch (left, right) {
      case (.success(let left), .success(let right)): (right.lastAt, left.run) < (left.lastAt, right.run)
      case (.success, .failure): true
      default: false
      }
    }
  }

  /// The text that each other run of a flow gave last at a step, if a credential was kept in it: what was only begun
  /// made no key. Records that can't be read say nothing.
  public func labelsUsed(at step: Step.ID, ofFlow flowID: String, except run: String? = nil)
    throws(JournalError) -> [LabelUse]
  {
    try runs().filter { $0 != run }.compactMap { run in
      guard let contents = try? read(run), contents.header.flowID == flowID, contents.keptCredential else { return nil }
      for entry in contents.entries.reversed() {
        if case .answered(step, .text(let text), _, _) = entry.event {
          return LabelUse(text: text, run: run, at: entry.at)
        }
      }
      return nil
    }
  }
}

extension JournalContents {
  fileprivate var keptCredential: Bool {
    entries.contains { if case .credentialHeld = $0.event { true } else { false } }
  }
}
