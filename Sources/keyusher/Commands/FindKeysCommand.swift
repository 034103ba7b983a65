import ArgumentParser
import Ceremony
import Files
import Glibc
import HelperPrograms
import Inventory
import KeySearch
import PlainText
import Records

struct FindKeys: ParsableCommand {
  static let configuration = CommandConfiguration(help: "find-keys")

  @Argument(
    help: ArgumentHelp(
      "Files and folders to search; without one, the places where keys are known to lie.", valueName: "path"),
    completion: .file())
  var paths: [String] = []

  @Flag(help: "Search what git keeps of earlier versions, too, in each repository below a path.")
  var gitHistory = false

  @Flag(help: "Search files of other users, too.")
  var allOwners = false

  @OptionGroup var format: JSONOptions

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if gitHistory, paths.isEmpty, !format.schema {
      throw ValidationError("--git-history searches the repositories below a path; name one, for example '.'.")
    }
  }

  func run() throws {
    if format.schema { return try PrintedJSON.write(PrintedJSON.foundKeys.schema) }
    let context = CommandContext(common)
    let inventory = try context.inventory()
    inventory.keepsIndex = true
    let origins = try inventory.origins()
    let sought = try SoughtKeys(try context.catalog(), origins)
    let places = KnownPlaces(
      home: context.surroundings.environment["HOME"], work: workingFolder(), programs: sought.programs)
    let seed = SystemRandomNumberGenerator.number
    let search = TreeSearch(sought.table, seed: seed)
    if paths.isEmpty { addKnown(places, to: search) } else { try addPaths(to: search) }
    try search.run(context.console.status(isWanted: true))
    var result = search.result
    if gitHistory { try GitHistory(sought.table, seed: seed, context.surroundings).search(&result) }
    let keys = LyingKey.keys(in: result.found)
    let report = FoundReport(sought: sought, places: places, keys: keys, result: result, isOfPaths: !paths.isEmpty)
    if format.json { try PrintedJSON.write(report.rows) } else { context.console.show(report.page) }
    for name in sought.brokenPrograms { context.console.remark([Sentence(.warning, FindKeys.broken(name))]) }
    if let first = origins.unreadable.first {
      throw CommandError.unreadable(first.run, origins.unreadable.count, status: keys.isEmpty ? .wrongInput : .findings)
    }
    if !keys.isEmpty { throw ExitStatus.findings }
  }

  // MARK: - Private

  private func addKnown(_ places: KnownPlaces, to search: TreeSearch) {
    for place in places.places() {
      var options = place.options
      options.takesAllOwners = allOwners
      _ = search.add(place.path, options)
    }
  }

  private func addPaths(to search: TreeSearch) throws {
    let here = workingFolder()
    for path in paths {
      var options = TreeSearch.Options()
      options.takesAllOwners = allOwners
      // Whoever names a file means it.
      let isFile = try status(of: path, followingLink: false)?.isPlainFile ?? false
      (options.isText, options.takesAnyPEM) = (isFile, isFile)
      let whole = FindKeys.whole(path, in: here)
      let shown = display(path)
      switch search.add(whole, options) {
      case .taken: continue
      case .missing:
        throw CommandError("there is nothing at '\(shown)'", hints: ["name a file or a folder"], status: .noInput)
      case .isLink:
        throw CommandError(
          "'\(shown)' is a link, and links are not followed", hints: ["name what it leads to: readlink -f '\(shown)'"],
          status: .noInput)
      case .isOther:
        throw CommandError(
          "'\(shown)' is neither a plain file nor a folder", hints: ["name a file or a folder"], status: .noInput)
      case .isOfOther:
        throw CommandError(
          "'\(shown)' belongs to another user", hints: ["search it all the same: --all-owners"], status: .noInput)
      case .failed(let number):
        throw CommandError(
          "'\(shown)' can't be opened: \(systemWords(number))", hints: ["look at its rights"], status: .inputOutput)
      }
    }
  }

  /// A path from the root, without what only leads back: one file has one path.
  private static func whole(_ path: String, in folder: String) -> String {
    let joined = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    // What leads up may lead through a link: that is left as it is.
    if joined.split(separator: "/").contains("..") { return joined }
    return "/" + joined.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }

  private static func broken(_ name: String) -> String {
    "The program pack '\(display(name))' can't be used: where that program keeps keys was not looked at. 'keyusher flow lint' says why."
  }
}

extension SystemRandomNumberGenerator {
  fileprivate static var number: UInt64 {
    var chance = SystemRandomNumberGenerator()
    return chance.next()
  }
}

extension CommandError {
  fileprivate static func unreadable(_ run: String, _ count: Int, status: ExitStatus) -> CommandError {
    CommandError(
      count == 1
        ? "record '\(run)' can't be read: whether it knows a key is not known here"
        : "\(count) records can't be read: whether they know a key is not known here",
      hints: ["'keyusher runs' names each, and why"], status: status)
  }
}
