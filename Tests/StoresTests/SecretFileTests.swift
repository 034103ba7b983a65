import CustomDump
import SecretMemory
import Stores
import Testing

/// A file of secrets has each of its values, or is not written.
@Suite struct SecretFileTests {
  private func file(_ paths: [[String]]) throws -> SecretFile {
    SecretFile(try paths.enumerated().map { ($1, try SecretBytes(copying: Array("v\($0)".utf8))) })
  }

  private func text(_ bytes: SecretBytes?) -> String? {
    bytes.map { $0.withBytes { String(decoding: $0, as: UTF8.self) } }
  }

  @Test func `Values of one key stand together, where the first of them stands`() throws {
    let file = try file([["a", "x"], ["b"], ["a", "z", "true"]])
    expectNoDifference(text(try file.json()), #"{"a":{"x":"v0","z":{"true":"v2"}},"b":"v1"}"# + "\n")
    expectNoDifference(text(try file.yaml()), "a:\n  x: \"v0\"\n  z:\n    \"true\": \"v2\"\nb: \"v1\"\n")
  }

  @Test(
    "Where a value has no place of its own nothing is written",
    arguments: [
      [[]], [["a"], []], [["a"], ["a"]], [["a"], ["a", "b"]], [["a", "b"], ["a"]], [["x", "a"], ["x", "a"]],
      [Array(repeating: "a", count: 17)], [Array(repeating: "a", count: 100_000)],
    ] as [[[String]]])
  func clash(paths: [[String]]) throws {
    let file = try file(paths)
    expectNoDifference(text(try file.json()), nil)
    expectNoDifference(text(try file.yaml()), nil)
  }

  @Test func `As deep as it goes it is written`() throws {
    let file = try file([Array(repeating: "a", count: 16)])
    expectNoDifference(text(try file.json())?.utf8.filter { $0 == UInt8(ascii: "{") }.count, 16)
  }
}
