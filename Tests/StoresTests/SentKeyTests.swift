import CustomDump
import SecretMemory
import Testing

@testable import Stores

@Suite struct SentKeyTests {
  private static let entry = #"{"keyusher":1,"exchange":"gate-io","label":"b","credential":{"key":"AK","secret":"S"}}"#

  @Test func `The entry is the first line, to the byte, and what is known of the key the second`() throws {
    let sent = SentKey(
      entry: Samples.bytes(SentKeyTests.entry), name: "gate-io/bot", facts: ["purpose": "a \"bot\"", "owner": "Ana"])
    let encoded = try sent.encoded()
    expectNoDifference(
      text(of: encoded),
      SentKeyTests.entry + "\n"
        + #"{"sent":1,"name":"gate-io/bot","facts":{"owner":"Ana","purpose":"a \"bot\""}}"# + "\n")
    let read = try SentKey(decoding: encoded)
    expectNoDifference(text(of: read.entry), SentKeyTests.entry)
    expectNoDifference(read.name, "gate-io/bot")
    expectNoDifference(read.facts, sent.facts)
  }

  @Test(
    "An entry alone is one, however its lines end",
    arguments: ["", "\n", "\n\n"], [SentKeyTests.entry, "{\n  \"keyusher\": 1\n}", "no JSON"])
  func alone(end: String, entry: String) throws {
    let read = try SentKey(decoding: Samples.bytes(entry + end))
    expectNoDifference(text(of: read.entry), entry)
    expectNoDifference(read.name, nil)
    expectNoDifference(read.facts, [:])
  }

  @Test func `What a later version adds to the line is passed over, and what is no text is none`() throws {
    let read = try SentKey(
      decoding: Samples.bytes(
        SentKeyTests.entry + #"\#n{"sent":1,"more":[1],"name":7,"facts":{"owner":1,"program":"p"}}"#))
    expectNoDifference(text(of: read.entry), SentKeyTests.entry)
    expectNoDifference(read.name, nil)
    expectNoDifference(read.facts, ["program": "p"])
  }

  @Test(
    arguments: [
      (#"{"sent":2}"#, .newer(version: 2)), (#"{"sent":0}"#, .malformed(offset: 2)),
      (#"{"sent":1"#, .malformed(offset: 2)),
      (#"{"sent":"1"}"#, .malformed(offset: 2)),
    ] as [(String, StoredCredential.Fault)])
  func `A line that can't be read is no line of a later sender's`(_ line: String, _ fault: StoredCredential.Fault) {
    #expect(throws: fault) { try SentKey(decoding: Samples.bytes("x\n" + line)) }
  }
}
