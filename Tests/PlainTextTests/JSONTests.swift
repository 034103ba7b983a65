import CustomDump
import Foundation
import PlainText
import Testing

@Suite struct JSONTests {
  static let sample: JSON = [
    "b": [1, -2, true, nil, .number("1.5e3")], "a": ["text": "a\"b\\c\n\t\r\u{8}\u{1B}\u{202E}<&>é鍵🔑\u{E0041}"],
    "empty": [],
    "none": [:],
  ]

  @Test func `a value is written on one line, its names sorted, and read back`() throws {
    let line =
      #"{"a":{"text":"a\"b\\c\n\t\r\b\u001b\u202e<&>é鍵🔑\udb40\udc41"},"b":[1,-2,true,null,1.5e3],"empty":[],"none":{}}"#
    expectNoDifference(Self.sample.text(), line)
    let read = try JSON(parsing: Array(line.utf8))
    expectNoDifference(read.text(), line)
    expectNoDifference(read["a"], Self.sample["a"])
    expectNoDifference(read.members?.map(\.name), ["a", "b", "empty", "none"])
  }

  @Test func `what is escaped besides is chosen`() {
    let text: JSON = "\r\u{C}<é>"
    expectNoDifference(text.text(escaping: []), #""\u000d\u000c<é>""#)
    expectNoDifference(text.text(escaping: [.shortForms, .markup]), #""\r\f\u003cé\u003e""#)
  }

  @Test func `an indented text is the one that Foundation writes`() throws {
    struct Sample: Encodable {
      var b = [1, 2], a = ["x": ["y"]], empty: [Int] = [], none: [String: Int] = [:], aB = "/", ab = 1
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let theirs = String(decoding: try encoder.encode(Sample()), as: UTF8.self)
    let ours: JSON = ["b": [1, 2], "a": ["x": ["y"]], "empty": [], "none": [:], "aB": "/", "ab": 1]
    expectNoDifference(ours.text(.indented), theirs)
  }

  @Test func `a sign within a string is seen wherever it stands`() throws {
    let signs: [(bytes: [UInt8], text: String?)] = [
      ([0x5C, 0x6E], "\n"), ([0x0A], nil), ([0x1F], nil), ([0x00], nil), ([0x80], nil), ([0xC3, 0xA9], "é"),
      ([0x7F], "\u{7F}"), ([0x21], "!"), ([0x5B], "["), ([0x5D], "]"), ([0xFF], nil), ([0x5C], nil),
    ]
    for before in 0..<20 {
      for (bytes, text) in signs {
        let (start, end) = (String(repeating: "a", count: before), String(repeating: " ", count: 19 - before))
        let json = try? JSON(parsing: [0x22] + Array(start.utf8) + bytes + Array(end.utf8) + [0x22])
        expectNoDifference(json, text.map { .text(start + $0 + end) }, "\(bytes) behind \(before)")
      }
    }
  }

  @Test func `an outline has the kinds of an object's members, and none of what is no object`() throws {
    let text = Array(#"{"a":"x","b":["x","y"],"c":[],"d":[["x"]],"e":["x",1],"f":{"a":1},"g":1,"h":null}"#.utf8)
    let outline = try #require(JSONOutline(parsing: text))
    let kinds = ["a", "b", "c", "d", "e", "f", "g", "h"].map { name in
      outline.members.first { text[$0.name].elementsEqual(name.utf8) }?.kind
    }
    expectNoDifference(kinds, [.text, .texts, .texts, .other, .other, .other, .other, .other])
    expectNoDifference(outline.kind(of: "b", in: text), .texts)
    expectNoDifference(outline.kind(of: "bb", in: text), nil)
    for other in ["[]", "1", "\"a\"", "null", "{\"a\":1,\"a\":2}", "{", "{} {}", "[[[[{}]]]]"] {
      #expect(JSONOutline(parsing: Array(other.utf8), mostDepth: 4) == nil)
    }
  }

  @Test(
    "numbers are exact",
    arguments: [
      ("0", .integer(0)), ("-0", .integer(0)), ("9223372036854775807", .integer(.max)),
      ("9223372036854775808", .number("9223372036854775808")), ("1.0", .number("1.0")), ("-1E+2", .number("-1E+2")),
    ] as [(String, JSON)])
  func numbers(text: String, value: JSON) throws {
    expectNoDifference(try JSON(parsing: Array(text.utf8)), value)
  }

  @Test(
    "a fault is told with its place",
    arguments: [
      ("", .malformed(offset: 0)), ("{\"a\":1,}", .malformed(offset: 7)), ("[1 2]", .malformed(offset: 3)),
      ("01", .malformed(offset: 1)), ("\"\\ud83d\"", .malformed(offset: 1)), ("\"\u{1}\"", .malformed(offset: 1)),
      (#"{"a":1,"\u0061":2}"#, .repeatedName(offset: 7)), ("[[[[1]]]]", .tooDeep(offset: 4)),
    ] as [(String, JSON.Fault)])
  func faults(text: String, fault: JSON.Fault) {
    #expect(throws: fault) { try JSON(parsing: Array(text.utf8), mostDepth: 4) }
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    for bytes: [UInt8] in [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xE2, 0x82]] {
      #expect(throws: JSON.Fault.malformed(offset: 1)) { try JSON(parsing: [0x22] + bytes + [0x22]) }
    }
  }

  @Test func `every scalar is read as it was written, and as Foundation reads it`() throws {
    let scalars = (0...0x2FFFF).compactMap(Unicode.Scalar.init)
    let text = String(String.UnicodeScalarView(scalars))
    for escaping: JSON.Escaping in [[], .shortForms, [.shortForms, .markup]] {
      let written = JSON.text(text).bytes(escaping: escaping)
      #expect(try JSON(parsing: written) == .text(text))
      #expect(try JSONDecoder().decode(String.self, from: Data(written)) == text)
    }
  }
}
