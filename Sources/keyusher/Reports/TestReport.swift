import ArgumentParser
import FlowCore
import FlowText
import PlainText

/// What came of some scripts, as text.
struct TestReport {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case human, tap, junit
  }

  var tests: [ScriptTest]

  var failed: Int { tests.count { $0.failure != nil } }

  func text(_ format: Format) -> String {
    switch format {
    case .human: human
    case .tap: tap
    case .junit: junit
    }
  }

  // MARK: - Private

  private var human: String {
    let lines = tests.flatMap { test -> [String] in
      guard let failure = test.failure else { return ["ok    \(display(test.path))"] }
      var lines = ["FAIL  \(display(test.path))"]
      switch failure {
      case .findings(let findings): lines += findings.map { $0.rendered() }
      case .parted:
        let error = test.error
        lines += [error?.message, error?.hint.map { "hint: \($0)" }].compactMap { $0 }.map { display($0) }
      }
      return lines
    }
    let noun = tests.count == 1 ? "script" : "scripts"
    return (lines + ["\(tests.count) \(noun): \(tests.count - failed) passed, \(failed) failed"])
      .joined(separator: "\n") + "\n"
  }

  /// The Test Anything Protocol, version 13, which every reader knows: what is wrong stands in a YAML block, whose texts are written as JSON.
  private var tap: String {
    var lines = ["TAP version 13", "1..\(tests.count)"]
    for (index, test) in tests.enumerated() {
      let name = display(test.path).replacing("\\", with: "\\\\").replacing("#", with: "\\#")
      lines.append("\(test.failure == nil ? "ok" : "not ok") \(index + 1) - \(name)")
      guard let error = test.error else { continue }
      lines += ["  ---", "  message: \(JSON.text(error.message).text())"]
      if let hint = error.hint { lines.append("  hint: \(JSON.text(hint).text())") }
      lines += ["  severity: fail", "  ..."]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// JUnit's XML as build servers read it: a suite for each folder.
  private var junit: String {
    var folders: [String] = []
    for test in tests where !folders.contains(folder(of: test)) { folders.append(folder(of: test)) }
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<testsuites name="keyusher flow test" \#(counts(tests))>"#,
    ]
    for folder in folders {
      let own = tests.filter { self.folder(of: $0) == folder }
      lines.append(#"  <testsuite name="\#(xml(folder))" \#(counts(own))>"#)
      lines += own.flatMap { testCase($0) }
      lines.append("  </testsuite>")
    }
    return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
  }

  private func testCase(_ test: ScriptTest) -> [String] {
    let name = test.path.split(separator: "/").last.map(String.init) ?? test.path
    let head =
      #"    <testcase name="\#(xml(name))" classname="\#(xml(test.flowID ?? folder(of: test)))" "#
      + #"file="\#(xml(test.path))" time="\#(seconds(test.duration))""#
    guard let error = test.error else { return [head + "/>"] }
    let type = if case .findings? = test.failure { "findings" } else { "parted" }
    let text = [error.message, error.hint.map { "hint: \($0)" }].compactMap { $0 }.joined(separator: "\n")
    return [
      head + ">", #"      <failure message="\#(xml(error.message))" type="\#(type)">\#(xml(text))</failure>"#,
      "    </testcase>",
    ]
  }

  private func folder(of test: ScriptTest) -> String {
    test.path.lastIndex(of: "/").map { String(test.path[..<$0]) } ?? "."
  }

  private func counts(_ tests: [ScriptTest]) -> String {
    let time = seconds(tests.reduce(.zero) { $0 + $1.duration })
    return #"tests="\#(tests.count)" failures="\#(tests.count { $0.failure != nil })" errors="0" time="\#(time)""#
  }

  /// `0.012`: seconds and thousandths.
  private func seconds(_ duration: Duration) -> String {
    let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }

  /// A text for an attribute or an element; what XML can't hold, or what could hide text, is spelt out.
  private func xml(_ text: String) -> String {
    var escaped = ""
    for scalar in display(text, keepingLines: true).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n": escaped += "&#10;"
      case _ where scalar.value & 0xFFFE == 0xFFFE: escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
