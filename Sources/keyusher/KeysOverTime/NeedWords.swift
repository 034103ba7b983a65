import Ceremony
import FlowCore
import FlowText
import Inventory
import PlainText
import Records

// What `due` says of a need: what is the matter, who uses the key, on whose word it is, and one command.

extension KeyNeed {
  /// For a screen.
  func item(_ number: Int, on today: Day, standard: String) -> [Sentence] {
    [.blank, Sentence(.heading, "\(number). \(what(on: today))")] + (use + words).map { Sentence(.body, $0) }
      + command(standard)
  }

  /// For a calendar.
  func entry(as identity: String, on day: Day, holds: Bool, standard: String) -> CalendarText.Entry {
    CalendarText.Entry(
      id: "\(hexadecimalSHA256(of: Array(identity.utf8)).prefix(32))@keyusher", day: day, title: title,
      text: holds ? use + words + command(standard).map(\.text) : [], isCancelled: !holds)
  }

  /// For programs.
  var json: JSON {
    var end: (basis: String, by: String?, days: Int?, isOfUse: Bool?)?
    if case .ends(let told) = reason {
      switch told.basis {
      case .reported: end = ("reported", check?.host, nil, nil)
      case .rule(let by, let days, let ofUse): end = ("rule", by, days, ofUse)
      }
    }
    return .fields([
      "name": .text(name), "store": .text(key?.reference.store ?? ""), "exchange": .given(exchange),
      "reason": .text(word), "day": .given(day?.description),
      "basis": .given(end?.basis), "by": .given(end?.by), "days": end?.days.map { .count($0) },
      "unused": end?.isOfUse.map { .flag($0) }, "text": .given(text), "run": .given(run?.run),
      "verdict": .given(check?.verdict.rawValue), "asked": .given(check?.at.description),
      "program": .given(key?.program), "owner": .given(key?.owner),
    ])
  }

  // MARK: - Private

  private var shown: String { display(name) }

  /// What a run said, in its own words.
  private var text: String? {
    switch reason {
    case .reminder(let reminder, _): reminder.text
    case .warning(let text): text
    default: nil
    }
  }

  private var title: String {
    switch reason {
    case .ends(let end): "\(shown) \(end.basis == .reported ? "ends" : "may end")"
    default: "\(shown): look again"
    }
  }

  /// What is the matter.
  func what(on today: Day) -> String {
    // A day that is known stands in a line of its own, once it is near.
    let deadline = check?.end == nil ? " No deadline is known." : ""
    switch reason {
    case .exposed(let since): return "\(shown) may be in other hands since \(since.day)."
    case .replaced(let other):
      let by = other.map { " by \(display($0))" } ?? ""
      return "\(shown) was replaced\(by), and is not known to be deleted."
    case .ends(let end): return what(end, on: today)
    case .reminder(_, let day):
      let left = day.number - today.number
      let when =
        left > 0 ? " in \(KeyNeed.days(left)), on \(day)." : left == 0 ? " today, \(day)." : ": due since \(day)."
      return "\(shown): look again\(when)"
    case .warning: return "\(shown): a warning was left open."
    case .differs(.refused): return "\(shown) was refused by its exchange.\(deadline)"
    case .differs(.lessThanPlanned): return "\(shown) can do less than was planned.\(deadline)"
    case .differs(let verdict): return "\(shown) is \(verdict.words).\(deadline)"
    case .neverAsked: return "\(shown) was never checked.\(deadline)"
    case .askedLongAgo(let days): return "\(shown) was last checked \(KeyNeed.days(days)) ago.\(deadline)"
    }
  }

  private func what(_ end: KeyEnd, on today: Day) -> String {
    let left = end.day.number - today.number
    let isSure = end.basis == .reported
    let unused = end.isOfUse ? ", if nobody has used it since" : ""
    switch left {
    case 1...: return "\(shown) \(isSure ? "ends" : "may end") in \(KeyNeed.days(left)), on \(end.day)\(unused)."
    case 0: return "\(shown) \(isSure ? "ends" : "may end") today, \(end.day)\(unused)."
    default:
      return "\(shown) \(isSure ? "ended" : "may have ended") \(KeyNeed.days(-left)) ago, on \(end.day)\(unused)."
    }
  }

