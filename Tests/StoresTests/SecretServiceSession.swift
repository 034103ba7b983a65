import Foundation
import Outside
import Testing

@testable import Stores

/// A session bus of a test's own with gnome-keyring on it, in a home of its own; both are gone after it.
final class SecretServiceSession {
  enum Keyring {
    /// Made or unlocked with this password before anything else is on the bus.
    case unlocked(with: String)
    /// Started by the bus when somebody asks for it.
    case startedByTheBus
    /// The bus knows no such service.
    case none
  }

  let home: Folder
  private var daemons: [pid_t] = []
  private let address: String

  /// Nil after saying what is missing.
  convenience init?(_ keyring: Keyring = .unlocked(with: "kr-pass")) throws {
    try self.init(keyring, home: Folder())
  }

  init?(_ keyring: Keyring, home: Folder) throws {
    self.home = home
    let tools = ["dbus-daemon", "gnome-keyring-daemon", "gdbus", "secret-tool", "python3"].map { tool($0) }
    let number = UInt32.random(in: 0...UInt32.max)
    let runtime = home.path("run-\(number)")
    address = "unix:path=\(home.path("bus-\(number)"))"
    guard let dbusDaemon = tools[0], let keyringDaemon = tools[1], !tools.contains(nil) else { return nil }
    try FileManager.default.createDirectory(
      atPath: runtime, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    var services = "<servicedir>/usr/share/dbus-1/services</servicedir>"
    if case .none = keyring { services = "" }
    let configuration = try home.write(
      Array(
        """
        <busconfig><type>session</type><listen>\(address)</listen><auth>EXTERNAL</auth>\(services)
        <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
        <allow own="*"/></policy></busconfig>
        """.utf8), to: "bus-\(number).conf")
    environment = [
      "HOME": home.path(""), "XDG_RUNTIME_DIR": runtime, "PATH": "/usr/bin:/bin", "DBUS_SESSION_BUS_ADDRESS": address,
    ]
    try start([dbusDaemon, "--config-file=\(configuration)", "--nofork"])
    try #require(SecretServiceSession.appears(home.path("bus-\(number)")))
    guard case .unlocked(let password) = keyring else { return }
    try start([keyringDaemon, "--unlock", "--components=secrets", "--foreground"], input: Array(password.utf8))
    try #require(try run("gdbus", ["wait", "--session", "--timeout", "120", "org.freedesktop.secrets"]).status == 0)
  }

  deinit {
    for daemon in daemons.reversed() { kill(daemon, SIGKILL) }
  }

  /// In seconds: more than any helper can need on a busy computer.
  private let patience = 120
  /// What leads to this bus.
  private(set) var environment: [String: String] = [:]

  var store: SecretServiceStore { SecretServiceStore(environment: environment, patience: patience) }

  /// Runs a program on this bus.
  @discardableResult
  func run(_ program: String, _ arguments: [String], input: [UInt8] = []) throws -> (text: String, status: Int32) {
    let settings = environment.map { "\($0.key)=\($0.value)" }
    let result = try output(of: "/usr/bin/env", ["-i"] + settings + [program] + arguments, input: input)
    return (String(decoding: result.bytes, as: UTF8.self), result.status)
  }

  /// Calls a method of the service itself.
  @discardableResult
  func call(_ method: String, _ arguments: String...) throws -> String {
    try run(
      "gdbus",
      [
        "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets",
        "--method", "org.freedesktop.Secret.Service.\(method)",
      ] + arguments
    ).text
  }

  func lock() throws { try call("Lock", "['/org/freedesktop/secrets/collection/login']") }

  /// Whether the service is on the bus now.
  func isRunning() throws -> Bool {
    try run(
      "gdbus",
      [
        "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus", "--method",
        "org.freedesktop.DBus.NameHasOwner", "org.freedesktop.secrets",
      ]
    ).text == "(true,)\n"
  }

  // MARK: - Private

  /// Starts a daemon with no signal blocked, as they all are here, and no descriptor of this process: another test would
  /// wait for the end of a pipe of its own.
  private func start(_ command: [String], input: [UInt8] = []) throws {
    let program = """
      import os,signal,sys
      daemon = os.fork()
      if daemon:
        print(daemon)
      else:
        os.setsid()
        null = os.open("/dev/null", os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.closerange(3, 4096)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        os.execv(sys.argv[1], sys.argv[1:])
      """
    let started = try run("python3", ["-c", program] + command, input: input)
    daemons.append(try #require(pid_t(started.text.dropLast())))
  }

  /// Whether a file appears within a minute.
  private static func appears(_ path: String) -> Bool {
    let watch = inotify_init1(Int32(IN_CLOEXEC))
    defer { close(watch) }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    // Watched before it is looked for, so that nothing comes in between.
    guard watch >= 0, inotify_add_watch(watch, folder, UInt32(IN_CREATE)) >= 0 else { return false }
    var room = [UInt8](repeating: 0, count: 4096)
    while !FileManager.default.fileExists(atPath: path) {
      var change = pollfd(fd: watch, events: Int16(POLLIN), revents: 0)
      guard poll(&change, 1, 60_000) > 0, read(watch, &room, room.count) > 0 else { return false }
    }
    return true
  }
}
