import CustomDump
import Foundation
import PlainText
import Testing

@Suite struct DayTests {
  @Test func `every day of some centuries is the day that the calendar of the system gives`() {
    for number in stride(from: -135_000, to: 164_000, by: 7) {
      let day = Day(number: number)
      let system = Date(timeIntervalSince1970: Double(number) * 86_400).formatted(.iso8601.year().month().day())
      #expect(day.description == system)
      #expect(Day(system) == day)
    }
  }

  @Test(arguments: [
    ("1970-01-01", 0), ("2000-02-29", 11_016), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ("0000-02-29", -719_469),
  ])
  func `a day has a number`(text: String, number: Int) {
    expectNoDifference(Day(text)?.number, number)
    expectNoDifference(Day(number: number).description, text)
  }

  @Test(arguments: [
    "", "2026-1-01", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-04-31", "2026/01/01",
    "2026-01-01 ", "+026-01-01", "20x6-01-01", "２026-01-1",
  ])
  func `what is no day is not read`(text: String) {
    #expect(Day(text) == nil)
  }
}
