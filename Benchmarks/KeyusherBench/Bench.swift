import Foundation

/// Where the programs to be measured lie, and a folder that is gone afterwards.
final class Bench {
  /// The folder of the release binaries, which is this program's own.
  let binaries: String
  /// An empty folder for homes, flows and scripts.
  let folder: String

  struct Obstacle: Error, CustomStringConvertible {
    let description: String
  }

  init() throws {
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    binaries = own.deletingLastPathComponent().path
    let fresh = FileManager.default.temporaryDirectory.appending(path: "keyusher-bench-\(getpid())")
    try FileManager.default.createDirectory(
      at: fresh, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    folder = fresh.path
    guard access(keyusher, X_OK) == 0 else {
      throw Obstacle(description: "'\(keyusher)' is missing; it is built together with keyusher-bench")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  var keyusher: String { binaries + "/keyusher" }

  /// Compiles the C program that is the floor.
  ///
  /// It is no target of the package: that would link the Swift runtime into it, which is no floor any more.
  ///
  /// - Parameters:
  ///   - name: that of its source in `Floor`.
  ///   - library: what it is linked with.
  func makeFloor(_ name: String = "floor", with library: String = "readline") throws -> String {
    guard let compiler = ["clang", "cc", "gcc"].lazy.compactMap(Bench.find).first else {
      throw Obstacle(description: "no C compiler in PATH; the Swift toolchain brings clang")
    }
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../Floor/\(name).c").path
    let program = "\(folder)/\(name)"
    let complaints = folder + "/complaints"
    let errand = try Errand.run(
      compiler, ["-O2", source, "-l\(library)", "-o", program], environment: environment(home: folder),
      complaints: complaints)
    guard errand.status == 0 else {
      let words = (try? String(contentsOfFile: complaints, encoding: .utf8)) ?? ""
      throw Obstacle(description: "the floor could not be compiled: \(words)")
    }
    return program
  }

  /// A new folder within the folder.
  func makeFolder(_ name: String) throws -> String {
    let path = folder + "/" + name
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    return path
  }

  /// What programs find in their environment: no settings of the person who measures.
  func environment(home: String) -> [String: String] {
    [
      "HOME": home, "KEYUSHER_HOME": home, "GNUPGHOME": home, "RCLONE_CONFIG": home + "/rclone.conf",
      "GH_CONFIG_DIR": home, "PATH": Bench.path, "TERM": "xterm", "LANG": "C.UTF-8",
    ]
  }

  /// The first program of that name in PATH.
  static func find(_ name: String) -> String? {
    path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  private static var path: String { ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin" }
}
