import FlowCore
import FlowText
import FlowTools
import PlainText
import Records

/// Findings in the Static Analysis Results Interchange Format 2.1.0, as far as code hosts read it.
///
/// Source: OASIS, SARIF version 2.1.0; GitHub Docs, "SARIF support for code scanning", read 2026-11-23.
struct Sarif: Encodable {
  var version = "2.1.0"
  var schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  var runs: [LintRun]

  enum CodingKeys: String, CodingKey {
    case version, runs
    case schema = "$schema"
  }

  struct LintRun: Encodable {
    var tool: Tool
    /// What readers of this format take columns for unless they look; UTF-16 is also what editors count in.
    var columnKind = "utf16CodeUnits"
    var originalUriBaseIds = ["%SRCROOT%": Described(description: Text("The folder in which keyusher was started."))]
    var results: [Result]
  }

  struct Tool: Encodable { var driver: Driver }
  struct Driver: Encodable {
    var name = "Keyusher", version = Surroundings.version, semanticVersion = Surroundings.version
    var rules: [Rule]
  }
  struct Rule: Encodable {
    var id: String, shortDescription: Text, fullDescription: Text, help: Help
    var defaultConfiguration: Level, properties: Properties
  }
  struct Properties: Encodable {
    var severity: String
    var precision = "very-high"
    enum CodingKeys: String, CodingKey {
      case precision
      case severity = "problem.severity"
    }
  }
  struct Level: Encodable { var level: String }
  struct Text: Encodable {
    var text: String
    init(_ text: String) { self.text = text }
  }
  /// The same twice: plain, and as it is shown beside a finding.
  struct Help: Encodable { var text: String, markdown: String }
  struct Described: Encodable { var description: Text }
  struct Result: Encodable {
    var ruleId: String, ruleIndex: Int, level: String, message: Text
    var locations: [Location]
    var partialFingerprints: [String: String]
  }
  struct Location: Encodable { var physicalLocation: PhysicalLocation }
  struct PhysicalLocation: Encodable { var artifactLocation: Artifact, region: Region }
  struct Artifact: Encodable { var uri: String, uriBaseId: String? }
  struct Region: Encodable { var startLine: Int, startColumn: Int?, endColumn: Int? }
}

extension Sarif {
  /// - Parameter folder: the working folder, to which paths are made relative.
  init(_ findings: [Finding], from folder: String) {
    var seen: [String: Int] = [:]
    let results = findings.map { finding -> Result in
      let artifact = Artifact(finding.path, from: folder)
      let text = finding.excerpt?.trimmed ?? finding.message
      let hash = String(hexadecimalSHA256(of: Array("\(finding.code.rawValue)\n\(text)".utf8)).prefix(16))
      let count = seen["\(artifact.uri) \(hash)", default: 0] + 1
      seen["\(artifact.uri) \(hash)"] = count
      return Result(
        ruleId: finding.code.rawValue, ruleIndex: FindingCode.allCases.firstIndex(of: finding.code) ?? 0,
        level: finding.severity.rawValue, message: Text(finding.plainMessage),
        locations: [Location(physicalLocation: PhysicalLocation(artifactLocation: artifact, region: Region(finding)))],
        // Of the line and not of its number, so that lines above it may come and go.
        partialFingerprints: ["primaryLocationLineHash": "\(hash):\(count)"])
    }
    runs = [LintRun(tool: Tool(driver: Driver(rules: FindingCode.allCases.map(Rule.init))), results: results)]
  }
}

extension Sarif.Rule {
  fileprivate init(_ code: FindingCode) {
    let explanation = code.explanation
    self.init(
      id: code.rawValue, shortDescription: Sarif.Text(explanation?.summary ?? code.rawValue),
      fullDescription: Sarif.Text(explanation?.means ?? code.rawValue),
      help: explanation.map(Sarif.Help.init) ?? Sarif.Help(text: code.rawValue, markdown: code.rawValue),
      defaultConfiguration: Sarif.Level(level: code.severity.rawValue),
      properties: Sarif.Properties(severity: code.severity.rawValue))
  }
}

extension Sarif.Help {
  fileprivate init(_ explanation: Explanation) {
    text = explanation.text(columns: .max)
    markdown = """
      \(explanation.means)

      \(explanation.matters)

      **Bad**

      ```yaml
      \(explanation.bad.text)
      ```

      **Mended**

      ```yaml
      \(explanation.mended.text)
      ```
      """
  }
}

extension Sarif.Artifact {
  /// A path as a reference that is relative to the working folder; one elsewhere is an address of its own.
  init(_ path: String, from folder: String) {
    let whole = Self.normal(path.hasPrefix("/") ? path : folder + "/" + path)
    let root = Self.normal(folder) + "/"
    if whole.hasPrefix(root) {
      self.init(uri: Self.encoded(String(whole.dropFirst(root.count))), uriBaseId: "%SRCROOT%")
    } else {
      self.init(uri: "file://" + Self.encoded(whole), uriBaseId: nil)
    }
  }

  /// Without `.`, `..` and empty parts.
  private static func normal(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  private static func encoded(_ path: String) -> String {
    path.utf8.map { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E: String(Unicode.Scalar(byte))
      default: "%" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}

extension Sarif.Region {
  /// A finding counts characters as a reader does; here a character may have several units. A line that is not shown is
  /// not measured either: the finding is then about the whole of it.
  init(_ finding: Finding) {
    guard let line = finding.excerpt else {
      self.init(startLine: finding.line, startColumn: nil, endColumn: nil)
      return
    }
    let before = line.prefix(finding.column - 1).utf16.count
    let marked = line.dropFirst(finding.column - 1).prefix(finding.length).utf16.count
    self.init(startLine: finding.line, startColumn: before + 1, endColumn: before + max(marked, 1) + 1)
  }
}

extension Finding {
  /// What is wrong, and what to do. Text of the file must not become a link in it.
  fileprivate var plainMessage: String {
    display(message + (hint.map { "; \($0)" } ?? "")).replacing("](", with: "] (")
  }
}
