import CustomDump
import Testing

@testable import KeySearch

/// What is found in a text, and what is not.
@Suite struct ContentTests {
  private func told(_ text: String, path: String = "/x/file") throws -> [String] {
    try Sought.keys(in: text, path: path).keys.map(\.told)
  }

  @Test(
    "A value is a key by the name beside it, in each way of writing",
    arguments: [
      "API_KEY=¤", "export API_KEY='¤'", "api_key: ¤", "\"apiKey\": \"¤\"", "'api-key' => '¤'", "apiKey = `¤`",
      "api_key: str = \"¤\"", "const apiKey: string = '¤'", "apiKey := \"¤\"", "config[\"api_key\"] = b'¤'",
      "os.environ.setdefault(\"LAKE_API_KEY\", \"¤\")", "bot --api-key ¤ --dry", "bot --api-key=¤",
      "curl -H 'X-MBX-APIKEY: ¤' https://example.com", "https://example.com/?api_key=¤&x=1", "<apiKey>¤</apiKey>",
      "set -x LAKE_API_KEY ¤", "client.setApiKey(\"¤\")", "Environment=\"API_KEY=¤\"", "- API_KEY=¤",
      "{\\\"apiKey\\\": \\\"¤\\\"}", "API key: ¤", "API Key\n¤", "api_key:\n  ¤", "\"apiKey\":\n  \"¤\"",
      "- name: LAKE_API_KEY\n  value: ¤", "{\"name\": \"LAKE_API_KEY\", \"value\": \"¤\"}",
      "<add key=\"ApiKey\" value=\"¤\"/>", "MYBOT_K=¤", "API_KEY_2=¤", "API_KEY_TEST=¤", "lakeKey=¤", "lake:\n  key: ¤",
      "[lake]\nkey = ¤", "{\"exchange\": \"lake\", \"key\": \"¤\"}", "MYBOT__EXCHANGE__KEY=¤",
    ])
  func forms(_ form: String) throws {
    let placed = form.placing(Sought.key)
    expectNoDifference(try Sought.keys(in: placed).keys.flatMap(\.parts).map(\.length), [32], "\(form)")
    expectNoDifference(try Sought.keys(in: "x\n\(placed)\n").keys.count, 1, "\(form)")
  }

  @Test(
    "What a name says to be something else is none, and neither is what has no name",
    arguments: [
      "¤", "sha256: ¤", "API_KEY_HASH=¤", "api_key_md5: ¤", "public_api_key=¤", "key: ¤", "\"key\": \"¤\"",
      "¤  api_key",
      "path/api_key/¤", "api_key=prefix_¤", "api_key=¤.txt", "api_key=¤(", "api_keys/¤", "monkey=¤", "token: ¤",
      "CACHE_KEY=¤",
      "etag: ¤", "id: ¤", "lake commit ¤", "lake: {cache_key: ¤}", "SECRET_KEY=¤",
    ])
  func harmless(_ form: String) throws {
    expectNoDifference(try told(form.placing(Sought.key)), [], "\(form)")
  }

  @Test(
    "Placeholders, words, rows and references are none",
    arguments: [
      "0123456789abcdef0123456789abcdef", "00000000000000000000000000000000", "deadbeefdeadbeefdeadbeefdeadbeef",
      "00112233445566778899aabbccddeeff", "abababababababababababababababab", "${LAKE_API_KEY}", "env:LAKE_API_KEY",
      "fd:3",
      "your-api-key", "000102030405060708090a0b0c0d0e0f",
    ])
  func placeholders(_ value: String) throws {
    expectNoDifference(try told("LAKE_API_KEY=\(value)\nLAKE_API_SECRET=\(value)\(value)\n"), [])
  }

  @Test func `Key and secret are one, and two exchanges are two`() throws {
    let text = """
      LAKE_API_KEY=\(Sought.otherKey)
      LAKE_API_SECRET=\(Sought.secret)
      RIVER_API_KEY=\(Sought.base64Key)
      RIVER_API_SECRET=\(Sought.base64Secret)
      RIVER_PASSPHRASE="nine words"

      """
    expectNoDifference(
      try told(text),
      ["lake: key@1 32, secret@2 64 listed 9ad0c3e871f2", "river: key@3 56, secret@4 88, passphrase@5 10"])
  }

