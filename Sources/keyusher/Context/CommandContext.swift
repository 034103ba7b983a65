import Files
import FlowCore
import Inventory
import NetProtocol
import Records
import Stores

/// The things that commands work with, opened when they are first needed.
final class CommandContext {
  let surroundings = Surroundings()
  let brief: Bool
  private let flowFolders: [String]
  private var openCatalog: FlowCatalog?
  private var openInventory: Inventory?

  init(flowFolders: [String] = [], brief: Bool = false) {
    self.flowFolders = flowFolders
    self.brief = brief
  }

  convenience init(_ common: CommonOptions) {
    self.init(flowFolders: common.folders, brief: common.brief)
  }

  /// The options that it was opened with, as words.
  var options: [String] { flowFolders.flatMap { ["--flows", $0] } + (brief ? ["--brief"] : []) }

  var console: Console { .shared }

  func records() throws -> RecordFolder {
    RecordFolder(path: try surroundings.home() + "/records")
  }

  /// The records, each flow of which is read once.
  func inventory() throws -> Inventory {
    if let openInventory { return openInventory }
    let inventory = Inventory(try records(), program: surroundings.program, readFlow: FlowCatalog.flow)
    inventory.keepsIndex = false
    openInventory = inventory
    return inventory
  }

  func catalog() throws -> FlowCatalog {
    if let openCatalog { return openCatalog }
    // What comes with the program, and what `--flows` names, is there for those without a home, too.
    var folders = flowFolders
    if let own = try surroundings.knownHome().map({ $0 + "/flows" }), try isFolder(own) { folders.insert(own, at: 0) }
    let catalog = try FlowCatalog(folders: folders)
    openCatalog = catalog
    return catalog
  }

  /// The stores, opened by whoever is asked for their passphrases; without one, for what needs none.
  func stores(asking: any PassphraseAsking = ReferredPassphrases(opening: nil, new: nil)) throws -> StoreRegistry {
    let home = try surroundings.home()
    return StoreRegistry(
      home: home, environment: surroundings.environment, configuration: try Configuration(home: home), asking: asking)
  }

  /// - Parameter base: a server on this computer that is asked in an exchange's place.
  func walk(base: NetAddress? = nil) throws -> Walk {
    Walk(
      surroundings: surroundings, catalog: try catalog(), records: try records(), console: console, stores: stores,
      brief: brief, base: base)
  }

  /// The run that is meant: the one named, or the newest that fits.
  func run(_ id: String?, unfinished: Bool = false) throws -> String {
    if let id {
      guard RunID.isWellFormed(id) else { throw CommandError.malformed(run: id) }
      let records = try records()
      guard try records.has(id) else { throw CommandError.noSuchRun(id, among: try records.runs()) }
      return id
    }
    let inventory = try inventory()
    guard let newest = try unfinished ? inventory.newestUnfinished() : inventory.newest() else {
      throw CommandError.noRuns(unfinished ? "unfinished run" : "run")
    }
    return newest.run
  }

  /// The record of a run, if it holds together: one that was changed is not shown as if it were whole.
  func record(_ run: String) throws -> Record {
    try inventory().record(contents(of: run))
  }

  /// What the records here tell of a key that had no name when its run ended.
  func afterwards(of record: Record) throws -> Record.Afterwards? {
    guard !record.status.isUnfinished, let key = record.madeKey, let name = key.name,
      EntryName(name)?.kind == .pending
    else { return nil }
    let first = CredentialReference(store: key.store, name: name)
    // Other runs, too, take keys to other names, and delete them.
    let origins = try inventory().origins()
    // A record that was handed over may be of a run that is not known here.
    guard origins[run: record.header.run] != nil else { return nil }
    guard let place = origins.place(ofKeyFirstAt: first) else { return .deleted }
    return place == first ? nil : .named(place)
  }