  private static func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }

  /// Who would miss it.
  var use: [String] { key?.program.map { ["For \(display($0))."] } ?? [] }

  /// On whose word it stands.
  var words: [String] {
    let asked = check.map { ["By its exchange, \($0.at.day)."] } ?? []
    let told = check.map { $0.endsAt.day } ?? ""
    switch reason {
    case .exposed: return ["Whoever has it can use it until it is deleted."]
    case .replaced: return ["As a run says. Two keys live where one is needed."]
    case .ends(let end):
      guard case .rule(let by, let days, let ofUse) = end.basis else { return ["Its exchange said so on \(told)."] }
      return [
        "By \(display(by)), after \(days) days\(ofUse ? " without use" : ""), as it was seen on \(told).",
        "The exchange itself gives no day.",
      ]
    case .reminder, .warning:
      let text = text.map { display($0) } ?? ""
      let ended = run.map { "Run \($0.run) said so at its end, \($0.lastAt.day)." } ?? ""
      return [text.prefix(1).uppercased() + text.dropFirst(), ended]
    case .differs, .askedLongAgo: return asked
    case .neverAsked: return ["What it can do is known only from whoever made it."]
    }
  }

  /// What to do, and one command.
  func command(_ standard: String) -> [Sentence] {
    switch reason {
    case .exposed: return [Sentence(.body, "Delete it on its page:"), Sentence(.command, "keyusher compromise")]
    case .replaced:
      return flow("revoke-key", "Delete it on its exchange's page", standard)
        ?? [Sentence(.body, "Delete it on its exchange's page. How it stands now:")] + verify(standard)
    case .ends(let end):
      if end.isOfUse { return [Sentence(.body, "Asking its exchange counts as use:")] + verify(standard) }
      return flow("rotate-key", "Put a new one in its place", standard)
        ?? [Sentence(.body, "Put a new one in its place. How it stands now:")] + verify(standard)
    case .reminder(let reminder, _):
      switch reminder.settledBy {
      case .verify where key != nil: return [Sentence(.body, "Ask its exchange:")] + verify(standard)
      case .review: return flow("review-keys", "Look at the keys there", standard) ?? done
      case .lastDay: return flow("rotate-key", "Put a new one in its place", standard) ?? done
      case .verify, nil: return done
      }
    case .warning: return flow("review-keys", "Look at the keys there", standard) ?? done
    case .differs(.refused):
      return [Sentence(.body, "Look at it on the exchange's page, then ask again:")] + verify(standard)
    case .differs: return [Sentence(.body, "Change it on the exchange's page, then ask again:")] + verify(standard)
    case .neverAsked, .askedLongAgo: return [Sentence(.body, "Ask its exchange:")] + verify(standard)
    }
  }

  /// A flow of the exchange, where there is one.
  private func flow(_ name: String, _ what: String, _ standard: String) -> [Sentence]? {
    let flow = exchange.map { "\($0)/\(name)" } ?? ""
    guard let head = PreparedFlows.shipped.head(of: flow) else { return nil }
    let time = head.minutes.map { ", about \($0) minutes" } ?? ""
    let option = name == "review-keys" ? "" : key?.nameInRuns.map { " --key \(display($0))" } ?? ""
    return [Sentence(.body, "\(what)\(time):"), Sentence(.command, "keyusher run \(flow)\(option)")]
  }

  private func verify(_ standard: String) -> [Sentence] {
    let store = key?.reference.store ?? standard
    return [
      Sentence(.command, "keyusher key verify \(shown)" + (store == standard ? "" : " --store \(display(store))"))
    ]
  }

  private var done: [Sentence] {
    [Sentence(.body, "Once it is done:"), Sentence(.command, "keyusher due --done \(run?.run ?? "")")]
  }
}

extension KeyEnd {
  var isOfUse: Bool { if case .rule(_, _, let ofUse) = basis { ofUse } else { false } }
}
