import CustomDump
import Outside
import PlainText
import SecretMemory
import Testing

@testable import Stores

@Suite struct StoredCredentialJSONTests {
  @Test func `every control character is written as Python's json module writes it, and read again`() throws {
    let all =
      (0...0x17F).compactMap(Unicode.Scalar.init) + ["\u{7FF}", "\u{800}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}"]
    let texts = all.map { String(Character($0)) } + [String(String.UnicodeScalarView(all))]
    let written = try GuardedJSON.written(.array(texts.map { .secret(Samples.bytes($0)) }))
    let read = try #require(GuardedJSON(reading: written).elements).map { try $0.secret().map { text(of: $0) } }
    expectNoDifference(read, texts)
    guard let python = tool("python3") else { return }
    let program =
      "import json,sys; s=sys.stdin.buffer.read().decode(); v=json.loads(s); "
      + "sys.stdout.buffer.write(json.dumps(v,ensure_ascii=False,separators=(',',':')).encode())"
    let theirs = try output(of: python, ["-c", program], input: bytes(of: written))
    #expect(theirs.status == 0)
    expectNoDifference(String(decoding: theirs.bytes, as: UTF8.self), text(of: written))
  }

  @Test func `what Python writes in ASCII alone is read as it was meant`() throws {
    guard let python = tool("python3") else { return }
    let program =
      "import json,sys; "
      + "sys.stdout.write(json.dumps([chr(c) for c in range(0x11000) if not 0xD800<=c<0xE000 and c%37<3]))"
    let theirs = try output(of: python, ["-c", program])
    // More than one text may hold: cut into pieces at the commas between the strings.
    let strings = String(decoding: theirs.bytes.dropFirst().dropLast(), as: UTF8.self).split(separator: ", ")
    let meant = (0..<0x11000).filter { !(0xD800..<0xE000).contains($0) && $0 % 37 < 3 }
      .compactMap(Unicode.Scalar.init).map { String(Character($0)) }
    var read: [String?] = []
    for start in stride(from: 0, to: strings.count, by: 1000) {
      let piece = "[" + strings[start..<min(start + 1000, strings.count)].joined(separator: ",") + "]"
      read += try #require(GuardedJSON(reading: Samples.bytes(piece)).elements).map(\.publicText)
    }
    expectNoDifference(read, meant)
  }

