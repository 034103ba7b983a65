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
