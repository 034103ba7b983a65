/// A key that a record or a store on this computer knows, as the exchange's own list calls it.
public struct KnownKey: Equatable, Sendable {
  public var name: String
  /// The run that made it, and the day it was kept, `YYYY-MM-DD`; nil where none here did.
  public var run: String?
  public var made: String?
  /// The operation that took it in, and the day of that, `YYYY-MM-DD`; nil where none here did.
  public var operation: String?
  public var takenIn: String?
  /// The leading characters by which the exchange lists it.
  public var listed: String?
  /// The program that it is for, and whose it is, as far as that was said.
  public var program: String?
  public var owner: String?
  /// Where stores on this computer have it.
  public var copies: [CredentialReference]

  public init(
    name: String, run: String? = nil, made: String? = nil, operation: String? = nil, takenIn: String? = nil,
    listed: String? = nil, program: String? = nil, owner: String? = nil, copies: [CredentialReference] = []
  ) {
    self.name = name
    self.run = run
    self.made = made
    self.operation = operation
    self.takenIn = takenIn
    self.listed = listed
    self.program = program
    self.owner = owner
    self.copies = copies
  }
}

extension Step {
  /// Whether it wants the name of a key that is there already, of which those that are known are listed.
  public var namesKnownKey: Bool { role == .oldLabel }
}

extension Answer {
  /// A choice or a text as a script gives it: an option's id, several with commas between, or the text; nil for others.
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
  /// What is known of the key that was named, if this computer knows it.
  public func knownKey(namedAt step: Step.ID) -> KnownKey? {
    guard case .text(let name)? = given[step]?.answer else { return nil }
    return knownKeys[step]?.first { $0.name == name }
  }

  /// Whether what was said of the key that was named is proposed anywhere.
  public func recalls(in flow: Flow) -> Bool { flow.steps.contains { $0.recalls && recalled[$0.id] != nil } }

  /// The keys known at a step that the run has not named there yet, in the order in which they are listed.
  public func keysNotNamed(at step: Step.ID) -> [KnownKey] {
    let named = Set(way.filter { $0.step == step }.compactMap { $0.given?.answer?.ids.first })
    return (knownKeys[step] ?? []).filter { !named.contains($0.name) }
  }

  /// Whether somebody said that what was said of the key is still so.
  public var isRecallAccepted: Bool { recallAccepted != nil }

  /// What was said at this step of the key which this run is about; of a selection, what is not dangerous.
  func recalledAnswer(at step: Step) -> Answer? {
    guard step.recalls, let text = recalled[step.id] else { return nil }
    return switch step.body {
    case .choose, .store: .choice(text)
    case .select(let options):
      .selection(text.split(separator: ",").map(String.init).filter { options[$0]?.danger == nil })
    case .text: .text(text)
    default: nil
    }
  }
}

extension State {
  /// The state in which this was said of a key that is about to be named.
  package func recalling(_ answers: [Step.ID: String]) -> State {
    var ahead = self
    ahead.recall(answers, at: [])
    return ahead
  }

  /// The answer that is taken over unasked where somebody said that all is as it was; nil where it can't be given now, where
  /// part of it is left out since it is dangerous, and where the person has come back to look at it.
  package func answerTakenOver(at step: Step, in flow: Flow) -> Answer? {
    guard step.body != .store, let answer = recalledAnswer(at: step), drafts[step.id] == nil,
      answer.inScript == recalled[step.id], flow.refusal(of: answer, at: step, in: self) == nil
    else { return nil }
    return answer
  }

  /// The same as an answer that stands.
  func givenTakenOver(at step: Step, in flow: Flow) -> Given? {
    guard let source = recallAccepted, let answer = answerTakenOver(at: step, in: flow) else { return nil }
    return Given(answer: answer, source: source, standing: .of(answer, at: step, from: source))
  }

  /// A name for a new key that no other has, as far as this run knows: the next number of the old key's, if that has one, or
  /// what the flow proposes.
  func freeName(like name: String, at step: Step, in flow: Flow) -> String {
    if rules == .first { return name }
    var taken = Set(knownKeys.values.flatMap { $0.map(\.name) })
    var names = [name]
    for (id, given) in given where id != step.id {
      guard let other = flow[id], other.namesKey, case .text(let text)? = given.answer else { continue }
      taken.insert(text)
      if other.role == .oldLabel, text.last?.isNumber == true { names.insert(text, at: 0) }
    }
    for var free in names {
      while taken.contains(free) { free = free.withNextNumber }
      if flow.admits(.text(free), at: step, in: self) { return free }
    }
    return name
  }
}

extension String {
  /// `grid-bot-` of `grid-bot-02`: what names have in common of which one is the next of the other.
  package var withoutNumber: Substring {
    self[..<(lastIndex { !($0.isASCII && $0.isNumber) }.map(index(after:)) ?? startIndex)]
  }

  /// `grid-bot-02` of `grid-bot-01`, and `grid-bot-2` of `grid-bot`.
  fileprivate var withNextNumber: String {
    let digits = reversed().prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(String(digits.reversed())), number < Int.max else { return self + "-2" }
    let next = String(number + 1)
    return dropLast(digits.count) + String(repeating: "0", count: max(digits.count - next.count, 0)) + next
  }
}

extension State {
  /// The state with the answers of some places of the way, in the words of which these stand.
  public func speaking(of places: [Int]) -> State {
    var then = self
    for place in places { if let given = way[place].given { then.assume(given, at: way[place].step) } }
    return then
  }

  /// For each place of the way, which key it is about: the one that was named last, blank before. What is said of one key is
  /// not taken back by what is said of the next.
  public func keysAlongWay(in flow: Flow) -> [String] {
    var key = ""
    return way.map { visit in
      if flow[visit.step]?.role == .oldLabel, let answer = visit.given?.answer {
        key = answer.ids.first ?? "\(answer)"
      }
      return key
    }
  }
}

extension State {
  /// What the program needs for what the key is to be for; nil if its pack does not say.
  public func programNeed(in flow: Flow) -> ProgramProposal.Need? {
    guard let step = flow.steps.first(where: { $0.fromProgram == .purpose }),
      case .choice(let purpose)? = given[step.id]?.answer
    else { return nil }
    return program?.needs.first { $0.purpose == purpose }
  }

  /// What the program's pack proposes here; of permissions, what is not dangerous.
  func proposedAnswer(at step: Step, in flow: Flow) -> Answer? {
    guard let program, let what = step.fromProgram else { return nil }
    switch (what, step.body) {
    case (.name, .text): return .text(program.name)
    case (.purpose, .choose): return program.needs.first.map { .choice($0.purpose) }
    case (.permissions, .select(let options)):
      return programNeed(in: flow).map { need in
        .selection(need.permissions.filter { options[$0].map { $0.danger == nil } ?? false })
      }
    default: return nil
    }
  }
}
