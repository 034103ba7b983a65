public import FlowText
import PlainText

/// What a finding means and why it matters, with an example that gives it and one that does not.
///
/// Each is a file `Resources/Explanations/CODE.md`. A new code needs one there: a test rehearses the examples of every code.
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

  /// A small file, or a part of one.
  public struct Example: Equatable, Sendable {
    enum Kind: String, Equatable, Sendable {
      /// A whole flow file, `flows/example/key.yaml`.
      case flow
      /// Steps of such a flow, between its head and a review and an end.
      case steps
      /// A whole group file, `flows/shared/look.yaml`, which such a flow includes.
      case group
      /// A whole program pack, `flows/programs/example.yaml`.
      case program
      /// What an API says of requests and facts, `flows/example/api.yaml`, behind a head.
      case api
      /// A script for a flow that the tests have.
      case script
    }

    var kind: Kind
    /// As it is shown. `\xNN` stands for a byte that can't be.
    public internal(set) var text: String
    /// How often the text stands one below the other.
    var times = 1
  }
}

extension FindingCode {
  /// Nil only while nobody has explained it.
  public var explanation: Explanation? {
    Resources.explanations.first { $0.name == rawValue }.flatMap { Explanation(self, file: $0.text) }
  }
}

extension Explanation {
  /// The explanation as a person reads it.
  public func text(columns: Int) -> String {
    """
    \(code.rawValue) (\(code.severity.rawValue)): \(summary)

    \(wrapped(means, columns: columns).joined(separator: "\n"))

    \(wrapped(matters, columns: columns).joined(separator: "\n"))

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

// MARK: - Files

extension Explanation {
  /// Reads `# SUMMARY`, what it means, then `## Why it matters`, `## Bad: KIND` and `## Mended: KIND`; nil if one is missing.
  init?(_ code: FindingCode, file: String) {
    let sections = file.split(by: "\n## ").map { section in
      let parts = section.split(separator: "\n", maxSplits: 1)
      return (heading: parts[0], body: parts.dropFirst().first ?? "")
    }
    guard sections.count == 4, sections[0].heading.hasPrefix("# "), sections[1].heading == "Why it matters",
      let bad = Example(sections[2].heading, "Bad", sections[2].body),
      let mended = Example(sections[3].heading, "Mended", sections[3].body)
    else { return nil }
    self.init(
      code: code, summary: String(sections[0].heading.dropFirst(2)), means: Self.paragraph(sections[0].body),
      matters: Self.paragraph(sections[1].body), bad: bad, mended: mended)
  }

  private static func paragraph(_ text: Substring) -> String { text.split(separator: "\n").joined(separator: " ") }
}

extension Explanation.Example {
  /// Of a heading such as `Bad: steps, 101 times` and a body in a fence.
  fileprivate init?(_ heading: Substring, _ name: String, _ body: Substring) {
    let words = heading.split { ":, ".contains($0) }
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false).drop { $0.isEmpty }
    guard words.count == 2 || words.count == 4, words[0] == name, let kind = Kind(rawValue: String(words[1])),
      let times = words.count == 4 ? Int(words[2]) : 1, lines.first == "```", let end = lines.lastIndex(of: "```")
    else { return nil }
    self.init(kind: kind, text: lines[(lines.startIndex + 1)..<end].joined(separator: "\n"), times: times)
  }
}
