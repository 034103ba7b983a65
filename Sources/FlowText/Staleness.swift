import FlowCore

extension FlowReader {
  /// Notes the days of a source: that on which it was read, and that on which somebody saw the live page.
  func noteDays(of source: Fields) {
    let days = ["date", "seen-live"].compactMap { key -> LintNotes.SourceDay? in
      guard let node = source[key], case .text(let day) = node.content, let number = dayNumber(day) else { return nil }
      return LintNotes.SourceDay(number: number, place: node.place)
    }
    if !days.isEmpty { notes.sources.append(days) }
  }

  /// Page instructions that nobody can have looked at on the day they name, or that nobody has looked at for long.
  func checkSourceDays() {
    guard let today = options.today.flatMap(dayNumber) else { return }
    for days in notes.sources {
      // Today is the day in Greenwich; east of it the next one may have begun.
      for day in days where day.number - today > 1 {
        findings.report(
          .futureSource, at: day.place, "this day is still to come: nobody can have looked at the source on it",
          hint: "write the day on which you did")
      }
      guard let most = options.staleDays, let newest = days.max(by: { $0.number < $1.number }),
        today - newest.number > most
      else { continue }
      findings.report(
        .staleSource, at: newest.place, "nobody has looked at this source for \(today - newest.number) days",
        hint: "read it again, compare the instruction with the live page, and write the day; \(most) days are the most")
    }
  }
}

/// The number of a day `YYYY-MM-DD`, counted from one long ago; nil if it is no day.
func dayNumber(_ text: String) -> Int? {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false)
  guard parts.map(\.utf8.count) == [4, 2, 2],
    parts.allSatisfy({ $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } })
  else { return nil }
  let numbers = parts.compactMap { Int($0) }
  guard numbers.count == 3, (1...12).contains(numbers[1]),
    (1...daysInMonth(numbers[1], of: numbers[0])).contains(numbers[2])
  else { return nil }
  // Years begin in March here, so that the day too many of a leap year is its last.
  let year = numbers[1] > 2 ? numbers[0] : numbers[0] - 1
  let month = (numbers[1] + 9) % 12
  // The year before the first is not negative: every day has 400 years added to it.
  let shifted = year + 400
  return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + (month * 153 + 2) / 5 + numbers[2]
}

func daysInMonth(_ month: Int, of year: Int) -> Int {
  let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
}