  /// What the record of a run here says, if it holds together.
  private func contents(of run: String) throws -> JournalContents {
    let records = try records()
    let audited = try records.audited(run)
    if let damage = audited.report.damage { throw CommandError.damaged(run, damage) }
    return try audited.contents ?? records.read(run)
  }

  /// The record that is meant: the file of that path, the run of that id, or the newest.
  func record(named name: String?) throws -> Record {
    guard let name, CommandContext.isPath(name) else { return try record(run(name)) }
    let contents = try contents(named: name)
    let flow = try FlowCatalog.flow(of: contents.header) { try flowText(of: contents.header, at: name) }
    return Record(
      header: contents.header, entries: contents.entries, flow: flow, finalDigest: contents.finalDigest)
  }

  /// What the record that is meant says, if it holds together; its flow is not looked at.
  func contents(named name: String?) throws -> JournalContents {
    guard let name, CommandContext.isPath(name) else {
      return try contents(of: run(name))
    }
    guard try exists(name) else { throw CommandError.noSuchRecord(name) }
    let file = RecordFile(path: name)
    let audited = try file.audited()
    if let damage = audited.report.damage { throw CommandError.damaged(name, damage) }
    return try audited.contents ?? file.read()
  }

  /// The record that is meant as it is handed over: with the text of its flow in it.
  func handedOver(named name: String?) throws -> [UInt8] {
    let header = try contents(named: name).header
    let path = name.flatMap { CommandContext.isPath($0) ? $0 : nil }
    let text = try header.flowDigest.map { _ in
      try FlowCatalog.text(of: header) { try flowText(of: header, at: path) }
    }
    if let path { return try RecordFile(path: path).handedOver(with: text) }
    return try records().handedOver(header.run, with: text)
  }

  /// The text of a record's flow: from where the record lies, or from the records here, which its digest says to be the same.
  private func flowText(of header: RunHeader, at path: String?) throws -> String {
    guard let path else { return try records().flowText(of: header) }
    do throws(JournalError) { return try RecordFile(path: path).flowText(of: header) } catch {
      guard error.isAboutFlowText, let text = try? records().flowText(of: header) else { throw error }
      return text
    }
  }

  /// The operation on a key that the record which is meant is about; nil if it is that of a run.
  func operation(named name: String?) throws -> OperationRecord? {
    guard let name else { return nil }
    guard CommandContext.isPath(name) else {
      let id = try run(name)
      guard let operation = try inventory().operation(of: id) else { return nil }
      try checkThatItHolds(id)
      return operation
    }
    guard try exists(name) else { throw CommandError.noSuchRecord(name) }
    let file = RecordFile(path: name)
    guard let operation = OperationRecord(try file.read()) else { return nil }
    if let damage = try file.audit().damage { throw CommandError.damaged(name, damage) }
    return operation
  }

  /// Whether a name is that of a file, and not of a run in this home.
  static func isPath(_ name: String) -> Bool {
    if name.contains("/") || name.hasSuffix(".jsonl") { return true }
    return !RunID.isWellFormed(name) && (try? status(of: name))?.isPlainFile == true
  }

  func checkThatItHolds(_ run: String) throws { _ = try contents(of: run) }

  /// Whether a record has no end yet. One of an operation on a key that was handed to a program never has another.
  ///
  /// - Parameter path: that of its file, where it does not lie among the records here.
  func isUnfinished(_ contents: JournalContents, at path: String?) throws -> Bool {
    if let operation = OperationRecord(contents) { return operation.outcome == .notKnowable }
    guard path != nil else { return try inventory().isUnfinished(contents) }
    let header = contents.header
    return contents.isUnfinished(in: try FlowCatalog.flow(of: header) { try flowText(of: header, at: path) })
  }
}

extension CommandError {
  static func damaged(_ record: String, _ damage: AuditReport.Finding) -> CommandError {
    CommandError(
      "record '\(record)', line \(damage.line): \(damage)",
      hints: ["the record was changed or damaged, and is not used; 'keyusher audit \(record)' checks it whole"],
      status: .findings)
  }
}
