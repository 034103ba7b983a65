import Files
import FlowText
import Glibc
import PlainText

/// A flat YAML file of `key: value` lines, changed line by line, so that comments and order stay as they are.
struct SettingsFile {
  let path: String
  private var lines: [String]
  private(set) var entries: [FlatEntry] = []
  /// What is no setting. The lines are not shown: what can't be read may be anything.
  private(set) var findings: [Finding] = []

  /// The most a file may have, in bytes.
  static let largest = 65_536

  init(_ text: String, path: String) {
    self.path = path
    // A carriage return and a line feed are one character.
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
    parse()
  }

  var text: String { lines.joined(separator: "\n") }

  // MARK: - Changing

  /// Sets a key where it stands first, or on a new line at the end.
  mutating func set(_ key: String, to value: String) {
    let written = SettingsFile.written(value)
    if let entry = entries.first(where: { $0.key == key }) {
      let line = lines[entry.line - 1]
      let rest = line.dropFirst(entry.valueColumn - 1 + entry.valueLength)
      let before = line.prefix(entry.valueColumn - 1)
      let space = before.last == ":" ? " " : ""
      lines[entry.line - 1] = "\(before)\(space)\(written)\(rest.first == "#" ? " " : "")\(rest)"
    } else {
      if lines.last == "" { lines.removeLast() }
      let margin = String(repeating: " ", count: (entries.first?.keyColumn ?? 1) - 1)
      lines += ["\(margin)\(key): \(written)", ""]
    }
    parse()
  }

  /// Takes every line of a key out; false if there is none.
  mutating func unset(_ key: String) -> Bool {
    let count = lines.count
    // Of a key that stands there twice the reader gives one.
    while let entry = entries.first(where: { $0.key == key }) {
      lines.remove(at: entry.line - 1)
      parse()
    }
    return lines.count < count
  }

  // MARK: - Findings

  /// A finding at a key. Its value is not shown: behind a mistyped key it may be anything.
  func finding(_ flaw: SettingFlaw, atKeyOf entry: FlatEntry) -> Finding {
    Finding(
      path: path, line: entry.line, column: entry.keyColumn, length: entry.key.count, code: flaw.code,
      message: flaw.message, hint: flaw.hint,
      excerpt: "\(lines[entry.line - 1].prefix(entry.keyColumn + entry.key.count))")
  }

  func finding(_ flaw: SettingFlaw, atValueOf entry: FlatEntry) -> Finding {
    Finding(
      path: path, line: entry.line, column: entry.valueColumn, length: max(entry.valueLength, 1), code: flaw.code,
      message: flaw.message, hint: flaw.hint, excerpt: flaw.isSensitive ? nil : lines[entry.line - 1])
  }

  // MARK: - Parsing

  private mutating func parse() {
    let reading = readFlatMapping(text, path: path)
    (entries, findings) = (reading.value ?? [], reading.findings)
  }

  /// A value as it stands in a file: plain where every reader of YAML takes it for itself, otherwise in double quotes.
  private static func written(_ value: String) -> String {
    let isPlain =
      value.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil || "._-:/@".unicodeScalars.contains($0)
      }
      && value.first.map { $0.isLetter || $0.isNumber || $0 == "/" } == true && !value.hasSuffix(":")
    if isPlain { return value }
    return "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  // MARK: - The file itself

  /// The text of a file; nil if there is none. One that others can write is refused.
  static func read(_ path: String) throws -> String? {
    let bytes: [UInt8]
    do throws(FileError) {
      let file = try Descriptor(path, flags: O_RDONLY | O_NONBLOCK)
      try file.requirePlain()
      try file.requireOurs(orRoot: true)
      bytes = try file.read(most: largest)
    } catch {
      switch error.reason {
      case .system(ENOENT): return nil
      case .writable: throw unusable(path, "others can write to it")
      case .tooLarge: throw unusable(path, "it has more than \(largest >> 10) KiB")
      default: throw unusable(path, error.why)
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw unusable(path, "it is not UTF-8") }
    return text
  }

  private static func unusable(_ path: String, _ why: String) -> CommandError {
    CommandError(
      "'\(path)' can't be used: \(why)",
      hints: ["it is a file of 'key: value' lines, yours alone: chmod 600 '\(path)'"], status: .inputOutput)
  }
}
