import Battery
import FlowCore
import FlowText
import Foundation
import KeyusherHarness
import NetProtocol
import PlainText
import SecretMemory
import Testing

@testable import Stores
@testable import Terminal
@testable import keyusher

/// Group L: random bytes for what reads the answers of helpers and servers, and the settings. Seeded, so that what fails fails
/// again.
@Suite struct StoreFuzzTests {
  private static let many = isWhole ? 20 : 1

  @Test func `Answers of the network's helper with random bytes are read as what they say, or not at all`() throws {
    var chance = Chance(seed: 11)
    let location = try NetAddress("https://vault-2.example.com:8200/v1/secret/data/keyusher/bot")
    let body = try SecretBytes(copying: Array(#"{"data":{"version":1}}"#.utf8))
    let good = try [
      NetAnswer.answered(
        NetReply(
          status: 307, host: "vault.example.com:8200", contentType: "application/json; charset=utf-8", retryAfter: 30,
          location: location, began: 1_700_000_000_000, ended: 1_700_000_000_120, isProxied: true, body: body)),
      .answered(NetReply(status: 200, host: "api.gateio.ws", body: body)),
      .failed(.refused), .unbuilt(.part("secret", .notBase64)), .unbuilt(.noRow),
    ].map { try bytes(of: $0.written()) }
    sweep(.fuzz, Array(0..<(500 * Self.many))) { number in
      let text = chance.spoiled(good[number % good.count])
      guard let answer = try NetAnswer(reading: SecretBytes(copying: text)) else { return nil }
      if case .answered(let reply) = answer, !(100...999).contains(reply.status) {
        return "status \(reply.status): \(text)"
      }
      let again = try answer.written()
      let twice = try NetAnswer(reading: again)?.written()
      return try twice.map { try bytes(of: $0) } == bytes(of: again)
        ? nil : "it reads as another the second time: \(text)"
    }
  }

  @Test func `Answers of the bus with random bytes are read to their end, or not at all`() throws {
    var chance = Chance(seed: 12)
    let good = Array(#"([objectpath '/a/1', '/b'], <{'id': "x\u00e9'", 'b': 'c'}>, @ao [], <true>)"#.utf8)
    sweep(.fuzz, Array(0..<(1000 * Self.many))) { _ in
      let text = String(decoding: chance.spoiled(good), as: UTF8.self)
      guard let reply = SecretServiceReply(text) else { return nil }
      return faults(
        (SecretServiceReply(text) == reply, "it reads as another the second time: \(text)"),
        (SecretServiceReply(text + ")") == nil, "what is behind it is passed over: \(text)"))
    }
  }

  @Test func `What GuardedJSON takes is JSON to another reader too, and its strings come back as they are written`()
    throws
  {
    var chance = Chance(seed: 13)
    let good = Array(
      #"{"keyusher":1,"label":"a\u00fc\ud83d\ude00\n\"","credential":{"key":"AK","x":[true,null,""]}}"#.utf8)
    sweep(.fuzz, Array(0..<(1000 * Self.many))) { _ in
      let text = chance.spoiled(good)
      guard let json = try? GuardedJSON(reading: SecretBytes(copying: text)) else { return nil }
      let theirs = try? JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed)
      guard let theirs else { return "no JSON to Foundation: \(String(decoding: text, as: UTF8.self))" }
      guard let label = try json["label"]?.secret() else { return nil }
      let written = try GuardedJSON.written(.secret(label), escaping: .go)
      return faults(
        (
          try bytes(of: label) == ((theirs as? [String: Any])?["label"] as? String).map { Array($0.utf8) },
          "the label is another to Foundation: \(text)"
        ),
        (
          try GuardedJSON(reading: written).secret()?.constantTimeEquals(label) == true,
          "the label does not come back: \(text)"
        ))
    }
  }

  @Test
  func
    `Settings with random bytes are read or refused, and no finding commands a terminal or shows what is unreadable`()
    throws
  {
    var chance = Chance(seed: 14)
    let good = Array(
      "# mine\nstore: age\nopenbao.address: \"https://bao.example.com:8200\" # there\nopenbao.token: 'env:BAO_TOKEN'\n"
        .utf8)
    sweep(.fuzz, Array(0..<(1000 * Self.many))) { _ in
      let text = String(decoding: chance.spoiled(good), as: UTF8.self)
      let (_, findings) = Configuration.reading(SettingsFile(text, path: "config.yaml"))
      for finding in findings where display(finding.rendered(), keepingLines: true) != finding.rendered() {
        return "a finding is not showable: \(text.debugDescription)"
      }
      return nil
    }
  }

  @Test func `A value that is set is read as it was given, and changes nothing beside it`() throws {
    var chance = Chance(seed: 15)
    let signs = Array("abc019 :#'\"\\/-_.,[]{}&*!|>%@`?üé~\t")
    sweep(.fuzz, Array(0..<(1000 * Self.many))) { _ in
      let value = String((0..<Int(chance.next() % 20)).map { _ in signs[Int(chance.next() % UInt64(signs.count))] })
      var file = SettingsFile("# mine\nstore: age # there\nopenbao.mount: secret\n", path: "config.yaml")
      file.set("store", to: value)
      return faults(
        (file.findings.isEmpty, "\(value.debugDescription): \(file.text)"),
        (file.entries.map(\.value) == [value, "secret"], "\(value.debugDescription) reads as \(file.entries)"))
    }
  }

  private func bytes(of text: SecretBytes) throws -> [UInt8] { text.withBytes { Array($0) } }
}
