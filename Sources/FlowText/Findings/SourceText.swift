import FlowCore
import PlainText

/// Where something stands in a text as the YAML parser counts: line and Unicode scalars, both from 1.
package struct Spot: Hashable, Sendable {
  var line: Int
  var column: Int
  /// Which of the files that make up a flow: 0 is the flow's own, others are those of its library.
  var file = 0
}

/// Something a finding can point at; where exactly is worked out when the finding is made.
package struct Place: Sendable {
  package var spot: Spot
  /// What stands there, if it is a text: it gives the length.
  package var text: String?
  /// A part of the text to point at instead, for example `{lable}`.
  package var part: String?

  package init(spot: Spot, text: String? = nil, part: String? = nil) {
    (self.spot, self.text, self.part) = (spot, text, part)
  }
}

/// The files that a flow is made of besides its own; spots count them from 1.
final class SourceFiles {
  var texts: [SourceText] = []
}

/// The text of a file, and where its lines begin.
struct SourceText: Sendable {
  /// The most a file may have, in bytes: a flow of 10,000 steps has about a quarter of it.
  static let largest = 4 << 20

  let path: String
  /// Which file of a flow it is, as spots say it.
  let file: Int
  /// Without a byte-order mark.
  let text: String
  /// The offsets of the lines' first bytes.
  private(set) var lineStarts: [Int] = [0]

  init(_ text: String, path: String, file: Int = 0) {
    self.path = path
    self.file = file
    var text = text
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    text.makeContiguousUTF8()
    lineStarts += text.withUTF8 { bytes in
      bytes.indices.compactMap { bytes[$0] == UInt8(ascii: "\n") ? $0 + 1 : nil }
    }
    self.text = text
  }

  /// A line without its break; empty where there is none. Lines count from 1.
  func line(_ number: Int) -> Substring {
    guard lineStarts.indices.contains(number - 1) else { return "" }
    let end = number < lineStarts.count ? lineStarts[number] : text.utf8.count
    var line = text[index(lineStarts[number - 1])..<index(end)]
    if line.utf8.last == UInt8(ascii: "\n") { line = line.dropLast() }
    if line.utf8.last == UInt8(ascii: "\r") { line = line.dropLast() }
    return line
  }

  /// The line, column and length, in characters, of a place.
  func locate(_ place: Place) -> (line: Int, column: Int, length: Int) {
    let number = min(max(place.spot.line, 1), lineStarts.count)
    let line = line(number)
    let start =
      line.unicodeScalars.index(line.startIndex, offsetBy: place.spot.column - 1, limitedBy: line.endIndex)
      ?? line.endIndex
    if let part = place.part, let found = find(part, from: start) { return found }
    let column = line[..<start].count + 1
    return (number, column, length(of: place, at: line[start...]))
  }

  /// How many bytes are looked at, at most, to locate a place.
  func effort(of place: Place) -> Int {
    let number = min(max(place.spot.line, 1), lineStarts.count)
    let end = number < lineStarts.count ? lineStarts[number] : text.utf8.count
    return end - lineStarts[number - 1] + (place.part == nil ? 0 : Self.searched)
  }

  /// A place of so many bytes from the beginning.
  func place(ofByte offset: Int) -> Place {
    var low = 0
    var high = lineStarts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    let line = text[index(lineStarts[low])..<index(offset)]
    return Place(spot: Spot(line: low + 1, column: line.unicodeScalars.count + 1, file: file))
  }

  // MARK: - Private

  private func index(_ offset: Int) -> String.Index { text.utf8.index(text.startIndex, offsetBy: offset) }

  /// How far a part of a long text may be looked for, in bytes.
  private static let searched = 1 << 16

  private func find(_ part: String, from start: String.Index) -> (line: Int, column: Int, length: Int)? {
    let wanted = Array(part.utf8)
    let offset = text.utf8.distance(from: text.startIndex, to: start)
    let bytes = Array(text.utf8[start...].prefix(Self.searched))
    guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
    for at in 0...(bytes.count - wanted.count)
    where bytes[at] == first && bytes[at..<(at + wanted.count)].elementsEqual(wanted) {
      let (line, column, _) = locate(place(ofByte: offset + at))
      return (line, column, max(part.count, 1))
    }
    return nil
  }

  private func length(of place: Place, at rest: Substring) -> Int {
    if let quote = rest.first, quote == "\"" || quote == "'" {
      let body = rest.dropFirst()
      var escaped = false
      let inner = body.prefix { character in
        defer { escaped = character == "\\" && !escaped && quote == "\"" }
        return character != quote || escaped
      }
      return inner.count + (inner.count < body.count ? 2 : 1)
    }
    guard let text = place.text, !text.isEmpty, rest.first != "|", rest.first != ">" else { return 1 }
    let length = rest.hasPrefix(text) ? text.count : rest.trimmed.count
    return max(length, 1)
  }
}
