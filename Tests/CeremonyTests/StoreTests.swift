import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// A store that keeps the credential by itself: chosen, proven, and given the credential.
@Suite struct StoreTests {
  func walk(
    _ lines: Partner.Lines, failures: LedgerStores.Failures = LedgerStores.Failures(), asksPassphrase: Bool = false,
    isPerson: Bool = true
  ) throws -> (Dialogue, Session.Conclusion) {
    let dialogue = Dialogue(
      try Flows.createKey(), lines, isPerson: isPerson,
      stores: { LedgerStores($0, failures: failures, asksPassphrase: asksPassphrase) })
    return (dialogue, try dialogue.begin())
  }

  /// The straight way with these lines at the store step, all the way to the end.
  private func choose(
    _ lines: KeyValuePairs<String, Partner.Saying>, failures: LedgerStores.Failures = LedgerStores.Failures(),
    asksPassphrase: Bool = false
  ) throws -> Dialogue {
    let before = Flows.straight.prefix { $0.key != "store" }
    let between = Flows.straight.drop { $0.key != "account" }.prefix { $0.key != "credential.key" }
    let all = before + Partner.Lines(lines) + between + Partner.Lines(Flows.bothParts) + Flows.afterCredential
    let (dialogue, conclusion) = try walk(Array(all), failures: failures, asksPassphrase: asksPassphrase)
    expectNoDifference(conclusion, .ended(.completed))
    return dialogue
  }

  private func tries(_ dialogue: Dialogue) -> Int {
    dialogue.ledger.happenings.count { if case .held = $0 { true } else { false } }
  }

  // MARK: - Choosing and proving

  @Test func `what is found is offered, and the choice is verified by a test entry`() throws {
    let dialogue = try choose(["store": ""])
    expectNoDifference(
      Array(dialogue.ledger.said(after: "ip-address").suffix(6)),
      [
        "1 a vault", "2 a cellar", "4 a fence", "5 your own hands",
        "Not usable now: 1 other; 'keyusher store list' tells why.", "Enter = a vault",
      ])
    expectNoDifference(
      Array(dialogue.ledger.said(after: "store").prefix(2)), ["Keyusher saw: tried in a test", "It has a door."])
    expectNoDifference(
      dialogue.state.given["store"],
      Given(answer: .choice("vault"), source: .enter, standing: .verified(.yes, by: "tried in a test")))
  }

  @Test func `a store that can't be used is refused with its reason`() throws {
    let dialogue = try choose(["store": "attic", "store": "1"])
    expectNoDifference(
      dialogue.ledger.said(after: "store").first, "'attic' can't be chosen: the attic is not built")
  }

  @Test func `a store that fails its test is told, and another can be chosen`() throws {
    let dialogue = try choose(
      ["store": "vault", "store": "cellar"], failures: LedgerStores.Failures(proving: ["the door is stuck"]))
    #expect(dialogue.ledger.said(after: "store").contains("That store does not work: the door is stuck"))
    expectNoDifference(dialogue.ledger.happenings.count { $0 == .surveyed }, 2)
    expectNoDifference(dialogue.answers["store"], "cellar")
    expectNoDifference(dialogue.exceptions, [])
  }

  @Test func `a store that leaves plain text wants a word before, and is an exception`() throws {
    let dialogue = try choose(["store": "fence", "store.danger": "", "store": "fence", "store.danger": "plaintext"])
    #expect(dialogue.ledger.said(after: "store").contains("Who passes by can read what hangs there."))
    expectNoDifference(dialogue.exceptions, ["exception 1: danger taken: a fence"])
  }

