/// Draws the same from the same seed, on every machine.
struct Chance {
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

  mutating func text(_ length: Int, of alphabet: String) -> String {
    let signs = Array(alphabet)
    return String((0..<length).map { _ in signs[below(signs.count)] })
  }

  mutating func hex(_ length: Int) -> String { text(length, of: "0123456789abcdef") }
  mutating func upperHex(_ length: Int) -> String { text(length, of: "0123456789ABCDEF") }
  mutating func letters(_ length: Int) -> String {
    text(length, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
  }
  mutating func base64(_ length: Int, padding: Int = 0) -> String {
    text(length - padding, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
      + String(repeating: "=", count: padding)
  }
  mutating func groups(_ lengths: [Int], of alphabet: String = "0123456789abcdef") -> String {
    lengths.map { text($0, of: alphabet) }.joined(separator: "-")
  }
  mutating func uuid() -> String { groups([8, 4, 4, 4, 12]) }
  mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }
}
