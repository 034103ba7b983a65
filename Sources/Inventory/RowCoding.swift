import FlowCore
import Introspection
import PlainText
import Records

// What an index keeps of the rows of records. Whoever changes what stands here changes `RowIndex.version`.
extension IndexWriter {
  /// - Precondition: the row is whole.
  mutating func put(_ row: RecordRow) {
    switch row.content {
    case .run(let summary):
      put(RowKind.run.rawValue)
      put(summary)
      put(row.flowDigest)
      put(row.labels) { writer, labels in
        writer.put(labels.flowID)
        writer.put(labels.texts.sorted()) { $0.put($1) }
        writer.put(labels.hasBlanked ? 1 : 0)
      }
    case .operation(let summary):
      put(RowKind.operation.rawValue)
      put(summary)
    case .withoutFlow, .unreadable: break
    }
  }

  private mutating func put(_ summary: RunSummary) {
    for text in [summary.flowID, summary.provider, summary.title, summary.label, summary.oldLabel] { put(text) }
    put(summary.named.sorted()) { $0.put($1) }
    put(summary.gone.sorted { $0.key < $1.key }) { writer, gone in
      writer.put(gone.key)
      writer.put(gone.value)
    }
    for text in [summary.user, summary.host, summary.performer] { put(text) }
    put(summary.began)
    put(summary.lastAt)
    for text in [summary.outcome?.rawValue, summary.reason] { put(text) }
    put(summary.isDiscarded ? 1 : 0)
    put(summary.stepTitle)
    put(summary.keys) { $0.put($1) }
    put(summary.check) { $0.put($1) }
    put(summary.reminders) { writer, reminder in
      for text in [reminder.day, reminder.text, reminder.settledBy?.rawValue] { writer.put(text) }
    }
    put(summary.openWarnings) { $0.put($1) }
    put(summary.operations) { writer, done in
      writer.put(done.at)
      writer.put(done.operation)
    }
    put(summary.waits.sorted { $0.key < $1.key }) { writer, wait in
      writer.put(wait.key)
      writer.put(wait.value)
    }
  }

  mutating func put(_ moment: Timestamp) { put(Int(moment.milliseconds)) }

  mutating func put(_ reference: CredentialReference) {
    put(reference.store)
    put(reference.name)
  }

  mutating func put(_ check: KeyCheck) {
    put(check.verdict.rawValue)
    put(check.at)
    put(check.host)
    put(check.ends.isTold ? 1 : 0)
    put(check.ends.speaksOfRules ? 1 : 0)
    put(check.ends.last) { $0.put($1) }
    put(check.endsAt)
    put(check.powers) { writer, powers in
      writer.put(powers.words) { $0.put($1) }
      for truth in [powers.withdraws, powers.trades, powers.isBound] { writer.put(truth.map { $0 ? "yes" : "no" }) }
    }
    put(check.isGone ? 1 : 0)
  }

  private mutating func put(_ end: KeyEnd) {
    put(end.day.number)
    let rule: (by: String, days: Int, ofUse: Bool)? =
      if case .rule(let by, let days, let ofUse) = end.basis { (by, days, ofUse) } else { nil }
    put(rule) { writer, rule in
      writer.put(rule.by)
      writer.put(rule.days)
      writer.put(rule.ofUse ? 1 : 0)
    }
  }

  private mutating func put(_ key: KeyFacts) {
    put(key.reference)
    for text in [key.exchange, key.label, key.listed, key.account, key.accountID, key.purpose, key.program, key.owner] {
      put(text)
    }
    put(key.plan) { $0.put($1) }
    put(key.since)
    put(key.check) { $0.put($1) }
  }

  private mutating func put(_ plan: KeyPlan) {
    put(plan.permissions) { writer, ids in writer.put(ids) { $0.put($1) } }
    let (kind, addresses): (AddressKind, [String]) =
      switch plan.addresses {
      case .notSaid: (.notSaid, [])
      case .none: (.none, [])
      case .some: (.some, [])
      case .these(let addresses): (.these, addresses)
      }
    put(kind.rawValue)
    put(addresses) { $0.put($1) }
    put(plan.label)
    put(plan.source)
  }

  private mutating func put(_ operation: EntryOperation) {
    let (kind, reference, text): (OperationKind, CredentialReference, String?) =
      switch operation {
      case .deleting(let reference): (.deleting, reference, nil)
      case .deleted(let reference, let history): (.deleted, reference, history)
      case .renaming(let reference, let name): (.renaming, reference, name)
      case .renamed(let reference, let name): (.renamed, reference, name)
      }
    put(kind.rawValue)
    put(reference)
    put(text)
  }
}

extension IndexReader {
  mutating func row(of run: String) throws(Broken) -> RecordRow {
    if try choice(as: RowKind.self) == .operation { return RecordRow(.operation(try operationSummary())) }
    let summary = try summary(of: run)
    let digest = try textIfPresent()
    let labels = try ifPresent { reader throws(Broken) in
      LabelAnswers(
        flowID: try reader.text(), texts: Set(try reader.items { item throws(Broken) in try item.text() }),
        hasBlanked: try reader.number() != 0)
    }
    return RecordRow(.run(summary), flowDigest: digest, labels: labels)
  }

