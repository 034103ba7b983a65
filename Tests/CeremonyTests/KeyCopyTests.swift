import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// What the session finds out about a key's copies in stores, and what it does with them.
@Suite struct KeyCopyTests {
  private static let old = CredentialReference(store: "vault", name: "gate-io/old")
  private static let second = CredentialReference(store: "cellar", name: "gate-io/old")
  private static let new = CredentialReference(store: "vault", name: "gate-io/new")

  private static func flow() throws -> Flow {
    try Flows.small(
      """
        - {id: key, kind: text, title: Which key?, role: old-label}
        - {id: gone, kind: confirm, title: Is it gone?, ends-key: true, if-no: other}
        - {id: none, kind: check, title: None left?, check: no-copies, of: key}
        - {id: deleted, kind: check, title: Deleted?, check: copies-deleted, of: key, after: gone, next: last}
        - {id: other, kind: tell, title: Other, next: none}
        - {id: last, kind: confirm, title: Is it done?}
      """)
  }

  /// Knows one key, whose copies are those that a store has.
  private struct Eyes: Observing {
    let keys: () -> [KnownKey]
    var unseen: [String] = []

    func observe(
      _ check: Check, in state: State, of flow: Flow, with context: any ObservationContext
    ) throws -> Observation { throw ObservationFailure("not asked for") }
    func surveyKeys(in flow: Flow) -> KeySurvey { KeySurvey(keys: keys(), unseen: unseen) }
    func namesInUse(in flow: Flow) -> Set<String> { [] }
    func recall(_ key: KnownKey, in flow: Flow) -> [Step.ID: String] { [:] }
  }

  private struct Walked {
    var dialogue: Dialogue
    var found: [Observation]
    var done: [EntryOperation]
    var entries: [CredentialReference]
  }

  /// - Parameter owner: whose entries the store's are by now; nil for the key's.
  private func walk(
    _ lines: KeyValuePairs<String, Partner.Saying> = ["key": "old", "gone": "yes", "last": "yes"],
    entries: [CredentialReference] = [old], failures: [String] = [], history: String? = nil, isRehearsal: Bool = false,
    known: [[KnownKey]]? = nil, unseen: [String] = []
  ) throws -> Walked {
    var stores: LedgerStores?
    var looks = 0
    let eyes = Eyes(
      keys: {
        looks += 1
        if let known { return known[min(looks, known.count) - 1] }
        return [KnownKey(name: "old", run: "7q4m", made: "2026-11-29", copies: stores?.entries ?? [])]
      }, unseen: unseen)
    let dialogue = Dialogue(try KeyCopyTests.flow(), Partner.Lines(lines), observing: eyes) { ledger in
      let made = LedgerStores(
        ledger, failures: LedgerStores.Failures(deleting: failures), entries: entries, history: history,
        isRehearsal: isRehearsal)
      stores = made
      return made
    }
    try dialogue.begin()
    let events = dialogue.ledger.events
    return Walked(
      dialogue: dialogue,
      found: events.compactMap {
        if case .observed(_, let found) = $0 { Observation(found.verdict, by: found.means) } else { nil }
      },
      done: events.compactMap { event in
        guard case .key(_, let told) = event else { return nil }
        if case .deleting? = told.operation { return nil }
        return told.operation
      },
      entries: stores?.entries ?? [])
  }

  @Test func `a copy is found, deleted, looked for, and both is on record`() throws {
    let walked = try walk()
    expectNoDifference(
      walked.found,
      [
        Observation(.no, by: "gate-io/old in vault"),
        Observation(.yes, by: "the old key's copy is deleted: gate-io/old in vault"),
      ])
    expectNoDifference(walked.done, [.deleted(KeyCopyTests.old, history: nil)])
    expectNoDifference(walked.entries, [])
    #expect(walked.dialogue.ledger.texts.contains("Keyusher saw: the old key's copy is deleted: gate-io/old in vault"))
  }

  @Test func `what a store's history keeps is said`() throws {
    let walked = try walk(history: "the git history")
    expectNoDifference(
      walked.found.last,
      Observation(.yes, by: "the old key's copy is deleted: gate-io/old in vault; still there: the git history")
    )
    expectNoDifference(walked.done, [.deleted(KeyCopyTests.old, history: "the git history")])
  }

  @Test func `without the claim that the key is gone nothing is deleted`() throws {
    let walked = try walk(["key": "old", "gone": "no", "other": "", "last": "yes"])
    expectNoDifference(walked.found.last, Observation(.notKnowable, by: Phrases.keyMayLive))
    expectNoDifference(walked.entries, [KeyCopyTests.old])
    expectNoDifference(walked.done, [])
  }

  @Test func `a rehearsal looks into no store, and deletes nothing`() throws {
    let walked = try walk(isRehearsal: true)
    expectNoDifference(
      walked.found,
      [
        Observation(.notKnowable, by: "a rehearsal looks into no store"),
        Observation(.notKnowable, by: "a rehearsal changes nothing in a store"),
      ])
    expectNoDifference(walked.entries, [KeyCopyTests.old])
  }

  @Test func `a copy that went while nobody looked is gone as well`() throws {
    let key = KnownKey(name: "old", copies: [KeyCopyTests.old])
    let walked = try walk(entries: [], known: [[key], [KnownKey(name: "old")]])
    expectNoDifference(
      walked.found,
      [
        Observation(.yes, by: "no store here has it"),
        Observation(.yes, by: "the old key's copy is deleted: gate-io/old in vault"),
      ])
    expectNoDifference(walked.done, [])
  }

