import CustomDump
import Foundation
import Testing

@testable import KeySearch

/// What of a tree is searched, and what is left as it is.
@Suite final class TreeTests {
  private let folder: String

  init() throws {
    var name = Array("\(NSTemporaryDirectory())keyusher-tree-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw CocoaError(.fileWriteUnknown) }
    folder = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private let text = "LAKE_API_KEY=\(Sought.otherKey)\n"

  private func write(_ text: String, to name: String) throws {
    let path = "\(folder)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  private func searched(_ options: TreeSearch.Options = .init(), threads: Int = 2) throws -> SearchResult {
    let search = TreeSearch(Sought.table, seed: 7)
    guard case .taken = search.add(folder, options) else { throw CocoaError(.fileReadUnknown) }
    DispatchQueue.concurrentPerform(iterations: threads) { _ in try? search.work() }
    return search.result
  }

  private func found(_ result: SearchResult) -> [String] {
    result.found.map { String($0.path.dropFirst(folder.count + 1)) }.sorted()
  }

  @Test(arguments: [1, 2, 4]) func `Each file of a tree is searched once, hidden ones too`(threads: Int) throws {
    for number in 0..<300 { try write(number % 3 == 0 ? text : "x\n", to: "a/\(number % 7)/b/\(number)") }
    try write(text, to: ".hidden/.env")
    let result = try searched(threads: threads)
    expectNoDifference([result.found.count, result.files], [101, 301])
    expectNoDifference(Set(found(result)).count, 101)
    expectNoDifference(found(result).contains(".hidden/.env"), true)
  }

  @Test func `Links are not followed, pipes are not opened, and a file of two names is searched once`() throws {
    try write(text, to: "real/.env")
    try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: folder + "/real")
    try FileManager.default.createSymbolicLink(atPath: folder + "/file", withDestinationPath: folder + "/real/.env")
    link(folder + "/real/.env", folder + "/real/twice")
    mkfifo(folder + "/pipe", 0o600)
    let result = try searched()
    expectNoDifference([result.found.count, result.files, result.links], [1, 1, 2])
  }

  @Test func `A path that is a link, or leads nowhere, is told`() throws {
    try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: folder)
    mkfifo(folder + "/pipe", 0o600)
    let search = TreeSearch(Sought.table, seed: 7)
    for (name, wanted) in [("link", "isLink"), ("none", "missing"), ("pipe", "isOther"), ("", "taken")] {
      expectNoDifference("\(search.add("\(folder)/\(name)"))", wanted)
    }
  }

  @Test func `How deep is searched can be said`() throws {
    for name in [".env", "a/.env", "a/b/.env"] { try write(text, to: name) }
    for (depth, count) in [(0, 1), (1, 2), (.max, 3)] {
      var options = TreeSearch.Options()
      options.depth = depth
      expectNoDifference(try searched(options).found.count, count)
    }
  }

  @Test func `Files of other users are left out, unless they are asked for`() throws {
    guard geteuid() == 0 else { return }
    try write(text, to: "theirs")
    try write(text, to: "mine")
    chown(folder + "/theirs", 65_534, 65_534)
    expectNoDifference([found(try searched()).joined(), "\(try searched().others)"], ["mine", "1"])
    var options = TreeSearch.Options()
    options.takesAllOwners = true
    expectNoDifference(found(try searched(options)), ["mine", "theirs"])
  }

  @Test func `Nothing of a file changes, not even when it was last read`() throws {
    try write(text, to: "a/.env")
    let path = folder + "/a/.env"
    var times = [timespec(tv_sec: 1_000_000, tv_nsec: 5), timespec(tv_sec: 2_000_000, tv_nsec: 7)]
    utimensat(AT_FDCWD, path, &times, 0)
    var before = stat()
    stat(path, &before)
    expectNoDifference(try searched().found.count, 1)
    var after = stat()
    stat(path, &after)
    expectNoDifference(
      [after.st_atim.tv_sec, after.st_mtim.tv_sec, after.st_ctim.tv_sec, after.st_ctim.tv_nsec],
      [before.st_atim.tv_sec, before.st_mtim.tv_sec, before.st_ctim.tv_sec, before.st_ctim.tv_nsec])
  }

  @Test func `A repository of git is known by what lies in it`() throws {
    for name in ["a/.git/HEAD", "a/.git/objects/x", "a/.git/refs/x", "b/HEAD"] { try write("x\n", to: name) }
    expectNoDifference(try searched().repositories, [folder + "/a/.git"])
  }
}