  @Test func `its passphrase is asked unseen, and commands are obeyed there`() throws {
    let dialogue = try choose(
      [
        "store": "vault", "store.unlock": "?", "store.unlock": .secret("wrong horse"), "store": "vault",
        "store.unlock": .secret("correct horse"),
      ], asksPassphrase: true)
    #expect(dialogue.ledger.said(after: "store.unlock").last == "The vault's passphrase")
    #expect(
      dialogue.ledger.said(after: "store.unlock", visit: 2).contains(
        "That store does not work: the passphrase is wrong"))
  }

  @Test(arguments: [(Partner.Saying.line(":quit"), Interruption.quit), (.signal(2), .signal(2)), (.end, .inputEnded)])
  func `at its passphrase the run can be left`(_ saying: Partner.Saying, _ interruption: Interruption) throws {
    let before = Flows.straight.prefix { $0.key != "store" }
    let (dialogue, conclusion) = try walk(
      before + Partner.Lines(["store": "vault", "store.unlock": saying]), asksPassphrase: true)
    expectNoDifference(conclusion, .suspended(interruption))
    #expect(dialogue.state.given["store"] == nil)
  }

  @Test func `a full disk under the journal while its passphrase is asked is told as what it is`() throws {
    let before = Array(Flows.straight.prefix { $0.key != "store" })
    let lines = before + Partner.Lines(["store": "vault", "store.unlock": .end])
    let (whole, _) = try walk(lines, asksPassphrase: true)
    let place = whole.ledger.events.firstIndex {
      if case .shown(_, let texts) = $0 { texts.contains("The vault's passphrase") } else { false }
    }
    let full = Dialogue(
      try Flows.createKey(), before + Partner.Lines(["store": "vault"]), logRoom: try #require(place),
      stores: { LedgerStores($0, asksPassphrase: true) })
    #expect(throws: LedgerLog.Full.self) { try full.begin() }
    expectNoDifference(full.ledger.keys.last, "store")
  }

  @Test func `from its passphrase a way leads back to the question before`() throws {
    let dialogue = try choose(
      [
        "store": "vault", "store.unlock": ":back", "store": "vault",
        "store.unlock": .secret("correct horse"),
      ], asksPassphrase: true)
    expectNoDifference(dialogue.answers["store"], "vault")
  }

  // MARK: - Keeping

  @Test func `what the store read back is verified, and then it may be let go of`() throws {
    let (dialogue, conclusion) = try walk(Flows.untilStoredCredential(Flows.bothParts) + Flows.afterCredential)
    expectNoDifference(conclusion, .ended(.completed))
    expectNoDifference(
      dialogue.ledger.said(after: "credential.secret").prefix(3),
      [
        "Secret: 64 characters taken", "Keyusher saw: kept in vault; read back from the store",
        "You may leave the page with the secret now. Clear your clipboard.",
      ])
  }

  @Test func `a store that fails is tried again only when somebody says so`() throws {
    let lines = Flows.untilStoredCredential(Flows.bothParts)
    let (dialogue, conclusion) = try walk(
      lines
        + Partner.Lines([
          "credential.keep": "no", "credential.keep": ":note the vault was sealed", "credential.keep": "?",
          "credential.keep": "yes", "credential.keep": "",
        ]) + Flows.afterCredential,
      failures: LedgerStores.Failures(holding: ["the vault is sealed", "the vault is full"]))
    expectNoDifference(conclusion, .ended(.completed))
    expectNoDifference(
      dialogue.ledger.said(after: "credential.secret").prefix(4),
      [
        "Secret: 64 characters taken", "It was not kept: the vault is sealed",
        "The key and its secret are in hand, but not kept yet. Try again?", "Enter = yes, try again",
      ])
    expectNoDifference(
      dialogue.ledger.said(after: "credential.keep").first,
      "Mend what stands in the way, then say yes; :quit stops. Keep the page open until \"kept\".")
    expectNoDifference(
      dialogue.ledger.said(after: "credential.keep", visit: 4).first, "It was not kept: the vault is full")
    expectNoDifference(tries(dialogue), 3)
  }

  @Test func `with the credential in hand another store can be chosen, which is proven first`() throws {
    let lines = Flows.untilStoredCredential(Flows.bothParts) + Partner.Lines(["credential.keep": "cellar"])
    let (dialogue, conclusion) = try walk(
      lines + Flows.afterCredential, failures: LedgerStores.Failures(holding: ["the vault is sealed"]))
    expectNoDifference(conclusion, .ended(.completed))
    let done = dialogue.ledger.happenings.compactMap { happening -> String? in
      switch happening {
      case .proven(let store): "prove \(store)"
      case .held(_, _, let store): "hold in \(store)"
      default: nil
      }
    }
    expectNoDifference(done, ["prove vault", "hold in vault", "prove cellar", "hold in cellar"])
    expectNoDifference(dialogue.exceptions, ["exception 1: kept elsewhere: vault → cellar"])
    expectNoDifference(
      dialogue.state.given["credential"]?.answer,
      .credential(CredentialReference(store: "cellar", name: "gate-io/grid-bot-01")))
  }

  @Test func `with the credential in hand it can be written down, and the copy is compared`() throws {
    let lines =
      Flows.untilStoredCredential(Flows.bothParts)
      + Partner.Lines(["credential.keep": "offline", "credential.copy": .secret(Canary.lastFour)])
    let (dialogue, conclusion) = try walk(
      lines + Flows.afterCredential, failures: LedgerStores.Failures(holding: ["the vault is sealed"]))
    expectNoDifference(conclusion, .ended(.completed))
    expectNoDifference(
      dialogue.state.given["credential"]?.standing,
      .verified(.yes, by: "the last four characters of the copy match the paste"))
    expectNoDifference(dialogue.exceptions, ["exception 1: kept elsewhere: vault → offline"])
  }

  @Test func `another store that leaves plain text is not taken in its place`() throws {
    let lines =
      Flows.untilStoredCredential(Flows.bothParts) + Partner.Lines(["credential.keep": "fence", "credential.keep": ""])
    let (dialogue, conclusion) = try walk(
      lines + Flows.afterCredential, failures: LedgerStores.Failures(holding: ["the vault is sealed"]))
    expectNoDifference(conclusion, .ended(.completed))
    expectNoDifference(
      dialogue.ledger.said(after: "credential.keep").first, "Who passes by can read what hangs there.")
    expectNoDifference(dialogue.exceptions, [])
  }

  @Test func `after a failure the run can be left, once that was said, or the secret be given up`() throws {
    let failures = LedgerStores.Failures(holding: ["the vault is sealed"])
    let until = Flows.untilStoredCredential(Flows.bothParts)
    let (left, conclusion) = try walk(
      until + Partner.Lines(["credential.keep": ":quit", "credential.keep": ":quit"]), failures: failures)
    expectNoDifference(conclusion, .suspended(.quit))
    expectNoDifference(tries(left), 1)
    let (lost, end) = try walk(
      until + Partner.Lines(["credential.keep": ":lost", "lost": "stop"]), failures: failures)
    expectNoDifference(end, .ended(.aborted))
    expectNoDifference(tries(lost), 1)
  }

  @Test func `a new key is tried at once, whatever became of the one before`() throws {
    let again = Partner.Lines(["credential.keep": ":lost", "lost": "deleted", "label": "", "confirm": "app"])
    let (dialogue, conclusion) = try walk(
      Flows.untilStoredCredential(Flows.bothParts) + again + Partner.Lines(Flows.bothParts) + Flows.afterCredential,
      failures: LedgerStores.Failures(holding: ["the vault is sealed"]))
    expectNoDifference(conclusion, .ended(.completed))
    expectNoDifference(tries(dialogue), 2)
  }

  @Test func `where nobody can be asked, a failure ends it`() throws {
    let (dialogue, conclusion) = try walk(
      Flows.untilStoredCredential(Flows.bothParts) + Partner.Lines(["credential.keep": .end]),
      failures: LedgerStores.Failures(holding: ["the vault is sealed"]), isPerson: false)
    expectNoDifference(conclusion, .missing(step: "credential", key: "credential.keep"))
    expectNoDifference(tries(dialogue), 1)
  }

  @Test func `a store that tells the secret in its complaint is not quoted`() throws {
    let (dialogue, _) = try walk(
      Flows.untilStoredCredential(Flows.bothParts) + Partner.Lines(["credential.keep": ""]) + Flows.afterCredential,
      failures: LedgerStores.Failures(holding: ["can't write \(Canary.secret)"]))
    #expect(
      dialogue.ledger.texts.contains(
        "It was not kept: the store said why, but in words that look like a secret"))
  }

  // MARK: - What holds the secret

  @Test func `a note, a reason or a label that has the secret in it is refused, whatever is said of it`() throws {
    let half = String(Canary.secret.dropFirst(9).prefix(16))
    let after = Partner.Lines([
      "page-shows": .line(":note see \(Canary.secret)"), "page-shows": .line(":differs it says \(half)!"),
    ])
    let (dialogue, conclusion) = try walk(
      Flows.untilStoredCredential(Flows.bothParts) + after + Flows.afterCredential)
    expectNoDifference(conclusion, .ended(.completed))
    expectNoDifference(
      dialogue.ledger.texts.count {
        $0 == "That contains the secret you just entered. It was not written anywhere; say it without."
      }, 2)
    expectNoDifference(dialogue.exceptions, [])
  }
}
