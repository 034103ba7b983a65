import FlowCore

extension FlowReader {
  /// Notes to which day a source is good: that on which it was read, or somebody saw the live page.
  func noteDays(of source: Fields) {
    let days = ["date", "seen-live"].compactMap { key -> LintNotes.DatedSource? in
      guard let node = source[key], case .text(let day) = node.content, dayNumber(day) != nil else { return nil }
      return LintNotes.DatedSource(day: day, place: node.place)
    }
    if let newest = days.max(by: { $0.day < $1.day }) { notes.sources.append(newest) }
  }

  /// Page instructions that nobody has looked at for long.
  func checkStaleness() {
    guard let today = options.today.flatMap(dayNumber), let most = options.staleDays else { return }
    for source in notes.sources {
      guard let day = dayNumber(source.day), today - day > most else { continue }
      findings.report(
        .staleSource, at: source.place, "nobody has looked at this source for \(today - day) days",
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
