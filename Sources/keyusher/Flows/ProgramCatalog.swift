import Files
import FlowCore
import FlowText
import PlainText

/// The programs whose packs say how they take a key: those inside the binary, and those in the person's folders of flows.
extension FlowCatalog {
  /// The names of the packs inside the binary.
  static let shippedPrograms = sharedFiles.keys.filter { $0.hasPrefix(FlowLibrary.programs) }
    .map { String($0.dropFirst(FlowLibrary.programs.count)) }.sorted()

  /// The pack of a program: a shipped one wins over one in the person's folders. Complains with the nearest name, or with its
  /// findings.
  ///
  /// - Parameter catalog: what has the folders; it is not made where a shipped pack is meant.
  static func program(_ name: String, among catalog: @autoclosure () throws -> FlowCatalog) throws -> ProgramPack {
    try shippedProgram(name) ?? catalog().ownProgram(name)
  }

  func program(_ name: String) throws -> ProgramPack { try FlowCatalog.program(name, among: self) }

  /// A pack inside the binary; nil if there is none of that name. Tests have read it against the exchanges' packs.
  private static func shippedProgram(_ name: String) throws -> ProgramPack? {
    guard let text = sharedFiles[FlowLibrary.programs + name] else { return nil }
    return try value(
      of: readProgram(Array(text.utf8), path: "flows/\(FlowLibrary.programs)\(name).yaml", expectedID: name), name)
  }

  private func ownProgram(_ name: String) throws -> ProgramPack {
    for folder in folders where isFlowID(FlowLibrary.programs + name) {
      let path = "\(folder)/\(FlowLibrary.programs)\(name).yaml"
      guard try exists(path) else { continue }
      try FlowFile.checkFolder(folder + "/" + FlowLibrary.programs)
      guard let bytes = try FlowFile.read(path, isTrusted: true) else {
        throw CommandError.findings([.tooLarge(path: path)], in: "the program pack '\(name)'")
      }
      let library = FlowCatalog.library(of: folder)
      return try FlowCatalog.value(
        of: readProgram(bytes, path: path, expectedID: name, exchange: library.pack), name)
    }
    throw CommandError.noSuchProgram(name, among: try programs())
  }

  /// What the pack of a program says that a key of a flow's exchange must be allowed for it.
  func proposal(for name: String, in flowID: String) throws -> ProgramProposal {
    let program = try program(name)
    let flow = try flow(flowID).flow
    guard flow.steps.contains(where: { $0.fromProgram == .name }) else {
      throw CommandError(
        "the flow '\(flowID)' does not ask for a program", hints: ["leave out --program \(name)"], status: .usage)
    }
    if pack(of: flow.provider) != nil, program.name(of: flow.provider) == nil {
      throw CommandError.foreign(flow.provider, to: program)
    }
    return ProgramProposal(
      name: program.id, title: program.title,
      needs: program.rights(at: flow.provider).map { rights in
        ProgramProposal.Need(
          purpose: rights.purpose, permissions: rights.permissions, why: rights.why,
          source: "From \(rights.source.description), read \(rights.source.date).")
      })
  }

  /// The names of all packs of programs.
  func programs() throws -> [String] {
    let own = try folders.flatMap { folder in
      let path = folder + "/" + FlowLibrary.programs
      guard try isFolder(path) else { return [String]() }
      return try looking(into: path, names(inFolder:)).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    }
    return Set(FlowCatalog.shippedPrograms + own).sorted()
  }

  /// The pack of an exchange, shipped or in the folders; nil if there is none that can be used.
  func pack(of exchange: String) -> Pack? {
    for folder in folders { if let pack = FlowCatalog.library(of: folder).pack(of: exchange) { return pack } }
    return FlowCatalog.library(of: nil).pack(of: exchange)
  }

  private static func value(of reading: Reading<ProgramPack>, _ name: String) throws -> ProgramPack {
    guard let program = reading.value else {
      throw CommandError.findings(reading.findings, in: "the program pack '\(name)'")
    }
    return program
  }
}

extension CommandError {
  /// A program that is not known to take keys of an exchange.
  static func foreign(_ exchange: String, to program: ProgramPack) -> CommandError {
    CommandError(
      "the pack of \(program.id) does not say that it takes keys of '\(exchange)'",
      hint: "it takes those of \(program.exchanges.map(\.id).joined(separator: ", "))", status: .wrongInput)
  }

  fileprivate static func noSuchProgram(_ name: String, among names: [String]) -> CommandError {
    let own = isFlowID(FlowLibrary.programs + name) ? name : "NAME"
    return CommandError(
      "no pack says how the program '\(name)' takes a key",
      hints: nearest(to: name, among: names).map { ["did you mean '\($0)'?"] } ?? [
        "there are packs for \(names.joined(separator: ", "))",
        "'keyusher flow new \(own) --program' begins one of your own",
      ], status: .noInput)
  }
}
