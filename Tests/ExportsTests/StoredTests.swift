import CustomDump
import FlowCore
import Records
import Testing

@testable import Exports

/// A run that chose a store.
@Suite struct StoredTests {
  private static let flow = Flow(
    id: "gate-io/stored", version: 1, title: "Stored", summary: "",
    steps: [
      Step(id: "store", title: "Where to keep it", prompt: ["Where?"], required: true, body: .store),
      Step(
        id: "credential", title: "Take the key",
        body: .credential(
          CredentialRule(
            parts: [CredentialPart(name: "secret", title: "Secret", secret: true, shape: Shape())], store: "store",
            name: "gate-io/bot", ifLost: "done"))),
      Step(id: "review", title: "Review", body: .review),
      Step(id: "done", title: "Done", body: .end(Ending(outcome: .completed))),
    ])

  private static let survey = StoreSurvey(
    offers: [
      StoreOffer(id: "age", title: "age: encrypted files", note: "Its passphrase is asked."),
      StoreOffer(id: "fence", title: "a fence", plaintext: "All can read it."),
      StoreOffer(id: "pass", title: "pass", obstacle: Hostile.markup),
    ], standard: "age")

  private static func record(_ events: [Event]) -> Record {
    let began = Timestamp(milliseconds: 1_795_442_700_000)
    let header = RunHeader(
      format: 1, run: "7q4m", flowID: flow.id, flowVersion: 1, flowText: "", toolVersion: "0.1.0", user: "ana",
      host: "desk",
      performer: nil, owner: nil, reference: nil, began: began)
    let entries = events.enumerated().map { Entry(line: $0 + 2, at: began, event: $1) }
    return Record(header: header, entries: entries, flow: flow, finalDigest: Sample.digest)
  }

  private static let taken = Event.partTaken(
    "credential", PartReceipt(part: "secret", publicPart: nil, looksRight: .yes, taken: true), .typed)

  private static let kept = record([
    .began, .storesSurveyed("store", survey),
    .answered("store", .choice("fence"), words: ["fence": "plaintext"], .typed),
    .storeFailed("store", store: "fence", reason: "it fell over"), .storesSurveyed("store", survey),
    .answered("store", .choice("fence"), words: ["fence": "plaintext"], .typed),
    .storeProven("store", store: "fence", .yes, by: "a test entry was written, read back and deleted"), taken,
    .keepingFailed("credential", reason: "it is full"), .storeChanged("credential", store: "age", .typed),
    .credentialHeld(
      "credential", CredentialReference(store: "age", name: "pending/7q4m.credential"), .readBack, .tool),
    .credentialKept("credential", CredentialReference(store: "age", name: "gate-io/bot")),
    .answered("review", .finished, words: [:], .typed),
  ])

  @Test(arguments: [ExportFormat.markdown, .html, .json, .csv])
  func `every format says which store was chosen, how it was proven, and where the key is`(_ format: ExportFormat)
    throws
  {
    let text = try Exports.export(Self.kept, as: format)
    for words in ["a test entry was written, read back and deleted", "kept as gate-io/bot, in age", "fence → age"] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(!text.contains("pending/7q4m"), "a pending name is no place to look")
  }

  @Test func `the script has the store and its word`() throws {
    let text = try Exports.export(Self.kept, as: .script)
    expectNoDifference(
      text.split(separator: "\n").filter { $0.hasPrefix("store") || $0.hasPrefix("credential") },
      ["store: fence", "store.danger: plaintext", "credential.secret: ask"])
  }

  @Test func `that it was kept elsewhere has its word on pages and its code in data`() throws {
    #expect(try Exports.export(Self.kept, as: .markdown).contains("kept elsewhere"))
    for format in [ExportFormat.csv, .json] {
      #expect(try Exports.export(Self.kept, as: format).contains("store-changed"))
    }
  }
}
