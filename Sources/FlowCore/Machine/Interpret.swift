import PlainText

/// What a typed line means at a step.
public enum Interpretation: Equatable, Sendable {
  case answer(Answer, usedDefault: Bool = false)
  /// At the review: answer this step anew.
  case reopen(Step.ID)
  case problem(Problem)
}

extension Flow {
  /// What a line means at the step where the run stands: Enter takes the default; options go by number, id or title.
  public func interpret(_ line: String, at step: Step, in state: State) -> Interpretation {
    do {
      return try meaning(of: line.trimmed, at: step, in: state)
    } catch {
      return .problem(error)
    }
  }

  // MARK: - Kinds of answers

  private func meaning(of line: String, at step: Step, in state: State) throws(Problem) -> Interpretation {
    if line.isEmpty {
      guard let answer = state.defaultAnswer(at: step, in: self) else { throw .empty }
      return .answer(answer, usedDefault: true)
    }
    switch step.body {
    case .tell where ["ok", "yes", "y"].contains(line.lowercased()): return .answer(.acknowledged)
    case .confirm:
      switch line.lowercased() {
      case "yes", "y": return .answer(.yes)
      case "no", "n": return .answer(.no)
      default: throw .yesOrNo(line)
      }
    case .choose, .store:
      guard let options = state.options(of: step) else { throw .notTheKindOfAnswer }
      return .answer(.choice(try find(line, among: options, in: state)))
    case .select(let options): return .answer(.selection(try selection(line, of: options, in: state)))
    case .text: return .answer(.text(line))
    case .review: return try review(line, in: state)
    case .credential(let rule) where rule.hasExit(line): return .answer(.exit(line))
    case .tell, .credential, .check, .end: throw .notTheKindOfAnswer
    }
  }

  private func find(_ text: String, among options: Options, in state: State) throws(Problem) -> Option.ID {
    let all = options.options
    let titles = all.map { $0.title.filled(from: state, in: self) }
    guard let places = options.places(of: text, titles: titles) else { throw .noSuchNumber(text) }
    if places.count == 1 { return all[places[0]].id }
    if places.isEmpty { throw .noSuchOption(text, nearest: nearest(to: text.lowercased(), among: all.map(\.id))) }
    let names = places.map { titles[$0] }
    throw .ambiguous(text, Set(names).count == names.count ? names : places.map { all[$0].id })
  }

  private func selection(_ line: String, of options: Options, in state: State) throws(Problem) -> [Option.ID] {
    if line.lowercased() == "none", options["none"] == nil { return [] }
    // A title with commas in it is one option.
    if let id = try? find(line, among: options, in: state) { return [id] }
    var chosen: Set<Option.ID> = []
    let words = line.split(whereSeparator: { $0 == "," || $0 == ";" }).map(\.trimmed).filter { !$0.isEmpty }
    // A stray comma is not a "none".
    if words.isEmpty { throw .empty }
    for word in words {
      do throws(Problem) {
        chosen.insert(try find(word, among: options, in: state))
      } catch {
        // "1 2 5" without commas means three numbers; a title with spaces was tried whole first.
        let parts = word.split(whereSeparator: \.isWhitespace).map(String.init)
        guard parts.count > 1, case .noSuchOption = error else { throw error }
        for part in parts { chosen.insert(try find(part, among: options, in: state)) }
      }
    }
    return options.options.map(\.id).filter(chosen.contains)
  }

  private func review(_ line: String, in state: State) throws(Problem) -> Interpretation {
    if line.lowercased() == "finish" { return .answer(.finished) }
    let word = line.lowercased().hasPrefix("change ") ? String(line.dropFirst(7)).trimmed : line
    if word.utf8.first.map({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) == true,
      let visit = state.way.first(where: {
        $0.step != state.current && self[$0.step]?.asks == true && number(of: $0.step) == word
      })
    {
      return .reopen(visit.step)
    }
    let id = Step.ID(word)
    guard state.given[id] != nil else { throw .noSuchNumber(word) }
    return .reopen(id)
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
