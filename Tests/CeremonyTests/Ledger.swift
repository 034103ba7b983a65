import Ceremony
import FlowCore
import SecretMemory

/// Everything that happens in one dialogue, in its order.
final class Ledger {
  enum Happening: Equatable {
    case logged(Event, durable: Bool)
    case shown(Sentence)
    case asked(key: String, prompt: String)
    case remembered(String)
    case surveyed
    case proven(String)
    case held([CredentialPart.Name], as: String, in: String)
    case soughtCopy(in: String)
    case named(String, String)
    case deleted(String)
    case renamed(String, to: String)
    case looked(Check)
    case opened(String)
  }

  private(set) var happenings: [Happening] = []

  func note(_ happening: Happening) { happenings.append(happening) }

  var events: [Event] { happenings.compactMap { if case .logged(let event, _) = $0 { event } else { nil } } }
  var sentences: [Sentence] { happenings.compactMap { if case .shown(let sentence) = $0 { sentence } else { nil } } }
  var prompts: [String] { happenings.compactMap { if case .asked(_, let prompt) = $0 { prompt } else { nil } } }
  var keys: [String] { happenings.compactMap { if case .asked(let key, _) = $0 { key } else { nil } } }
  var remembered: [String] {
    happenings.compactMap { if case .remembered(let line) = $0 { line } else { nil } }
  }
  var texts: [String] { sentences.filter { $0.role != .blank }.map(\.text) }

  /// What was said between a question, counted from the first of its key, and the question after it.
  func said(after key: String, visit: Int = 1) -> [String] {
    var seen = 0
    var said: [String] = []
    for happening in happenings {
      switch happening {
      case .asked(let asked, _):
        if seen == visit { return said }
        if asked == key { seen += 1 }
      case .shown(let sentence) where seen == visit && sentence.role != .blank: said.append(sentence.text)
      default: break
      }
    }
    return said
  }
}

/// A log that writes into the ledger, and fails once it has taken as many events as it may.
final class LedgerLog: EventLog {
  struct Full: Error {}

  private let ledger: Ledger
  private var room: Int

  init(_ ledger: Ledger, room: Int = .max) {
    self.ledger = ledger
    self.room = room
  }

  func append(_ events: [Event], durable: Bool) throws {
    for event in events {
      guard room > 0 else { throw Full() }
      room -= 1
      ledger.note(.logged(event, durable: durable))
    }
  }
}

/// Stores that fail as often as they are told: `vault`, `cellar`, and the person's own hands.
final class LedgerStores: CredentialKeeping {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// What goes wrong, in order, by what is done.
  struct Failures {
    var proving: [String] = []
    var holding: [String] = []
    var naming: [String] = []
    var deleting: [String] = []
  }

  private let ledger: Ledger
  private var failures: Failures
  private let offers: [StoreOffer]
  /// Whether `vault` wants a passphrase when it is proven.
  private let asksPassphrase: Bool
  /// The pending copy that a resume finds.
  private let copy: String?
  /// Whether what waits is there when its name can't be given.
  private let isThere: Bool
  /// The entries that there are, where a test looks at them.
  private(set) var entries: [CredentialReference]?
  /// What the store's history still keeps.
  private let history: String?
  let isRehearsal: Bool

  init(
    _ ledger: Ledger, failures: Failures = Failures(), asksPassphrase: Bool = false, copy: String? = nil,
    isThere: Bool = true, entries: [CredentialReference]? = nil, history: String? = nil, isRehearsal: Bool = false,
    offers: [StoreOffer] = LedgerStores.offers
  ) {
    self.ledger = ledger
    self.failures = failures
    self.asksPassphrase = asksPassphrase
    self.copy = copy
    self.isThere = isThere
    self.entries = entries
    self.history = history
    self.isRehearsal = isRehearsal
    self.offers = offers
  }

  static let offers = [
    StoreOffer(id: "vault", title: "a vault", note: "It has a door."),
    StoreOffer(id: "cellar", title: "a cellar"),
    StoreOffer(id: "attic", title: "an attic", obstacle: "the attic is not built"),
    StoreOffer(id: "fence", title: "a fence", plaintext: "Who passes by can read what hangs there."),
    StoreOffer(id: "offline", title: "your own hands"),
  ]

