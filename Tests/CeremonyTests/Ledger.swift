import Ceremony
import FlowCore
import SecretMemory

/// Everything that happens in one dialogue, in its order.
final class Ledger {
  enum Happening: Equatable {
    case logged(Event, durable: Bool)
    case shown(Sentence)
    case asked(key: String, prompt: String)
    case settled(String, remember: Bool)
    case kept([CredentialPart.Name])
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
    happenings.compactMap { if case .settled(let line, true) = $0 { line } else { nil } }
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

/// A store that keeps by hand, or by itself, failing as often as it is told.
final class LedgerStore: CredentialKeeping {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  let id: String
  let isByHand: Bool
  private let ledger: Ledger
  private var failures: [String]

  init(_ ledger: Ledger, byHand: Bool = true, failures: [String] = []) {
    self.ledger = ledger
    isByHand = byHand
    id = byHand ? CredentialReference.offline : "vault"
    self.failures = failures
  }

  func keep(_ parts: [CredentialPart.Name: SecretBytes]) throws -> (CredentialReference, KeepingProof) {
    ledger.note(.kept(parts.keys.sorted()))
    if !failures.isEmpty { throw Failure(description: failures.removeFirst()) }
    return (CredentialReference(store: id, name: "grid-bot-01"), .readBack)
  }
}

/// Sees what it is told; everything else looks right.
struct LedgerEyes: Looking {
  let ledger: Ledger
  var verdict: (Check) -> Verdict = { _ in .yes }

  func look(_ check: Check, in state: State, of flow: Flow) -> (Verdict, means: String) {
    ledger.note(.looked(check))
    return (verdict(check), "looked at in a test")
  }
}

struct LedgerBrowser: AddressOpening {
  let ledger: Ledger
  var obstacle: String?

  func open(_ address: String) -> String? {
    ledger.note(.opened(address))
    return obstacle
  }
}