  @Test(arguments: [
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""\u0041\u00e9\u20AC""#, "Aé€"),
    (#""\ud83d\uDD11""#, "🔑"),
    (#""\u0000""#, "\u{0}"),
    (#""""#, ""),
    ("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"),
  ])
  func `a string is read with its escapes`(_ json: String, _ meant: String) throws {
    let value = try GuardedJSON(reading: Samples.bytes(json))
    expectNoDifference(try value.secret().map { text(of: $0) }, meant)
    expectNoDifference(value.publicText, meant)
  }

  @Test(arguments: [
    ("", 0), (" ", 1), ("{", 1), ("[1,]", 3), ("{\"a\":1,}", 7), ("{'a':1}", 1), ("[1 2]", 3), ("01", 1), ("-", 1),
    ("1.", 2), (".5", 0), ("+1", 0), ("1e", 2), ("NaN", 0), ("nul", 3), ("true1", 4), ("\"a", 2), ("\"\\x\"", 1),
    ("\"\\u12G4\"", 1), ("\"\\ud83d\"", 1), ("\"\\udd11\"", 1), ("\"\\ud83d\\u0041\"", 1), ("\"\\ud83d\\", 1),
    ("\"a\nb\"", 2), ("\u{FEFF}1", 0), ("1 2", 2), ("{\"a\":1,\"a\":2}", 7), ("{\"a\":1,\"\\u0061\":2}", 7),
    ("{1:2}", 1),
    ("{\"a\"}", 4), ("[}", 1), ("/**/1", 0), ("]", 0), ("1]", 1),
  ])
  func `what is no JSON is refused where it goes wrong`(_ json: String, _ offset: Int) {
    #expect(throws: GuardedJSON.Fault.malformed(offset: offset)) { try GuardedJSON(reading: Samples.bytes(json)) }
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xFF],
    ] as [[UInt8]])
  func `bytes that are no UTF-8 are neither read nor written`(_ bytes: [UInt8]) throws {
    #expect(throws: GuardedJSON.Fault.malformed(offset: 2)) {
      try GuardedJSON(reading: SecretBytes(copying: [0x22, 0x61] + bytes + [0x22]))
    }
    #expect(throws: GuardedJSON.Fault.notText) {
      try GuardedJSON.written(.secret(SecretBytes(copying: [0x61] + bytes)))
    }
  }

  @Test func `depth and length have an end`() throws {
    func nested(_ depth: Int) -> SecretBytes {
      Samples.bytes(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
    }
    #expect(try GuardedJSON(reading: nested(GuardedJSON.mostDepth)).elements?.count == 1)
    #expect(throws: GuardedJSON.Fault.malformed(offset: 16)) { try GuardedJSON(reading: nested(17)) }
    #expect(throws: GuardedJSON.Fault.malformed(offset: 16)) { try GuardedJSON(reading: nested(30_000)) }
    #expect(throws: GuardedJSON.Fault.tooLong(limit: 65_536)) { try GuardedJSON(reading: nested(40_000)) }
  }

  @Test func `a value is what it is and nothing else`() throws {
    let json = try GuardedJSON(reading: Samples.bytes(#"{"s":"1","n":-12,"f":1.5,"t":true,"g":false,"z":null}"#))
    let members = try ["s", "n", "f", "t", "g", "z"].map { try #require(json[$0]) }
    expectNoDifference(members.map(\.publicText), ["1", nil, nil, nil, nil, nil])
    expectNoDifference(members.map(\.number), [nil, -12, nil, nil, nil, nil])
    expectNoDifference(members.map(\.flag), [nil, nil, nil, true, false, nil])
    expectNoDifference(members.map(\.offset), [5, 13, 21, 29, 38, 48])
    expectNoDifference(json.names, ["s", "n", "f", "t", "g", "z"])
    #expect(json["none"] == nil)
    #expect(json.elements == nil)
    #expect(try json.secret() == nil)
  }

  @Test func `a value of every kind is written`() throws {
    let value = GuardedJSON.Value.object([
      ("a\"", .array([.number(-3), .number(0)])), ("b", .text("\u{1F}")),
      ("c", .secret(Samples.oneByte)),
    ])
    expectNoDifference(
      text(of: try GuardedJSON.written(value)), #"{"a\"":[-3,0],"b":"\u001f","c":"x"}"#)
  }

  @Test func `for a program in Go the signs of a web page are escaped too, and it reads as the same`() throws {
    let secret = Samples.bytes("a<b>&\u{8}\u{C}\n\"\u{1F}")
    let written = try GuardedJSON.written(.secret(secret), escaping: .go)
    expectNoDifference(text(of: written), #""a\u003cb\u003e\u0026\u0008\u000c\n\"\u001f""#)
    #expect(try GuardedJSON(reading: written).secret()?.constantTimeEquals(secret) == true)
  }

  @Test func `random text comes back as it went in`() throws {
    var generator = SplitMix(seed: 7)
    for _ in 0..<300 {
      let scalars = (0..<Int.random(in: 0..<200, using: &generator)).map { _ in
        Unicode.Scalar(UInt32.random(in: 0..<0x11_0000, using: &generator))
          ?? Unicode.Scalar(UInt8.random(in: 0...255, using: &generator))
      }
      let secret = Samples.bytes(String(String.UnicodeScalarView(scalars)))
      let again = try GuardedJSON(reading: try GuardedJSON.written(.secret(secret))).secret()
      #expect(again?.constantTimeEquals(secret) == true)
    }
  }

  @Test func `no change of its bytes makes the reader crash, or read what can't be written`() throws {
    let seeds = [
      #"{"keyusher":1,"exchange":"g","label":"l","run":"7q","credential":{"key":"\ud83d\udd11","secret":"a\nb"}}"#,
      #"[{"a":[1.5e-3,true,null,"é\u20ac"]},-0]"#,
    ].map { Array($0.utf8) }
    var generator = SplitMix(seed: 11)
    let interesting = Array("\"\\{}[],:u0d8e-.1 \u{FF}é".utf8) + [0x00, 0x80, 0xED, 0xFF]
    var read = 0
    for round in 0..<100_000 {
      var bytes = seeds[round % seeds.count]
      for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = interesting.randomElement(using: &generator) ?? 0
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(interesting.randomElement(using: &generator) ?? 0, at: place)
        default: bytes.removeLast(bytes.count - place)
        }
      }
      guard
        let json = try? bytes.withUnsafeBytes({ bytes in
          try JSONNode(parsing: bytes, mostDepth: GuardedJSON.mostDepth)
        })
      else { continue }
      read += 1
      guard read % 50 == 0 else { continue }
      let secret = try SecretBytes(copying: bytes)
      #expect(try GuardedJSON(reading: secret).names == nil || bytes[json.range.lowerBound] == 0x7B)
      if let credential = try? StoredCredential(decoding: secret) {
        let again = try StoredCredential(decoding: credential.encoded())
        #expect(again.parts.mapValues { text(of: $0) } == credential.parts.mapValues { text(of: $0) })
      }
    }
    #expect(read > 1000)
  }

  private func bytes(of secret: SecretBytes) -> [UInt8] { secret.withBytes { Array($0) } }
}

/// Random numbers that are the same in every run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
