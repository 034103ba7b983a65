import ArgumentParser
import FlowText
import PlainText

/// Findings, and how far scripts cover their flows, as text.
struct FindingReport {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case human, json, sarif
  }

  var findings: [Finding]
  /// Nil: nobody asked.
  var coverage: [FlowCoverage]?
  /// Whether hints are left out that no finding needs.
  var isBrief = false

  func text(_ format: Format, from folder: String) -> String {
    switch format {
    case .human: human
    case .json: json.text(.indented) + "\n"
    case .sarif: Sarif.json(findings, from: folder).text(.indented) + "\n"
    }
  }

  // MARK: - Private

  private var human: String {
    var lines = findings.map { $0.rendered() }
    if findings.isEmpty {
      lines.append("no findings")
    } else if !isBrief {
      lines.append("hint: 'keyusher flow explain CODE' tells more")
    }
    return (lines + (coverage ?? []).flatMap(\.lines)).map { $0 + "\n" }.joined()
  }
}

/// The published shape of findings, version 1. Names here are promises: see flows/README.md.
extension FindingReport {
  private var json: JSON {
    let errors = findings.count { $0.severity == .error }
    var members: [JSON.Member] = [
      JSON.Member("format", 1), JSON.Member("tool", .text(Surroundings.version)),
      JSON.Member("errors", .integer(Int64(errors))), JSON.Member("warnings", .integer(Int64(findings.count - errors))),
      JSON.Member("findings", .array(findings.map(Self.json))),
    ]
    if let coverage { members.append(JSON.Member("coverage", .array(coverage.map(\.json)))) }
    return .object(members)
  }

  private static func json(_ finding: Finding) -> JSON {
    [
      "path": .text(finding.path), "line": .integer(Int64(finding.line)), "column": .integer(Int64(finding.column)),
      "length": .integer(Int64(finding.length)), "severity": .text(finding.severity.rawValue),
      "code": .text(finding.code.rawValue), "message": .text(finding.message),
      // Always there, so that a reader need not ask whether it is.
      "hint": finding.hint.map { .text($0) } ?? .null,
    ]
  }
}

extension FlowCoverage {
  fileprivate var json: JSON {
    [
      "path": .text(path), "flow": .text(flow), "scripts": .integer(Int64(scripts)), "failed": .integer(Int64(failed)),
      "steps": steps.json { .text($0) }, "ways": ways.json { $0.json },
    ]
  }
}

extension FlowCoverage.Tally {
  fileprivate func json(_ missing: (Missing) -> JSON) -> JSON {
    [
      "covered": .integer(Int64(covered)), "total": .integer(Int64(total)), "missed": .array(missed.map(missing)),
    ]
  }
}

extension FlowCoverage.Missed {
  fileprivate var json: JSON {
    let words: [(String, String?)] = [("step", step), ("by", by), ("value", value), ("to", to), ("words", words)]
    return .object(words.compactMap { name, text in text.map { JSON.Member(name, .text($0)) } })
  }
}
