import FlowCore
import FlowText
import Introspection
import Records

/// A key that is asked about, once or again and again, and what came of it.
final class KeyLooks {
  let question: KeyVerifier.Question
  let journal: Journal
  /// The last look that told something; the first, if none did.
  private(set) var latest: KeyVerification?
  /// The last look of all.
  private(set) var last: KeyVerification?
  /// What a person was shown last.
  var shown: KeyVerification?
  /// Until when a change may be on its way, from the first look on; nil where nobody said how long one takes.
  private(set) var until: Timestamp?
  private(set) var count = 0
  /// Whether its end is on record.
  var isOver = false

  init(at question: KeyVerifier.Question, on journal: Journal) {
    self.question = question
    self.journal = journal
  }

  /// Takes in what a look found; false if it is what the look before had found.
  func take(_ found: KeyVerification, at moment: Timestamp) -> Bool {
    let isNew = last.map { !found.isLike($0) } ?? true
    if count == 0 { until = found.pack.changeMinutes.map { moment.adding(minutes: $0) } }
    count += 1
    last = found
    if latest == nil || found.result != .notAsked { latest = found }
    return isNew
  }

  /// Whether it may be as planned soon. An exchange that wants to be left alone is not waited for.
  func isWorthALook(at moment: Timestamp) -> Bool {
    guard let until, moment < until, last?.outcome.failure?.pause == nil else { return false }
    return latest?.mayChange ?? false
  }

  /// Whether it would be waited for if somebody had said for how long.
  var hasUnknownDelay: Bool { until == nil && latest?.mayChange ?? false }

  /// Whether the last look found what nobody was shown yet.
  var hasNews: Bool { shown.map { shown in latest.map { !$0.isLike(shown) } ?? false } ?? false }

  /// Whether the exchange does not take it, for a reason that no change there mends.
  var isRefusedForGood: Bool { latest.map { $0.result == .refused && !$0.mayChange } ?? false }

  /// How it ended, for the record.
  var conclusion: KeyEvent {
    guard let latest else { return .failed(question.name, reason: "it was stopped before the exchange had answered") }
    let looks = count == 1 ? "" : "; looked \(count) times"
    return .done(question.name, seen: latest.summary + looks, told: latest.told)
  }
}

extension Timestamp {
  fileprivate func adding(minutes: Int) -> Timestamp { Timestamp(milliseconds: milliseconds + Int64(minutes) * 60_000) }
}
