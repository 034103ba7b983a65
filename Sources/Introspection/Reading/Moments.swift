import PlainText

/// Times as exchanges write them.
enum Moments {
  /// From the first block of the oldest coin to the end of this century, in seconds since 1970: what lies outside is no
  /// time of a key.
  static let plausible = 1_230_768_000...4_102_444_800

  /// A time in milliseconds since 1970.
  static func milliseconds(_ value: JSON, _ unit: TimeUnit, _ written: Written) throws(Doubt) -> Int {
    let time: Int?
    switch unit {
    case .iso: time = value.text.flatMap(Self.iso)
    case .seconds: time = try number(value, written).flatMap { $0 <= plausible.upperBound ? $0 * 1000 : nil }
    case .milliseconds: time = try number(value, written)
    }
    guard let time, plausible.contains(time / 1000) else {
      throw Doubt("the answer has \(value.shown), which is no time that a key can have")
    }
    return time
  }

  /// A whole number that is not negative, of at most 18 digits; nil for another number.
  private static func number(_ value: JSON, _ written: Written) throws(Doubt) -> Int? {
    switch value {
    case .integer(let number) where written != .text: Int(number)
    case .text(let text) where written != .number:
      (1...18).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    default: throw Doubt("the answer has \(value.shown) where a time belongs")
    }
  }

  /// `2025-10-13T03:20:45Z`, with a fraction of a second or without.
  private static func iso(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard (20...30).contains(bytes.count), bytes[10] == UInt8(ascii: "T"), bytes.last == UInt8(ascii: "Z"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), let day = Day(text.prefix(10)),
      let hour = decimal(bytes[11..<13]), hour < 24, let minute = decimal(bytes[14..<16]), minute < 60,
      let second = decimal(bytes[17..<19]), second < 61
    else { return nil }
    let fraction = bytes[19..<(bytes.count - 1)]
    guard fraction.isEmpty || fraction.first == UInt8(ascii: ".") && decimal(fraction.dropFirst()) != nil else {
      return nil
    }
    return ((day.number * 24 + hour) * 3600 + minute * 60 + second) * 1000
  }

  private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty else { return nil }
    return digits.reduce(0) { number, digit in
      guard let number, (0x30...0x39).contains(digit) else { return nil }
      return number * 10 + Int(digit - 0x30)
    }
  }
}

extension ExchangeAPI {
  /// The exchange's time by an answer to its clock request, in milliseconds since 1970.
  public func time(in answer: KeyAnswer) -> Result<Int, KeyFailure> {
    switch AnswerBody(answer) {
    case .json(let body) where answer.isSuccess && answer.saysJSON:
      do throws(Doubt) {
        guard let value = try body.value(at: clock.moment) else {
          throw Doubt("the answer has no '\(clock.moment)'")
        }
        return .success(try Moments.milliseconds(value, clock.unit, clock.written))
      } catch {
        return .failure(refusal(of: answer, .json(body), now: 0, else: error.reason))
      }
    case let body: return .failure(refusal(of: answer, body, now: 0))
    }
  }
}