  @Test func `A key and a secret of one exchange tell each other, but not among test vectors`() throws {
    let pair = "{\"key\": \"\(Sought.otherKey)\", \"secret\": \"\(Sought.secret)\"}"
    expectNoDifference(try told(pair), ["lake: key@1 32, secret@1 64 listed 9ad0c3e871f2"])
    expectNoDifference(try told("iv = 00\n" + pair), [])
    expectNoDifference(
      try told("key=\(Sought.otherKey)" + String(repeating: "\n#", count: 200) + "\nsecret=\(Sought.secret)"), [])
  }

  @Test func `As much is shown as the exchange lists, and nothing where a secret could stand there`() throws {
    expectNoDifference(try told("lake_api_key: \(Sought.key)"), ["lake: key@1 32 listed c5dcfbf1f3a7 known"])
    // By a name that does not say which it is, it may be a secret.
    expectNoDifference(try told("lake_api_token: \(Sought.key)"), ["lake: key@1 32"].map { $0 + " known" })
    expectNoDifference(try told("api_secret=\(Sought.secret)"), ["lake: secret@1 64"])
  }

  @Test func `Nothing is shown where a secret of the same exchange looks the same, but for others' it does not matter`()
    throws
  {
    let twins = SearchTable(
      exchanges: ["pond", "lake", "sea"],
      shapes: [
        KeyShape(exchange: 0, part: "key", isSecret: false, length: 32...32, publicPrefix: 12, allows: Sought.isHex),
        KeyShape(exchange: 0, part: "secret", isSecret: true, length: 32...32, allows: Sought.isHex),
        KeyShape(exchange: 1, part: "key", isSecret: false, length: 32...32, publicPrefix: 12, allows: Sought.isHex),
        KeyShape(exchange: 2, part: "key", isSecret: false, length: 32...32, publicPrefix: 4, allows: Sought.isHex),
      ], names: [("pond", 0), ("lake", 1), ("sea", 2)], programs: [])
    let search = try ContentSearch(twins, seed: 7)
    for (name, listed) in [("pond", nil), ("lake", "9ad0c3e871f2"), ("sea", "9ad0"), ("my", nil)] {
      let found = Sought.feed(search, Array("\(name)_api_key=\(Sought.otherKey)".utf8)).keys
      expectNoDifference(found.map(\.listed), [listed], "\(name)")
    }
  }

  @Test func `What only one exchange calls so is its own`() throws {
    expectNoDifference(
      try told("PRIVATE_KEY=\(Sought.secret)\nAPI_KEY=\(Sought.otherKey)"), ["lake: key@2 32 listed 9ad0c3e871f2"])
    expectNoDifference(try told("river\nprivate key: \(Sought.base64Secret)"), ["river: secret@2 88"])
    // The name of the exchange comes before what the part is called there.
    expectNoDifference(try told("LAKE_PRIVATE_KEY=\(Sought.secret)"), ["lake: secret@1 64"])
  }

  @Test func `A file of a key alone is named by its own name`() throws {
    for path in ["/home/ana/lake.key", "/home/ana/lake/api_key.txt", "/home/ana/API-KEY"] {
      expectNoDifference(
        try Sought.keys(in: Sought.otherKey + "\n", path: path).keys.map(\.parts.count), [1], "\(path)")
    }
    expectNoDifference(
      try told("\(Sought.base64Key)\n\(Sought.base64Secret)\n", path: "/x/river.key"), ["river: key@1 56, secret@2 88"])
    expectNoDifference(try told(Sought.otherKey + "\n", path: "/x/MD5"), [])
    expectNoDifference(try told(Sought.otherKey + "\n", path: "/x/notes.txt"), [])
  }

  // MARK: - PEM

  @Test func `A private key in PEM is one by its name, or the exchange beside it`() throws {
    let line = Sought.pem.split(separator: "\n").joined(separator: "\\n")
    let length = Sought.pem.utf8.count - 1
    expectNoDifference(try told("# spring\n" + Sought.pem), ["spring: private-key@2 \(length)"])
    expectNoDifference(try told("SPRING_API_SECRET=\"\(line)\\n\""), ["spring: private-key@1 \(line.utf8.count)"])
    expectNoDifference(try told(Sought.pem, path: "/home/ana/spring.pem"), ["spring: private-key@1 \(length)"])
    expectNoDifference(
      try told("{\n\"name\": \"\(Sought.name)\",\n\"privateKey\": \"\(line)\\n\"\n}"),
      ["spring: key@2 95, private-key@3 \(line.utf8.count)"])
    // The same, however its line ends are written.
    let identities = try ["spring\n" + Sought.pem, "spring=\"\(line)\""].map {
      try Sought.keys(in: $0).keys[0].parts[0].identity
    }
    expectNoDifference(identities[0], identities[1])
  }

