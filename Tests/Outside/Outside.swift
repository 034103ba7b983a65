public import Foundation
import IssueReporting

/// A program at its usual places, or nil after saying that it is missing; with `KEYUSHER_TEST_ALL=1` that fails.
public func tool(_ name: String) -> String? {
  let found = ["/usr/bin", "/usr/local/bin", "/bin"].map { "\($0)/\(name)" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
  if found == nil { missing("the program '\(name)'") }
  return found
}

/// strace, where it can read what a program that guards itself hands to the system: only root's can. Nil after saying so.
public func straceOfGuarded() -> String? {
  guard geteuid() == 0 else {
    missing("root, whose strace alone reads the memory of a program that guards itself,")
    return nil
  }
  return tool("strace")
}

/// A program that was built beside the test bundle.
public func besideTests(_ name: String) -> String {
  let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
  return (bundle ?? URL(fileURLWithPath: CommandLine.arguments[0])).deletingLastPathComponent()
    .resolvingSymlinksInPath().appendingPathComponent(name).path
}

/// Who wants to know what is missing to the test that runs.
public enum Absence {
  @TaskLocal public static var noting: (@Sendable (_ what: String) -> Void)?
}

public func missing(_ what: String) {
  print("not tested: \(what) is missing")
  Absence.noting?(what)
  if ProcessInfo.processInfo.environment["KEYUSHER_TEST_ALL"] == "1" { reportIssue("\(what) is missing") }
}

/// Runs a program to its end, with bytes on its standard input, and returns what it wrote.
public func output(of program: String, _ arguments: [String], input: [UInt8] = []) throws -> (
  bytes: [UInt8], status: Int32
) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  let folder = try Folder()
  try Data(input).write(to: folder.url("in"))
  process.standardInput = try FileHandle(forReadingFrom: folder.url("in"))
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = FileHandle.nullDevice
  try process.run()
  let bytes = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
  process.waitUntilExit()
  return (bytes, process.terminationStatus)
}

/// Puts a program where it can be run at once.
///
/// Another process writes it: what this one writes is open for writing, for a moment, in every child that another test is
/// just starting, and a program that is open for writing anywhere can't be run.
public func install(_ program: String, at path: String, mode: mode_t = 0o700) throws {
  let folder = try Folder()
  try install(copyOf: folder.write(Array(program.utf8), to: "program"), at: path, mode: mode)
}

/// The same with a copy of a program that is there.
public func install(copyOf program: String, at path: String, mode: mode_t = 0o700) throws {
  let (_, status) = try output(of: "/usr/bin/install", ["-m", String(mode, radix: 8), program, path])
  if status != 0 { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path]) }
}

/// A folder for one test, gone after it.
public final class Folder {
  private let root: URL

  public init() throws {
    root = FileManager.default.temporaryDirectory.appendingPathComponent("keyusher-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: root, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  public func url(_ name: String) -> URL { root.appendingPathComponent(name) }
  public func path(_ name: String) -> String { url(name).path }

  public func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: url(name))
    return path(name)
  }

  /// A file's bytes; none if it is not there.
  public func read(_ name: String) -> [UInt8] { [UInt8]((try? Data(contentsOf: url(name))) ?? Data()) }
}
