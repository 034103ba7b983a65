import FlowCore

/// How many answers stand with one word for what they are worth.
public struct Tally: Equatable, Sendable {
  public var word: String
  public var count: Int
}

extension Record {
  /// Counts what stands, one answer of a step or one of each round of its loop.
  ///
  /// - Parameter words: the words of the standings, in the order in which those that occur are told.
  public func tally(in words: [String]) -> [Tally] {
    let counts = standings.reduce(into: [String: Int]()) { $0[$1.word, default: 0] += 1 }
    return words.compactMap { word in counts[word].map { Tally(word: word, count: $0) } }
  }

  /// How many exceptions there are, in words: `8 exceptions, 1 open`.
  public var exceptionTally: String {
    if exceptions.isEmpty { return "no exceptions" }
    let open = exceptions.count { $0.exception.resolution == .open }
    return (exceptions.count == 1 ? "1 exception" : "\(exceptions.count) exceptions")
      + (open == 0 ? "" : ", \(open) open")
  }
}

extension [Tally] {
  /// The tally in one line: `14 claimed, 4 answered`.
  public var inWords: String { map { "\($0.count) \($0.word)" }.joined(separator: ", ") }
}
