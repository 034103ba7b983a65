import PlainText

/// A moment in whole milliseconds since 1970-01-01 UTC, written as RFC 3339 (`2026-11-23T14:05:09.000Z`).
///
/// The arithmetic is its own: the same number gives the same text for ever, and a start pays for no calendar.
public struct Timestamp: Equatable, Comparable, Sendable, CustomStringConvertible {
  public var milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Reads RFC 3339 in UTC (`Z`) or with an offset, with or without fractions of a second (cut to milliseconds); nil if it
  /// is none.
  public init?(_ text: some StringProtocol) {
    var reader = FixedReader(text.utf8)
    guard let year = reader.digits(4), reader.skip("-"), let month = reader.digits(2), reader.skip("-"),
      let day = reader.digits(2), reader.skip("T") || reader.skip("t"), let hour = reader.digits(2), reader.skip(":"),
      let minute = reader.digits(2), reader.skip(":"), let second = reader.digits(2)
    else { return nil }
    var fraction: Int64 = 0
    if reader.skip(".") {
      guard let thousandths = reader.thousandths() else { return nil }
      fraction = thousandths
    }
    guard let offset = reader.offsetInMinutes(), reader.isAtEnd else { return nil }
    guard let date = Day(year: Int(year), month: Int(month), day: Int(day)), hour < 24, minute < 60, second < 60 else {
      return nil
    }
    milliseconds = (((Int64(date.number) * 24 + hour) * 60 + minute - offset) * 60 + second) * 1000 + fraction
  }

  /// How many bytes its text has, in the years of four digits.
  static let writtenLength = 24

  public var description: String {
    let (days, rest) = floored(milliseconds, by: 86_400_000)
    let clock = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map { $0.padded(to: 2) }.joined(separator: ":")
    return "\(Day(number: Int(days)))T\(clock).\((rest % 1000).padded(to: 3))Z"
  }

  /// The day in UTC, `2026-11-23`.
  public var day: String { String(description.prefix { $0 != "T" }) }

  /// To the minute in UTC, `2026-11-23 14:05 UTC`, for people.
  public var minute: String { "\(day) \(description.dropFirst(day.count + 1).prefix(5)) UTC" }

  public func adding(days: Int) -> Timestamp { Timestamp(milliseconds: milliseconds + Int64(days) * 86_400_000) }

  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
}

/// Reads digits and marks in fixed places.
private struct FixedReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  var isAtEnd: Bool { position == bytes.count }

  mutating func skip(_ mark: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  mutating func digits(_ count: Int) -> Int64? {
    guard bytes.count - position >= count else { return nil }
    var value: Int64 = 0
    for place in position..<position + count {
      let digit = bytes[place] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value * 10 + Int64(digit)
    }
    position += count
    return value
  }

  mutating func thousandths() -> Int64? {
    guard let first = digits(1) else { return nil }
    let second = digits(1)
    let third = second == nil ? nil : digits(1)
    while digits(1) != nil {}
    return first * 100 + (second ?? 0) * 10 + (third ?? 0)
  }

  mutating func offsetInMinutes() -> Int64? {
    if skip("Z") || skip("z") { return 0 }
    let sign: Int64
    if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
    guard let hours = digits(2), skip(":"), let minutes = digits(2), hours < 24, minutes < 60 else { return nil }
    return sign * (hours * 60 + minutes)
  }
}
