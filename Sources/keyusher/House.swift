import ArgumentParser
import Ceremony
import FlowCore
import Records
import Terminal

/// What every command takes.
struct CommonOptions: ParsableArguments {
  @Option(name: .customLong("flows"), help: ArgumentHelp("Add the flows in this folder.", valueName: "dir"))
  var folders: [String] = []

  @Flag(help: "Leave out the hints, for those who know the way.")
  var brief = false
}

/// The things that commands work with, opened when they are first needed.
final class House {
  let surroundings = Surroundings()
  let brief: Bool
  private let flowFolders: [String]
  private var openShelf: FlowShelf?

  init(flowFolders: [String] = [], brief: Bool = false) {
    self.flowFolders = flowFolders
    self.brief = brief
  }

  convenience init(_ common: CommonOptions) {
    self.init(flowFolders: common.folders, brief: common.brief)
  }

  /// The options that it was opened with, as words.
  var options: [String] { flowFolders.flatMap { ["--flows", $0] } + (brief ? ["--brief"] : []) }

  var stage: Stage { .shared }

  func records() throws -> RecordFolder {
    RecordFolder(path: try surroundings.home() + "/records")
  }

  func shelf() throws -> FlowShelf {
    if let openShelf { return openShelf }
    let own = try surroundings.home() + "/flows"
    let shelf = try FlowShelf(folders: (isFolder(own) ? [own] : []) + flowFolders)
    openShelf = shelf
    return shelf
  }

  func walk() throws -> Walk {
    Walk(
      surroundings: surroundings, shelf: try shelf(), records: try records(), stage: stage, stores: stores,
      brief: brief)
  }

  /// The run that is meant: the one named, or the newest that fits.
  func run(_ id: String?, unfinished: Bool = false) throws -> String {
    let records = try records()
    if let id {
      guard RunID.isWellFormed(id) else { throw Complaint.malformed(run: id) }
      let ids = try records.runs()
      guard ids.contains(id) else { throw Complaint.noSuchRun(id, among: ids) }
      return id
    }
    guard let newest = try Overview.all(in: records).first(where: { !unfinished || $0.isUnfinished }) else {
      throw Complaint.noRuns(unfinished ? "unfinished run" : "run")
    }
    return newest.run
  }

  /// The record of a run, if it holds together: one that was changed is not shown as if it were whole.
  func record(_ run: String) throws -> Record {
    try checkThatItHolds(run)
    return try Overview.record(of: run, in: records())
  }

  func checkThatItHolds(_ run: String) throws {
    guard let damage = try records().audit(run).damage else { return }
    throw Complaint(
      "record '\(run)', line \(damage.line): \(damage)",
      hints: ["the record was changed or damaged, and is not used; 'keyusher audit \(run)' checks it whole"],
      status: .findings)
  }
}
