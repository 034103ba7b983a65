/// What became known of a key, or was done with one, beside the questions of a run. It moves no run on; a
/// key of the run that is renamed is followed.
public struct KeyEvent: Equatable, Sendable {
  public enum Kind: String, Equatable, Sendable, CaseIterable {
    /// The exchange was asked: `facts` has what it reported, `unknown` what it could not tell, and why.
    case reported = "key-reported"
    /// Something was done with the key: kept, copied, renamed, sent, used, deleted, replaced.
    case operated = "key-operated"
    /// A day was set: to look again, to replace it, until when it is valid, or until when to wait.
    case dated = "key-dated"
  }

  public var kind: Kind
  /// The key's name in its store, or in the exchange's list.
  public var key: String?
  /// On whose word: the exchange's host, a program, a person.
  public var by: String?
  /// Each fact by its name, for example `permissions`, `ip-list`, `host`, `request`, `operation`, `day`.
  public var facts: [String: String]
  /// What could not be found out, with the reason, by the same names.
  public var unknown: [String: String]

  /// The names of those facts of a report that tell of the answer, and not of the key.
  public static let aboutTheAnswer: Set<String> = [
    "request", "asked", "answer-digest", "api-digest", "one-time-password",
  ]

  public init(
    _ kind: Kind, key: String?, by: String? = nil, facts: [String: String], unknown: [String: String] = [:]
  ) {
    self.kind = kind
    self.key = key
    self.by = by
    self.facts = facts
    self.unknown = unknown
  }

  /// The facts of the day on which a key may end by a rule of its exchange.
  package static let (validUntil, ruleDays, ruleOfUse) = ("valid-until", "days", "without-use")

  /// What happened, for a person.
  public var words: String {
    let known = facts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let missing = unknown.sorted { $0.key < $1.key }.map { "\($0.key): nobody can tell: \($0.value)" }
    let what =
      switch kind {
      case .reported: by.map { "\($0) says" } ?? "the exchange says"
      case .operated: by.map { "done by \($0)" } ?? "done"
      case .dated: by.map { "set by \($0)" } ?? "set"
      }
    if let operation { return operation.words }
    if kind == .dated, let day = facts[KeyEvent.validUntil], let days = facts[KeyEvent.ruleDays], let by {
      let use = facts[KeyEvent.ruleOfUse] == nil ? "" : " without use"
      return "\(key.map { "\($0): " } ?? "")may end on \(day), after \(days) days\(use), by \(by)"
    }
    if facts["operation"] == "verify", let verdict = facts["difference"] ?? facts["verdict"] {
      return "\(key.map { "\($0): " } ?? "")asked about: \(verdict)"
    }
    if facts["operation"] == "mark", let mark = facts["mark"] {
      let marks = ["undeleted": "not deleted after all", "safe": "not exposed"]
      let reason = facts["reason"].map { ", because: \($0)" } ?? ""
      return "\(key ?? ""): \(marks[mark] ?? mark), as \(by ?? "somebody") said\(reason)"
    }
    return "\(key.map { "\($0): " } ?? "")\(what): \((known + missing).joined(separator: "; "))"
  }
}

extension KeyEvent {
  /// What keyusher does with an entry of a store, or did.
  public init(_ operation: EntryOperation) {
    var facts: [String: String] = [:]
    let reference: CredentialReference
    switch operation {
    case .deleting(let entry):
      reference = entry
      facts["operation"] = KeyEvent.forget
      facts["state"] = KeyEvent.begun
    case .deleted(let entry, let history):
      reference = entry
      facts["operation"] = KeyEvent.forget
      facts["history"] = history
    case .renaming(let entry, let name):
      reference = entry
      facts["operation"] = KeyEvent.rename
      facts["to"] = name
      facts["state"] = KeyEvent.begun
    case .renamed(let entry, let name):
      reference = entry
      facts["operation"] = KeyEvent.rename
      facts["to"] = name
    }
    facts["store"] = reference.store
    self.init(.operated, key: reference.name, by: "keyusher", facts: facts)
  }

  /// What is done with an entry of a store, or was, if that is what it tells.
  public var operation: EntryOperation? {
    guard kind == .operated, let key, let store = facts["store"] else { return nil }
    let reference = CredentialReference(store: store, name: key)
    switch (facts["operation"], facts["state"]) {
    case (KeyEvent.forget, KeyEvent.begun): return .deleting(reference)
    case (KeyEvent.forget, _): return .deleted(reference, history: facts["history"])
    case (KeyEvent.rename, KeyEvent.begun): return facts["to"].map { .renaming(reference, to: $0) }
    case (KeyEvent.rename, _): return facts["to"].map { .renamed(reference, to: $0) }
    default: return nil
    }
  }

  private static let (forget, rename, begun) = ("forget", "rename", "begun")
}

extension State {
  /// Follows a key of this run to the name that it was given, and sees which copies are gone.
  ///
  /// A record may have been edited: only a name that a known key had is one that a run gives, or the first of its own key.
  mutating func follow(_ event: KeyEvent, at step: Step.ID?, in flow: Flow) {
    switch event.operation {
    case .renamed(let reference, let name):
      let other = CredentialReference(store: reference.store, name: name)
      guard isNamed(reference, at: step, in: flow) || isKnown(other) else { return }
      rename(reference, to: other)
    case .deleted(let reference, _): noteDeletion(of: reference)
    case .deleting, .renaming, nil: return
    }
    if let step { noteDeed(at: step) }
  }

  private func isKnown(_ reference: CredentialReference) -> Bool {
    knownKeys.values.contains { $0.contains { $0.copies.contains(reference) } }
  }

  /// Whether a credential of this run waits for the name that a step gives.
  private func isNamed(_ reference: CredentialReference, at step: Step.ID?, in flow: Flow) -> Bool {
    guard reference.isPending, case .check(.named(let credential))? = step.flatMap({ flow[$0] })?.body else {
      return false
    }
    return given[credential]?.answer == .credential(reference)
  }
}
