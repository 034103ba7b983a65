import Battery
import CustomDump
import Files
import FlowCore
import Foundation
import Testing

@testable import Records

@Suite(.serialized) struct DiskFullTests {
  /// Appends notes of 100 kB until it fails; returns how many stood it.
  private func fill(_ journal: Journal) -> (notes: Int, error: JournalError?) {
    let note = String(repeating: "n", count: 100_000)
    for index in 0..<1000 {
      do {
        try journal.append(
          [.noted("label", note, .typed), .noted("label", note, .typed)], at: .pinned(index), in: .sample)
      } catch {
        return (index * 2, error)
      }
    }
    return (2000, nil)
  }

  /// The header of a run whose flow has a text that no longer fits.
  private func tooLong() -> RunHeader { .today("zzzz", text: String(repeating: "f", count: 900_000)) }

  private func digest() throws -> String { try #require(tooLong().flowDigest) }

  private func expectHarmless(_ folder: RecordFolder, _ journal: Journal, code: Int32) throws {
    let (notes, error) = fill(journal)
    expectNoDifference(error, .failed("7q4m", action: .write, code: code))
    #expect(notes > 0)
    let contents = try folder.read("7q4m")
    expectNoDifference(contents.entries.count, notes)
    expectNoDifference(contents.tornBytes, 0)
    expectNoDifference(contents.finalDigest, journal.finalDigest)
    #expect(try folder.audit("7q4m").isClean)
    // What is small still goes in, and follows the last line that stood it.
    try journal.append([.suspended(.quit)], at: .pinned(), in: .sample)
    #expect(try folder.audit("7q4m").isClean)
  }

  // It takes as long as 64 MB take; a disk that is full says the same of less, at each push.
  @Test(.enabled(if: isWhole, "the whole battery has it"))
  func `a file that may not grow keeps what it had, and takes what fits`() throws {
    let temporary = try TemporaryFolder()
    let journal = try temporary.records.create(.sample(), random: pinnedBytes())
    var before = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &before)
    let handler = signal(SIGXFSZ, SIG_IGN)
    // More than any other test writes into one file, copies of the program among them: the limit is the whole process's, and
    // that of what it starts.
    var limit = rlimit(rlim_cur: 64_000_000, rlim_max: before.rlim_max)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    defer {
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &before)
      signal(SIGXFSZ, handler)
    }
    try expectHarmless(temporary.records, journal, code: EFBIG)
  }

  @Test func `a disk that is full keeps what the journal had, and takes what fits`() throws {
    let temporary = try TemporaryFolder()
    let disk = temporary.path + "/disk"
    mkdir(disk, 0o700)
    let isMounted = mount("tmpfs", disk, "tmpfs", 0, "size=1m,mode=0700") == 0
    defer { if isMounted { umount2(disk, Int32(MNT_DETACH)) } }
    try needs("the right to mount a small disk", isMounted) {
      let folder = RecordFolder(path: disk + "/records")
      let journal = try folder.create(.sample(), random: pinnedBytes())
      try expectHarmless(folder, journal, code: ENOSPC)
      var header = RunHeader.sample("zzzz")
      header.flowText = String(repeating: "f", count: 900_000)
      #expect(throws: JournalError.failed("zzzz", action: .write, code: ENOSPC)) {
        try folder.create(header, random: pinnedBytes())
      }
      #expect(
        throws: JournalError.flowTextNotKept(
          FileError("\(folder.path)/flows/\(try digest()).yaml.new-\(getpid())", .write, .system(ENOSPC)))
      ) { try folder.create(tooLong(), random: pinnedBytes()) }
      expectNoDifference(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/flows"), [])
      expectNoDifference(try folder.runs(), ["7q4m"])
    }
  }
}
