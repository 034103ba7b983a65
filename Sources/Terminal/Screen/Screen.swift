import CTerminal
import Glibc
import PlainText

/// Writes linear text: folded to the width, with colour that only repeats what the words say.
public struct Screen: Sendable {
  /// What a text is for. The words carry it; colour repeats it.
  public enum Role: CaseIterable, Sendable {
    case heading, body, url, command, option, standing, warning, problem, hint, source, plain
  }

  /// The columns at the moment of writing, so that a resize counts from the next text on.
  let width: @Sendable () -> Int
  let colour: Bool
  public let charset: Charset
  var output = Output.standard
}

extension Screen {
  /// A screen on a descriptor as it is: 80 columns and no escape sequence unless it is a terminal that shows them.
  ///
  /// `noColour` and `term` are the values of `NO_COLOR` and `TERM`.
  public init(on output: Output, charset: Charset, noColour: String?, term: String?) {
    self.init(
      width: { Screen.columns(of: output) },
      colour: Screen.wantsColour(isTerminal: output.isTerminal, noColour: noColour, term: term),
      charset: charset, output: output)
  }

  /// Whether escape sequences are welcome; an empty `NO_COLOR` counts as none, as no-color.org has it.
  public static func wantsColour(isTerminal: Bool, noColour: String?, term: String?) -> Bool {
    isTerminal && (noColour ?? "").isEmpty && !["dumb", "", nil].contains(term)
  }

  /// The columns of the terminal behind a descriptor; 80 if there is none.
  public static func columns(of output: Output) -> Int {
    let columns = Int(kt_window_columns(output.descriptor))
    return columns > 0 ? columns : 80
  }

  /// The lines a text makes on this screen, styled and without line ends.
  public func lines(_ text: String, role: Role = .body) -> [String] {
    let width = max(width(), 20)
    // Most texts: there is nothing in them to make visible, to fold or to set apart.
    if text.utf8.count <= width, text.isPlainLine { return [style(text, role)] }
    return charset.shown(text, keepingLines: true).split(separator: "\n", omittingEmptySubsequences: false).flatMap {
      // A command is copied as it stands.
      role == .command ? [placed($0, in: width)] : folded($0, to: width)
    }.map { style($0, role) }
  }

  /// Writes a text and ends its line.
  public func write(_ text: String, role: Role = .body) throws(TerminalError) {
    try output.write(lines(text, role: role).map { $0 + "\n" }.joined())
  }

  // MARK: - Private

  /// A line folded at spaces to at most `columns`, each part indented as the line is; behind a dash, as its text is.
  ///
  /// An address stands alone on a line of its own, and neither it nor any other word is ever broken: a longer one
  /// sticks out, at the margin.
  private func folded(_ line: some StringProtocol, to columns: Int) -> [String] {
    let indentation = String(line.prefix { $0 == " " })
    let hanging = line.dropFirst(indentation.count).hasPrefix("- ") ? "  " : ""
    return wrapped(line, columns: columns - indentation.count - hanging.count) {
      $0.hasPrefix("https://") || $0.hasPrefix("http://")
    }.enumerated().map { $1.isEmpty ? "" : placed(indentation + ($0 > 0 ? hanging : "") + $1, in: columns) }
  }

  /// A line at the margin where it would not fit otherwise: what sticks out is broken there by the terminal, which still
  /// copies it whole.
  private func placed(_ line: some StringProtocol, in columns: Int) -> String {
    String(line).width > columns ? String(line.drop { $0 == " " }) : String(line)
  }

  private func style(_ line: String, _ role: Role) -> String {
    guard colour, !line.isEmpty, let code = role.code else { return line }
    let indentation = line.prefix { $0 == " " }
    return "\(indentation)\u{1B}[\(code)m\(line.dropFirst(indentation.count))\u{1B}[0m"
  }
}

extension String {
  /// Whether it is one line of visible ASCII with single spaces between its words, and no address among them.
  fileprivate var isPlainLine: Bool {
    var isIndentation = true
    var last = UInt8(ascii: "-")
    for byte in utf8 {
      guard (0x20...0x7E).contains(byte) else { return false }
      if byte == 0x20, last == 0x20, !isIndentation { return false }
      if byte == UInt8(ascii: "/"), last == UInt8(ascii: ":") { return false }
      if byte != 0x20 { isIndentation = false }
      last = byte
    }
    return last != 0x20
  }
}

extension Screen.Role {
  /// The parameter of Select Graphic Rendition, from the 16 colours every terminal has.
  fileprivate var code: String? {
    switch self {
    case .heading: "1"
    case .url, .command: "36"
    case .standing: "32"
    case .warning: "33"
    case .problem: "31"
    case .hint: "34"
    case .source: "2"
    case .body, .option, .plain: nil
    }
  }
}
