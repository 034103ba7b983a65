import Foundation
public import Glibc
import Outside
public import PtyHarness
public import Records

/// The program, built beside the test bundle.
public let keyusher = besideTests("keyusher")

/// The root of the source tree.
public let sourceTree = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().path

/// One person's place for one test: a home, a folder of records and a working folder, all removed with it.
public final class Desk: Sendable {
  public let path: String

  public init() throws {
    var name = Array("\(NSTemporaryDirectory())keyusher-desk-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw TestFailure(description: "no temporary folder: \(errno)") }
    path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    for folder in [userHome, work] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// `KEYUSHER_HOME`; the program makes it when it first needs it.
  public var home: String { path + "/keyusher" }
  public var userHome: String { path + "/home" }
  /// The working folder.
  public var work: String { path + "/work" }
  public var records: RecordFolder { RecordFolder(path: home + "/records") }

  /// All of what the program finds in its environment.
  public var environment: [String: String] {
    [
      "TERM": "xterm", "LC_ALL": "C.UTF-8", "HOME": userHome, "KEYUSHER_HOME": home, "PATH": "/usr/bin:/bin",
      "INPUTRC": "/dev/null",
    ]
  }

  // MARK: - The program

  /// Starts the program on a terminal.
  public func start(
    _ arguments: [String], setting changes: [String: String?] = [:], columns: Int = 80, program: String = keyusher
  ) throws -> Pty {
    let (program, words) = inWork(program, arguments)
    return try Pty(program, words, environment: environment(changes), columns: columns)
  }

  /// Runs the program to its end without a terminal.
  ///
  /// - Parameters:
  ///   - input: What stands on standard input.
  ///   - descriptors: Further open descriptors, and what can be read from each.
  public func run(
    _ arguments: [String], input: String = "", setting changes: [String: String?] = [:],
    descriptors: [Int32: String] = [:], program: String = keyusher
  ) throws -> Ran {
    let (program, words) = inWork(program, arguments)
    return try Ran(
      program, words, environment: environment(changes), input: input, descriptors: descriptors, scratch: path)
  }

  /// The command that runs a program in the working folder, in the same process.
  public func inWork(_ program: String, _ arguments: [String]) -> (program: String, arguments: [String]) {
    ("/usr/bin/env", ["-C", work, program] + arguments)
  }

  public func environment(_ changes: [String: String?]) -> [String: String] {
    changes.reduce(into: environment) { $0[$1.key] = $1.value }
  }

  /// Has no exchange asked: nor the person whether one may be.
  public func askNobody() throws {
    let ran = try run(["config", "set", "exchange.ask", "never"])
    guard ran.status == 0 else { throw TestFailure(description: ran.errors) }
  }

  // MARK: - Files

  /// Writes a file below the working folder, or at an absolute path, and returns its path.
  @discardableResult
  public func write(_ text: String, to name: String, mode: mode_t = 0o600) throws -> String {
    let path = name.hasPrefix("/") ? name : work + "/" + name
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    if mode & 0o111 != 0 {
      try install(text, at: path, mode: mode)
    } else {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      chmod(path, mode)
    }
    return path
  }

  public func bytes(of path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

  public func text(of path: String) throws -> String { String(decoding: try bytes(of: path), as: UTF8.self) }

  /// Every plain file below the desk.
  public func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).map { path + "/" + $0 }.filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && !isFolder.boolValue
    }.sorted()
  }

  /// The only run on the desk.
  public func run() throws -> String {
    let runs = try records.runs()
    guard let run = runs.first, runs.count == 1 else { throw TestFailure(description: "not one run but \(runs)") }
    return run
  }

  public func recordFile(_ run: String) -> String { records.path(of: run) }
}

/// What came of a program that ran without a terminal.
public struct Ran {
  public var ending: Pty.Ending
  public var output: String
  public var errors: String

  /// Its exit status; nil if a signal ended it.
  public var status: Int32? { if case .exited(let status) = ending { status } else { nil } }

  public init(
    _ program: String, _ arguments: [String], environment: [String: String], input: String,
    descriptors: [Int32: String],
    scratch: String
  ) throws {
    // Several programs may run beside each other in one folder.
    let own = UUID()
    let names = Dictionary(
      uniqueKeysWithValues: ([0, 1, 2] + descriptors.keys).map { ($0, "\(scratch)/.descriptor-\(own)-\($0)") })
    for (number, text) in descriptors.merging([0: input, 1: "", 2: ""], uniquingKeysWith: { $1 }) {
      try Data(text.utf8).write(to: URL(fileURLWithPath: names[number] ?? ""))
    }
    // What was read from them is not what the program wrote.
    defer { for name in names.values { unlink(name) } }
    let process = try Launch.start(
      program, arguments, environment: environment,
      descriptors: names.reduce(into: [:]) { sources, name in
        sources[name.key] = Launch.Source(name.value, (1...2).contains(name.key) ? O_WRONLY : O_RDONLY)
      },
      // Without one of its own it could ask at the terminal in which the tests are run.
      inNewSession: true)
    ending = try Ran.wait(for: process)
    output = String(decoding: try Data(contentsOf: URL(fileURLWithPath: names[1] ?? "")), as: UTF8.self)
    errors = String(decoding: try Data(contentsOf: URL(fileURLWithPath: names[2] ?? "")), as: UTF8.self)
  }

  private static func wait(for process: pid_t) throws -> Pty.Ending {
    let deadline = ContinuousClock.now + .seconds(120)
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) != process {
      guard ContinuousClock.now < deadline else {
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        throw TestFailure(description: "no end")
      }
      poll(nil, 0, 2)
    }
    return Pty.Ending(waited: status)
  }
}

/// Why a test could not even look.
public struct TestFailure: Error, CustomStringConvertible {
  public let description: String

  public init(description: String) { self.description = description }
}
