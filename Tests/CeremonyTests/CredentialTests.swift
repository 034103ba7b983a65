import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// What can come of the credential step, in the shipped flow.
@Suite struct CredentialTests {
  private func walk(
    _ lines: KeyValuePairs<String, Partner.Saying>, then rest: Partner.Lines = Flows.afterCredential,
    verdict: @escaping (Check) -> Verdict = { _ in .yes }
  ) throws -> Dialogue {
    let dialogue = Dialogue(try Flows.createKey(), Flows.untilCredential(lines) + rest, verdict: verdict)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    return dialogue
  }

  private let unseen = "Nothing you type here will appear."

  private func standing(_ dialogue: Dialogue) -> Standing? { dialogue.state.given["credential"]?.standing }

  @Test func `key and secret are taken unseen, and the copy is compared`() throws {
    let dialogue = try walk([
      "credential.key": .secret(Canary.key), "credential.secret": .secret(Canary.secret),
      "credential.copy": .secret(Canary.lastFour),
    ])
    expectNoDifference(
      dialogue.ledger.said(after: "credential.key"),
      [
        "API key: 32 characters taken; it begins with 3e81c5d90af7", "Enter alone skips the check of your copy.",
      ])
    expectNoDifference(
      dialogue.ledger.said(after: "credential.secret"),
      [
        "Secret: 64 characters taken", "Now look at your own copy, not at the page.",
        "Type the last four characters of Secret as they stand there. Nothing will appear.",
        "Enter alone skips the check of your copy.",
      ])
    expectNoDifference(
      dialogue.ledger.said(after: "credential.copy").prefix(1),
      ["Keyusher saw: kept in your own copy (offline); the last four characters of the copy match the paste"])
    expectNoDifference(
      dialogue.state.receipts["credential"],
      [
        PartReceipt(part: "key", publicPart: "3e81c5d90af7", looksRight: .yes, taken: true),
        PartReceipt(part: "secret", publicPart: nil, looksRight: .yes, taken: true),
      ])
  }

  @Test(arguments: [
    "\(Canary.key)\n\(Canary.secret)", "  \"\(Canary.key)\"  \r\n\r\n\t'\(Canary.secret)' \n",
  ]) func `a paste of two lines is key and secret`(_ paste: String) throws {
    let dialogue = try walk(["credential.key": .secret(paste), "credential.copy": .secret(Canary.lastFour)])
    expectNoDifference(
      standing(dialogue), .verified(.yes, by: "the last four characters of the copy match the paste"))
  }

  @Test func `lines beyond the parts are dropped, and that is said`() throws {
    let dialogue = try walk([
      "credential.key": .secret("\(Canary.key)\n\(Canary.secret)\nanother\nand another"),
      "credential.copy": .secret(Canary.lastFour),
    ])
    #expect(dialogue.ledger.texts.contains("The paste had 2 more lines; they were dropped."))
  }

  @Test func `key and secret swapped are noticed, and nothing of the secret is shown`() throws {
    let dialogue = try walk([
      "credential.key": .secret("\(Canary.secret)\n\(Canary.key)"), "credential.again": "",
      "credential.key": .secret("\(Canary.key)\n\(Canary.secret)"), "credential.copy": .secret(Canary.lastFour),
    ])
    expectNoDifference(
      dialogue.ledger.said(after: "credential.key"),
      [
        "API key: 64 characters taken", "This is 64 characters long, like a secret. The two may have been swapped.",
        "Paste it once more? no: it is kept as it was pasted.", "Enter = yes, paste it again", unseen,
      ])
    var dumped = ""
    dump(dialogue.ledger.happenings, to: &dumped)
    #expect(!dumped.contains(Canary.secret.prefix(6)))
  }

  @Test(arguments: [
    (
      "9b1f0e*****", "API key: 11 characters taken",
      "This is the shortened key from Gate's list. The whole key stands beside the secret."
    ),
    (
      "0f8fad5b-d9cb-469f-a165-70867728950e", "API key: 36 characters taken",
      "This looks like an old v2 key. Gate's API v4 does not take it; the form has a field for the type."
    ),
    ("7", "API key: 1 character taken", "It has 1 character; 32 are the least."),
    (
      String(Canary.key.dropLast()) + "G", "API key: 32 characters taken",
      "Character 32 is of a kind that should not be there."
    ),
  ]) func `what looks odd is warned of, and kept if the person says so`(
    _ paste: String, _ taken: String, _ warning: String
  ) throws {
    let dialogue = try walk([
      "credential.key": .secret(paste), "credential.again": "no", "credential.secret": .secret(Canary.secret),
      "credential.copy": .secret(Canary.lastFour),
    ])
    expectNoDifference(Array(dialogue.ledger.said(after: "credential.key").prefix(2)), [taken, warning])
    expectNoDifference(
      dialogue.state.receipts["credential"]?.first,
      PartReceipt(part: "key", publicPart: nil, looksRight: .no, taken: true))
  }