  private mutating func summary(of run: String) throws(Broken) -> RunSummary {
    RunSummary(
      run: run, flowID: try text(), provider: try text(), title: try text(), label: try textIfPresent(),
      oldLabel: try textIfPresent(), named: try names(), gone: try goneNames(), user: try text(), host: try text(),
      performer: try textIfPresent(), began: try moment(), lastAt: try moment(),
      outcome: try textIfPresent().flatMap { Outcome(rawValue: $0) }, reason: try textIfPresent(),
      isDiscarded: try number() != 0, stepTitle: try textIfPresent(),
      keys: try items { reader throws(Broken) in try reader.key() },
      check: try ifPresent { reader throws(Broken) in try reader.check() },
      reminders: try items { reader throws(Broken) in
        Record.Reminder(
          day: try reader.text(), text: try reader.text(),
          settledBy: try reader.textIfPresent().flatMap { Reminder.Settlement(rawValue: $0) })
      },
      openWarnings: try items { warning throws(Broken) in try warning.text() },
      operations: try items { reader throws(Broken) in
        RunSummary.Done(at: try reader.moment(), operation: try reader.operation())
      },
      waits: Dictionary(
        try items { reader throws(Broken) in (try reader.text(), try reader.moment()) },
        uniquingKeysWith: { max($0, $1) }))
  }

  private mutating func names() throws(Broken) -> Set<String> {
    Set(try items { name throws(Broken) in try name.text() })
  }

  private mutating func goneNames() throws(Broken) -> [String: Timestamp] {
    Dictionary(
      try items { reader throws(Broken) in (try reader.text(), try reader.moment()) }, uniquingKeysWith: { $1 })
  }

  private mutating func truth() throws(Broken) -> Bool? { try textIfPresent().map { $0 == "yes" } }

  mutating func moment() throws(Broken) -> Timestamp { Timestamp(milliseconds: Int64(try number())) }

  mutating func reference() throws(Broken) -> CredentialReference {
    CredentialReference(store: try text(), name: try textIfPresent())
  }

  mutating func check() throws(Broken) -> KeyCheck {
    var check = KeyCheck(
      KeyCheck.Told(try choice(as: KeyCheck.Verdict.self)), at: try moment(), by: try textIfPresent(),
      ends: KeyEnds(
        isTold: try number() != 0, speaksOfRules: try number() != 0,
        try ifPresent { reader throws(Broken) in try reader.end() }))
    check.endsAt = try moment()
    check.powers = try ifPresent { reader throws(Broken) in
      KeyPowers(
        try reader.items { word throws(Broken) in try word.text() }, withdraws: try reader.truth(),
        trades: try reader.truth(), isBound: try reader.truth())
    }
    check.isGone = try number() != 0
    return check
  }

  private mutating func end() throws(Broken) -> KeyEnd {
    let day = Day(number: try number())
    let rule = try ifPresent { reader throws(Broken) in
      KeyEnd.Basis.rule(by: try reader.text(), days: try reader.number(), ofUse: try reader.number() != 0)
    }
    return KeyEnd(day: day, basis: rule ?? .reported)
  }

  private mutating func key() throws(Broken) -> KeyFacts {
    let reference = try reference()
    var texts: [String?] = []
    for _ in 0..<8 { texts.append(try textIfPresent()) }
    return KeyFacts(
      reference: reference, exchange: texts[0], label: texts[1], listed: texts[2], account: texts[3],
      accountID: texts[4], plan: try ifPresent { reader throws(Broken) in try reader.plan() }, purpose: texts[5],
      program: texts[6], owner: texts[7], since: try moment(),
      check: try ifPresent { reader throws(Broken) in try reader.check() })
  }

  private mutating func plan() throws(Broken) -> KeyPlan {
    let permissions = try ifPresent { reader throws(Broken) in
      try reader.items { item throws(Broken) in try item.text() }
    }
    let kind = try choice(as: AddressKind.self)
    let addresses = try items { item throws(Broken) in try item.text() }
    let told: KeyPlan.Addresses =
      switch kind {
      case .notSaid: .notSaid
      case .none: .none
      case .some: .some
      case .these: .these(addresses)
      }
    return KeyPlan(permissions: permissions, addresses: told, label: try textIfPresent(), source: try text())
  }

  private mutating func operation() throws(Broken) -> EntryOperation {
    let kind = try choice(as: OperationKind.self)
    let (reference, text) = (try reference(), try textIfPresent())
    return switch kind {
    case .deleting: .deleting(reference)
    case .deleted: .deleted(reference, history: text)
    case .renaming: .renaming(reference, to: text ?? "")
    case .renamed: .renamed(reference, to: text ?? "")
    }
  }
}

private enum RowKind: String { case run, operation }
private enum AddressKind: String { case notSaid, none, some, these }
private enum OperationKind: String { case deleting, deleted, renaming, renamed }
