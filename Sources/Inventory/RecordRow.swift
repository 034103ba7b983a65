import FlowCore
import Records

/// What lists of runs and keys, and the checks of a run, want to know of a record: what is left of it once it was read.
struct RecordRow {
  enum Content {
    case run(RunSummary)
    case operation(OperationSummary)
    /// The record can be read, and not the flow that it began with.
    case withoutFlow(any Error, lastAt: Timestamp)
    case unreadable(any Error)
  }

  let content: Content
  /// What it called its key, or without its flow may have; nil if it kept none.
  let labels: LabelAnswers?
  /// The digest of its flow's text, where that lies beside the record.
  let flowDigest: String?

  var isWithoutFlow: Bool { if case .withoutFlow = content { true } else { false } }
  /// Whether all that it tells stands in it: of what could not be read nobody knows whether it can be read by now.
  var isWhole: Bool {
    switch content {
    case .run, .operation: true
    case .withoutFlow, .unreadable: false
    }
  }

  /// Whether it may be that of a run which can be gone on with: of what can't be read nobody knows.
  var mayBeOpen: Bool {
    switch content {
    case .run(let summary): summary.isUnfinished
    case .operation: false
    case .withoutFlow, .unreadable: true
    }
  }

  /// One that was read before.
  init(_ content: Content, flowDigest: String? = nil, labels: LabelAnswers? = nil) {
    self.content = content
    self.flowDigest = flowDigest
    self.labels = labels
  }

  init(of run: String, in inventory: Inventory) {
    do {
      let contents = try inventory.folder.read(run, sentences: false)
      if let operation = OperationRecord(contents) {
        (content, labels, flowDigest) = (.operation(operation.summary), nil, nil)
        return
      }
      flowDigest = contents.header.flowText == nil ? contents.header.flowDigest : nil
      do {
        let flow = try inventory.flow(of: contents.header)
        content = .run(RunSummary(of: run, contents, flow: flow))
        labels = LabelAnswers(in: contents) { flow[$0]?.role == .label }
      } catch {
        labels = LabelAnswers(in: contents) { _ in true }
        content = .withoutFlow(error, lastAt: contents.lastAt)
      }
    } catch {
      (content, labels, flowDigest) = (.unreadable(error), nil, nil)
    }
  }
}

/// The answers of a run that kept a key which may be the key's name, corrected ones too.
struct LabelAnswers: Equatable {
  let flowID: String
  private(set) var texts: Set<String> = []
  private(set) var hasBlanked = false

  init(flowID: String, texts: Set<String>, hasBlanked: Bool) {
    (self.flowID, self.texts, self.hasBlanked) = (flowID, texts, hasBlanked)
  }

  /// - Parameter mayName: whether a step may be the one that gives the name.
  fileprivate init?(in contents: JournalContents, at mayName: (Step.ID) -> Bool) {
    guard contents.keptCredential else { return nil }
    flowID = contents.header.flowID
    for case .answered(let step, let answer, _, _) in contents.entries.map(\.event) {
      if case .text(let text) = answer, mayName(step) { texts.insert(text) }
      if answer.isRedacted, mayName(step) { hasBlanked = true }
    }
  }
}
