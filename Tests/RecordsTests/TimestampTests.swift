import CustomDump
import Foundation
import Records
import Testing

@Suite struct TimestampTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (1_795_442_709_000, "2026-11-23T14:05:09.000Z"),
      (951_782_400_001, "2000-02-29T00:00:00.001Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func `a moment is written as RFC 3339 and read back`(milliseconds: Int64, text: String) {
    expectNoDifference(Timestamp(milliseconds: milliseconds).description, text)
    expectNoDifference(Timestamp(text)?.milliseconds, milliseconds)
  }

  @Test func `every day of four centuries is the day that the calendar of the system gives`() {
    for day in stride(from: -84_000, to: 84_000, by: 11) {
      // In whole seconds: the system's formatter loses milliseconds to its floating point.
      let noon = Timestamp(milliseconds: Int64(day) * 86_400_000 + 43_200_000)
      let system = Date(timeIntervalSince1970: Double(noon.milliseconds / 1000)).formatted(.iso8601)
      #expect(noon.description.replacing(".000Z", with: "Z") == system)
      let moment = Timestamp(milliseconds: noon.milliseconds + 123)
      #expect(Timestamp(moment.description) == moment)
    }
  }

  @Test(
    arguments: [
      ("2026-11-23T14:05:09Z", 0), ("2026-11-23T14:05:09.5Z", 500), ("2026-11-23T14:05:09.123999Z", 123),
      ("2026-11-23T15:35:09+01:30", 0), ("2026-11-23t09:05:09.000-05:00", 0),
    ] as [(String, Int64)])
  func `other ways of writing the same moment are read`(text: String, more: Int64) {
    expectNoDifference(Timestamp(text)?.milliseconds, 1_795_442_709_000 + more)
  }

  @Test(arguments: [
    "", "2026-11-23", "2026-11-23T14:05:09", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-23T24:00:00Z",
    "2026-11-23T14:05:09.Z", "2026-11-23T14:05:09Z ", "2026-11-23 14:05:09Z", "2026-11-23T14:05:09+0100",
    "+026-11-23T14:05:09Z", "2026-00-10T00:00:00Z", "2026-01-00T00:00:00Z",
  ])
  func `what is no moment is not read`(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func `people read the day and the minute`() {
    let moment = Timestamp(milliseconds: 1_795_442_709_000)
    expectNoDifference(moment.day, "2026-11-23")
    expectNoDifference(moment.minute, "2026-11-23 14:05 UTC")
    expectNoDifference(moment.adding(days: 30).day, "2026-12-23")
  }
}
