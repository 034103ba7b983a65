/// A text as it is being filled, so long and no longer.
///
/// Titles hold answers, whose titles hold answers: without a bound a small flow could stand for gigabytes. The room is one
/// for everything that goes into a text, and every piece takes some of it, even an empty one.
struct Filling {
  /// The most a filled text has, in bytes of UTF-8, besides the "…" where it is cut.
  static let longest = 16 << 10

  private(set) var text = ""
  /// Whether something had no room any more.
  private(set) var isCut = false
  private var room = Filling.longest

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
}

/// Where words are taken from: what was answered, and what flow asked.
struct Answered {
  let state: State
  let flow: Flow

  /// The text that something is filled into.
  func text(_ fill: (inout Filling) -> Void) -> String {
    var filling = Filling()
    fill(&filling)
    return filling.text
  }

  /// - Parameter asIDs: whether answers show their ids only: so they do in a title or a claim that itself stands for an answer
  ///   in a text.
  func fill(_ template: Template, asIDs: Bool = false, into filling: inout Filling) {
    for segment in template.segments where !filling.isCut {
      switch segment {
      case .literal(let text): filling.append(text)
      case .answer(let id, let asID): fill(answerOf: id, asID: asID || asIDs, into: &filling)
      }
    }
  }

  /// Adds the answer that stands for a step; a skipped or missing one reads "(none)".
  func fill(answerOf id: Step.ID, asID: Bool, into filling: inout Filling) {
    guard let answer = state.given[id]?.answer, let step = flow[id] else { return filling.append("(none)") }
    if asID {
      filling.append(each: answer.ids) { $0.append($1) }
    } else {
      fill(wordsOf: answer, at: step, asIDs: true, into: &filling)
    }
  }

  func fill(wordsOf answer: Answer, at step: Step, asIDs: Bool = false, into filling: inout Filling) {
    switch answer {
    case .acknowledged: filling.append("done")
    case .yes:
      if case .confirm(let confirmation) = step.body, let claim = confirmation.claim {
        fill(claim, asIDs: asIDs, into: &filling)
      } else {
        filling.append("yes")
      }
    case .no: filling.append("no")
    case .choice(let id): fill(titleOf: id, at: step, asIDs: asIDs, into: &filling)
    case .selection(let ids) where ids.isEmpty: filling.append("none")
    case .selection(let ids):
      filling.append(each: ids) { fill(titleOf: $1, at: step, asIDs: asIDs, into: &$0) }
    case .text(let text): filling.append(text)
    case .verdict(let verdict, let means): filling.append("\(verdict.rawValue): \(means)")
    case .credential(let reference): filling.append(reference.words)
    case .exit(let word):
      if case .credential(let rule) = step.body, let exit = rule.exits.first(where: { $0.word == word }) {
        fill(exit.title, asIDs: asIDs, into: &filling)
      } else {
        filling.append(word)
      }
    case .finished: filling.append("finished")
    case .redacted: filling.append("[redacted]")
    }
  }

  private func fill(titleOf option: Option.ID, at step: Step, asIDs: Bool, into filling: inout Filling) {
    guard let title = state.options(of: step)?[option]?.title else { return filling.append(option) }
    fill(title, asIDs: asIDs, into: &filling)
  }
}

extension Template {
  /// The text with every hole filled from the answers that stand; a skipped or missing one reads "(none)".
  ///
  /// The titles of options and the claims that stand for answers have holes too: those show ids only. A text of more than
  /// 16 KiB is cut, and ends with "…".
  public func filled(from state: State, in flow: Flow) -> String {
    let answered = Answered(state: state, flow: flow)
    return answered.text { answered.fill(self, into: &$0) }
  }
}
