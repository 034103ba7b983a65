import FlowCore

extension FlowReader {
  /// Notes the days of a source: that on which it was read, and that on which somebody saw the live page.
  func noteDays(of source: Fields) {
    let days = ["date", "seen-live"].compactMap { key -> LintNotes.SourceDay? in
      guard let node = source[key], case .text(let day) = node.content, let number = dayNumber(day) else { return nil }
      return LintNotes.SourceDay(number: number, place: node.place)
    }
    if !days.isEmpty { noted.sources.append(days) }
  }

  /// Page instructions that nobody can have looked at on the day they name, or that nobody has looked at for long.
  func check(_ sources: [[LintNotes.SourceDay]]) {
    guard let today = options.today.flatMap(dayNumber) else { return }
    for days in sources {
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
  var (year, month, day, place) = (0, 0, 0, 0)
  for byte in text.utf8 {
    let digit = Int(byte) - 0x30
    switch place {
    case 4, 7: guard byte == UInt8(ascii: "-") else { return nil }
    case 0...9 where !(0...9).contains(digit): return nil
    case 0...3: year = year * 10 + digit
    case 5, 6: month = month * 10 + digit
    case 8, 9: day = day * 10 + digit
    default: return nil
    }
    place += 1
  }
  guard place == 10, (1...12).contains(month), (1...daysInMonth(month, of: year)).contains(day) else { return nil }
  // Years begin in March here, so that the day too many of a leap year is its last.
  if month <= 2 { year -= 1 }
  month = (month + 9) % 12
  // The year before the first is not negative: every day has 400 years added to it.
  year += 400
  return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day
}

func daysInMonth(_ month: Int, of year: Int) -> Int {
  let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  switch month {
  case 2: return isLeap ? 29 : 28
  case 4, 6, 9, 11: return 30
  default: return 31
  }
}
