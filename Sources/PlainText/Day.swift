/// A day of the Gregorian calendar, of any time.
///
/// The arithmetic is its own: the same number gives the same day for ever, and a start pays for no calendar.
public struct Day: Equatable, Comparable, Hashable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01.
  public var number: Int

  public init(number: Int) { self.number = number }

  /// The day, in UTC, of a number of seconds since 1970.
  public init(ofSecond second: Int) { self.init(number: floored(second, by: 86_400).0) }

  /// Nil if there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), (1...Day.length(ofMonth: month, in: year)).contains(day) else { return nil }
    number = Day.number(year: year, month: month, day: day)
  }

  /// Reads `YYYY-MM-DD`; nil if it is no day.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Day.decimal(bytes[..<4]), let month = Day.decimal(bytes[5..<7]), let day = Day.decimal(bytes[8...])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The day by its parts: the year, the month from 1, the day from 1.
  public var date: (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = floored(number + 719_468, by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1)
  }

  /// `YYYY-MM-DD`.
  public var description: String {
    let date = date
    return "\(date.year.padded(to: 4))-\(date.month.padded(to: 2))-\(date.day.padded(to: 2))"
  }

  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  public static func length(ofMonth month: Int, in year: Int) -> Int {
    let next = month == 12 ? number(year: year + 1, month: 1, day: 1) : number(year: year, month: month + 1, day: 1)
    return next - number(year: year, month: month, day: 1)
  }

  // MARK: - Private

  /// Years begin in March here, so that the leap day comes last.
  private static func number(year: Int, month: Int, day: Int) -> Int {
    let (era, yearOfEra) = floored(month > 2 ? year : year - 1, by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
    digits.reduce(0) { number, digit in
      guard let number, (0x30...0x39).contains(digit) else { return nil }
      return number * 10 + Int(digit - 0x30)
    }
  }
}

/// Quotient and remainder, the remainder never negative.
public func floored<Number: BinaryInteger>(
  _ value: Number, by divisor: Number
) -> (quotient: Number, remainder: Number) {
  let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
  return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
}

extension BinaryInteger {
  /// The number in decimal digits, with zeros before it up to so many.
  public func padded(to width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}
