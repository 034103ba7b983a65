public import FlowCore
public import PlainText
import Records

/// From which days on something needs a person, as it was when records were last looked at, in `index/due`: a greeting must not
/// look at them.
public struct DueNote: Equatable, Sendable {
  /// The day of that look.
  public var day: Day
  /// For each key or run that needs somebody, or will, the day from which on.
  public var days: [Day]
  /// Whether no record came or went since.
  public var isCurrent = true

  static let file = RecordFolder.shortLived
  /// A greeting says no more than how many.
  static let most = 1000
  private static let version = "1"

  public init(day: Day, days: [Day]) { (self.day, self.days) = (day, days) }

  /// How many there are on a day.
  public func count(on today: Day) -> Int { days.count { $0 <= today } }

  fileprivate func text(_ mark: RecordMark) -> [UInt8] {
    let numbers = [[day.number], mark.numbers, days.map(\.number)].map { $0.map(String.init).joined(separator: " ") }
    let lines = ([DueNote.version] + numbers).joined(separator: "\n") + "\n"
    return Array("\(lines)\(hexadecimalSHA256(of: Array(lines.utf8)))\n".utf8)
  }

  /// Nil if it is not as it was written.
  fileprivate init?(_ bytes: [UInt8], now: RecordMark?) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 6, lines[0] == DueNote.version, let day = Int(lines[1]),
      let mark = RecordMark(numbers: lines[2].split(separator: " ").compactMap { Int($0) })
    else { return nil }
    self.init(
      day: Day(number: day), days: lines[3].split(separator: " ").compactMap { Int($0).map { Day(number: $0) } })
    guard text(mark) == bytes else { return nil }
    isCurrent = mark == now
  }
}

extension Inventory {
  /// What was written down when records were last looked at; nil where nobody did.
  public func dueNote() -> DueNote? {
    folder.indexed(DueNote.file).flatMap { DueNote($0, now: folder.mark()) }
  }

  /// Writes down what a look found, for the next greeting.
  public func keep(_ note: DueNote) {
    guard keepsIndex, dueNote() != note else { return }
    folder.index(DueNote.file) { note.text($0) }
  }
}

extension KeyOrigins {
  /// From which days on something needs a person.
  ///
  /// - Parameters:
  ///   - days: how far ahead is looked then.
  ///   - counts: as for `needs`.
  public func dueNote(on today: Day, within days: Int, where counts: (CredentialReference) -> Bool) -> DueNote {
    var first: [String: Day] = [:]
    for one in coming(on: today, within: days, where: counts) {
      let name = one.need.key.map(\.reference.place) ?? one.need.run?.run ?? ""
      let start = start(of: one.need, waiting: one.waiting, on: today, within: days)
      if let known = first[name], known <= start { continue }
      first[name] = start
    }
    return DueNote(day: today, days: Array(first.values.sorted().prefix(DueNote.most)))
  }

  /// From which day on a need is told.
  ///
  /// - Parameter waiting: that by which it can be snoozed.
  private func start(of need: KeyNeed, waiting: [String], on today: Day, within days: Int) -> Day {
    var start = need.from ?? today
    if let day = need.day { start = Day(number: day.number - need.notice(within: days)) }
    var until = start
    for target in waiting {
      if let day = snoozed["\(target) \(need.word)"] { until = max(until, day) }
    }
    // A last day does not wait once it has come.
    if case .ends(let end) = need.reason { until = min(until, end.day) }
    return max(start, until)
  }
}
