import ArgumentParser
import FlowCore
import Inventory
import PlainText
import Records
import Stores

/// What a shell offers where an argument wants something that is here.
///
/// It is asked for at each Tab: nothing is opened, nobody is asked, no program is started and no network is reached. What can't
/// be known so is not offered, and what goes wrong is not told. Names of files are anybody's: see `isPlain`.
enum Completions {
  /// The kept keys, or the entries of other kinds.
  static func keys(_ kinds: Set<EntryName.Kind> = [.kept]) -> CompletionKind {
    offer { context, words in
      names(in: context, store: value(of: "--store", in: words)).filter { kinds.contains($0.kind) }.map(\.text)
    }
  }

  /// The ids of the runs.
  static let runs = offer { context, _ in try context.records().runs() }

  /// The runs that can be gone on with, of those that were last at work.
  static let unfinishedRuns = offer { context, _ in
    let records = try context.records()
    return try records.runsWrittenLast().prefix(mostLooks).filter { run in
      (try? records.glance(at: run)).map { $0.canGoOn != .no } ?? false
    }
  }

  /// The stores of this computer.
  static let stores = offer { context, _ in try context.stores().all.map(\.id) }

  static let flows = offer { context, _ in try context.catalog().sources.map(\.id) }

  /// The exchanges, and whoever else gives out keys.
  static let exchanges = offer { context, _ in Set(try context.catalog().sources.map(\.provider)).sorted() }

  /// The programs whose packs say how they take a key.
  static let programs = offer { context, _ in try context.catalog().programs() }

  /// The kept keys, for a prompt that must not wait for records.
  static func keyNames(in context: CommandContext) -> [String] {
    folders(in: context, store: nil).filter { $0.kind == .kept }.map(\.text)
  }

  // MARK: - Private

  private static let mostLooks = 50

  private static func offer(
    _ look: @escaping @Sendable (CommandContext, _ words: [String]) throws -> [String]
  ) -> CompletionKind {
    .custom { words, _, _ in
      let folders = words.indices.dropLast().filter { words[$0] == "--flows" }.map { words[$0 + 1] }
      return ((try? look(CommandContext(flowFolders: folders), words)) ?? []).filter(isPlain)
    }
  }

  /// Whether it looks like an id or a name of ours: bash expands what it is offered, so that `$(COMMAND)` would be run.
  private static func isPlain(_ candidate: String) -> Bool {
    candidate.utf8.first.map { $0.isSmallLetter || $0.isDigit } == true && candidate.utf8.areSmallWord(with: "-_./")
  }

  private static func value(of option: String, in words: [String]) -> String? {
    words.firstIndex(of: option).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
  }

  private static let seen = [StoreID.age, StoreID.pass]

  /// The names in the stores that are folders, and of the others those that records of late tell of.
  private static func names(in context: CommandContext, store: String?) -> [EntryName] {
    Set(folders(in: context, store: store) + recorded(in: context, store: store)).sorted()
  }

  private static func folders(in context: CommandContext, store: String?) -> [EntryName] {
    let stores = (try? context.stores().all) ?? []
    return stores.filter { seen.contains($0.id) && (store == nil || store == $0.id) }
      .flatMap { (try? $0.names()) ?? [] }
  }

  private static func recorded(in context: CommandContext, store: String?) -> [EntryName] {
    guard let inventory = try? context.inventory(), let runs = try? inventory.folder.runsWrittenLast() else {
      return []
    }
    let references = runs.prefix(mostLooks).flatMap { ((try? inventory.summary(of: $0))?.keys ?? []).map(\.reference) }
    return references.filter { !seen.contains($0.store) && (store == nil || store == $0.store) }
      .compactMap { $0.name.flatMap { EntryName($0) } }
  }
}
