import Battery
import Foundation
import Glibc
import Outside
import SecretMemory
import Testing

@testable import HelperPrograms
@testable import Stores

@Suite(.beside, .counted(as: .helpers)) struct HelperProgramTests {
  // MARK: - Finding

  @Test func `a program that others could replace is refused, wherever they could`() throws {
    let folder = try Folder()
    let (file, bin) = (folder.path("bin/helper"), folder.path("bin"))
    let path = try HostileHelper.path("helper", "exit 0", in: folder)
    #expect(try find("helper", path).path == file)
    for place in [file, bin, folder.path("")] {
      for mode in [0o702, 0o720] {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: place)
        let shown = place.hasSuffix("/") ? String(place.dropLast()) : place
        #expect(throws: HelperError.unsafe(path: file, why: "others can write '\(shown)'")) {
          try find("helper", path)
        }
      }
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: place)
    }
    // Sticky protects from others what stands in a folder above, and not what is looked up in this one.
    try FileManager.default.setAttributes([.posixPermissions: 0o1777], ofItemAtPath: folder.path(""))
    #expect(try find("helper", path).path == file)
    try FileManager.default.setAttributes([.posixPermissions: 0o1777], ofItemAtPath: bin)
    #expect(throws: HelperError.self) { try find("helper", path) }
  }

  @Test func `a program behind a link is refused for where it stands`() throws {
    let folder = try Folder()
    let path = try HostileHelper.path("helper", "exit 0", in: folder)
    let links = folder.path("links")
    try FileManager.default.createDirectory(
      atPath: links, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    try FileManager.default.createSymbolicLink(
      atPath: "\(links)/helper", withDestinationPath: folder.path("bin/helper"))
    #expect(try find("helper", "\(links):\(path)").path == "\(links)/helper")
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path("bin"))
    #expect(
      throws: HelperError.unsafe(path: "\(links)/helper", why: "others can write '\(folder.path("bin"))'")
    ) { try find("helper", "\(links):\(path)") }
  }

  @Test func `a program of another user's is refused`() throws {
    // Only root can give a file away.
    guard getuid() == 0 else { return }
    let folder = try Folder()
    let path = try HostileHelper.path("helper", "exit 0", in: folder)
    for place in [folder.path("bin/helper"), folder.path("bin")] {
      #expect(chown(place, 12345, 12345) == 0)
      #expect(
        throws: HelperError.unsafe(
          path: folder.path("bin/helper"), why: "'\(place)' belongs to another user")
      ) { try find("helper", path) }
      #expect(chown(place, 0, 0) == 0)
    }
  }

  @Test func `a program that was found is the one that is run, whatever comes before it in the path`() throws {
    let folder = try Folder()
    let path = try HostileHelper.path("later", "exit 0", in: folder)
    let found = FoundOnce("env", environment: ["PATH": path])
    let first = try found.program().path
    try install("#!/bin/sh\n", at: folder.path("bin/env"))
    #expect(try HelperProgram.find("env", environment: ["PATH": path]).path == folder.path("bin/env"))
    #expect(try found.program().path == first)
    // What is missing is looked for again.
    let missing = FoundOnce("comes", environment: ["PATH": path])
    #expect(throws: HelperError.notInstalled(program: "comes")) { try missing.program() }
    try install("#!/bin/sh\n", at: folder.path("bin/comes"))
    #expect(try missing.program().path == folder.path("bin/comes"))
  }

  @Test func `only whole paths and programs are looked at`() throws {
    let folder = try Folder()
    let path = try HostileHelper.path("helper", "exit 0", in: folder)
    try FileManager.default.createDirectory(
      atPath: folder.path("first/helper"), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    _ = try folder.write([], to: "helper")
    #expect(
      try find("helper", ".::relative:\(folder.path("first")):\(folder.path(".")):\(path)").path.hasSuffix("bin/helper")
    )
    #expect(throws: HelperError.notInstalled(program: "helper")) { try find("helper", ".::relative") }
  }

  // MARK: - What it is given

  @Test func `a helper is given the variables of the list, and a path of safe folders`() throws {
    let folder = try Folder()
    let unsafe = folder.path("unsafe")
    try FileManager.default.createDirectory(atPath: unsafe, withIntermediateDirectories: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: unsafe)
    let environment = [
      "PATH": ".:\(unsafe):/usr/bin", "HOME": "/h", "LC_ALL": "de_DE.UTF-8", "LANG": "C", "LD_PRELOAD": "x",
      "GATE_API_SECRET": HostileHelper.canary, "BASH_ENV": "x", "PASSWORD_STORE_ENABLE_EXTENSIONS": "true",
    ]
    let outcome = try HelperProgram.find("env", environment: environment).run([])
    #expect(outcome.text == "HOME=/h\nLC_CTYPE=de_DE.UTF-8\nLC_MESSAGES=C\nPATH=/usr/bin\n")
  }

  @Test func `a helper is given three descriptors`() throws {
    let open = dup(0)
    defer { close(open) }
    let outcome = try find("ls", "/usr/bin").run(["/proc/self/fd"])
    // The fourth is the folder that it lists.
    #expect(outcome.text == "0\n1\n2\n3\n")
  }

  @Test func `a helper is given its signals as they are by default`() throws {
    let before = signal(SIGUSR1, SIG_IGN)
    defer { signal(SIGUSR1, before) }
    let outcome = try find("grep", "/usr/bin").run(["-E", "SigBlk|SigIgn", "/proc/self/status"])
    let masks = outcome.text.split(separator: "\n").map { UInt64($0.suffix(16), radix: 16).map { $0 & 0x7FFF_FFFF } }
    // The C library keeps two real-time signals to itself.
    #expect(masks == [0, 0])
  }

  // MARK: - Running

  @Test func `as much as a pipe does not hold goes both ways at once`() throws {
    let input = Samples.bytes(String(repeating: "0123456789abcdef", count: 4096))
    let outcome = try find("cat", "/usr/bin").run([], input: input)
    #expect(outcome.output.constantTimeEquals(input))
    #expect(outcome.status == 0)
  }

  @Test func `a helper that does not read ends nobody but itself`() throws {
    let folder = try Folder()
    let path = try HostileHelper.path("helper", "exec 0<&-; echo done; echo 'not found' >&2; exit 7", in: folder)
    let outcome = try find("helper", path).run(
      [], input: Samples.bytes(String(repeating: "x", count: 1_000_000)))
    #expect(outcome.status == 7)
    #expect(outcome.text == "done\n")
    #expect(outcome.complaint == "not found\n")
    #expect(outcome.mentions("found"))
    #expect(!outcome.mentions("founder"))
  }

  @Test func `a helper that is stopped takes along all that it started`() throws {
    let folder = try Folder()
    #expect(mkfifo(folder.path("alive"), 0o600) == 0)
    let alive = open(folder.path("alive"), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(alive) }
    let path = try HostileHelper.path(
      "helper", "(echo; exec sleep 1000) > \(folder.path("alive")) & wait", in: folder)
    // Enough for a busy computer to start all of it, since what was not started can't be taken along.
    #expect(throws: HelperError.timedOut(program: "helper", seconds: 5)) {
      try find("helper", path).run([], seconds: 5)
    }
    // A pipe without a writer is at its end: whoever held it is gone.
    var byte: UInt8 = 0
    #expect(read(alive, &byte, 1) == 1)
    var waiting = pollfd(fd: alive, events: Int16(POLLIN), revents: 0)
    #expect(poll(&waiting, 1, 60_000) == 1)
    #expect(read(alive, &byte, 1) == 0)
  }

  @Test func `Ctrl-C at a helper is the person's stop`() throws {
    let folder = try Folder()
    let path = try HostileHelper.path("helper", "kill -INT $$", in: folder)
    #expect(throws: HelperError.stopped) { try find("helper", path).run([]) }
  }

  @Test func `a helper that stops goes on`() throws {
    let folder = try Folder()
    let path = try HostileHelper.path("helper", "kill -STOP $$; echo on", in: folder)
    #expect(try find("helper", path).run([]).text == "on\n")
  }

  private func find(_ name: String, _ path: String) throws -> HelperProgram {
    try HelperProgram.find(name, environment: ["PATH": path])
  }
}

extension HelperProgram.Outcome {
  /// Standard output, where it is no secret.
  var text: String { output.publicPrefix(output.count) }
}
