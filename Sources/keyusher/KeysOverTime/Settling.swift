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
    try CommandError.refuseSecret(reason, in: "--reason")
    let needs = try meant(by: name)
    let until = Day(number: today.number + days)
    let waiting = needs.filter { $0.mayWait(on: today) }
    if waiting.isEmpty {
      throw CommandError(
        "'\(display(name))' can't be put off: it is exposed, or its last day has come",
        hints: ["'keyusher due' says what to do"], status: .usage)
    }
    try record(.snooze, needs, ["until": until.description, "reason": reason], on: context)
    context.console.show([Sentence(.standing, "Put off until \(until): \(display(name)).")])
    if waiting.count < needs.count {
      context.console.show([Sentence(.body, "Something of it can't wait; 'keyusher due' tells it still.")])
    }
  }

  /// Says that what a run reminded of is done, on record.
  func settle(_ run: String, because reason: String?, on context: CommandContext) throws {
    if let reason { try CommandError.refuseSecret(reason, in: "--reason") }
    let needs = try meant(by: run).filter { $0.run?.run == run }
    if needs.isEmpty {
      throw CommandError(
        "'\(display(run))' is no run that reminds of anything now",
        hints: ["'keyusher due' shows what each rests on; a key's own needs are settled by what is done"],
        status: .noInput)
    }
    var facts: [String: String] = [:]
    facts["reason"] = reason
    try record(.done, needs, facts, on: context)
    context.console.show([Sentence(.standing, "You said: done, what run \(run) reminded of.")])
  }

  // MARK: - Private

  /// What is due by the name of a key or of a run.
  private func meant(by name: String) throws -> [KeyNeed] {
    let found = needs.now.filter { $0.run?.run == name || $0.key?.reference.name == name }
    if found.isEmpty {
      let names = Set(needs.now.map { $0.key?.reference.name ?? $0.run?.run ?? "" }).sorted()
      throw CommandError(
        "nothing is told of '\(display(name))' now",
        hints: names.isEmpty
          ? ["'keyusher due' tells what is"]
          : ["what is: \(names.prefix(5).map { display($0) }.joined(separator: ", "))"],
        status: .noInput)
    }
    return found
  }

  private func record(
    _ kind: KeyOperation.Kind, _ needs: [KeyNeed], _ facts: [String: String], on context: CommandContext
  ) throws {
    let ofRun = needs.allSatisfy { $0.run != nil } ? needs.first?.run : nil
    let key = ofRun == nil ? needs.lazy.compactMap(\.key).first : nil
    let operation = KeyOperation(
      kind, key?.reference.name ?? "", in: key?.reference.store ?? "", origin: ofRun?.run, facts: facts)
    try KeyRecording(context: context).recording(operation) { ((), .done(operation.key, seen: nil)) }
  }
}
