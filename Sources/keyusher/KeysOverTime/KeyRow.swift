import Ceremony
import FlowCore
import FlowText
import Introspection
import Inventory
import NetProtocol
import PlainText
import Records
import Stores

/// A key as lists tell it: an entry of a store, with what records know of it, or a key of which no copy is here.
struct KeyRow {
  /// The entry; nil of a key that only records know.
  let entry: (name: EntryName, store: String)?
  /// What records know of it; nil where none tells of it.
  let life: KeyLife?
  /// What was said of it last, also in an exchange's place; its last day is by the word of exchanges alone.
  let check: KeyCheck?
  let state: KeyState
  /// What its exchange's pack says.
  let pack: Pack?
  /// What the key is called now that was made in its place.
  let replacement: String?
  let origins: KeyOrigins

  var facts: KeyFacts? { life?.facts }
  var name: String { entry?.name.text ?? life?.place.name ?? "" }
  var store: String? { entry?.store ?? life?.places.first?.store }
  var exchange: String? { facts?.exchange ?? name.split(separator: "/").first.map(String.init) }
  var reference: CredentialReference { CredentialReference(store: store ?? "", name: name) }
  /// The run that made it.
  var run: RunSummary? { entry.map { origins[$0.name, in: $0.store] } ?? life?.run.flatMap { origins[run: $0] } }
  var adoption: OperationSummary? { life?.adoption == nil ? nil : origins.adoption(of: facts?.reference ?? reference) }

  /// What it was planned to do, in the words of the exchange's page; nil where nobody said.
  var planned: [String]? {
    facts?.plan?.permissions.map { ids in ids.map { id in pack?.page.first { $0.id == id }?.title ?? id } }
  }
}

// MARK: - For programs

extension KeyRow {
  var json: JSON {
    .fields([
      "name": .text(name), "store": .text(store ?? facts?.reference.store ?? ""),
      "kind": .text(entry?.name.kind.rawValue ?? life?.places.first.map { $0.isInUse ? "kept" : "pending" } ?? "none"),
      "state": .text(state.rawValue),
      "exchange": .given(facts?.exchange), "label": .given(facts?.label), "listed": .given(facts?.listed),
      "account": .given(facts?.account), "purpose": .given(facts?.purpose), "program": .given(facts?.program),
      "owner": .given(facts?.owner), "run": .given(run?.run ?? entry?.name.pendingRun),
      "began": .given(run?.began.description), "adoption": .given(adoption?.id),
      "made": .given(facts?.since.description),
      "planned": facts?.plan?.permissions.map { .array($0.map { .text($0) }) },
      "plannedAddresses": .given(facts?.plan?.addresses.word),
      "powers": check?.powers.map { .array($0.words.map { .text($0) }) },
      "withdraws": check?.powers?.withdraws.map { .flag($0) }, "bound": check?.powers?.isBound.map { .flag($0) },
      "verdict": .given(check?.verdict.rawValue), "asked": .given(check?.at.description),
      "ends": .given(check?.end?.day.description), "endsBy": .given(check?.end?.rule),
      "reviewed": .given(life?.reviewed?.description),
      "given": life.flatMap { $0.given.isEmpty ? nil : .array($0.given.map(\.json)) },
      "exposed": .given(life?.exposure?.since.description), "revoked": .given(life?.deletion?.at.description),
      "revokedBy": .given(life?.deletion?.person), "replacedBy": .given(replacement),
    ])
  }

  /// The names of the columns, which stay; later ones stand behind them.
  static let columns = [
    "name", "store", "state", "exchange", "account", "label", "listed", "purpose", "program", "owner", "given",
    "planned", "planned_addresses", "powers", "withdraws", "bound", "made", "checked", "verdict", "reviewed", "ends",
    "ends_by", "exposed", "revoked", "revoked_by", "replaced_by",
  ]

