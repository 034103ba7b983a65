import CustomDump
import FlowCore
import Foundation
import PlainText
import Testing

@testable import Records

@Suite struct EventCodingTests {
  @Test(arguments: hostileTexts)
  func `every event comes back as it was written, whatever text is in it`(text: String) throws {
    let observations = Verdict.allCases.map { Event.observed(Step.ID(text), Observation($0, by: text)) }
    for event in everyEvent(with: text) + eventsOfStores(with: text) + eventsOfKeys(with: text) + observations {
      let bytes = event.fields(at: .pinned(), in: .sample).rendered
      let entry = try Entry(line: 2, Fields(parsing: bytes))
      expectNoDifference(entry, Entry(line: 2, at: .pinned(), event: event))
      // Swift takes composed and decomposed letters for equal; the bytes must be the same too.
      expectNoDifference(entry.event.fields(at: .pinned(), in: .sample).rendered, bytes)
      #expect(!bytes.contains { $0 < 0x20 || $0 == 0x7F }, "a control character stands raw in a journal")
      #expect(!String(decoding: bytes, as: UTF8.self).unicodeScalars.contains { $0.isControlling })
    }
  }

  @Test func `the events above are all kinds there are`() {
    expectNoDifference(
      Set((everyEvent(with: "a") + eventsOfStores(with: "a") + eventsOfKeys(with: "a")).map(\.kind)),
      Set(EventKind.allCases))
  }

  @Test(arguments: hostileTexts)
  func `a header comes back as it was written`(text: String) throws {
    var header = RunHeader.sample()
    header.flowText = text
    header.user = text
    header.owner = nil
    header.reference = text
    expectNoDifference(try RunHeader(Fields(parsing: header.fields.rendered)), header)
  }

  @Test(
    arguments: [
      (
        .answered("purpose", .choice("bot"), words: [:], .typed),
        #"{"answer":"choice","at":"2026-11-23T14:05:09.000Z","event":"answered","mouth":"typed","standing":"answered","step":"purpose","value":"bot"}"#
      ),
      (
        .answered("login", .yes, words: [:], .script(digest: "ab12")),
        #"{"answer":"yes","at":"2026-11-23T14:05:09.000Z","event":"answered","mouth":"script","script":"ab12","standing":"scripted","step":"login"}"#
      ),
      (
        .answered("login", .yes, words: [:], .enter),
        #"{"answer":"yes","at":"2026-11-23T14:05:09.000Z","event":"answered","mouth":"enter","standing":"claimed","step":"login"}"#
      ),
      (
        .observed("login", Observation(.no, by: "the records")),
        #"{"answer":"verdict","at":"2026-11-23T14:05:09.000Z","by":"the records","event":"answered","mouth":"tool","standing":"looked at: no","step":"login","value":"no"}"#
      ),
      (
        .noted("login", "a \"b\"\u{1B}", .typed),
        #"{"at":"2026-11-23T14:05:09.000Z","event":"noted","mouth":"typed","step":"login","text":"a \"b\"\u001b"}"#
      ),
      (
        .suspended(.signal(2)),
        #"{"at":"2026-11-23T14:05:09.000Z","event":"suspended","interruption":"signal","signal":2}"#
      ),
    ] as [(Event, String)])
  func `a line can be read by people`(event: Event, text: String) {
    expectNoDifference(String(decoding: event.fields(at: .pinned(), in: .sample).rendered, as: UTF8.self), text)
  }

  @Test func `fields that are not known are ignored`() throws {
    let text = #"{"at":"2026-11-23T14:05:09.000Z","event":"began","mood":{"deep":[1,null]},"n":1.5,"x":null}"#
    expectNoDifference(
      try Entry(line: 2, Fields(parsing: Array(text.utf8))), Entry(line: 2, at: .pinned(), event: .began))
  }

  @Test(
    arguments: [
      (#"{"at":"2026-11-23T14:05:09.000Z","event":"dreamt"}"#, .unknown("event 'dreamt'")),
      (#"{"at":"2026-11-23T14:05:09.000Z","event":"suspended","interruption":"nap"}"#, .unknown("interruption 'nap'")),
      (#"{"at":"2026-11-23T14:05:09.000Z"}"#, .malformed), (#"{"event":"began"}"#, .malformed),
      (#"{"at":"yesterday","event":"began"}"#, .malformed), (#"{"at":1,"event":"began"}"#, .malformed),
      (#"["at"]"#, .malformed), ("{", .malformed),
    ] as [(String, Fields.Fault)])
  func `what can't be understood is told apart from what is newer`(text: String, fault: Fields.Fault) {
    #expect(throws: fault) { try Entry(line: 2, Fields(parsing: Array(text.utf8))) }
  }

  @Test func `a digest is the SHA-256 that everybody else computes`() {
    expectNoDifference(
      Digest(of: Array("a".utf8), Array("bc".utf8)).hex,
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