  @Test func `an entry that holds another key by now is left`() throws {
    let key = KnownKey(name: "old", copies: [KeyCopyTests.old])
    let walked = try walk(known: [[key], [key], [KnownKey(name: "old")]])
    expectNoDifference(
      walked.found.last, Observation(.no, by: "gate-io/old in vault is another key by now, and was left"))
    expectNoDifference(walked.entries, [KeyCopyTests.old])
  }

  @Test func `what was deleted before another could not be is told`() throws {
    let walked = try walk(entries: [KeyCopyTests.old, KeyCopyTests.second], failures: ["", "the cellar is shut"])
    expectNoDifference(
      walked.found.last, Observation(.no, by: "gate-io/old in cellar is still there: the cellar is shut"))
    expectNoDifference(walked.done, [.deleted(KeyCopyTests.old, history: nil)])
    expectNoDifference(walked.entries, [KeyCopyTests.second])
  }

  @Test func `where nothing could be deleted a person may have it tried again`() throws {
    let walked = try walk(
      ["key": "old", "gone": "yes", "deleted.check": "yes", "last": "yes"], failures: ["the vault is shut"])
    #expect(walked.dialogue.ledger.texts.contains("It could not be found out: the vault is shut"))
    expectNoDifference(walked.entries, [])
  }

  @Test func `of a key that nobody knows here nothing is said, and nothing deleted`() throws {
    let others = [KnownKey(name: "bot", copies: [KeyCopyTests.new])]
    let walked = try walk(
      ["key": "strange", "gone": "yes", "last": "yes"], entries: [KeyCopyTests.new], known: [others])
    expectNoDifference(
      walked.found,
      [
        Observation(.notKnowable, by: "no key of that name is known here; the stores have gate-io/new in vault"),
        Observation(.notKnowable, by: "no key of that name is known here; the stores have gate-io/new in vault"),
      ])
    expectNoDifference(walked.entries, [KeyCopyTests.new])
    let none = try walk(["key": "strange", "gone": "yes", "last": "yes"], entries: [], known: [[]])
    expectNoDifference(
      none.found.first, Observation(.yes, by: "no store here has a key of this exchange"))
  }

  @Test func `where a store is shut nobody can tell whether it has a copy`() throws {
    let walked = try walk(
      entries: [], known: [[KnownKey(name: "old")]], unseen: ["cellar could not be looked into: it is locked"])
    let shut = Observation(.notKnowable, by: "cellar could not be looked into: it is locked")
    expectNoDifference(walked.found, [shut, shut])
  }

  @Test func `each deletion is on record as soon as it is done`() throws {
    let walked = try walk(entries: [KeyCopyTests.old, KeyCopyTests.second])
    let told = walked.dialogue.ledger.happenings.compactMap { happening -> String? in
      switch happening {
      case .deleted(let place): "deleted \(place)"
      case .logged(.key(_, let event), let durable): "\(event.words), durable: \(durable)"
      default: nil
      }
    }
    expectNoDifference(
      told,
      [
        "to be deleted: gate-io/old in vault, durable: true", "deleted gate-io/old in vault",
        "deleted: gate-io/old in vault, durable: true", "to be deleted: gate-io/old in cellar, durable: true",
        "deleted gate-io/old in cellar", "deleted: gate-io/old in cellar, durable: true",
      ])
  }

  @Test(arguments: [
    ([new], "the new key is called gate-io/old in vault", [old]),
    ([new, old], "the name gate-io/old is still taken in vault, and nothing was renamed", [new, old]),
    ([old], "the new key is called gate-io/old in vault", [old]),
  ])
  func `the new key takes the name only where it is free, or has it already`(
    entries: [CredentialReference], means: String, left: [CredentialReference]
  ) throws {
    let flow = try Flows.small(
      """
        - {id: key, kind: text, title: Which key?, role: old-label}
        - {id: place, kind: store, title: Where to}
        - id: taken
          kind: credential
          title: Take it
          store: place
          name: gate-io/new
          parts: [{name: secret, title: Secret, secret: true}]
          if-lost: stopped
        - {id: gone, kind: confirm, title: Is it gone?, ends-key: true, if-no: stopped}
        - {id: named, kind: check, title: Named?, check: name-taken, of: key, by: taken, after: gone, next: last}
        - {id: stopped, kind: end, outcome: aborted}
        - {id: last, kind: confirm, title: Is it done?}
      """)
    let known = [KnownKey(name: "old", run: "7q4m", made: "2026-11-29", copies: [KeyCopyTests.old])]
    var stores: LedgerStores?
    let lines: KeyValuePairs<String, Partner.Saying> = [
      "key": "old", "place": "vault", "taken.secret": .secret(Canary.secret), "gone": "yes", "last": "yes",
    ]
    let dialogue = Dialogue(flow, Partner.Lines(lines), observing: Eyes(keys: { known })) { ledger in
      let made = LedgerStores(ledger, entries: entries)
      stores = made
      return made
    }
    try dialogue.begin()
    let found = dialogue.ledger.events.compactMap { event -> String? in
      if case .observed("named", let observation) = event { observation.means } else { nil }
    }
    expectNoDifference(found, [means])
    expectNoDifference(stores?.entries, left)
  }
}
