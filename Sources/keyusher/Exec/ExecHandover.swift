import FlowText
import PlainText
import SecretMemory
import Stores

/// What a program is to be given of a credential: complete, and under the names that it expects, or not at all.
struct Handover {
  /// A variable, and what is in it.
  struct Variable {
    var name: String
    var content: ProgramPack.Content
    /// The part of the credential that it holds; nil for what is no secret.
    var part: String?
    var value: SecretBytes
  }

  let entry: EntryName
  let program: ProgramPack
  /// In the order of the parts' names.
  let variables: [Variable]
  /// Of these, those that were asked for by name; nil for all.
  let only: Set<String>?
  private let credential: StoredCredential
  private let holes: ProgramHoles

  /// Throws if the program takes no such keys, if a part is missing or empty, or if two would have the same name.
  ///
  /// - Parameter prefix: what stands for the exchange in names, where the caller says so; it comes before what is known.
  init(
    _ credential: StoredCredential, from entry: EntryName, as program: ProgramPack, knowing facts: PartFacts,
    prefix: String?, only: [String]
  ) throws {
    self.entry = entry
    self.program = program
    self.credential = credential
    self.only = only.isEmpty ? nil : Set(only)
    guard let exchange = program.name(of: credential.exchange) else {
      throw CommandError.foreign(credential.exchange, to: program)
    }
    let holes = ProgramHoles(exchange: exchange, label: credential.label, prefix: prefix)
    self.holes = holes
    let own = program.prefersOwnVariables && prefix == nil ? facts.variables : [:]
    let names = credential.parts.keys.sorted().map { part in
      (part: part, variable: own[part] ?? program.variable(of: part, filling: holes))
    }
    var variables: [Variable] = []
    for (part, name) in names {
      guard let name else {
        // What was not asked for need not have a name; nor where the program reads a file alone.
        if only.isEmpty, !program.variables.isEmpty { throw CommandError.unknown(part: part, to: program) }
        continue
      }
      if !only.isEmpty, !only.contains(name) { continue }
      guard let secret = credential.parts[part], !secret.isEmpty else {
        throw CommandError.empty(part: part, in: entry)
      }
      guard !variables.contains(where: { $0.name == name }) else { throw CommandError.ambiguous(name, in: entry) }
      variables.append(Variable(name: name, content: .part([part]), part: part, value: secret))
    }
    for variable in program.variables {
      guard case .text(let text) = variable.content else { continue }
      let name = holes.variable(variable.name)
      if !only.isEmpty, !only.contains(name) { continue }
      guard !variables.contains(where: { $0.name == name }) else { throw CommandError.twice(name, in: entry) }
      let value = try SecretBytes(copying: Array(holes.text(text).utf8))
      variables.append(Variable(name: name, content: variable.content, part: nil, value: value))
    }
    if only.isEmpty {
      if let missing = facts.missing(from: credential) { throw CommandError.lacking(missing, in: entry) }
      guard !credential.parts.isEmpty else { throw CommandError.lacking("part", in: entry) }
    }
    for name in only where !variables.contains(where: { $0.name == name }) {
      throw CommandError.noVariable(name, among: names.compactMap(\.variable).sorted(), in: entry)
    }
    self.variables = variables
  }

  /// Throws if the program reads no variables, if one is not theirs to set, or if a value can't stand in one, or would not
  /// arrive as it is.
  func checkForEnvironment() throws {
    if program.variables.isEmpty { throw CommandError.readsNoVariables(program, entry) }
    for variable in variables {
      if SteeringVariables.have(variable.name) { throw CommandError.steering(variable.name) }
      guard let part = variable.part else { continue }
      if variable.value.withBytes({ $0.contains(0) }) { throw CommandError.zeroByte(in: variable.name) }
      if isSpoiled(part, variable.value) { throw CommandError.looksLikeNumber(variable.name, to: program) }
    }
  }

  /// The variables whose values would not come to the program as they are.
  var spoiled: [Variable] {
    variables.filter { variable in variable.part.map { isSpoiled($0, variable.value) } ?? false }
  }

  /// What else the pack says, for this key.
  var notes: [String] { program.notes.map(holes.text) }

  /// In what the program counts its requests where this key is used.
  var nonces: [ProgramPack.Nonce] { program.nonces.filter { $0.exchange == credential.exchange } }

