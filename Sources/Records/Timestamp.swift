import Foundation

/// A moment in whole milliseconds since 1970-01-01 UTC, written as RFC 3339 (`2026-11-23T14:05:09.000Z`).
public struct Timestamp: Equatable, Comparable, Sendable, CustomStringConvertible {
  public var milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Reads RFC 3339 with or without fractions of a second; nil if it is none.
  public init?(_ text: String) {
    let date =
      (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text))
      ?? (try? Date.ISO8601FormatStyle().parse(text))
    guard let date else { return nil }
    milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded())
  }

  public var description: String {
    date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
  }

  /// The day in UTC, `2026-11-23`.
  public var day: String { String(description.prefix(10)) }

  /// To the minute in UTC, `2026-11-23 14:05 UTC`, for people.
  public var minute: String { "\(day) \(description.dropFirst(11).prefix(5)) UTC" }

  public func adding(days: Int) -> Timestamp { Timestamp(milliseconds: milliseconds + Int64(days) * 86_400_000) }

  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

  private var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
