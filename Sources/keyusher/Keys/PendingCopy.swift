import Ceremony
import FlowCore
import Inventory
import PlainText
import Records
import Stores

/// A copy that waits in a store for its name: what the records tell of it, and what can be done with it.
struct PendingCopy {
  let name: EntryName
  let store: String
  let origins: KeyOrigins

  private var run: RunSummary? { origins[name, in: store] }
  private var facts: KeyFacts? { origins.facts(of: CredentialReference(store: store, name: name.text)) }
  private var option: String { " --store \(store)" }

  /// For a list: one sentence on where it comes from, and one thing to do.
  var inList: [Sentence] {
    guard let run else {
      return [
        Sentence(.body, "A pending copy that no run claims any more. It may be the only copy of a key."),
        Sentence(.hint, "keep it: keyusher key keep \(name) NAME\(option)"),
      ]
    }
    if run.isUnfinished {
      return [
        Sentence(.body, "A pending copy: it gets its name when its run goes on."),
        Sentence(.hint, "go on: keyusher resume \(run.run)"),
      ]
    }
    return [
      Sentence(.body, end(of: run)), Sentence(.hint, "see what can be done: keyusher key show \(name)\(option)"),
    ]
  }

  /// For one that is shown: the same, and each thing that can be done with it.
  var whenShown: [Sentence] {
    guard let run, !run.isUnfinished else { return inList }
    let new = facts.flatMap { key in key.label.map { "\(run.provider)/\(EntryName.fitting($0)?.text ?? "NAME")" } }
    return [
      Sentence(.body, end(of: run)), Sentence(.body, "Ask the exchange what the key can do:"),
      Sentence(.command, "keyusher key verify \(name)\(option)"), Sentence(.body, "Give it a name:"),
      Sentence(.command, "keyusher key keep \(name) \(new ?? "NAME")\(option)"),
      Sentence(.body, "Once the key is deleted at the exchange, delete the copy:"),
      Sentence(.command, "keyusher key forget \(name)\(option)"),
    ]
  }

  // MARK: - Private

  /// That its run is over, and how; a copy that is not on its record may be all there is of a key.
  private func end(of run: RunSummary) -> String {
    let end = "Run \(run.run) ended\(run.reason.map { ": \(display($0))" } ?? "")."
    return facts == nil
      ? "A pending copy that its run did not put on record. It may be the only copy of a key. \(end)"
      : "A copy without a name. \(end)"
  }
}
