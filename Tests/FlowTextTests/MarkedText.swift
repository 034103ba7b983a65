import FlowText
import Testing

/// A text with marks in it (`1️⃣`), and where they stood once they are taken out.
struct MarkedText {
  var text = ""
  private var marks: [String: String] = [:]

  init(_ marked: String) {
    var line = 1
    var column = 1
    for character in marked {
      if character.unicodeScalars.last == "\u{20E3}" {
        marks["\(line):\(column)"] = String(character)
        continue
      }
      text.append(character)
      column += 1
      if character.isNewline { (line, column) = (line + 1, 1) }
    }
  }

  /// Findings as lines: `1️⃣ unknown-key: unknown key 'promt'; did you mean 'prompt'?`
  func lines(_ findings: [Finding]) -> [String] {
    findings.map { finding in
      let place = "\(finding.line):\(finding.column)"
      let hint = finding.hint.map { "; \($0)" } ?? ""
      return "\(marks[place] ?? place) \(finding.code.rawValue): \(finding.message)\(hint)"
    }
  }
}

/// One bad file, and all that is found in it.
struct BadFile: Sendable, CustomTestStringConvertible {
  var name: String
  var text: String
  var findings: [String]

  init(_ name: String, _ text: String, _ findings: String...) {
    self.name = name
    self.text = text
    self.findings = findings
  }

  var testDescription: String { name }

  /// The steps between the head of a flow and its review and end.
  static func steps(_ name: String, _ steps: String, _ findings: String...) -> BadFile {
    var file = BadFile(name, head + steps + "\n" + tail)
    file.findings = findings
    return file
  }

  static let head = """
    format: 1
    flow: test/flow
    version: 1
    title: A flow
    summary: For a test.
    steps:

    """
  static let tail = """
    - {id: review, kind: review, title: Review}
    - {id: done, kind: end, outcome: completed}

    """
}
