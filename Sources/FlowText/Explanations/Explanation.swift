/// What a finding means and why it matters, with an example that gives it and one that does not.
///
/// They stand by the kind of mistake in the files beside this one. A new code needs one there: a test rehearses the
/// examples of every code.
public struct Explanation: Equatable, Sendable {
  public var code: FindingCode
  /// On one line, without a full stop.
  public var summary: String
  /// What is wrong, in whole sentences.
  public var means: String
  /// What would come of it.
  public var matters: String
  /// Gives the finding.
  public var bad: Example
  /// Gives no such finding.
  public var mended: Example

  init(_ code: FindingCode, _ summary: String, means: String, matters: String, bad: Example, mended: Example) {
    self.code = code
    self.summary = summary
    self.means = means
    self.matters = matters
    self.bad = bad
    self.mended = mended
  }

  static let all = file + keys + steps + texts + graph + proofs + includes + scripts
  fileprivate static let byCode = Dictionary(all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

  /// A small file, or a part of one.
  public struct Example: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
      /// A whole flow file, `flows/example/key.yaml`.
      case flow
      /// Steps of such a flow, between its head and a review and an end.
      case steps
      /// A whole group file, `flows/shared/look.yaml`, which such a flow includes.
      case group
      /// A script for `Example.answered`.
      case script
    }

    var kind: Kind
    /// As it is shown. `\xNN` stands for a byte that can't be.
    public internal(set) var text: String
    /// How often the text stands one below the other.
    var times = 1

    static func flow(_ text: String, times: Int = 1) -> Example { Example(kind: .flow, text: text, times: times) }
    static func steps(_ text: String, times: Int = 1) -> Example { Example(kind: .steps, text: text, times: times) }
    static func group(_ text: String) -> Example { Example(kind: .group, text: text) }
    static func script(_ text: String) -> Example { Example(kind: .script, text: text) }
  }
}

extension FindingCode {
  /// Nil only while nobody has explained it.
  public var explanation: Explanation? { Explanation.byCode[self] }
}

extension Explanation {
  /// The explanation as a person reads it.
  public func text(columns: Int) -> String {
    """
    \(code.rawValue) (\(code.severity.rawValue)): \(summary)

    \(means.wrapped(at: columns))

    \(matters.wrapped(at: columns))

    Bad:

    \(bad.shown)

    Mended:

    \(mended.shown)

    """
  }
}

extension Explanation.Example {
  fileprivate var shown: String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    " + $0 }
    let notes =
      (times > 1 ? ["", "  (\(times) times, one below the other)"] : [])
      + (text.contains("\\x") ? ["", "  (\\xNN stands for a byte that can't be shown)"] : [])
    return (lines + notes).joined(separator: "\n")
  }
}

extension String {
  fileprivate func wrapped(at columns: Int) -> String {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ") {
      if !line.isEmpty, line.columns + 1 + word.columns > columns {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return (lines + [line]).joined(separator: "\n")
  }
}