  @Test func `Others are counted, and taken where the place tells enough`() throws {
    let other = Sought.pem.split(by: "EC PRIVATE").joined(separator: "PRIVATE")
    for pem in [Sought.pem, other] {
      let outcome = try Sought.keys(in: pem)
      expectNoDifference([outcome.keys.count, outcome.otherPEM], [0, 1])
      expectNoDifference(try Sought.keys(in: pem, takesAnyPEM: true).keys.count, 1)
    }
    expectNoDifference(try Sought.keys(in: other, takesAnyPEM: true).keys[0].exchanges, [])
    for kind in ["PUBLIC", "OPENSSH PRIVATE", "ENCRYPTED PRIVATE", "PGP PRIVATE"] {
      let text = "# spring\n" + Sought.pem.split(by: "EC PRIVATE").joined(separator: kind)
      let outcome = try Sought.keys(in: text, takesAnyPEM: true)
      expectNoDifference([outcome.keys.count, outcome.otherPEM], kind == "PGP PRIVATE" ? [1, 0] : [0, 0], "\(kind)")
    }
  }

  // MARK: - Memory

  @Test func `A key is found wherever it stands in a large file, with its line`() throws {
    let search = try ContentSearch(Sought.table, seed: 7)
    let line = "LAKE_API_KEY=\(Sought.otherKey)\nLAKE_API_SECRET=\(Sought.secret)\n"
    // Around the end of the memory, and of what stays of it.
    for edge in [240 << 10, 256 << 10, 480 << 10] {
      for shift in stride(from: -160, through: 160, by: 7) {
        let before = String(repeating: "x\n", count: (edge + shift) / 2)
        let bytes = Array((before + line + String(repeating: "y\n", count: 100_000)).utf8)
        let found = Sought.feed(search, bytes).keys
        let first = (edge + shift) / 2 + 1
        expectNoDifference(found.map(\.told), ["lake: key@\(first) 32, secret@\(first + 1) 64 listed 9ad0c3e871f2"])
      }
    }
  }

  @Test(arguments: [1, 7, 100, 4096]) func `It is the same in whatever pieces it comes`(size: Int) throws {
    let text = String(repeating: "api_key = load()\n", count: 40) + "LAKE_API_KEY=\(Sought.otherKey)"
    expectNoDifference(
      try Sought.keys(in: text, pieces: size).keys.map(\.told), ["lake: key@41 32 listed 9ad0c3e871f2"])
  }

  @Test func `What was read is wiped behind each file`() throws {
    let search = try ContentSearch(Sought.table, seed: 7)
    for size in [100, 300_000] {
      let text = "API_KEY=\(Sought.otherKey)\n" + String(repeating: "z", count: size)
      _ = Sought.feed(search, Array(text.utf8))
      search.begin()
      // Memory that nothing was written to has a pattern of libsodium's.
      expectNoDifference(search.room.allSatisfy { $0 == 0 || $0 == 0xDB }, true)
    }
  }

  @Test func `What is no text is left out, unless it is known to be one`() throws {
    let text = "\0\nLAKE_API_KEY=\(Sought.otherKey)\n"
    expectNoDifference(try Sought.keys(in: text).isBinary, true)
    expectNoDifference(try Sought.keys(in: text, isText: true).keys.count, 1)
    let late = String(repeating: "x\n", count: 8000) + text
    expectNoDifference(try Sought.keys(in: late).keys.count, 1)
  }
}

extension String {
  /// The text with a value in the place that is kept for it.
  fileprivate func placing(_ value: String) -> String {
    split(separator: "¤", omittingEmptySubsequences: false).joined(separator: value)
  }

  fileprivate func split(by text: String) -> [Substring] { split(separator: text, omittingEmptySubsequences: false) }
}