  var cells: [String] {
    func word(_ truth: Bool?) -> String { truth.map { $0 ? "yes" : "no" } ?? "" }
    let (facts, powers) = (facts, check?.powers)
    let texts: [String?] = [
      name, store, state.rawValue, exchange, facts?.account, facts?.label, facts?.listed, facts?.purpose,
      facts?.program, facts?.owner, life?.given.map(\.words).joined(separator: "; "),
      facts?.plan?.permissions?.joined(separator: "; "), facts?.plan?.addresses.word,
      powers?.words.joined(separator: "; "), word(powers?.withdraws), word(powers?.isBound),
      facts?.since.description, check?.at.description, check?.verdict.rawValue, life?.reviewed?.description,
      check?.end?.day.description, check?.end?.rule, life?.exposure?.since.description, life?.deletion?.at.description,
      life?.deletion?.person, replacement,
    ]
    return texts.map { $0 ?? "" }
  }
}

extension KeyHandout {
  fileprivate var json: JSON {
    .fields([
      "how": .text(kind.rawValue), "to": .text(to), "file": .given(file), "host": .text(host),
      "last": .text(at.description),
    ])
  }

  /// `freqtrade, started on office-box 2026-11-30`
  var words: String {
    switch kind {
    case .exec: "\(display(to)), started on \(display(host)) \(at.day)"
    case .config: "\(display(to)), in a file on \(display(host)) \(at.day)\(file.map { ": \(display($0))" } ?? "")"
    case .send: "whoever can open \(display(file ?? "a file")), written on \(display(host)) \(at.day)"
    case .copy: "the store \(display(to)), on \(display(host)) \(at.day)"
    }
  }
}

extension KeyPlan.Addresses {
  /// As JSON and tables have it; nil where nobody said.
  fileprivate var word: String? {
    switch self {
    case .notSaid: nil
    case .none: "none"
    case .some: "list"
    case .these(let addresses): addresses.joined(separator: ", ")
    }
  }

  /// `only from 203.0.113.7`; nil where nobody said.
  fileprivate var sentence: String? {
    switch self {
    case .notSaid: nil
    case .none: "no IP list"
    case .some: "an IP list"
    case .these(let addresses): "only from \(addresses.map { display($0) }.listed(with: "and"))"
    }
  }
}

// MARK: - For people

extension KeyRow {
  /// A paragraph: which key it is, what is known of it, and one thing to do where there is one.
  var paragraph: [Sentence] {
    guard let entry else { return [Sentence(.heading, display(name))] + [Sentence(.body, noCopy)] + lines }
    let option = " --store \(entry.store)"
    let lines: [Sentence] =
      switch entry.name.kind {
      case .kept, .probe: self.lines
      case .previous:
        (state == .replaced ? [] : standing) + [
          Sentence(.body, "What the key was before it was replaced."),
          Sentence(.hint, "delete it: keyusher key forget \(entry.name)\(option)"),
        ]
      case .pending: PendingCopy(name: entry.name, store: entry.store, origins: origins).inList
      }
    return [Sentence(.heading, "\(entry.name), in \(entry.store)")] + lines
  }

  /// Where it is instead.
  var noCopy: String {
    if let place = life?.places.first { return "By the records it lies in \(display(place.store))." }
    return facts.map { $0.reference.name == nil } == true
      ? "Kept outside of this computer's stores." : "No copy of it is kept here any more."
  }

  private var lines: [Sentence] {
    let made = run.map { "Run \($0.run) made it, \($0.began.day)." }
    let taken =
      adoption.map { "Taken in by \(display($0.user)), \($0.began.day)." }
      ?? life?.adoption.map { "Record \($0) took it in, \(facts?.since.day ?? "")." }
    let whose = [made ?? taken, facts?.owner.map { "Owner: \(display($0))." }].compactMap { $0 }.joined(separator: " ")
    let known = [facts?.use, facts?.place, whose.isEmpty ? nil : whose].compactMap { $0 }
    if known.isEmpty { return [Sentence(.body, KeyRow.unknown)] }
    let given = (life?.given ?? []).prefix(KeyRow.mostHandouts).map { Sentence(.body, "Given to \($0.words).") }
    return standing + known.map { Sentence(.body, $0) } + given + powers
      + [check?.end?.sentence, life?.reviewed.map { "Looked at by a run, \($0.day)." }].compactMap(\.self)
      .map { Sentence(.body, $0) }
  }

