import Ceremony
import FlowCore
import FlowText
import Glibc
import HelperPrograms
import Introspection
import NetProtocol
import PlainText
import Records
import SecretMemory
import Stores
import Terminal

/// Asks about keys: puts each question on record, tells what came of it, and looks again where that is wanted.
final class KeyAsking {
  let verifier: KeyVerifier
  let recording: KeyRecording
  /// Whether nothing is told, since a program reads what comes of it.
  let isSilent: Bool
  /// Whether what differs is looked at again, for as long as a change may be on its way.
  let waits: Bool
  /// How a person asks about a key again.
  let again: (KeyVerifier.Question) -> AskingAgain
  /// The signal that ended it before its time.
  private(set) var stoppedBy: Int32?

  private let status: StatusLine
  private var console: Console { recording.context.console }
  private var isFirst = true

  init(
    _ verifier: KeyVerifier, _ recording: KeyRecording, isSilent: Bool, waits: Bool,
    again: @escaping (KeyVerifier.Question) -> AskingAgain
  ) {
    (self.verifier, self.recording, self.isSilent, self.waits) = (verifier, recording, isSilent, waits)
    self.again = again
    status = recording.context.console.status(isWanted: !isSilent)
  }

  /// What came of each, in their order; nothing of those to which a signal left no time.
  func ask(_ questions: [KeyVerifier.Question]) throws -> [KeyVerification] {
    try Signals.install()
    let keys = try questions.map { question in
      KeyLooks(at: question, on: try recording.begin(question.operation(of: verifier)))
    }
    do {
      try look(at: keys)
      if waits { try wait(for: keys) }
    } catch let interrupted as Interrupted {
      status.clear()
      stoppedBy = interrupted.signal
      for key in keys where !key.isOver { end(key) }
    } catch StoreError.stopped {
      // A person stopped at a question.
      status.clear()
      for key in keys where !key.isOver { end(key) }
      throw StoreError.stopped
    }
    return keys.compactMap(\.latest)
  }

  // MARK: - Private

  private func look(at keys: [KeyLooks]) throws {
    var rest = keys[...]
    let began = ContinuousClock.now
    try verifier.ask(keys.map(\.question)) { question in
      status.clear()
      return try console.password(of: question)
    } meanwhile: { question in
      try stopIfWanted()
      // What is there at once needs no word.
      guard ContinuousClock.now - began > .milliseconds(300) else { return }
      let place = keys.count == 1 ? "" : " (\(keys.count - rest.count + 1) of \(keys.count))"
      status.show("Asking \(question.place.pack.short)\(place) about \(question.name) ...")
    } told: { question, found in
      status.clear()
      guard let key = rest.popFirst() else { return }
      let now = verifier.now()
      let events = key.take(found, at: now) ? found.events(readBy: question.place.digest, at: now) : []
      let isOver = !waits || !key.isWorthALook(at: now)
      key.isOver = isOver
      recording.note(events + (isOver ? [key.conclusion] : []), in: key.journal)
      if isOver || key.count == 1 || key.hasNews { tell(key, next: isOver ? .by(again(question)) : .waits) }
      try stopIfWanted()
    }
  }

  /// Looks again at what may be as planned soon, until it is, or its time is over.
  private func wait(for keys: [KeyLooks]) throws {
    var open = keys.filter { !$0.isOver }
    if !isSilent {
      let unknown = Set(keys.filter(\.hasUnknownDelay).map(\.question.place.pack.short)).sorted()
      console.remark(unknown.map { Sentence(.warning, KeyAsking.unknownDelay(at: $0)) })
      console.remark(keys.filter(\.isRefusedForGood).map { Sentence(.warning, KeyAsking.refused($0)) })
      if !open.isEmpty { console.remark([.blank] + KeyAsking.waiting(for: open, pace: pace)) }
    }
    while !open.isEmpty {
      try pause(atMostUntil: open.compactMap(\.until).max())
      try look(at: open)
      open.removeAll(where: \.isOver)
    }
  }

  /// Each look is up to four requests about a key: gentle for an exchange, and no matter for a server on this computer.
  private var pace: Duration { verifier.base == nil ? .seconds(30) : .milliseconds(50) }

  /// Waits for the next look, which is the last one if it is due when the time is over.
  private func pause(atMostUntil last: Timestamp?) throws {
    let end = ContinuousClock.now + pace
    while true {
      try stopIfWanted()
      let left = end - ContinuousClock.now
      guard left > .zero, last.map({ verifier.now() < $0 }) ?? true else { return }
      if pace > .seconds(1) { status.show("Waiting. The next look is in \(left.components.seconds + 1) s.") }
      poll(nil, 0, 100)
    }
  }

