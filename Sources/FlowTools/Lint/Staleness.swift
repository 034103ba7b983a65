import FlowText
import PlainText

extension Findings {
  /// Page instructions that nobody can have looked at on the day they name, or that nobody has looked at for long.
  func checkSources(_ notes: LintNotes, _ options: LintOptions) {
    guard let today = options.today.flatMap({ Day($0)?.number }) else { return }
    for days in notes.sources {
      // Today is the day in Greenwich; east of it the next one may have begun.
      for day in days where day.number - today > 1 {
        report(
          .futureSource, at: day.place, "this day is still to come: nobody can have looked at the source on it",
          hint: "write the day on which you did")
      }
      guard let most = options.staleDays, let newest = days.max(by: { $0.number < $1.number }),
        today - newest.number > most
      else { continue }
      report(
        .staleSource, at: newest.place, "nobody has looked at this source for \(today - newest.number) days",
        hint: "read it again, compare the instruction with the live page, and write the day; \(most) days are the most")
    }
  }
}
