import CustomDump
import FlowCore
import Foundation
import Testing

@testable import Records

@Suite(.serialized) struct RecordFolderTests {
  let temporary: TemporaryFolder
  let folder: RecordFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = temporary.records
  }

  private func mode(of path: String) -> UInt32 {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  private func openings(of run: String) -> [JournalError?] {
    [{ _ = try folder.read(run) }, { _ = try folder.open(run, random: pinnedBytes()) }, { _ = try folder.audit(run) }]
      .map { (attempt: () throws -> Void) in
        do {
          try attempt()
          return nil
        } catch {
          return error as? JournalError
        }
      }
  }

  @Test(arguments: [0o000, 0o022, 0o077] as [mode_t])
  func `folders are 0700 and records 0600, whatever the umask`(mask: mode_t) throws {
    let before = umask(mask)
    defer { umask(before) }
    try walk(in: folder)
    expectNoDifference(mode(of: temporary.path + "/home"), 0o700)
    expectNoDifference(mode(of: folder.path), 0o700)
    expectNoDifference(mode(of: temporary.file("7q4m").path), 0o600)
  }

  @Test func `looking makes no folder`() throws {
    expectNoDifference(try folder.runs(), [])
    expectNoDifference(openings(of: "7q4m"), Array(repeating: .noSuchRun("7q4m", folder: folder.path), count: 3))
    #expect(!FileManager.default.fileExists(atPath: temporary.path + "/home"))
  }

  @Test func `a folder that others can write in is refused`() throws {
    try walk(in: folder)
    for bad in [0o720, 0o702, 0o777] as [mode_t] {
      chmod(folder.path, bad)
      let error = JournalError.folderWritableByOthers(folder.path, mode: bad)
      #expect(throws: error) { try folder.runs() }
      #expect(throws: error) { try folder.create(.sample("zzzz"), random: pinnedBytes()) }
      expectNoDifference(openings(of: "7q4m"), [error, error, error])
    }
    chmod(folder.path, 0o755)
    expectNoDifference(try folder.runs(), ["7q4m"])
  }

  @Test(arguments: ["", "/", "//"])
  func `a folder that is a link, or no folder, is refused`(slashes: String) throws {
    try walk(in: folder)
    let link = temporary.path + "/link"
    symlink(folder.path, link)
    let file = temporary.path + "/file"
    try Data().write(to: URL(fileURLWithPath: file))
    for path in [link + slashes, file + slashes] {
      #expect(throws: JournalError.folderIsNoFolder(path)) { try RecordFolder(path: path).runs() }
      #expect(throws: JournalError.folderIsNoFolder(path)) {
        try RecordFolder(path: path).create(.sample("zzzz"), random: pinnedBytes())
      }
    }
    symlink(temporary.path + "/nowhere", temporary.path + "/dangling")
    let dangling = RecordFolder(path: temporary.path + "/dangling")
    #expect(throws: JournalError.folderIsNoFolder(dangling.path)) {
      try dangling.create(.sample(), random: pinnedBytes())
    }
    #expect(!FileManager.default.fileExists(atPath: temporary.path + "/nowhere"))
  }

  @Test func `a folder or a record of another user is refused`() throws {
    try needs("the right to give files away", geteuid() == 0) {
      try walk(in: folder)
      chown(temporary.file("7q4m").path, 65_534, 65_534)
      expectNoDifference(openings(of: "7q4m"), Array(repeating: .fileNotOurs("7q4m"), count: 3))
      chown(folder.path, 65_534, 65_534)
      #expect(throws: JournalError.folderNotOurs(folder.path)) { try folder.runs() }
    }
  }

  @Test func `a record that is a link, a pipe, a folder or a second name is refused, and nothing waits`() throws {
    try walk(in: folder)
    let outside = temporary.path + "/outside"
    try FileManager.default.copyItem(atPath: temporary.file("7q4m").path, toPath: outside)
    chmod(outside, 0o600)
    let before = try Data(contentsOf: URL(fileURLWithPath: outside))
    symlink(outside, temporary.file("link").path)
    mkfifo(temporary.file("pipe").path, 0o600)
    mkdir(temporary.file("folder").path, 0o700)
    Glibc.link(outside, temporary.file("hard").path)
    expectNoDifference(openings(of: "link"), Array(repeating: .notAPlainFile("link"), count: 3))
    expectNoDifference(openings(of: "pipe"), Array(repeating: .notAPlainFile("pipe"), count: 3))
    expectNoDifference(openings(of: "folder"), Array(repeating: .notAPlainFile("folder"), count: 3))
    expectNoDifference(openings(of: "hard"), Array(repeating: .hasOtherNames("hard"), count: 3))
    for run in ["link", "pipe", "folder", "hard"] {
      #expect(throws: JournalError.runExists(run)) { try folder.create(.sample(run), random: pinnedBytes()) }
    }
    expectNoDifference(try Data(contentsOf: URL(fileURLWithPath: outside)), before)
  }

  @Test func `a record that others can write to is refused`() throws {
    try walk(in: folder)
    chmod(temporary.file("7q4m").path, 0o620)
    expectNoDifference(
      openings(of: "7q4m"), Array(repeating: .fileWritableByOthers("7q4m", mode: 0o620), count: 3))
  }

  @Test(arguments: ["", "-a", "A", "a/b", "../x", ".", "a.b", "a b", "ä", "a\0", String(repeating: "a", count: 33)])
  func `an id that could be a path or hide something is refused`(run: String) throws {
    #expect(!RunID.isWellFormed(run))
    #expect(throws: JournalError.malformedRunID(run)) { try folder.create(.sample(run), random: pinnedBytes()) }
    expectNoDifference(openings(of: run), Array(repeating: .malformedRunID(run), count: 3))
    #expect(!FileManager.default.fileExists(atPath: folder.path))
  }

  @Test func `an id is made of twenty bits`() {
    expectNoDifference(
      [0, 1, 0xFFFFF, 0xFFF0_0000, 0x3DC94].map { RunID.make(from: $0) }, ["0000", "0001", "zzzz", "0000", "7q4m"])
    #expect((0..<UInt32(1 << 20)).lazy.filter { $0 % 977 == 0 }.allSatisfy { RunID.isWellFormed(RunID.make(from: $0)) })
  }
}

/// Runs the test's body if what it needs from outside is there. If not, the test says so and passes; with
/// `KEYUSHER_TEST_ALL=1` it fails.
func needs(_ what: String, _ isThere: Bool, _ body: () throws -> Void) rethrows {
  if isThere { return try body() }
  print("not tested: \(what) is missing")
  #expect(ProcessInfo.processInfo.environment["KEYUSHER_TEST_ALL"] != "1", "\(what) is missing")
}
