/// A located complaint about a flow or a script.
///
/// Its sentences may hold text of the file: whatever could steer a terminal in them is already made visible.
public struct Finding: Equatable, Sendable {
  public enum Severity: String, Equatable, Sendable, CaseIterable {
    /// The file can't be used.
    case error
    /// The file works, and could be better.
    case warning
  }

  /// The path as it was given.
  public var path: String
  /// From 1.
  public var line: Int
  /// From 1, in characters as a reader counts them; a byte-order mark counts for nothing.
  public var column: Int
  /// How many characters it is about, on that line; 1 at least.
  public var length: Int
  public var severity: Severity { code.severity }
  public var code: FindingCode
  /// What is wrong, without a full stop.
  public var message: String
  /// What to do about it.
  public var hint: String?
  /// The line it stands on, as it is in the file; none where it may hold a secret, or there is none.
  public var excerpt: String?

  public init(
    path: String, line: Int, column: Int, length: Int = 1, code: FindingCode,
    message: String, hint: String? = nil, excerpt: String? = nil
  ) {
    self.path = path
    self.line = line
    self.column = column
    self.length = length
    self.code = code
    self.message = message
    self.hint = hint
    self.excerpt = excerpt
  }
}

/// What reading a file came to: the value, unless a finding is an error.
public struct Reading<Value> {
  public var value: Value?
  /// In the order of the file.
  public var findings: [Finding]

  public init(value: Value?, findings: [Finding]) {
    self.value = value
    self.findings = findings
  }

  /// Whether any finding is an error.
  public var hasErrors: Bool { findings.contains { $0.severity == .error } }
}

extension Reading: Equatable where Value: Equatable {}
extension Reading: Sendable where Value: Sendable {}