  /// What stands in the file: the value alone if one variable was asked for, else what the program reads as a file.
  func fileContent() throws -> SecretBytes {
    if let only, only.count == 1, let variable = variables.first { return variable.value }
    guard let file = program.file else { throw CommandError.readsNoFile(program, entry) }
    if file.form == .stored {
      var asked = credential
      let parts = Set(variables.compactMap(\.part))
      asked.parts = credential.parts.filter { parts.contains($0.key) }
      return try asked.encoded()
    }
    let entries = try file.entries.compactMap { entry in
      try value(of: entry.content).map { (path: entry.path.map(holes.text), value: $0) }
    }
    let written = SecretFile(entries)
    if file.form == .lines {
      guard let lines = try written.lines() else { throw CommandError.severalLines(program) }
      return lines
    }
    guard let content = try file.form == .yaml ? written.yaml() : written.json() else {
      throw CommandError.clashing(in: program, for: entry)
    }
    return content
  }

  // MARK: - Private

  private func isSpoiled(_ part: String, _ value: SecretBytes) -> Bool {
    program.traps.contains { $0.parts.contains(part) && $0.spoils(value) }
  }

  /// What stands at a place of the file; nil if the key has no such part, or it was not asked for.
  private func value(of content: ProgramPack.Content) throws -> SecretBytes? {
    switch content {
    case .part(let parts):
      guard let part = parts.first(where: { credential.parts[$0] != nil }), let value = credential.parts[part] else {
        return nil
      }
      if only != nil, !variables.contains(where: { $0.part == part }) { return nil }
      guard !value.isEmpty else { throw CommandError.empty(part: part, in: entry) }
      return value
    case .text(let text):
      if only != nil, !variables.contains(where: { $0.content == content }) { return nil }
      return try SecretBytes(copying: Array(holes.text(text).utf8))
    case .otherParts: return nil
    }
  }
}

// MARK: - Words

extension CommandError {
  /// Why a key is not handed over.
  private static func refused(_ why: String, hint: String) -> CommandError {
    CommandError("\(why), so nothing was run", hint: hint, status: .wrongInput)
  }

  private static func takeInAgain(_ entry: EntryName) -> String {
    "take the key in again: keyusher key adopt \(entry) --replace"
  }

  fileprivate static func unknown(part: String, to program: ProgramPack) -> CommandError {
    CommandError(
      "\(program.id) has no name for the part '\(part)'",
      hint: "name the variables that it needs with --only, or use --as env", status: .wrongInput)
  }

  fileprivate static func empty(part: String, in entry: EntryName) -> CommandError {
    refused("the part '\(part)' of the key '\(entry)' is empty", hint: takeInAgain(entry))
  }

  fileprivate static func ambiguous(_ variable: String, in entry: EntryName) -> CommandError {
    refused(
      "two parts of the key '\(entry)' would be \(variable)",
      hint: "use --as env, where each part has a name of its own")
  }

  fileprivate static func twice(_ variable: String, in entry: EntryName) -> CommandError {
    refused(
      "\(variable) would hold two values for the key '\(entry)'",
      hint: "use --as env, where each part has a name of its own")
  }

  /// Whoever named it: a flow, a pack, `--prefix`, or what a key's exchange is called.
  fileprivate static func steering(_ variable: String) -> CommandError {
    refused(
      "\(variable) steers how programs run, and no key belongs there",
      hint: "give the key with --fd or --file, or under other names: --as env --prefix NAME")
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

  fileprivate static func looksLikeNumber(_ variable: String, to program: ProgramPack) -> CommandError {
    let told = program.file?.told.map { $0.replacing("{file}", with: "\"$KEYUSHER_FILE\"") } ?? "\"$KEYUSHER_FILE\""
    return refused(
      "\(program.id) would take the value of \(variable) for a number, and spoil it",
      hint: program.file == nil
        ? "give it with --fd or --file, if the program can read it there"
        : "give it as a file: --file, and in the program's own arguments: \(told)")
  }

  fileprivate static func readsNoVariables(_ program: ProgramPack, _ entry: EntryName) -> CommandError {
    refused(
      "\(program.id) reads no key from its environment",
      hint: "'keyusher key config \(entry) --for \(program.id)' says how it gets one")
  }

  fileprivate static func readsNoFile(_ program: ProgramPack, _ entry: EntryName) -> CommandError {
    refused(
      "\(program.id) is not known to read a key from a file",
      hint: program.variables.isEmpty
        ? "'keyusher key config \(entry) --for \(program.id)' says how it gets one"
        : "give it in the environment: leave out --fd and --file, or name one variable with --only")
  }

  /// Only what fills the holes can do that: the reader of packs has looked at the rest.
  fileprivate static func clashing(in program: ProgramPack, for entry: EntryName) -> CommandError {
    refused(
      "the values for '\(entry)' can't all stand in the file of \(program.id): two would have one place",
      hint: "look at 'file' in its pack: a label or an exchange in 'at' must not be like another key")
  }

  fileprivate static func severalLines(_ program: ProgramPack) -> CommandError {
    refused(
      "\(program.id) reads each part from a line of its own, and a part of this key has several",
      hint: "use --as env")
  }
}
