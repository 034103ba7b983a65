import ArgumentParser
import Exports
import FlowText

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

  func text(_ format: Format, from folder: String) throws -> String {
    switch format {
    case .human: human
    case .json: try jsonText(JSONFindings(findings, coverage))
    case .sarif: try jsonText(Sarif(findings, from: folder))
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
private struct JSONFindings: Encodable {
  var format = 1
  var tool = Surroundings.version
  var errors: Int
  var warnings: Int
  var findings: [Entry]
  var coverage: [FlowCoverage]?

  init(_ findings: [Finding], _ coverage: [FlowCoverage]?) {
    errors = findings.count { $0.severity == .error }
    warnings = findings.count - errors
    self.findings = findings.map(Entry.init)
    self.coverage = coverage
  }

  struct Entry: Encodable {
    var finding: Finding

    enum Key: String, CodingKey { case path, line, column, length, severity, code, message, hint }

    func encode(to encoder: any Encoder) throws {
      var object = encoder.container(keyedBy: Key.self)
      try object.encode(finding.path, forKey: .path)
      try object.encode(finding.line, forKey: .line)
      try object.encode(finding.column, forKey: .column)
      try object.encode(finding.length, forKey: .length)
      try object.encode(finding.severity.rawValue, forKey: .severity)
      try object.encode(finding.code.rawValue, forKey: .code)
      try object.encode(finding.message, forKey: .message)
      // Always there, so that a reader need not ask whether it is.
      try object.encode(finding.hint, forKey: .hint)
    }
  }
}