  func survey() -> StoreSurvey {
    ledger.note(.surveyed)
    return StoreSurvey(offers: offers, standard: "vault")
  }

  func prove(_ store: String, asking: any StoreQuestions) throws -> (Verdict, means: String) {
    ledger.note(.proven(store))
    if asksPassphrase {
      var question = Question(.passphrase(of: store), .secret(title: "Passphrase"), isSecret: true)
      question.text = "The vault's passphrase"
      guard let (passphrase, _) = try asking.ask(question) else { throw Failure(description: "it was stopped") }
      guard passphrase.isWord("correct horse") else { throw Failure(description: "the passphrase is wrong") }
    }
    if !failures.proving.isEmpty { throw Failure(description: failures.proving.removeFirst()) }
    return (.yes, "tried in a test")
  }

  func hold(
    _ parts: [CredentialPart.Name: SecretBytes], takenAt step: Step.ID, as name: String, in store: String,
    asking: any StoreQuestions
  ) throws -> (CredentialReference, KeepingProof) {
    ledger.note(.held(parts.keys.sorted(), as: name, in: store))
    if !failures.holding.isEmpty { throw Failure(description: failures.holding.removeFirst()) }
    return (CredentialReference(store: store, name: "pending/7q4m.\(step)"), .readBack)
  }

  func find(
    takenAt step: Step.ID, as receipts: [PartReceipt], in store: String, asking: any StoreQuestions
  ) throws -> CredentialReference? {
    ledger.note(.soughtCopy(in: store))
    return copy.map { CredentialReference(store: store, name: $0) }
  }

  func has(_ reference: CredentialReference) -> Bool { entries.map { $0.contains(reference) } ?? isThere }

  func delete(_ reference: CredentialReference, asking: any StoreQuestions) throws -> String? {
    ledger.note(.deleted(reference.place))
    if !failures.deleting.isEmpty, case let failure = failures.deleting.removeFirst(), !failure.isEmpty {
      throw Failure(description: failure)
    }
    entries?.removeAll { $0 == reference }
    return history
  }

  func rename(_ reference: CredentialReference, to name: String, asking: any StoreQuestions) throws {
    ledger.note(.renamed(reference.place, to: name))
    guard let place = entries?.firstIndex(of: reference) else {
      if has(CredentialReference(store: reference.store, name: name)) { return }
      throw Failure(description: "nothing is there")
    }
    entries?[place].name = name
  }

  func lend(
    _ reference: CredentialReference, asking: any StoreQuestions,
    _ body: ([CredentialPart.Name: SecretBytes]) throws -> Observation
  ) throws -> Observation {
    guard isThere else { throw Failure(description: "the vault is shut") }
    return try body(["secret": SecretBytes(copying: Array(Canary.secret.utf8))])
  }

  func name(
    _ reference: CredentialReference, _ name: String, asking: any StoreQuestions
  ) throws -> CredentialReference {
    ledger.note(.named(reference.name ?? "", name))
    if !failures.naming.isEmpty { throw Failure(description: failures.naming.removeFirst()) }
    return CredentialReference(store: reference.store, name: name)
  }
}

/// Sees what it is told; everything else looks right.
struct LedgerEyes: Observing {
  let ledger: Ledger
  var verdict: (Check) -> Verdict = { _ in .yes }
  var names: Set<String> = []
  var keys: [(key: KnownKey, answers: [Step.ID: String])] = []

  func observe(_ check: Check, in state: State, of flow: Flow, with context: any ObservationContext) -> Observation {
    ledger.note(.looked(check))
    return Observation(verdict(check), by: "looked at in a test")
  }

  func surveyKeys(in flow: Flow) -> KeySurvey { KeySurvey(keys: keys.map(\.key)) }
  func namesInUse(in flow: Flow) -> Set<String> { names }
  func recall(_ key: KnownKey, in flow: Flow) -> [Step.ID: String] { keys.first { $0.key == key }?.answers ?? [:] }
}

struct LedgerBrowser: AddressOpening {
  let ledger: Ledger
  var obstacle: String?

  func open(_ address: String) -> String? {
    ledger.note(.opened(address))
    return obstacle
  }
}
