public import FlowCore
import Records

extension Inventory {
  /// What the flow that took a key says of its parts, by the record of the run that made it; nil if there is no such record
  /// here, or no step of it takes these parts.
  ///
  /// - Parameters:
  ///   - name: what the key is called in its store: of several keys of a run, the one that went by it.
  ///   - parts: the names of its parts.
  public func parts(ofKey name: String, madeBy run: String, having parts: Set<String>) throws -> [CredentialPart]? {
    let contents: JournalContents
    do {
      contents = try folder.read(run)
    } catch {
      if case .noSuchRun = error { return nil }
      throw error
    }
    let flow = try flow(of: contents.header)
    var fitting: [(step: Step.ID, parts: [CredentialPart])] = []
    for step in flow.steps {
      if case .credential(let rule) = step.body, Set(rule.parts.map(\.name)) == parts {
        fitting.append((step.id, rule.parts))
      }
    }
    let (state, _) = contents.folded(in: flow)
    let kept = fitting.first { taken in
      if case .credential(let reference)? = state.given[taken.step]?.answer { reference.name == name } else { false }
    }
    return (kept ?? fitting.first)?.parts
  }
}
