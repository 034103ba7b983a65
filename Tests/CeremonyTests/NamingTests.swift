import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// A key that is in its store, and gets its name: where it is taken, or after the verdict.
@Suite struct NamingTests {
  @Test func `a name that can't be given is tried again, or the key stays under the name it waits under`() throws {
    for (answer, name, asks) in [("", "gate-io/grid-bot-01", 2), ("no", "pending/7q4m.credential", 1)] {
      let lines =
        Flows.untilStoredCredential(Flows.bothParts) + [(key: "credential.name", saying: .line(answer))]
      let dialogue = Dialogue(
        try Flows.namingAtOnce(), lines + Flows.afterCredential,
        stores: { LedgerStores($0, failures: .init(naming: ["the label printer is broken"])) })
      expectNoDifference(try dialogue.begin(), .ended(.completed))
      expectNoDifference(
        dialogue.state.given["credential"]?.answer, .credential(CredentialReference(store: "vault", name: name)))
      expectNoDifference(dialogue.ledger.happenings.count { if case .named = $0 { true } else { false } }, asks)
      #expect(
        dialogue.ledger.texts.contains(
          "It is in the store, but has no name there yet: the label printer is broken"))
    }
  }

  @Test func `a key that is not where it waited is not said to be kept there`() throws {
    let lines =
      Flows.untilStoredCredential(Flows.bothParts) + Partner.Lines(["credential.name": "no", "credential.name": ""])
    let dialogue = Dialogue(
      try Flows.namingAtOnce(), lines + Flows.afterCredential,
      stores: { LedgerStores($0, failures: .init(naming: ["it is gone"]), isThere: false) })
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    #expect(dialogue.ledger.said(after: "credential.name").first?.contains(Phrases.notThere) ?? false)
    expectNoDifference(
      dialogue.state.given["credential"]?.answer,
      .credential(CredentialReference(store: "vault", name: "gate-io/grid-bot-01")))
  }

  /// A walk in which the first try to name the key after the verdict fails.
  private func walkNaming(_ said: [String], isThere: Bool = true) throws -> Dialogue {
    let lines = Flows.untilStoredCredential(Flows.bothParts) + Flows.afterCredential.dropLast()
    let dialogue = Dialogue(
      try Flows.createKey(),
      lines + said.map { (key: "named.name", saying: .line($0)) } + [Flows.afterCredential.last!],
      stores: { LedgerStores($0, failures: .init(naming: ["the label printer is broken"]), isThere: isThere) })
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    return dialogue
  }

  @Test func `so it is with a name that the key gets after the verdict`() throws {
    for (answer, name, verdict) in [
      ("", "gate-io/grid-bot-01", Verdict.yes), ("no", "pending/7q4m.credential", .no),
    ] {
      let dialogue = try walkNaming([answer])
      expectNoDifference(
        dialogue.state.given["credential"]?.answer, .credential(CredentialReference(store: "vault", name: name)))
      guard case .verified(verdict, let means)? = dialogue.state.given["named"]?.standing else {
        Issue.record("\(String(describing: dialogue.state.given["named"]))")
        continue
      }
      #expect(means.contains(name))
      #expect(
        dialogue.ledger.texts.contains(
          "It is in the store, but has no name there yet: the label printer is broken"))
    }
    // Nobody is asked about what is not there.
    let gone = try walkNaming([], isThere: false)
    expectNoDifference(
      gone.state.given["named"]?.standing, .verified(.no, by: Phrases.isNot("pending/7q4m.credential")))
  }
}
