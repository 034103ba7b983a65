/// Finds the passphrase that stands near a key, by its name alone: it may look like anything.
struct PassphraseLook {
  let bytes: Bytes

  /// How far it may stand from the key, and how long it may be.
  private static let reach = 400
  private static let lengths = 4...64

  /// Its line, counted from that of the value, and its length; nil if there is none, or only a reference to one.
  func passphrase(near value: Range<Int>) -> Candidate.Passphrase? {
    let start = max(0, value.lowerBound - PassphraseLook.reach)
    let end = min(bytes.count, value.upperBound + PassphraseLook.reach)
    var place = start
    while place + 8 < end {
      guard bytes[place] | 0x20 == UInt8(ascii: "p"), let behind = behindName(at: place, end),
        let found = self.value(behind: behind, end)
      else {
        place += 1
        continue
      }
      let between =
        found.lowerBound < value.lowerBound ? found.lowerBound..<value.lowerBound : value.lowerBound..<found.lowerBound
      let lines = bytes.part(between).count(of: 0x0A)
      return Candidate.Passphrase(
        line: found.lowerBound < value.lowerBound ? -lines : lines,
        length: PassphraseLook.characters(of: bytes.part(found)))
    }
    return nil
  }

  // MARK: - Private

  private static func characters(of text: Bytes) -> Int {
    var count = 0
    for byte in text where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }

  private func behindName(at place: Int, _ end: Int) -> Int? {
    for name in ["passphrase", "password"] as [StaticString] where place + name.utf8CodeUnitCount < end {
      var same = 0
      while same < name.utf8CodeUnitCount, bytes[place + same] | 0x20 == name.utf8Start[same] { same += 1 }
      if same == name.utf8CodeUnitCount { return place + same }
    }
    return nil
  }

  /// The value that a name has which ends at a place: behind a sign, or behind a blank.
  private func value(behind name: Int, _ end: Int) -> Range<Int>? {
    var place = name
    if Text.isQuote(bytes[place]) { place += 1 }
    if place < end, bytes[place] == UInt8(ascii: "]") { place += 1 }
    let gap = place
    while place < end,
      Text.isBlank(bytes[place]) || bytes[place] == UInt8(ascii: ":") || bytes[place] == UInt8(ascii: "=")
    {
      place += 1
    }
    guard place > gap, place < end, !Text.isBreak(bytes[place]) else { return nil }
    let quote = Text.isQuote(bytes[place]) ? bytes[place] : nil
    let start = quote == nil ? place : place + 1
    var stop = start
    while stop < end, !Text.isBreak(bytes[stop]), quote == nil ? !ends(bytes[stop]) : bytes[stop] != quote { stop += 1 }
    let value = bytes.part(start..<stop)
    return PassphraseLook.lengths.contains(value.count) && !isReference(value) ? start..<stop : nil
  }

  private func ends(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "&")
  }

  /// Whether it only says where the passphrase is, is code, or is one sign over and over.
  private func isReference(_ value: Bytes) -> Bool {
    var isMask = true
    for byte in value {
      if byte == UInt8(ascii: "(") { return true }
      if byte != value[0] { isMask = false }
    }
    return isMask || value[0] == UInt8(ascii: "$") || value[0] == UInt8(ascii: "<") || value[0] == UInt8(ascii: "{")
      || value.stands("env:", at: 0) || value.stands("fd:", at: 0) || value.stands("file:", at: 0)
  }
}
