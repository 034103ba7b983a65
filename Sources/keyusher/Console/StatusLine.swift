import Terminal

/// One line at the terminal that says what is at work: rewritten in its place, and gone before anything else is said. Where
/// there is no terminal, or one that can't rewrite a line, nothing is shown.
final class StatusLine {
  private let output = Output(descriptor: 2)
  private let charset: Charset
  private let isShown: Bool
  private var shown = ""

  /// - Parameter term: the value of `TERM`.
  init(charset: Charset, term: String?, isWanted: Bool) {
    self.charset = charset
    isShown = isWanted && output.isTerminal && !["dumb", "", nil].contains(term)
  }

  func show(_ text: String) {
    guard isShown, text != shown else { return }
    shown = text
    try? output.write("\r\u{1B}[K" + charset.shown(text).prefix(Screen.columns(of: output) - 1))
  }

  func clear() {
    guard !shown.isEmpty else { return }
    shown = ""
    try? output.write("\r\u{1B}[K")
  }
}
