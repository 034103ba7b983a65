import Battery
import Glibc
import KeyusherHarness
import Outside
import Testing

/// Groups B and C: the program is ended, or told of an error, at each of its system calls in turn.
@Suite(.beside) struct KillTests {
  @Test("A kill at any system call loses nothing and tears nothing, and the next run recovers", arguments: Scene.all)
  func kill(scene: Scene) throws {
    guard let strace = tool("strace").map(Strace.init) else {
      return Tally.notRun(.kills, "\(scene), for want of strace")
    }
    let template = try scene.template()
    let calls = try scene.calls(on: template, strace)
    var killed = 0
    sweep(.kills, calls.part(oneIn: scene.oneIn * 3)) { call in
      let (ran, desk) = try scene.run(on: template, behind: strace.injecting(.kill, at: call))
      // What the loader and the allocator do differs a little from run to run: then nothing was hit.
      guard ran.ending == .signalled(SIGKILL) || ran.status == 0 else { return "it ended by itself: \(ran)" }
      if ran.status == nil { killed += 1 }
      return try scene.verify(ran.status == 0, desk)
    }
    #expect(killed > 0, "\(scene): the kills did not happen")
  }

  @Test("An error at any system call is told or made good, and tears nothing", arguments: Scene.all)
  func error(scene: Scene) throws {
    guard let strace = tool("strace").map(Strace.init) else {
      return Tally.notRun(.errors, "\(scene), for want of strace")
    }
    let template = try scene.template()
    let cases = try scene.calls(on: template, strace).flatMap { call in
      (KillTests.errors[call.name] ?? []).map { Hit(call: call, error: $0) }
    }
    let folder = try Folder()
    var failed = 0
    sweep(.errors, cases.part(oneIn: scene.oneIn * 12)) { hit in
      let (ran, desk) = try scene.run(
        on: template, behind: strace.injecting(.error(hit.error), at: hit.call, log: folder.path("log")))
      if String(decoding: folder.read("log"), as: UTF8.self).contains("(INJECTED)") { failed += 1 }
      switch ran.ending {
      case .exited(0): break
      case .exited: if !ran.errors.contains("keyusher: "), !hit.isOfOutput { return "it failed without a word: \(ran)" }
      // Without memory Swift itself gives up.
      case .signalled: if !KillTests.memory.contains(hit.call.name) { return "it crashed: \(ran)" }
      }
      return try scene.verify(ran.status == 0, desk)
    }
    #expect(failed > 0, "\(scene): the errors did not happen")
  }

  struct Hit: CustomStringConvertible {
    let call: SystemCall
    let error: String
    var description: String { "\(error) at \(call)" }
    /// Where nothing can be said, nothing is.
    var isOfOutput: Bool { call.text.hasPrefix("write(1,") || call.text.hasPrefix("write(2,") }
  }

  static let memory: Set = ["mmap", "mprotect", "munmap", "brk", "mremap", "mlock", "madvise"]

  /// What each call is failed with.
  static let errors: [String: [String]] = [
    "openat": ["EACCES", "EMFILE", "EINTR", "EIO", "ENOSPC", "EROFS", "ELOOP"],
    "read": ["EIO", "EINTR"], "pread64": ["EIO", "EINTR"],
    "write": ["EIO", "ENOSPC", "EINTR", "EDQUOT", "EFBIG"], "pwrite64": ["EIO", "ENOSPC", "EINTR"],
    "fsync": ["EIO", "ENOSPC", "EINTR"], "fdatasync": ["EIO", "ENOSPC", "EINTR"], "ftruncate": ["EIO", "EINTR"],
    "rename": ["EIO", "EACCES", "ENOSPC"], "renameat": ["EIO", "EACCES", "ENOSPC"],
    "renameat2": ["EIO", "EACCES", "ENOSPC", "EINVAL"], "linkat": ["EIO", "EPERM", "ENOSPC"],
    "unlink": ["EIO", "EACCES"], "unlinkat": ["EIO", "EACCES"], "flock": ["EINTR", "ENOLCK", "EAGAIN"],
    "fstat": ["EIO"], "newfstatat": ["EIO", "EACCES"], "fchmod": ["EPERM", "EIO"], "chmod": ["EPERM", "EIO"],
    "mkdir": ["EACCES", "ENOSPC"], "mkdirat": ["EACCES", "ENOSPC"], "close": ["EIO", "EINTR"], "getdents64": ["EIO"],
    "getrandom": ["EINTR"], "mmap": ["ENOMEM"], "mprotect": ["ENOMEM"], "mlock": ["ENOMEM", "EPERM"],
    "madvise": ["EINVAL"], "fcntl": ["EMFILE"], "dup": ["EMFILE"], "lseek": ["EIO"], "prctl": ["EINVAL"],
  ]
}

extension Scene {
  static let all = records + keys
}
