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
  private let bus = Process()
  private var keyring: Process?
  private let address: String

  /// Nil after saying what is missing.
  convenience init?(_ keyring: Keyring = .unlocked(with: "kr-pass")) throws {
    try self.init(keyring, home: Folder())
  }

  init?(_ keyring: Keyring, home: Folder) throws {
    self.home = home
    let tools = ["dbus-daemon", "gnome-keyring-daemon", "gdbus", "secret-tool"].map { tool($0) }
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
    bus.executableURL = URL(fileURLWithPath: dbusDaemon)
    bus.arguments = ["--config-file=\(configuration)", "--nofork", "--print-address=1"]
    bus.environment = environment
    let ready = Pipe()
    bus.standardOutput = ready
    bus.standardError = FileHandle.nullDevice
    bus.standardInput = FileHandle.nullDevice
    try bus.run()
    // It prints its address as soon as it listens.
    _ = ready.fileHandleForReading.availableData
    if case .unlocked(let password) = keyring { try start(keyringDaemon, password) }
  }

  deinit {
    for process in [keyring, bus] {
      guard let process, process.isRunning else { continue }
      process.terminate()
      process.waitUntilExit()
    }
  }

  /// What leads to this bus.
  private(set) var environment: [String: String] = [:]

  var store: SecretServiceStore { SecretServiceStore(environment: environment) }

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

  private func start(_ program: String, _ password: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["--unlock", "--components=secrets", "--foreground"]
    process.environment = environment
    let input = Pipe()
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    keyring = process
    try input.fileHandleForWriting.write(contentsOf: Data(password.utf8))
    try input.fileHandleForWriting.close()
    try #require(try run("gdbus", ["wait", "--session", "--timeout", "30", "org.freedesktop.secrets"]).status == 0)
  }
}
