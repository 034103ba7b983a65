import CustomDump
import Outside
import SecretMemory
import Testing

@testable import Stores

@Suite struct StoredCredentialTests {
  @Test func `a credential is one line with its members in order`() throws {
    let credential = StoredCredential(
      exchange: "gate-io", label: #"grid "bot" Ü"#, run: "7q4m",
      parts: ["secret": Samples.bytes("S\\/"), "key": Samples.bytes("AK"), "private-key": Samples.bytes(pem)])
    expectNoDifference(
      text(of: try credential.encoded()),
      #"{"keyusher":1,"exchange":"gate-io","label":"grid \"bot\" Ü","run":"7q4m","credential":{"key":"AK","#
        + #""private-key":"-----BEGIN EC PRIVATE KEY-----\nMHcCAQ+/=\n-----END EC PRIVATE KEY-----\n","#
        + #""secret":"S\\/"}}"#)
    let adopted = StoredCredential(exchange: "kraken", label: "", run: nil, parts: [:])
    expectNoDifference(
      text(of: try adopted.encoded()), #"{"keyusher":1,"exchange":"kraken","label":"","credential":{}}"#)
  }

  @Test func `what is written is read again`() throws {
    for run in [nil, "7q4m"] {
      let parts = [
        "key": "AK", "secret": "tab\tquote\"\\ \u{0} \u{7F} \u{1F511}", "private-key": pem, "passphrase": "",
      ]
      let written = StoredCredential(
        exchange: "gate-io", label: "Ümlaut \u{1}", run: run, parts: parts.mapValues(Samples.bytes))
      let read = try StoredCredential(decoding: try written.encoded())
      expectNoDifference([read.exchange, read.label, read.run], ["gate-io", "Ümlaut \u{1}", run])
      expectNoDifference(read.parts.mapValues { text(of: $0) }, parts)
    }
  }

  @Test(
    arguments: [
      (#"{"keyusher":2,"anything":[1]}"#, .newer(version: 2)),
      (#"{"keyusher":99999999999999999999}"#, .newer(version: .max)),
      (#"{"keyusher":0}"#, .malformed(offset: 12)),
      (#"{"keyusher":-1}"#, .malformed(offset: 12)),
      (#"{"keyusher":1.0}"#, .malformed(offset: 12)),
      (#"{"keyusher":"1"}"#, .malformed(offset: 12)),
      (#"{}"#, .lacks(member: "keyusher")),
      (#"{"keyusher":1}"#, .lacks(member: "exchange")),
      (#"{"keyusher":1,"exchange":"g"}"#, .lacks(member: "label")),
      (#"{"keyusher":1,"exchange":"g","label":"l"}"#, .lacks(member: "credential")),
      (#"{"keyusher":1,"exchange":7,"label":"l","credential":{}}"#, .malformed(offset: 25)),
      (#"{"keyusher":1,"exchange":"g","label":null,"credential":{}}"#, .malformed(offset: 37)),
      (#"{"keyusher":1,"exchange":"g","label":"l","run":1,"credential":{}}"#, .malformed(offset: 47)),
      (#"{"keyusher":1,"exchange":"g","label":"l","credential":[]}"#, .malformed(offset: 54)),
      (#"{"keyusher":1,"exchange":"g","label":"l","credential":{"key":1}}"#, .malformed(offset: 61)),
      (#"{"keyusher":1,"keyusher":1}"#, .malformed(offset: 14)),
      (#"{"keyusher":1} x"#, .malformed(offset: 15)),
      (#"[]"#, .malformed(offset: 0)),
      (#""#, .malformed(offset: 0)),
    ] as [(String, StoredCredential.Fault)])
  func `what is no credential of this form is refused, and why`(_ text: String, _ fault: StoredCredential.Fault) {
    #expect(throws: fault) { try StoredCredential(decoding: Samples.bytes(text)) }
  }

  @Test func `members that are not known are passed over`() throws {
    let json = #" {"later":{"a":[null]},"credential":{"key":"\u0041K"},"label":"l","exchange":"g","keyusher":1}"# + "\n"
    let read = try StoredCredential(decoding: Samples.bytes(json))
    expectNoDifference(read.parts.mapValues { text(of: $0) }, ["key": "AK"])
  }

  @Test func `a part that is no text is refused when it is written`() throws {
    let credential = StoredCredential(
      exchange: "g", label: "l", run: nil, parts: ["secret": try SecretBytes(copying: [0x41, 0xFF])])
    #expect(throws: StoreError.unstorable(why: "it is not text in UTF-8")) { try credential.encoded() }
  }

  @Test func `more than 64 KiB, or more than 16 parts, is no credential`() throws {
    func credential(_ count: Int) throws -> StoredCredential {
      StoredCredential(
        exchange: "g", label: "l", run: nil,
        parts: ["secret": try SecretBytes(copying: [UInt8](repeating: 0x61, count: count))])
    }
    let frame = try credential(0).encoded().count
    let longest = try credential(65_536 - frame).encoded()
    #expect(longest.count == 65_536)
    #expect(try StoredCredential(decoding: longest).parts["secret"]?.count == 65_536 - frame)
    #expect(throws: StoreError.unstorable(why: "it is longer than 65536 bytes")) {
      try credential(65_537 - frame).encoded()
    }
    try longest.append(0x20)
    #expect(throws: StoredCredential.Fault.tooLong(limit: 65_536)) { try StoredCredential(decoding: longest) }
    let many = (0...StoredCredential.mostParts).map { #""p\#($0)":"""# }.joined(separator: ",")
    #expect(throws: StoredCredential.Fault.malformed(offset: 54)) {
      try StoredCredential(
        decoding: Samples.bytes(#"{"keyusher":1,"exchange":"g","label":"l","credential":{\#(many)}}"#))
    }
  }

  @Test func `neither a credential nor its text has a text form`() throws {
    let canary = "CANARY-a81c77-canary"
    let credential = StoredCredential(
      exchange: "g", label: "l", run: "r", parts: ["secret": Samples.bytes(canary)])
    let text = try credential.encoded()
    let json = try GuardedJSON(reading: text)
    var dumped = ""
    for value in [credential, text, json, json["credential"] as Any] as [Any] {
      dump(value, to: &dumped)
      dumped += "\(value) \(String(describing: value)) \(String(reflecting: value))"
      customDump(value, to: &dumped)
    }
    #expect(!dumped.contains("CANARY"))
    #expect(dumped.contains("(secret)"))
  }

  @Test func `a fault has words of its own and none of the entry`() {
    let faults: [StoredCredential.Fault] = [
      .malformed(offset: 7), .newer(version: 2), .lacks(member: "label"), .tooLong(limit: 65_536),
    ]
    expectNoDifference(
      faults.map(\.description),
      [
        "it is not in Keyusher's form from byte 7 on",
        "a later version of Keyusher wrote it (form 2; this one reads 1)",
        "it has no 'label'",
        "it is longer than 65536 bytes",
      ])
  }

  private let pem = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQ+/=\n-----END EC PRIVATE KEY-----\n"
}

/// What a secret holds, for a test to compare.
func text(of secret: SecretBytes) -> String { secret.withBytes { String(decoding: $0, as: UTF8.self) } }
