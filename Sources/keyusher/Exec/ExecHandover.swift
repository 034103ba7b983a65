import SecretMemory
import Stores

/// What a program is to be given of a credential: complete, and under the names that it expects, or not at all.
struct Handover {
  /// A variable, and what is in it.
  struct Variable {
    var name: String
    /// The part of the credential that it holds; nil for what is no secret.
    var part: String?
    var value: SecretBytes
  }

  let entry: EntryName
  let naming: Naming
  /// In the order of the parts' names.
  let variables: [Variable]
  /// Of these, those that were asked for by name; nil for all.
  let only: Set<String>?
  private let credential: StoredCredential

  /// Throws if a part is missing or empty, or if two would have the same name.
  init(
    _ credential: StoredCredential, from entry: EntryName, as naming: Naming, prefix: String?, only: [String]
  ) throws {
    self.entry = entry
    self.naming = naming
    self.only = only.isEmpty ? nil : Set(only)
    var variables: [Variable] = []
    for (part, secret) in credential.parts.sorted(by: { $0.key < $1.key }) {
      guard let name = naming.variable(of: part, exchange: credential.exchange, prefix: prefix) else {
        throw CommandError.unknown(part: part, to: naming)
      }
      if !only.isEmpty, !only.contains(name) { continue }
      guard !secret.isEmpty else { throw CommandError.empty(part: part, in: entry) }
      guard !variables.contains(where: { $0.name == name }) else { throw CommandError.ambiguous(name, in: entry) }
      variables.append(Variable(name: name, part: part, value: secret))
    }
    if naming == .freqtrade, only.isEmpty || only.contains(Self.freqtradeName) {
      let name = Naming.usualID(of: credential.exchange)
      variables.append(Variable(name: Self.freqtradeName, value: try SecretBytes(copying: Array(name.utf8))))
    }
    if only.isEmpty {
      let parts = Set(variables.compactMap(\.part))
      guard parts.contains("key") else { throw CommandError.lacking("key", in: entry) }
      guard parts.contains("secret") || parts.contains("private-key") else {
        throw CommandError.lacking("secret", in: entry)
      }
    }
    for name in only where !variables.contains(where: { $0.name == name }) {
      let names = credential.parts.keys.compactMap {
        naming.variable(of: $0, exchange: credential.exchange, prefix: prefix)
      }
      throw CommandError.noVariable(name, among: names.sorted(), in: entry)
    }
    self.variables = variables
    self.credential = credential
  }

  /// Throws if a value can't stand in a variable, or would not arrive as it is.
  func checkForEnvironment() throws {
    for variable in variables where variable.part != nil {
      if variable.value.withBytes({ $0.contains(0) }) { throw CommandError.zeroByte(in: variable.name) }
      let isConverted = naming == .freqtrade && !variable.name.hasSuffix("__PASSWORD")
      if isConverted, variable.value.isTypedByFreqtrade { throw CommandError.looksLikeNumber(variable.name) }
    }
  }

  /// What stands in the file: the value alone if one variable was asked for, else what the program reads as a file.
  func fileContent() throws -> SecretBytes {
    if let only, only.count == 1, let variable = variables.first { return variable.value }
    if naming == .env {
      var asked = credential
      let parts = Set(variables.compactMap(\.part))
      asked.parts = credential.parts.filter { parts.contains($0.key) }
      return try asked.encoded()
    }
    let outer = naming == .ccxt ? Naming.usualID(of: credential.exchange) : "exchange"
    let text = try secretObject(outer, variables.map { ($0.part.flatMap(naming.member) ?? "name", $0.value) })
    try text.append(UInt8(ascii: "\n"))
    return text
  }

  // MARK: - Private

  private static let freqtradeName = "FREQTRADE__EXCHANGE__NAME"
}

// MARK: - Words

extension CommandError {
  /// Why a key is not handed over.
  private static func refused(_ why: String, hint: String) -> CommandError {
    CommandError("\(why), so nothing was run", hint: hint, status: .execFailed)
  }

  private static func takeInAgain(_ entry: EntryName) -> String {
    "take the key in again: keyusher key adopt \(entry) --replace"
  }

  fileprivate static func unknown(part: String, to naming: Naming) -> CommandError {
    CommandError(
      "\(naming.rawValue) has no name for the part '\(part)'",
      hint: "name the variables that it needs with --only, or use --as env", status: .execFailed)
  }

  fileprivate static func empty(part: String, in entry: EntryName) -> CommandError {
    refused("the part '\(part)' of the key '\(entry)' is empty", hint: takeInAgain(entry))
  }

  fileprivate static func ambiguous(_ variable: String, in entry: EntryName) -> CommandError {
    refused(
      "two parts of the key '\(entry)' would be \(variable)",
      hint: "use --as env, where each part has a name of its own")
  }

  fileprivate static func lacking(_ part: String, in entry: EntryName) -> CommandError {
    refused("the key '\(entry)' has no \(part)", hint: takeInAgain(entry))
  }

  fileprivate static func noVariable(_ name: String, among names: [String], in entry: EntryName) -> CommandError {
    refused("the key '\(entry)' gives no variable '\(name)'", hint: "it gives: \(names.joined(separator: ", "))")
  }

  fileprivate static func zeroByte(in variable: String) -> CommandError {
    refused(
      "what is to be \(variable) holds a zero byte, which no variable can", hint: "give it with --fd or --file")
  }

  fileprivate static func looksLikeNumber(_ variable: String) -> CommandError {
    refused(
      "freqtrade would take the value of \(variable) for a number, and spoil it",
      hint: "give it as a file: --file, and in the program's own arguments: -c \"$KEYUSHER_FILE\"")
  }
}
