import HelperPrograms
import KeySearch
import PlainText
import SecretMemory
import Stores

/// Searches what git keeps: every object of a repository, also those that no branch leads to any more.
struct GitHistory {
  private let table: SearchTable
  private let seed: UInt64
  private let surroundings: Surroundings

  init(_ table: SearchTable, seed: UInt64, _ surroundings: Surroundings) {
    (self.table, self.seed, self.surroundings) = (table, seed, surroundings)
  }

  /// Adds what is found in the repositories that a search came past.
  func search(_ result: inout SearchResult) throws {
    guard !result.repositories.isEmpty else { return }
    let git: GitObjects
    let content: ContentSearch
    do throws(HelperError) { git = try GitObjects(environment: surroundings.environment) } catch {
      throw CommandError(
        "the history of git can't be searched: \(error.what)", hint: error.hint ?? "install git", status: .unavailable)
    }
    do throws(SecretMemoryError) { content = try ContentSearch(table, seed: seed) } catch {
      throw StoreError.memory(error)
    }
    for repository in result.repositories.sorted() {
      do throws(HelperError) { try search(repository, by: git, content, &result) } catch {
        if error == .stopped { throw CommandError("stopped, and not all was searched", status: .failed) }
        result.brokenRepositories.append((repository, error.what))
      }
    }
  }

  private func search(
    _ repository: String, by git: GitObjects, _ content: ContentSearch, _ result: inout SearchResult
  ) throws(HelperError) {
    let place = repository.hasSuffix("/.git") ? String(repository.dropLast(5)) : repository
    var found: [(object: String, key: FoundKey)] = []
    var count = 0
    try git.read(of: repository) { object, bytes in
      switch bytes {
      case .begin: content.begin()
      case .some(let bytes):
        var rest = bytes[...]
        while !rest.isEmpty {
          let room = content.room
          if room.isEmpty { return }
          let piece = rest.prefix(room.count)
          room.copyBytes(from: piece)
          content.filled(piece.count)
          rest = rest.dropFirst(piece.count)
        }
      case .end:
        count += 1
        found += content.end(path: { place }).keys.map { (object, $0) }
      }
    }
    result.objects += count
    guard !found.isEmpty else { return }
    let names = try git.names(of: Set(found.map(\.object)), in: repository)
    result.found += found.map { object, key in
      SearchResult.FoundIn(
        path: names[object].map { "\(place)/\($0)" } ?? place, key: key, object: String(object.prefix(12)))
    }
  }
}
