import PlainText

/// Numbers that are the same in every run.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}

/// Answers that nobody should send.
enum HostileBody {
  static func next(_ random: inout Seeded, of body: JSON) -> [UInt8] {
    switch random.below(10) {
    case 0: (0..<random.below(400)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    case 1: flipped(body.bytes(), &random)
    case 2: Array(String(repeating: random.pick(["[", "{\"a\":", "[[{\"a\":", "\"", "9"]), count: 50_000).utf8)
    case 3: Array(body.bytes().prefix(random.below(body.bytes().count))) + Array("\u{FEFF}<html>".utf8)
    case 4: Array(random.pick(["{}", "[]", "null", "0", "\"\"", "{\"code\":{}}", "[null]", "\"Unauthorized\""]).utf8)
    default: changed(body, &random).bytes()
    }
  }

  private static func flipped(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8] {
    var bytes = bytes
    for _ in 0...random.below(4) { bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next()) }
    return bytes
  }

  /// A documented answer with one to three of its values changed.
  private static func changed(_ body: JSON, _ random: inout Seeded) -> JSON {
    var body = body
    for _ in 0...random.below(3) {
      guard !body.paths.isEmpty else { break }
      body = body.changed(at: random.pick(body.paths), to: value(&random, depth: 0)) ?? .null
    }
    return body
  }

  private static let texts = [
    "", " ", "\u{1B}]0;x\u{07}", "\u{202E}evil", "a,b,,c", ",", "*", "withdraw", "Wallet:Withdraw", "withdraw-funds",
    "203.0.113.9", "::1", "1970-01-01T00:00:00Z", "9999-12-31T23:59:60Z", "0", "-1", "1e9", "true", "null", "\u{0}",
    String(repeating: "a", count: 100_000), String(repeating: "a,", count: 20_000), "é\u{301}",
    "e" + String(repeating: "\u{301}", count: 100_000), "2025-13-45T99:99:99Z",
  ]

  private static func value(_ random: inout Seeded, depth: Int) -> JSON {
    switch random.below(depth > 3 ? 5 : 8) {
    case 0: return .null
    case 1: return .flag(random.below(2) == 0)
    case 2: return .integer(random.pick([0, 1, 2, -1, .max, .min, 1_700_000_000, 1_700_000_000_000, 4_102_444_801]))
    case 3: return .number(random.pick(["1.5", "1e400", "-0.0", "123456789012345678901234567890"]))
    case 4: return .text(random.pick(texts))
    case 5:
      let count = random.pick([0, 1, 2, 5, 2_000])
      let one = value(&random, depth: 4)
      return .array((0..<count).map { $0 == 0 ? value(&random, depth: depth + 1) : one })
    case 6:
      return .object((0..<random.below(4)).map { JSON.Member("m\($0)", value(&random, depth: depth + 1)) })
    default:
      return .array([.object([JSON.Member("name", "withdraw"), JSON.Member("read_only", value(&random, depth: 4))])])
    }
  }
}
