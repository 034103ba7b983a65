import CustomDump
import Files
import Glibc
import Testing

/// Files and folders in a folder that goes with the test.
@Suite final class FilesTests {
  let path: String

  init() throws {
    var template = Array("/tmp/files-XXXXXX".utf8CString)
    path = String(cString: try #require(mkdtemp(&template)))
  }

  deinit {
    for name in ((try? paths(below: path)) ?? []).reversed() {
      if unlink("\(path)/\(name)") != 0 { rmdir("\(path)/\(name)") }
    }
    rmdir(path)
  }

  @Test("A path is cut before its last name", arguments: [("a/b", "a", "b"), ("b", ".", "b"), ("/b", "/", "b")])
  func cut(path: String, folder: String, name: String) {
    #expect(parted(path) == (folder, name))
  }

  @Test func `A file is replaced whole, for its owner alone, and nothing is left beside it`() throws {
    #expect(try !replaceFile("\(path)/file", with: [1]))
    chmod("\(path)/file", 0o666)
    #expect(try replaceFile("\(path)/file", with: [2, 3]))
    expectNoDifference(try Descriptor("\(path)/file", flags: O_RDONLY).read(), [2, 3])
    expectNoDifference(try status(of: "\(path)/file").map { $0.st_mode & 0o777 }, 0o600)
    expectNoDifference(try names(inFolder: path), ["file"])
  }

  @Test func `What is no plain file is left alone`() throws {
    mkdir("\(path)/folder", 0o700)
    symlink("\(path)/folder", "\(path)/link")
    for name in ["folder", "folder/", "link"] {
      let place = "\(path)/\(name)"
      #expect(throws: FileError(place, .replace, .notPlain)) { try replaceFile(place, with: [1]) }
    }
    expectNoDifference(try paths(below: path), ["folder", "link"])
  }

  @Test func `A fresh file that is not placed goes again`() throws {
    let folder = try #require(try OpenFolder.ours(path))
    var file: FreshFile? = try FreshFile([1], under: "new", in: folder)
    expectNoDifference(try file?.readBack(), [1])
    file = nil
    expectNoDifference(try folder.names(), [])
    try FreshFile([2], under: "new", in: folder).place(as: "file", replacing: false)
    #expect(try !FreshFile([3], under: "new", in: folder).place(as: "file", replacing: false))
    expectNoDifference(try folder.openFile("file")?.read(), [2])
    expectNoDifference(try folder.names(), ["file"])
  }

  @Test func `A folder of ours is one that nobody else can change, and no link`() throws {
    #expect(try OpenFolder.ours("\(path)/missing") == nil)
    let made = try OpenFolder.making("\(path)/one/two")
    expectNoDifference(try made.status().st_mode & 0o777, 0o700)
    symlink("\(path)/one", "\(path)/link")
    #expect(throws: FileError("\(path)/link", .open, .notFolder)) { try OpenFolder.ours("\(path)/link/") }
    chmod("\(path)/one", 0o722)
    #expect(throws: FileError("\(path)/one", .open, .writable(mode: 0o722))) { try OpenFolder.ours("\(path)/one") }
  }

  @Test func `A lock is one holder's until it lets go`() throws {
    let folder = try #require(try OpenFolder.ours(path))
    var first = try FileLock.named("lock", in: folder, milliseconds: 10)
    #expect(first != nil)
    #expect(try FileLock.named("lock", in: folder, milliseconds: 30) == nil)
    // A lock file that was deleted locks nobody out, and nobody in.
    try folder.delete("lock")
    #expect(try FileLock.named("lock", in: folder, milliseconds: 10) != nil)
    first = nil
    #expect(try FileLock(folder) != nil)
  }

  @Test func `A look that fails is no absence`() throws {
    #expect(try status(of: "\(path)/none") == nil)
    #expect(try !exists("\(path)/none/below") && !isFolder("\(path)/none"))
    // Two links that lead to each other: neither there nor not there.
    symlink("one", "\(path)/other")
    symlink("other", "\(path)/one")
    let loop = FileError("\(path)/one", .read, .system(ELOOP))
    #expect(throws: loop) { try status(of: "\(path)/one") }
    #expect(throws: loop) { try exists("\(path)/one") }
    #expect(throws: loop) { try isFolder("\(path)/one") }
    #expect(try status(of: "\(path)/one", followingLink: false)?.isLink == true)
    let long = String(repeating: "n", count: 300)
    #expect(throws: FileError("\(path)/\(long)", .read, .system(ENAMETOOLONG))) {
      try replaceFile("\(path)/\(long)", with: [1])
    }
  }

  @Test func `What is interrupted is called again, and not for ever`() {
    var calls = 0
    func interrupted(_ times: Int) -> Int32 {
      calls = 0
      return retrying {
        calls += 1
        errno = EINTR
        return calls > times ? 7 : -1
      }
    }
    expectNoDifference(interrupted(3), 7)
    expectNoDifference(calls, 4)
    expectNoDifference(interrupted(.max), -1)
    expectNoDifference(calls, 1000)
    expectNoDifference(errno, EINTR)
  }

  @Test func `What is longer than may be is refused, and the ends can be read alone`() throws {
    try replaceFile("\(path)/file", with: Array(0..<100))
    let file = try Descriptor("\(path)/file", flags: O_RDONLY)
    expectNoDifference(try file.readStart(most: 2), [0, 1])
    expectNoDifference(try file.readEnd(most: 2), [98, 99])
    expectNoDifference(try file.read(most: 100).count, 100)
    #expect(throws: FileError(file.path, .read, .tooLarge(most: 99))) { try file.read(most: 99) }
  }
}
