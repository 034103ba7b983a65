import Ceremony
import FlowCore
import Inventory
import PlainText
import Records
import Stores

// What becomes of a need: it goes into a calendar, waits, or is done.

extension KeyRows {
  /// Every day that is known, and what was written of them; nil where none is.
  func calendar(as kind: CalendarText.Kind, on context: CommandContext) throws -> (text: String, words: String)? {
    let standard = try context.stores().defaultID
    let ends = honest.ends(where: \.isInUse).map { told in
      KeyNeed(key: told.key, reason: .ends(told.end), check: honest.check(of: told.key.reference))
        .entry(as: "ends \(told.identity)", on: told.end.day, holds: told.holds, standard: standard)
    }
    let reminders = honest.reminders(on: today).map { told in
      told.need.entry(as: told.identity, on: told.day, holds: told.holds, standard: standard)
    }
    let entries = ends + reminders
    if entries.isEmpty { return nil }
    let count = entries.count { !$0.isCancelled }
    let over = entries.count - count
    let words =
      (count == 1 ? "1 day" : "\(count) days")
      + (over == 0 ? "" : ", and \(over) that \(over == 1 ? "holds" : "hold") no more")
    return (CalendarText.text(entries, as: kind, at: context.surroundings.now()), words)
  }

  /// Puts off what is told of a key or of a run, on record.
  func putOff(_ name: String, for days: Int, because reason: String, on context: CommandContext) throws {
    let reason = try KeyRows.checked(reason)
    let needs = try meant(by: name)
    let until = Day(number: today.number + days)
    let waiting = needs.filter { $0.mayWait(on: today) }
    if waiting.isEmpty {
      throw CommandError(
        "'\(display(name))' can't be put off: it is exposed, or its last day has come",
        hints: ["'keyusher due' says what to do"], status: .usage)
    }
    for (key, run, needs) in KeyRows.targets(of: waiting, by: name) {
      let what = Set(needs.map(\.word)).sorted().joined(separator: ",")
      try record(.snooze, key, run, ["until": until.description, "reason": reason, "what": what], on: context)
    }
    context.console.show([Sentence(.standing, "Put off until \(until): \(display(name)).")])
    if waiting.count < needs.count {
      context.console.show([Sentence(.body, "Something of it can't wait; 'keyusher due' tells it still.")])
    }
  }

  /// Says that what a run reminded of is done, on record.
  func settle(_ run: String, because reason: String?, on context: CommandContext) throws {
    let reason = try reason.map(KeyRows.checked)
    let needs = (self.needs.now + self.needs.snoozed.map(\.need)).filter { $0.run?.run == run }
    guard let told = needs.first?.run else {
      let runs = Set(self.needs.now.compactMap(\.run?.run)).sorted()
      throw CommandError(
        "'\(display(run))' is no run that reminds of anything now",
        hints: [
          runs.isEmpty
            ? "what a key needs is settled by doing it" : "what reminds now: \(runs.prefix(5).joined(separator: ", "))"
        ], status: .noInput)
    }
    // What was told ahead of its day is done, too.
    let until = max(needs.compactMap(\.day).max() ?? today, today)
    var facts = ["until": until.description]
    facts["reason"] = reason
    try record(.done, nil, told.run, facts, on: context)
    context.console.show([Sentence(.standing, "Noted: what run \(told.run) reminded you of is done.")])
  }

  // MARK: - Private

  private static func checked(_ reason: String) throws -> String {
    try CommandError.refuseSecret(reason, in: "--reason")
    try CommandError.refuseTooLong(reason, in: "--reason")
    let reason = reason.onOneLine
    if reason.isEmpty { throw CommandError("a reason is wanted", hints: ["--reason 'WHY'"], status: .usage) }
    return reason
  }

  /// What is due, or waits, by the name of a key or of a run.
  private func meant(by name: String) throws -> [KeyNeed] {
    let all = needs.now + needs.snoozed.map(\.need)
    let found = all.filter { $0.run?.run == name || $0.key?.reference.name == name }
    if found.isEmpty {
      let names = Set(needs.now.map { $0.key?.reference.name ?? $0.run?.run ?? "" }).sorted()
      throw CommandError(
        "'\(display(name))' is not on the list",
        hints: names.isEmpty
          ? ["'keyusher due' shows it"] : ["on it are: \(names.prefix(5).map { display($0) }.joined(separator: ", "))"],
        status: .noInput)
    }
    return found
  }

  /// What is meant by a name, a key or a run each.
  private static func targets(of needs: [KeyNeed], by name: String) -> [(CredentialReference?, String?, [KeyNeed])] {
    let byRun = Dictionary(grouping: needs.filter { $0.run?.run == name }) { $0.run?.run ?? "" }
    if !byRun.isEmpty { return byRun.map { (nil, $0, $1) } }
    return Dictionary(grouping: needs) { $0.key?.reference }.map { ($0, nil, $1) }
  }

  private func record(
    _ kind: KeyOperation.Kind, _ key: CredentialReference?, _ run: String?, _ facts: [String: String],
    on context: CommandContext
  ) throws {
    let operation = KeyOperation(kind, key?.name ?? "", in: key?.store ?? "", origin: run, facts: facts)
    try KeyRecording(context: context).recording(operation) { ((), .done(operation.key, seen: nil)) }
  }
}
