import FlowCore
import FlowText
import PlainText

extension CommandError {
  /// The findings, then `keyusher: …`, then a line `hint: …` for each hint.
  var text: String {
    let lines =
      findings.map { $0.rendered() } + ["keyusher: " + display(message)] + hints.map { "hint: " + display($0) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Writes it to standard error.
  func say() { try? write(text, to: 2) }
}
