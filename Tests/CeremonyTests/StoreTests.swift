import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// A store that keeps the credential by itself.
@Suite struct StoreTests {
  private let parts: KeyValuePairs<String, Partner.Saying> = [
    "credential.key": .secret(Canary.key), "credential.secret": .secret(Canary.secret),
  ]

  private func walk(
    _ lines: Partner.Lines, failures: [String] = [], isPerson: Bool = true
  ) throws -> (Dialogue, Session.Conclusion) {
    let dialogue = Dialogue(
      try Flows.createKey(), Flows.untilCredential(parts) + lines, isPerson: isPerson,
      store: { LedgerStore($0, byHand: false, failures: failures) })
    return (dialogue, try dialogue.begin())
  }

  private func tries(_ dialogue: Dialogue) -> Int {
    dialogue.ledger.happenings.count { $0 == .kept(["key", "secret"]) }
  }

  @Test func `what the store read back is verified`() throws {
    let (dialogue, conclusion) = try walk(Flows.afterCredential)
    expectNoDifference(conclusion, .ended(.completed))
    expectNoDifference(
      dialogue.ledger.said(after: "credential.secret").prefix(2),
      ["Secret: 64 characters taken", "verified: kept as grid-bot-01, in vault; read back from the store"])
  }

  @Test func `a store that fails is tried again only when somebody says so`() throws {
    let (dialogue, conclusion) = try walk(
      Partner.Lines([
        "credential.keep": "no", "credential.keep": ":note the vault was sealed", "credential.keep": "?",
        "credential.keep": "yes", "credential.keep": "",
      ]) + Flows.afterCredential, failures: ["the vault is sealed", "the vault is full"])
    expectNoDifference(conclusion, .ended(.completed))
    expectNoDifference(
      dialogue.ledger.said(after: "credential.secret"),
      [
        "Secret: 64 characters taken", "It was not kept: the vault is sealed",
        "The key and its secret are in hand, but not kept yet. Try again?", "Enter = yes, try again",
        "Nothing you type here will appear.",
      ])
    expectNoDifference(
      dialogue.ledger.said(after: "credential.keep").first,
      "Mend what stands in the way, then say yes. Keep the page open until then; :quit stops.")
    expectNoDifference(
      dialogue.ledger.said(after: "credential.keep", visit: 4).first, "It was not kept: the vault is full")
    expectNoDifference(tries(dialogue), 3)
  }

  @Test func `after a failure the run can be left, once that was said, or the secret be given up`() throws {
    let (left, conclusion) = try walk(
      Partner.Lines(["credential.keep": ":quit", "credential.keep": ":quit"]), failures: ["the vault is sealed"])
    expectNoDifference(conclusion, .suspended(.quit))
    expectNoDifference(tries(left), 1)
    let (lost, end) = try walk(
      Partner.Lines(["credential.keep": ":lost", "lost": "stop"]), failures: ["the vault is sealed"])
    expectNoDifference(end, .ended(.aborted))
    expectNoDifference(tries(lost), 1)
  }

  @Test func `a new key is tried at once, whatever became of the one before`() throws {
    let again = Partner.Lines(["credential.keep": ":lost", "lost": "deleted", "form": "", "ready": "yes"])
    let (dialogue, conclusion) = try walk(
      again + Partner.Lines(parts) + Flows.afterCredential, failures: ["the vault is sealed"])
    expectNoDifference(conclusion, .ended(.completed))
    expectNoDifference(tries(dialogue), 2)
  }

  @Test func `where nobody can be asked, a failure ends it`() throws {
    let (dialogue, conclusion) = try walk(
      Partner.Lines(["credential.keep": .end]), failures: ["the vault is sealed"], isPerson: false)
    expectNoDifference(conclusion, .missing(step: "credential", key: "credential.keep"))
    expectNoDifference(tries(dialogue), 1)
  }

  @Test func `a store that tells the secret in its complaint is not quoted`() throws {
    let (dialogue, _) = try walk(
      Partner.Lines(["credential.keep": ""]) + Flows.afterCredential, failures: ["can't write \(Canary.secret)"])
    #expect(
      dialogue.ledger.texts.contains(
        "It was not kept: the store said why, but in words that look like a secret"))
  }
}
