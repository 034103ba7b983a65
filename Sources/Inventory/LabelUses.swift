import FlowCore
import Records

/// The other runs that gave their key a label, and how many records might hide more.
public struct LabelUses: Equatable, Sendable {
  public var runs: [String] = []
  /// The records that can't be read, whatever their flow, and those in which a label was blanked.
  public var unseenRecords = 0

  public init(runs: [String] = [], unseenRecords: Int = 0) {
    self.runs = runs
    self.unseenRecords = unseenRecords
  }
}

extension Inventory {
  /// Finds the runs of a provider that called a key so, corrected answers too, if a credential was kept: what was only begun
  /// made no key.
  public func uses(ofLabel label: String, provider: String, except run: String? = nil) throws -> LabelUses {
    var found = LabelUses()
    for other in try folder.runs() where other != run {
      guard let contents = try? folder.read(other) else {
        found.unseenRecords += 1
        continue
      }
      guard contents.header.flowID.hasPrefix(provider + "/"), contents.keptCredential else { continue }
      let answers = contents.answers { $0 == .text(label) || $0.isRedacted }
      // Only where a step said the same, or may have, does it matter what the step is for.
      if answers.isEmpty { continue }
      guard let flow = try? flow(of: contents.header) else {
        found.unseenRecords += 1
        continue
      }
      let labels = answers.filter { flow[$0.step]?.role == .label }.map(\.answer)
      if labels.contains(.text(label)) { found.runs.append(other) }
      if labels.contains(where: \.isRedacted) { found.unseenRecords += 1 }
    }
    return found
  }
}

extension JournalContents {
  fileprivate func answers(where fits: (Answer) -> Bool) -> [(step: Step.ID, answer: Answer)] {
    entries.compactMap { entry in
      guard case .answered(let step, let answer, _, _) = entry.event, fits(answer) else { return nil }
      return (step, answer)
    }
  }
}