  /// Where it stands in its life, if that is more than that it is in use.
  private var standing: [Sentence] {
    switch state {
    case .active, .unknown, .due: []
    case .overdue: [Sentence(.warning, "Its last day may be over.")]
    case .replaced:
      [Sentence(.warning, "Replaced\(replacement.map { " by \(display($0))" } ?? ""), and not known to be deleted.")]
    case .exposed:
      [
        Sentence(
          .warning, "Exposed since \(life?.exposure?.since.day ?? ""), and not known to be deleted: keyusher compromise"
        )
      ]
    case .deletedByWord:
      [
        Sentence(
          .standing,
          "Deleted, as \(display(life?.deletion?.person ?? "somebody")) said, \(life?.deletion?.at.day ?? "").")
      ]
    case .deletedByExchange:
      [Sentence(.standing, "By its exchange, \(life?.deletion?.at.day ?? ""): there is no such key any more.")]
    }
  }

  /// `spot read and write; only from 203.0.113.7`; nil where nobody said.
  var plan: String? {
    let things = (planned ?? []) + [facts?.plan?.addresses.sentence].compactMap(\.self)
    return things.isEmpty ? nil : things.joined(separator: "; ")
  }

  private var powers: [Sentence] {
    [
      plan.map { "Planned: \(display($0))." },
      check?.sentence ?? KeyCheck.nobodyAsked,
      check?.powers.map { "It can: \($0.words.map { display($0) }.joined(separator: "; "))." },
    ].compactMap(\.self).map { Sentence(.body, $0) }
  }

  private static let mostHandouts = 5
  private static let unknown = "No record here tells where it comes from."
}

extension KeyEnd {
  /// What states the rule; nil where the exchange itself gave the day.
  var rule: String? { if case .rule(let by, _, _) = basis { by } else { nil } }

  /// `Its last day may be 2026-12-10: after 90 days, by Gate's help article 17521.`
  fileprivate var sentence: String {
    switch basis {
    case .reported: "Its last day: \(day)."
    case .rule(let by, let days, let ofUse):
      "Its last day may be \(day): after \(days) days\(ofUse ? " without use" : ""), by \(display(by))."
    }
  }
}

extension KeyCheck {
  fileprivate static let nobodyAsked = "Its exchange was not asked from here."

  /// `By its exchange, 2026-11-29: as planned.`
  fileprivate var sentence: String {
    // What was asked in the exchange's place, on this computer, is no exchange.
    let teller = host.flatMap { NetAddress.isLoopback(authority: $0) ? "\($0), in its place" : nil } ?? "its exchange"
    return verdict == .notAsked ? KeyCheck.nobodyAsked : "By \(teller), \(at.day): \(verdict.words)."
  }
}

extension KeyFacts {
  /// `For grid-bot (spot bot).`
  fileprivate var use: String? {
    guard let program else { return purpose.map { "For: \(display($0))." } }
    return "For \(display(program))" + (purpose.map { " (\(display($0)))" } ?? "") + "."
  }

  /// `At gate-io: main account, listed as c5dcfbf1f3a7...`
  fileprivate var place: String? {
    guard let exchange else { return nil }
    let ownName = reference.name?.split(separator: "/").last.map(String.init)
    let known = [
      account.map { display($0) }, label == ownName ? nil : label.map { "called \(display($0)) there" },
      listed.map { "listed as \(display($0))..." },
    ].compactMap { $0 }
    if known.isEmpty { return "At \(display(exchange))." }
    return "At \(display(exchange)): \(known.joined(separator: ", "))" + (listed == nil ? "." : "")
  }
}