  @Test func `Enter skips the paste of the secret, and the copy is the person's claim`() throws {
    let dialogue = try walk([
      "credential.key": .secret(Canary.key), "credential.secret": "", "credential.copy": "no",
      "credential.copy": "maybe", "credential.copy": "yes",
    ])
    expectNoDifference(standing(dialogue), .claimed)
    expectNoDifference(
      dialogue.ledger.said(after: "credential.secret"),
      ["Is the whole secret in your own copy, written down or in your password manager?", unseen])
    expectNoDifference(
      dialogue.ledger.said(after: "credential.copy").first,
      "Copy it now, then say yes. If the page is gone, type :lost.")
    expectNoDifference(dialogue.ledger.said(after: "credential.copy", visit: 2), ["Please say yes or no."])
    expectNoDifference(
      dialogue.state.receipts["credential"]?.last,
      PartReceipt(part: "secret", publicPart: nil, looksRight: .notKnowable, taken: false))
  }

  @Test func `the key can't be skipped`() throws {
    let dialogue = try walk([
      "credential.key": "", "credential.key": .secret("\"\""), "credential.key": .secret(Canary.key),
      "credential.secret": .secret(Canary.secret), "credential.copy": .secret(Canary.lastFour),
    ])
    for visit in 1...2 {
      expectNoDifference(
        dialogue.ledger.said(after: "credential.key", visit: visit).first,
        "Nothing came. Paste and press Enter; nothing appears. Keep the page open until \"kept\".")
    }
  }

  @Test func `the wrong last four are asked again; Enter leaves them uncompared`() throws {
    let dialogue = try walk([
      "credential.key": .secret(Canary.key), "credential.secret": .secret(Canary.secret),
      "credential.copy": .secret("0000"), "credential.copy": .secret("6d3"),
      "credential.copy": .secret(String(Canary.secret.suffix(5))), "credential.copy": "", "credential.copy": "yes",
    ])
    for visit in 1...3 {
      expectNoDifference(
        dialogue.ledger.said(after: "credential.copy", visit: visit).first,
        "Those are not the last four characters of what you pasted. Look at your copy again.")
    }
    expectNoDifference(standing(dialogue), .claimed)
  }

  @Test func `lost leads to the way for that, and no line of the old paste is taken for the new key`() throws {
    let dialogue = try walk([
      "credential.key": .secret("7\n\(Canary.secret)"), "credential.again": ":lost", "lost": "deleted", "label": "",
      "confirm": "app", "credential.key": .secret(Canary.key), "credential.secret": .secret(Canary.secret),
      "credential.copy": .secret(Canary.lastFour),
    ])
    expectNoDifference(dialogue.answers["lost"], "deleted")
    expectNoDifference(dialogue.ledger.events.count { if case .partTaken = $0 { true } else { false } }, 2)
  }

  @Test func `a note in place of an answer drops the paste it was about, all of it`() throws {
    let dialogue = try walk([
      "credential.key": .secret("7\n\(Canary.secret)"), "credential.again": ":note",
      "credential.text": "it was cut",
      "credential.key": .secret("\(Canary.key)\n\(Canary.secret)"), "credential.copy": .secret(Canary.lastFour),
    ])
    expectNoDifference(dialogue.state.receipts["credential"]?.map(\.looksRight), [.yes, .yes])
  }

  @Test func `refused leads to the way for that, from the secret reader too`() throws {
    let dialogue = Dialogue(
      try Flows.createKey(),
      Flows.untilCredential([
        "credential.key": ":refused", "refused": "again", "label": "", "confirm": "app",
        "credential.key": .secret(Canary.key),
        "credential.secret": ":refused", "refused": "stop",
      ]))
    expectNoDifference(try dialogue.begin(), .ended(.blocked))
  }
}
