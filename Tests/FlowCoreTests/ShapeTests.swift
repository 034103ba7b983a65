import CustomDump
import Glibc
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

  @Test(
    "of a list of addresses the first entry that is none is named",
    arguments: [
      (.ipv4, "203.0.113.7", nil), (.ipv4, "203.0.113.7, 198.51.100.4", nil), (.ipv4, "203.0.113", "203.0.113"),
      (.ipv4, "203.0.113.999", "203.0.113.999"), (.ipv4, "203.0.113.7,", ""),
      (
        .ipv4, "203.0.113.7 198.51.100.4",
        "203.0.113.7 198.51.100.4"
      ), (.ipv4, "2001:db8::7", "2001:db8::7"), (.ipv4, "203.0.113.0/29", "203.0.113.0/29"),
      (.ip, "203.0.113.7,2001:db8::7", nil), (.ip, "2001:db8::7::", "2001:db8::7::"),
      (.ip, "203.0.113.0/29", "203.0.113.0/29"),
      (.ranges, "203.0.113.0/29, 2001:db8::/32, 203.0.113.7", nil), (.ranges, "203.0.113.0/33", "203.0.113.0/33"),
      (.ranges, "2001:db8::/129", "2001:db8::/129"), (.ranges, "203.0.113.0/", "203.0.113.0/"),
      (.ranges, "203.0.113.0/+8", "203.0.113.0/+8"), (.ranges, "203.0.113.0/2/4", "203.0.113.0/2/4"),
      (.ranges, "/8", "/8"),
    ] as [(AddressList, String, String?)])
  func addresses(list: AddressList, text: String, stray: String?) {
    expectNoDifference(Shape(addresses: list).mismatch(of: text), stray.map { .address($0) })
  }

  @Test func `addresses are those of the system's own reader`() {
    var chance = SystemRandomNumberGenerator()
    let pieces = [
      "0", "1", "255", "256", "01", "a", "db8", "12345", "g", ":", ":", "::", ".", ".", "1.2.3.4", "ffff", "",
    ]
    var told = [0, 0, 0]
    for round in 0..<200_000 {
      let made = (0..<Int.random(in: 1...16, using: &chance)).map { _ in pieces.randomElement(using: &chance) ?? "" }
      let text =
        switch round % 3 {
        case 0: made.joined()
        case 1: made.prefix(8).joined(separator: ":")
        default: made.prefix(4).joined(separator: ".")
        }
      var address = in6_addr()
      let found = (Int(inet_pton(AF_INET, text, &address)), Int(inet_pton(AF_INET6, text, &address)))
      #expect(isIPv4(text) == (found.0 == 1), "\(text)")
      #expect(isIPv6(text) == (found.1 == 1), "\(text)")
      told[found.0 == 1 ? 0 : found.1 == 1 ? 1 : 2] += 1
    }
    #expect(told.allSatisfy { $0 > 100 }, "\(told)")
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