  private func stopIfWanted() throws {
    if let signal = Signals.pending() { throw Interrupted(signal: signal) }
  }

  /// Ends one that was waited for, or not reached.
  private func end(_ key: KeyLooks) {
    key.isOver = true
    recording.note([key.conclusion], in: key.journal)
    tell(key, next: .by(again(key.question)))
  }

  private func tell(_ key: KeyLooks, next: NextLook) {
    guard !isSilent, let found = key.latest else { return }
    if !isFirst { console.show([.blank]) }
    isFirst = false
    let now = verifier.now()
    if let shown = key.shown, shown.isLike(found) {
      console.show(KeyAsking.still(key, at: now, next))
    } else if next == .waits, let before = key.shown?.verdict, let verdict = found.verdict {
      console.show(KeyAsking.news(of: key, before, verdict, at: now))
    } else {
      console.show(found.sentences(at: now, next: next))
    }
    key.shown = found
    guard let last = key.last, last.result == .notAsked, found.result != .notAsked else { return }
    console.show([Sentence(.warning, "The last look told nothing: \(last.summary).")])
  }

  // MARK: - Words

  private static func unknownDelay(at exchange: String) -> String {
    "How long \(exchange) takes to apply a change, no source says: that is not waited for."
  }

  private static func refused(_ key: KeyLooks) -> String {
    "\(key.question.name) is not waited for: a key that is refused does not become another by waiting."
  }

  /// Of several things that differ, those that have arrived, and those that have not.
  private static func news(
    of key: KeyLooks, _ before: KeyVerdict, _ now: KeyVerdict, at moment: Timestamp
  ) -> [Sentence] {
    let (was, left) = (before.toChange, now.toChange)
    let arrived = was.filter { !left.contains($0) }
    return [Sentence(.heading, "\(key.question.name), \(moment.minute):")]
      + (arrived.isEmpty ? [] : [Sentence(.standing, "Arrived: \(arrived.joined(separator: "; ")).")])
      + [Sentence(.body, "Still waiting for: \(left.joined(separator: "; ")).")]
  }

  private static func waiting(for keys: [KeyLooks], pace: Duration) -> [Sentence] {
    let until = keys.compactMap(\.until).max().map { " until \($0.nextMinute)" } ?? ""
    let delays = keys.compactMap(\.question.place.pack.changeDelay).map(\.onOneLine)
    let pace = pace > .seconds(1) ? " It looks every \(pace.components.seconds) seconds." : ""
    return [Sentence(.heading, "Waiting\(until) for what differs.")]
      + Set(delays).sorted().map { Sentence(.body, $0) } + [Sentence(.body, "Ctrl-C ends the waiting.\(pace)")]
  }

  private static func still(_ key: KeyLooks, at moment: Timestamp, _ next: NextLook) -> [Sentence] {
    let looks = key.count == 1 ? "one look" : "\(key.count) looks"
    let sentences = [
      Sentence(.heading, "\(key.question.name): as above, after \(looks), \(moment.minute).")
    ]
    guard case .by(let again) = next else { return sentences }
    return sentences + [Sentence(.body, "To look again:"), Sentence(.command, again.command)]
  }
}

extension KeyVerdict {
  /// What differs, as what there is to change.
  fileprivate var toChange: [String] {
    lines.compactMap { line in
      switch line.end {
      case .tooWide, .missing: display(line.change ?? line.text)
      case .asPlanned, .noted, .notKnowable: nil
      }
    }
  }
}

extension KeyVerifier.Question {
  /// What goes on record before anybody is asked.
  fileprivate func operation(of verifier: KeyVerifier) -> KeyOperation {
    var facts = ["exchange": place.pack.id, "environment": place.environment.id]
    facts["base"] = verifier.base?.text
    facts["via"] = verifier.way.map { $0.host.hasPrefix("ssh://") ? $0.host : "ssh:\($0.host)" }
    return KeyOperation(.verify, name, in: store, origin: run, facts: facts)
  }
}

extension Console {
  /// The one-time password of a key, typed unseen; nil where nobody can be asked.
  fileprivate func password(of question: KeyVerifier.Question) throws -> SecretBytes? {
    guard canAskUnseen else { return nil }
    defer { endUnseen() }
    return try unseen(OneTimePassword.question(about: question.name, at: question.place.pack.short))
  }
}
