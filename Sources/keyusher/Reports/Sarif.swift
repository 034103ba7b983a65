import FlowCore
import FlowText
import FlowTools
import PlainText
import Records

/// Findings in the Static Analysis Results Interchange Format 2.1.0, as far as code hosts read it.
///
/// Source: OASIS, SARIF version 2.1.0; GitHub Docs, "SARIF support for code scanning", read 2026-11-23.
enum Sarif {
  /// - Parameter folder: the working folder, to which paths are made relative.
  static func json(_ findings: [Finding], from folder: String) -> JSON {
    let version = JSON.text(Surroundings.version)
    let driver: JSON = [
      "name": "Keyusher", "version": version, "semanticVersion": version,
      "rules": .array(FindingCode.allCases.map(rule)),
    ]
    return [
      "version": "2.1.0",
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "runs": [
        [
          "tool": ["driver": driver],
          // What readers of this format take columns for unless they look; UTF-16 is also what editors count in.
          "columnKind": "utf16CodeUnits",
          "originalUriBaseIds": [
            "%SRCROOT%": ["description": ["text": "The folder in which keyusher was started."]]
          ],
          "results": .array(results(findings, from: folder)),
        ]
      ],
    ]
  }

  // MARK: - Private

  private static func rule(_ code: FindingCode) -> JSON {
    let explanation = code.explanation
    let text = { (text: String?) -> JSON in ["text": .text(text ?? code.rawValue)] }
    // The same twice: plain, and as it is shown beside a finding.
    let help: JSON = [
      "text": .text(explanation?.text(columns: .max) ?? code.rawValue),
      "markdown": .text(explanation.map(markdown) ?? code.rawValue),
    ]
    return [
      "id": .text(code.rawValue), "shortDescription": text(explanation?.summary),
      "fullDescription": text(explanation?.means), "help": help,
      "defaultConfiguration": ["level": .text(code.severity.rawValue)],
      "properties": ["precision": "very-high", "problem.severity": .text(code.severity.rawValue)],
    ]
  }

  private static func markdown(_ explanation: Explanation) -> String {
    """
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

  private static func results(_ findings: [Finding], from folder: String) -> [JSON] {
    var seen: [String: Int] = [:]
    return findings.map { finding in
      let (uri, base) = artifact(finding.path, from: folder)
      let text = finding.excerpt?.trimmed ?? finding.message
      let hash = String(hexadecimalSHA256(of: Array("\(finding.code.rawValue)\n\(text)".utf8)).prefix(16))
      let count = seen["\(uri) \(hash)", default: 0] + 1
      seen["\(uri) \(hash)"] = count
      var place: [JSON.Member] = [JSON.Member("uri", .text(uri))]
      if let base { place.append(JSON.Member("uriBaseId", .text(base))) }
      return [
        "ruleId": .text(finding.code.rawValue),
        "ruleIndex": .integer(Int64(FindingCode.allCases.firstIndex(of: finding.code) ?? 0)),
        "level": .text(finding.severity.rawValue), "message": ["text": .text(finding.plainMessage)],
        "locations": [["physicalLocation": ["artifactLocation": .object(place), "region": region(of: finding)]]],
        // Of the line and not of its number, so that lines above it may come and go.
        "partialFingerprints": ["primaryLocationLineHash": .text("\(hash):\(count)")],
      ]
    }
  }

  /// A path as a reference that is relative to the working folder; one elsewhere is an address of its own.
  private static func artifact(_ path: String, from folder: String) -> (uri: String, base: String?) {
    let whole = normal(path.hasPrefix("/") ? path : folder + "/" + path)
    let root = normal(folder) + "/"
    return whole.hasPrefix(root)
      ? (encoded(String(whole.dropFirst(root.count))), "%SRCROOT%") : ("file://" + encoded(whole), nil)
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
      default: "%" + byte.hexadecimal(digits: 2, uppercase: true)
      }
    }.joined()
  }

  /// A finding counts characters as a reader does; here a character may have several units. A line that is not shown is
  /// not measured either: the finding is then about the whole of it.
  private static func region(of finding: Finding) -> JSON {
    let line = JSON.integer(Int64(finding.line))
    guard let excerpt = finding.excerpt else { return ["startLine": line] }
    let before = excerpt.prefix(finding.column - 1).utf16.count
    let marked = excerpt.dropFirst(finding.column - 1).prefix(finding.length).utf16.count
    return [
      "startLine": line, "startColumn": .integer(Int64(before + 1)),
      "endColumn": .integer(Int64(before + max(marked, 1) + 1)),
    ]
  }
}

extension Finding {
  /// What is wrong, and what to do. Text of the file must not become a link in it.
  fileprivate var plainMessage: String {
    display(message + (hint.map { "; \($0)" } ?? "")).replacing("](", with: "] (")
  }
}
