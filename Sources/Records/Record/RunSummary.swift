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

/// The texts that other runs gave at a step, and how many records might hide more.
public struct LabelsUsed: Equatable, Sendable {
  public var uses: [LabelUse] = []
  /// The records that can't be read, whatever their flow, and those in which such a text was blanked.
  public var unseenRecords = 0

  public init(uses: [LabelUse] = [], unseenRecords: Int = 0) {
    self.uses = uses
    self.unseenRecords = unseenRecords
  }
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

  /// Every name that other runs gave to a key of a provider, corrected ones too, if a credential was kept in the run: what
  /// was only begun made no key.
  ///
  /// - Parameter step: the step that names the key. In other flows of the provider those steps name one whose ids end in
  ///   the same word, such as `live-label` beside `label`.
  public func labelsUsed(like step: Step.ID, ofProvider provider: String, except run: String? = nil)
    throws(JournalError) -> LabelsUsed
  {
    var found = LabelsUsed()
    for other in try runs() where other != run {
      guard let contents = try? read(other) else {
        found.unseenRecords += 1
        continue
      }
      guard contents.header.flowID.hasPrefix(provider + "/"), contents.keptCredential else { continue }
      var hasBlanks = false
      for entry in contents.entries {
        switch entry.event {
        case .answered(let named, .text(let text), _, _) where named.lastWord == step.lastWord:
          found.uses.append(LabelUse(text: text, run: other, at: entry.at))
        case .answered(let named, .redacted, _, _) where named.lastWord == step.lastWord: hasBlanks = true
        default: break
        }
      }
      if hasBlanks { found.unseenRecords += 1 }
    }
    return found
  }
}

extension Step.ID {
  /// `label` of `live-label`.
  public var lastWord: Substring {
    rawValue[(rawValue.lastIndex(of: "-").map { rawValue.index(after: $0) } ?? rawValue.startIndex)...]
  }
}

extension JournalContents {
  fileprivate var keptCredential: Bool {
    entries.contains { if case .credentialHeld = $0.event { true } else { false } }
  }
}
