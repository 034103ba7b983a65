/// A key that a run on this computer made, as the exchange's own list calls it.
public struct KnownKey: Equatable, Sendable {
  public var name: String
  /// The run that made it, and the day it was kept, `YYYY-MM-DD`.
  public var run: String
  public var made: String
  /// The leading characters by which the exchange lists it.
  public var listed: String?
  /// What was said of it in that run, by step, as a script gives it: an option's id, several with commas between, or the text.
  public var answers: [Step.ID: String]

  public init(name: String, run: String, made: String, listed: String? = nil, answers: [Step.ID: String] = [:]) {
    self.name = name
    self.run = run
    self.made = made
    self.listed = listed
    self.answers = answers
  }
}

extension Step {
  /// Whether what is known of keys is looked up before it is asked: it wants the name of one.
  public var namesKnownKey: Bool { role == .oldLabel }

  /// Whether what was answered here of one key can be proposed for the next: a choice or a text, but no report on a page, and
  /// no name of a key.
  public var describesKey: Bool {
    if claim || role != nil { return false }
    return switch body {
    case .choose, .select, .text, .store: true
    default: false
    }
  }
}

extension Answer {
  /// An answer that describes a key, as a script gives it; nil for others.
  public var inScript: String? {
    switch self {
    case .choice(let id): id
    case .selection(let ids): ids.joined(separator: ",")
    case .text(let text): text
    default: nil
    }
  }
}

extension State {
  /// What is known of the key that was named, if a run on this computer made it.
  public func knownKey(namedAt step: Step.ID) -> KnownKey? {
    guard case .text(let name)? = given[step]?.answer else { return nil }
    return knownKeys[step]?.first { $0.name == name }
  }

  /// What was said at this step when the key was made that this run is about.
  func recalledAnswer(at step: Step) -> Answer? {
    guard step.describesKey, let key = way.lazy.compactMap({ self.knownKey(namedAt: $0.step) }).first,
      let text = key.answers[step.id]
    else { return nil }
    return switch step.body {
    case .choose, .store: .choice(text)
    case .select: .selection(text.split(separator: ",").map(String.init))
    case .text: .text(text)
    default: nil
    }
  }
}

extension State {
  /// A name for a new key that no other has, as far as this run knows: the one that the flow proposes, or its next number.
  public func freeName(like name: String, at step: Step, in flow: Flow) -> String {
    var taken = Set(knownKeys.values.flatMap { $0.map(\.name) })
    for (id, given) in given where id != step.id && flow[id]?.role != nil {
      if case .text(let text)? = given.answer { taken.insert(text) }
    }
    var free = name
    while taken.contains(free) { free = free.withNextNumber }
    return free
  }
}

extension String {
  /// `grid-bot-02` of `grid-bot-01`, and `grid-bot-2` of `grid-bot`.
  fileprivate var withNextNumber: String {
    let digits = reversed().prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(String(digits.reversed())), number < Int.max else { return self + "-2" }
    let next = String(number + 1)
    return dropLast(digits.count) + String(repeating: "0", count: max(digits.count - next.count, 0)) + next
  }
}

extension State {
  /// For each place of the way, after which key that was named it comes: what is said of one key is not taken back by what is
  /// said of the next.
  public func roundsOfKeys(in flow: Flow) -> [String] {
    var key = ""
    return way.map { visit in
      if flow[visit.step]?.role == .oldLabel, case .text(let name)? = visit.given?.answer { key = name }
      return key
    }
  }
}
