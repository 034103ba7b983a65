import Battery
import Foundation
import Glibc
import KeyusherHarness
import Outside
import Testing

/// Group D: writes that take less than they were given, fail in the middle, or are not believed at the end.
@Suite struct WriteTests {
  struct Fault: CustomStringConvertible {
    let kind: String
    let at: Int
    var description: String { "\(kind) at \(at)" }
    /// What is only slow or repeated must not even be noticed.
    var isHarmless: Bool { ["short", "interrupt"].contains(kind) }

    static func all(upTo most: Int) -> [Fault] {
      ["short", "interrupt", "close"].map { Fault(kind: $0, at: 0) }
        + [0, 1, 2, 3, 5, 8, 13, 21].map { Fault(kind: "sync", at: $0) }
        + (0..<40).map { Fault(kind: "full", at: most * $0 / 40 + $0 % 3) }
    }
  }

  @Test("A write that is short, interrupted or fails at any byte tears nothing", arguments: Scene.all)
  func writes(scene: Scene) throws {
    let folder = try Folder()
    guard let library = try WriteTests.library(in: folder) else {
      return Tally.notRun(.writes, "\(scene), for want of a C compiler")
    }
    let template = try scene.template()
    var happened = 0
    sweep(.writes, Fault.all(upTo: try WriteTests.size(of: scene, on: template)).part(oneIn: 11)) { fault in
      let log = folder.path("log-\(fault)")
      let (ran, desk) = try scene.run(
        on: template,
        setting: [
          "LD_PRELOAD": library, "FAULT": fault.kind, "FAULT_AT": "\(fault.at)", "FAULT_LOG": log,
          "FAULT_BELOW": (NSTemporaryDirectory() as NSString).resolvingSymlinksInPath + "/keyusher-desk-",
        ])
      if access(log, F_OK) == 0 { happened += 1 }
      guard let status = ran.status else { return "it crashed: \(ran)" }
      if fault.isHarmless, status != 0 { return "it gave up: \(ran)" }
      if status != 0, !ran.errors.contains("keyusher: ") { return "it failed without a word: \(ran)" }
      return try scene.verify(status == 0, desk)
    }
    // A renaming and a deletion write nothing.
    #expect(happened > 1 || ["rename", "forget"].contains(scene.name), "\(scene): the faults did not happen")
  }

  @Test(
    "On a disk that is full nothing is lost and nothing torn", arguments: [Scene.append, .redact, .adopt, .replace])
  func fullDisk(scene: Scene) throws {
    let template = try scene.template()
    sweep(.writes, [0, 1, 2, 3, 4, 6, 8].part(oneIn: 3)) { freePages in
      let desk = try Desk()
      mkdir(desk.home, 0o700)
      guard mount("tmpfs", desk.home, "tmpfs", 0, "size=512k,mode=0700") == 0 else {
        Tally.notRun(.writes, "\(scene) on a full disk, for want of the right to mount one")
        return nil
      }
      defer { umount2(desk.home, Int32(MNT_DETACH)) }
      for item in try FileManager.default.contentsOfDirectory(atPath: template.home) {
        try FileManager.default.copyItem(atPath: "\(template.home)/\(item)", toPath: "\(desk.home)/\(item)")
      }
      let filler = desk.home + "/filler"
      let page = [UInt8](repeating: 0x78, count: 4096)
      let file = open(filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
      var pages = 0
      while write(file, page, page.count) == page.count { pages += 1 }
      ftruncate(file, max(pages - freePages, 0) * page.count)
      close(file)
      let ran = try desk.run(scene.arguments(desk), input: scene.input, setting: scene.setting)
      unlink(filler)
      guard let status = ran.status else { return "\(freePages) pages free: it crashed: \(ran)" }
      if status != 0, !ran.errors.contains("keyusher: ") { return "it failed without a word: \(ran)" }
      return try scene.verify(status == 0, desk)
    }
  }

  @Test func `An entry that comes out garbled when it is written for others does not replace the old one`() throws {
    let folder = try Folder()
    guard let library = try WriteTests.library(in: folder) else {
      return Tally.notRun(.writes, "an entry that comes out garbled, for want of a C compiler")
    }
    let probe = URL(fileURLWithPath: keyusher).deletingLastPathComponent().appendingPathComponent("AgeProbe").path
    let store = folder.path("age")
    let mate = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
    let made = try output(of: probe, [store, "setup", "put", "gate-io/bot", Canary.secret])
    let entry = folder.read("age/store/gate-io/bot.age")
    let log = folder.path("log")
    let below = (store as NSString).resolvingSymlinksInPath + "/store/gate-io"
    let faults = ["LD_PRELOAD=\(library)", "FAULT=garble", "FAULT_BELOW=\(below)", "FAULT_LOG=\(log)"]
    let shared = try output(of: "/usr/bin/env", faults + [probe, store, "share", mate])
    sweep(.writes, ["garbled"]) { _ in
      BatteryTests.faults(
        (made.status == 0, "nothing was kept to begin with"), (access(log, F_OK) == 0, "nothing was garbled"),
        (shared.status == 1, "it was said to be done"),
        (folder.read("age/store/gate-io/bot.age") == entry, "the old entry is gone"))
    }
  }

  /// Compiles the library; nil if there is no compiler.
  static func library(in folder: Folder) throws -> String? {
    let compilers = ["/usr/bin/cc", "/usr/bin/clang", "/opt/swift/usr/bin/clang"]
    guard let compiler = compilers.first(where: { access($0, X_OK) == 0 }) else {
      missing("a C compiler")
      return nil
    }
    let library = folder.path("faults.so")
    let source = sourceTree + "/Tests/Battery/Faults/faults.c"
    let made = try output(of: compiler, ["-shared", "-fPIC", "-O1", "-o", library, source])
    guard made.status == 0 else {
      throw TestFailure(description: "faults.c: \(String(decoding: made.bytes, as: UTF8.self))")
    }
    return library
  }

  /// How many bytes the scene writes, about: what its files grow by.
  private static func size(of scene: Scene, on template: Desk) throws -> Int {
    func bytes(_ desk: Desk) throws -> Int { try desk.files().map { try desk.bytes(of: $0).count }.reduce(0, +) }
    let (_, desk) = try scene.run(on: template)
    return max(try bytes(desk) - bytes(template), 2000)
  }
}
