import CustomDump
import FlowCore
import Testing

@testable import Ceremony

// Going on after a stop.
extension StoreTests {
  private func resumed(after events: (Event) -> Bool, copy: String? = nil, _ lines: Partner.Lines) throws -> Dialogue {
    let flow = try Flows.createKey()
    let (whole, _) = try walk(Flows.untilStoredCredential(Flows.bothParts) + Flows.afterCredential)
    let found = whole.ledger.events.firstIndex(where: events)
    let cut = try #require(found)
    var state = State()
    for event in whole.ledger.events[...cut] { _ = reduce(&state, event, in: flow) }
    let dialogue = Dialogue(flow, state: state, lines, stores: { LedgerStores($0, copy: copy) })
    expectNoDifference(try dialogue.resume(), .ended(.completed))
    return dialogue
  }

  @Test func `what was held when the run stopped is named, and the key never asked for again`() throws {
    let dialogue = try resumed(
      after: { if case .credentialHeld = $0 { true } else { false } }, Flows.afterCredential)
    #expect(dialogue.ledger.happenings.contains(.named("pending/7q4m.credential", "gate-io/grid-bot-01")))
    expectNoDifference(
      dialogue.state.given["credential"]?.standing, .verified(.yes, by: "read back from the store"))
    expectNoDifference(dialogue.state.receipts["credential"]?.map(\.part), ["key", "secret"])
  }

  @Test func `a copy that was written and never put on record is found`() throws {
    let dialogue = try resumed(
      after: { if case .partTaken(_, let receipt, _) = $0 { receipt.part == "secret" } else { false } },
      copy: "pending/7q4m.credential", Flows.afterCredential)
    expectNoDifference(
      dialogue.state.given["credential"]?.standing,
      .verified(.yes, by: "a whole copy was found in the store after a stop"))
    #expect(dialogue.ledger.texts.contains(Phrases.foundAgain))
  }

  @Test func `where there is no copy, the page is asked about`() throws {
    let dialogue = try resumed(
      after: { if case .partTaken(_, let receipt, _) = $0 { receipt.part == "secret" } else { false } },
      Partner.Lines(["credential.shown": "yes"]) + Partner.Lines(Flows.bothParts) + Flows.afterCredential)
    #expect(dialogue.ledger.happenings.contains(.soughtCopy(in: "vault")))
  }

  @Test func `before all parts were taken no copy is looked for`() throws {
    let dialogue = try resumed(
      after: { if case .partTaken = $0 { true } else { false } }, copy: "pending/7q4m.credential",
      Partner.Lines(["credential.shown": "yes"]) + Partner.Lines(Flows.bothParts) + Flows.afterCredential)
    #expect(!dialogue.ledger.happenings.contains(.soughtCopy(in: "vault")))
  }

  @Test func `a store that was being tried when the run stopped is asked for again`() throws {
    let dialogue = try resumed(
      after: { if case .answered("store", _, _, _) = $0 { true } else { false } },
      Partner.Lines(["store": "vault"])
        + Flows.straight.drop { $0.key != "account" }.prefix { $0.key != "credential.key" }
        + Partner.Lines(Flows.bothParts) + Flows.afterCredential)
    expectNoDifference(dialogue.ledger.happenings.first { $0 == .surveyed }, .surveyed)
  }
}
