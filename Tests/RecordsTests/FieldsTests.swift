import CustomDump
import Foundation
import PlainText
import Testing

@testable import Records

/// What Foundation's decoder made of payloads until the project had a reader of its own.
private enum Decoded: Decodable {
  case value(JSON)

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let text = try? value.decode(String.self) {
      self = .value(.text(text))
    } else if let flag = try? value.decode(Bool.self) {
      self = .value(.flag(flag))
    } else if let number = try? value.decode(Int64.self) {
      self = .value(.integer(number))
    } else if let texts = try? value.decode([String].self) {
      self = .value(.array(texts.map(JSON.text)))
    } else if let map = try? value.decode([String: String].self) {
      self = .value(.object(map.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .text($0.value)) }))
    } else {
      self = .value(.null)
    }
  }
}

@Suite struct FieldsTests {
  private static let payloads = [
    #"{"answer":"choice","at":"2026-11-23T14:05:09.000Z","event":"answered","step":"purpose","value":"spot-bot"}"#,
    #"{"a":"\u00e9\ud83d\ude00\n\"\\","b":-12,"c":true,"d":["x","\u001b"],"e":{"p":"q","r":"é"},"f":null}"#,
    #"{"o":12345678901,"n":1.5,"m":2.0,"l":1e3,"k":{"deep":[1,null]},"i":[1],"h":[],"g":{}}"#,
  ]

  /// Sorts the members of a value, since a dictionary has no order.
  private static func sorted(_ value: JSON) -> JSON {
    guard case .object(let members) = value else { return value }
    return .object(members.sorted { $0.name < $1.name })
  }

  private static func compare(_ payload: [UInt8]) {
    let ours = (try? Fields(parsing: payload)).map { fields in
      Dictionary(uniqueKeysWithValues: fields.values.all.map { ($0.name, sorted($0.value)) })
    }
    let theirs = (try? JSONDecoder().decode([String: Decoded].self, from: Data(payload))).map { decoded in
      decoded.mapValues { value in if case .value(let value) = value { value } else { JSON.null } }
    }
    // A name that stands twice is refused now; Foundation takes one of them.
    if ours == nil, theirs != nil, case .repeatedName? = fault(of: payload) { return }
    // A text that is none was passed over by the decoder if nobody wanted it; now the whole payload is no JSON.
    if ours == nil, (try? JSONSerialization.jsonObject(with: Data(payload))) == nil { return }
    if ours != theirs { Issue.record("\(String(decoding: payload, as: UTF8.self)): \(ours as Any), \(theirs as Any)") }
  }

  private static func fault(of payload: [UInt8]) -> JSON.Fault? {
    do {
      _ = try JSON(parsing: payload, mostDepth: 512)
      return nil
    } catch {
      return error
    }
  }

  @Test func `payloads are read as Foundation reads them, whole, cut and with each byte changed`() {
    for payload in FieldsTests.payloads.map({ Array($0.utf8) }) {
      FieldsTests.compare(payload)
      for place in payload.indices {
        FieldsTests.compare(Array(payload[..<place]))
        for byte in Array(#" "\{}[],:0.eu"#.utf8) + [0x01, 0x7F, 0x80, 0xC3] {
          var changed = payload
          changed[place] = byte
          FieldsTests.compare(changed)
        }
      }
    }
  }

  @Test func `a name that stands twice is refused`() {
    #expect(throws: Fields.Fault.malformed) { try Fields(parsing: Array(#"{"a":"b","\u0061":"c"}"#.utf8)) }
  }
}
