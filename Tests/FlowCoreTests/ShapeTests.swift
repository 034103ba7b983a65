import CustomDump
import Testing

@testable import FlowCore

@Suite struct ShapeTests {
  private static let label = Shape(
    length: 3...8, characters: Characters(classes: [.lower, .digits], literals: "-_"), prefix: "b", suffix: "t")

  @Test(
    "text and bytes depart from a shape at the same place",
    arguments: [
      ("bot", nil), ("b-9_ot", nil), ("bt", .tooShort(count: 2, least: 3)), ("", .tooShort(count: 0, least: 3)),
      ("b1234567t", .tooLong(count: 9, most: 8)), ("xot", .prefix("b")), ("box", .suffix("t")),
      ("bOt", .character(at: 2, "O")), ("b t", .character(at: 2, " ")), ("b.x-t", .character(at: 2, ".")),
      ("b-\u{1B}t", .character(at: 3, "\u{1B}")),
    ] as [(String, Shape.Mismatch?)])
  func textAndBytes(text: String, mismatch: Shape.Mismatch?) {
    expectNoDifference(Self.label.mismatch(of: text), mismatch)
    var nameless = mismatch
    if case .character(let place, _) = mismatch { nameless = .character(at: place, nil) }
    expectNoDifference(Self.label.mismatch(of: Array(text.utf8)), nameless, "no character of a credential is given")
  }

  @Test(
    "a class has these characters and no others",
    arguments: [
      (.letters, "azAZ", "09 -é"), (.lower, "az", "AZ09"), (.upper, "AZ", "az09"), (.digits, "09", "a-٣²"),
      (.hex, "09af", "gAF "), (.space, " ", "\t\u{A0}\n"), (.any, " aZ0é漢👍-", "\u{1B}\u{7F}\u{202E}\u{200B}\n"),
    ] as [(Characters.Class, String, String)])
  func classes(of name: Characters.Class, members: String, others: String) {
    let characters = Characters(classes: [name])
    for member in members { #expect(characters.contains(member), "\(member)") }
    for other in others { #expect(!characters.contains(other), "\(other)") }
    for byte in members.utf8 where byte < 0x80 { #expect(characters.contains(byte: byte)) }
    for byte in others.utf8 where byte < 0x80 { #expect(!characters.contains(byte: byte)) }
  }

  @Test("an ending longer than the text is a mismatch, not a trap")
  func longEnding() {
    let shape = Shape(length: 0...9, suffix: "=====")
    expectNoDifference(shape.mismatch(of: "=="), .suffix("====="))
    expectNoDifference(shape.mismatch(of: [UInt8](repeating: 61, count: 2)), .suffix("====="))
    expectNoDifference(shape.mismatch(of: [UInt8](repeating: 61, count: 5)), nil)
  }

  @Test("bytes are looked at in place: nothing asks their collection for a copy")
  func inPlace() {
    let bytes = Watched(bytes: Array("bot".utf8))
    expectNoDifference(Self.label.mismatch(of: bytes), nil)
  }
}

/// Bytes that can only be walked forwards, so that looking at their ending may not reverse them into an array.
private struct Watched: Collection {
  let bytes: [UInt8]
  var startIndex: Int { 0 }
  var endIndex: Int { bytes.count }
  func index(after index: Int) -> Int { index + 1 }
  subscript(index: Int) -> UInt8 { bytes[index] }
  func _copyToContiguousArray() -> ContiguousArray<UInt8> {
    Issue.record("the bytes were copied")
    return ContiguousArray(bytes)
  }
}
