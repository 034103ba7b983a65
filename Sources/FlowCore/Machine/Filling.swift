/// A text as it is being filled from what was answered, so long and no longer.
///
/// Titles hold answers, whose titles hold answers: without a bound a small flow could stand for gigabytes. The room is one
/// for everything that goes into a text, and every piece takes some of it, even an empty one.
struct Filling {
  /// The most a filled text has, in bytes of UTF-8, besides the "…" where it is cut.
  static let longest = 16 << 10

  private(set) var text = ""
  /// Whether something had no room any more.
  private(set) var isCut = false
  private(set) var room = Filling.longest
  let state: State
  let flow: Flow

  /// Adds a text; what there is no room for is cut, and "…" stands for it.
  mutating func append(_ piece: String) {
    guard !isCut else { return }
    let size = max(piece.utf8.count, 1)
    if size <= room {
      text += piece
      room -= size
      return
    }
    for character in piece {
      room -= character.utf8.count
      if room < 0 { break }
      text.append(character)
    }
    text += "…"
    isCut = true
  }

  /// Adds each of a list, with a comma between two.
  mutating func append<Piece>(each pieces: [Piece], _ append: (inout Filling, Piece) -> Void) {
    if pieces.isEmpty { self.append("") }
    for (index, piece) in pieces.enumerated() where !isCut {
      if index > 0 { self.append(", ") }
      append(&self, piece)
    }
  }

  /// - Parameter asIDs: whether answers show their ids only: so they do in a title or a claim that itself stands for an answer
  ///   in a text.
  mutating func fill(_ template: Template, asIDs: Bool = false) {
    for segment in template.segments where !isCut {
      switch segment {
      case .literal(let text): append(text)
      case .answer(let id, let asID): fill(answerOf: id, asID: asID || asIDs)
      case .name(let id):
        if case .credential(let reference)? = state.given[id]?.answer { append(reference.name ?? "(none)") }
      case .means(let id):
        if case .verdict(_, let means)? = state.given[id]?.answer { append(means) }
      case .program(let id):
        if let name = state.program?.name, state.given[id]?.answer == .text(name) { append(" --as \(name)") }
      }
    }
  }

  /// Adds the answer that stands for a step; a skipped or missing one reads "(none)".
  mutating func fill(answerOf id: Step.ID, asID: Bool) {
    guard let answer = state.given[id]?.answer, let step = flow[id] else { return append("(none)") }
    if asID {
      append(each: answer.ids) { $0.append($1) }
    } else {
      fill(wordsOf: answer, at: step, asIDs: true)
    }
  }

  mutating func fill(wordsOf answer: Answer, at step: Step, asIDs: Bool = false) {
    switch answer {
    case .acknowledged: fill(claimsOf: step, otherwise: "done", asIDs: asIDs)
    case .yes: fill(claimsOf: step, otherwise: "yes", asIDs: asIDs)
    case .no: append("no")
    case .choice(let id): fill(titleOf: id, at: step, asIDs: asIDs)
    case .selection(let ids) where ids.isEmpty: append("none")
    case .selection(let ids):
      append(each: ids) { $0.fill(titleOf: $1, at: step, asIDs: asIDs) }
    case .text(let text): append(text)
    case .verdict(let verdict, let means): append("\(verdict.rawValue): \(means)")
    case .credential(let reference): append(reference.words)
    case .exit(let word):
      if case .credential(let rule) = step.body, let exit = rule.exits.first(where: { $0.word == word }) {
        fill(exit.title, asIDs: asIDs)
      } else {
        append(word)
      }
    case .finished: append("finished")
    case .redacted: append("[redacted]")
    }
  }

  private mutating func fill(claimsOf step: Step, otherwise word: String, asIDs: Bool) {
    let claims = step.claims.holding(in: state)
    if claims.isEmpty { return append(word) }
    for (index, claim) in claims.enumerated() where !isCut {
      if index > 0 { append("; ") }
      fill(claim, asIDs: asIDs)
    }
  }

  private mutating func fill(titleOf option: Option.ID, at step: Step, asIDs: Bool) {
    guard let title = state.options(of: step)?[option]?.title else { return append(option) }
    fill(title, asIDs: asIDs)
  }
}

extension Template {
  /// The text with every hole filled from the answers that stand; a skipped or missing one reads "(none)".
  ///
  /// The titles of options and the claims that stand for answers have holes too: those show ids only. A text of more than
  /// 16 KiB is cut, and ends with "…".
  public func filled(from state: State, in flow: Flow) -> String {
    var filling = Filling(state: state, flow: flow)
    filling.fill(self)
    return filling.text
  }
}
