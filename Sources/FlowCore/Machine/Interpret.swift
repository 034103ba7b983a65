import PlainText

/// What a typed line means at a step.
public enum Interpretation: Equatable, Sendable {
  case answer(Answer, usedDefault: Bool)
  /// At the review: answer this step anew.
  case reopen(Step.ID)
  case problem(Problem)
}

extension Flow {
  /// What a line means at the step where the run stands: Enter takes the default; options go by number, id or title.
  public func interpret(_ line: String, at step: Step, in state: State) -> Interpretation {
    let line = line.trimmed
    if line.isEmpty {
      guard let answer = state.defaultAnswer(at: step, in: self) else { return .problem(.empty) }
      return .answer(answer, usedDefault: true)
    }
    switch step.body {
    case .tell:
      return ["ok", "yes", "y"].contains(line.lowercased())
        ? .answer(.acknowledged, usedDefault: false)
        : .problem(.notTheKindOfAnswer)
    case .confirm:
      switch line.lowercased() {
      case "yes", "y": return .answer(.yes, usedDefault: false)
      case "no", "n": return .answer(.no, usedDefault: false)
      default: return .problem(.yesOrNo(line))
      }
    case .choose(let options):
      switch find(line, among: options, in: state) {
      case .option(let id): return .answer(.choice(id), usedDefault: false)
      case .problem(let problem): return .problem(problem)
      }
    case .store:
      guard let options = state.options(of: step) else { return .problem(.notTheKindOfAnswer) }
      switch find(line, among: options, in: state) {
      case .option(let id): return .answer(.choice(id), usedDefault: false)
      case .problem(let problem): return .problem(problem)
      }
    case .select(let options): return interpretSelection(line, of: options, in: state)
    case .text: return .answer(.text(line), usedDefault: false)
    case .review: return interpretReview(line, in: state)
    case .credential(let rule):
      return line == CredentialRule.lost || rule.exits.contains { $0.word == line }
        ? .answer(.exit(line), usedDefault: false) : .problem(.notTheKindOfAnswer)
    case .check, .end: return .problem(.notTheKindOfAnswer)
    }
  }

  // MARK: - Kinds of answers

  private enum Found {
    case option(Option.ID)
    case problem(Problem)
  }

  private func find(_ text: String, among options: Options, in state: State) -> Found {
    let all = options.options
    let titles = all.map { $0.title.filled(from: state, in: self) }
    guard let places = options.places(of: text, titles: titles) else { return .problem(.noSuchNumber(text)) }
    if places.count == 1 { return .option(all[places[0]].id) }
    if places.isEmpty {
      return .problem(.noSuchOption(text, nearest: nearest(to: text.lowercased(), among: all.map(\.id))))
    }
    let names = places.map { titles[$0] }
    return .problem(.ambiguous(text, Set(names).count == names.count ? names : places.map { all[$0].id }))
  }

  private func interpretSelection(_ line: String, of options: Options, in state: State) -> Interpretation {
    if line.lowercased() == "none", options["none"] == nil { return .answer(.selection([]), usedDefault: false) }
    // A title with commas in it is one option.
    if case .option(let id) = find(line, among: options, in: state) {
      return .answer(.selection([id]), usedDefault: false)
    }
    var chosen: Set<Option.ID> = []
    let words = line.split(whereSeparator: { $0 == "," || $0 == ";" }).map(\.trimmed).filter { !$0.isEmpty }
    // A stray comma is not a "none".
    if words.isEmpty { return .problem(.empty) }
    for word in words {
      switch find(word, among: options, in: state) {
      case .option(let id): chosen.insert(id)
      case .problem(let problem):
        // "1 2 5" without commas means three numbers; a title with spaces was tried whole first.
        let parts = word.split(whereSeparator: \.isWhitespace).map(String.init)
        guard parts.count > 1, case .noSuchOption = problem else { return .problem(problem) }
        for part in parts {
          switch find(part, among: options, in: state) {
          case .option(let id): chosen.insert(id)
          case .problem(let problem): return .problem(problem)
          }
        }
      }
    }
    return .answer(.selection(options.options.map(\.id).filter(chosen.contains)), usedDefault: false)
  }

  private func interpretReview(_ line: String, in state: State) -> Interpretation {
    if line.lowercased() == "finish" { return .answer(.finished, usedDefault: false) }
    let word = line.lowercased().hasPrefix("change ") ? String(line.dropFirst(7)).trimmed : line
    if let number = Int(word) {
      guard let visit = state.way.first(where: { state.number(of: $0.step) == number }) else {
        return .problem(.noSuchNumber(word))
      }
      return .reopen(visit.step)
    }
    let id = Step.ID(word)
    return state.given[id] != nil ? .reopen(id) : .problem(.noSuchNumber(word))
  }
}

extension Options {
  /// The places of the options that a word can mean: by number, by id or title, or by how one of these begins; nil if it is
  /// a number that none has.
  ///
  /// - Parameter titles: what stands on the screen for each.
  package func places(of word: String, titles: [String]) -> [Int]? {
    let isNumber = word.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    if isNumber, let number = Int(word), options.indices.contains(number - 1) { return [number - 1] }
    let wanted = word.lowercased()
    let ids = options.map { $0.id.lowercased() }
    if let exact = ids.firstIndex(of: wanted) { return [exact] }
    let titles = titles.map { $0.lowercased() }
    let titled = options.indices.filter { titles[$0] == wanted }
    if titled.count == 1 { return titled }
    if isNumber { return nil }
    return options.indices.filter { ids[$0].hasPrefix(wanted) || titles[$0].hasPrefix(wanted) }
  }
}
