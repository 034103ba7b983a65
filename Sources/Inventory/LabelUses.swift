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
    for (other, row) in try rows() where other != run {
      if case .unreadable = row.content { found.unseenRecords += 1 }
      guard let labels = row.labels, labels.flowID.hasPrefix(provider + "/") else { continue }
      let saysSo = labels.texts.contains(label)
      if case .withoutFlow = row.content {
        // Only where a step said the same, or may have, does it matter what the step is for.
        if saysSo || labels.hasBlanked { found.unseenRecords += 1 }
        continue
      }
      if saysSo { found.runs.append(other) }
      if labels.hasBlanked { found.unseenRecords += 1 }
    }
    return found
  }
}
