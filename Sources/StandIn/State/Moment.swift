import PlainText

/// A moment in whole milliseconds since 1970-01-01 UTC.
public struct Moment: Equatable, Comparable, Sendable {
  public var milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Reads `2023-11-14T22:13:20` in UTC, with or without a fraction of a second (cut to milliseconds) and a `Z`; nil if it is
  /// none.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, bytes[10] == UInt8(ascii: "T"), let day = Day(String(text.prefix(10))),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), let hour = number(bytes[11...12]), hour < 24,
      let minute = number(bytes[14...15]), minute < 60, let second = number(bytes[17...18]), second < 60
    else { return nil }
    var rest = bytes[19...]
    var fraction: Int64 = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { $0.isDigit }
      guard !digits.isEmpty, let thousandths = number((Array(digits) + [0x30, 0x30]).prefix(3)) else { return nil }
      fraction = thousandths
      rest = rest[digits.endIndex...]
    }
    guard rest.isEmpty || rest.elementsEqual("Z".utf8) else { return nil }
    milliseconds = ((Int64(day.number) * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + fraction
  }

  var seconds: Int64 { floored(milliseconds, by: 1000).quotient }

  /// To the second: `2023-11-14T22:13:20Z`.
  var text: String {
    let (day, rest) = floored(seconds, by: 86_400)
    let clock = [rest / 3600, rest / 60 % 60, rest % 60].map { $0.padded(to: 2) }.joined(separator: ":")
    return "\(Day(number: Int(day)))T\(clock)Z"
  }

  public static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }
  static func + (moment: Moment, milliseconds: Int64) -> Moment {
    Moment(milliseconds: moment.milliseconds + milliseconds)
  }
  static func - (left: Moment, right: Moment) -> Int64 { left.milliseconds - right.milliseconds }
}

/// The number that digits of ASCII are.
private func number(_ digits: ArraySlice<UInt8>) -> Int64? {
  digits.allSatisfy(\.isDigit) ? Int64(String(decoding: digits, as: UTF8.self)) : nil
}
