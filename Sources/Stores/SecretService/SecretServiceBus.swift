import Glibc
import HelperPrograms
import PlainText
import SecretMemory

/// The Secret Service as `gdbus` shows it: which items there are and whether they are locked, never what they hold.
///
/// Source: Secret Service API draft 0.2 (freedesktop.org); tried with gnome-keyring 42.1 and GLib 2.74, 2026-11-23.
struct SecretServiceBus {
  /// One item that the service found.
  struct Item: Equatable {
    var path: String
    var isLocked: Bool

    /// The path of the keyring that it is in.
    var keyring: String { path.split(separator: "/").dropLast().map { "/\($0)" }.joined() }
  }

  private let gdbus: HelperProgram
  private let store: String
  private let patience: Int

  /// Finds the bus. Throws `unreachable` if there is none, `notInstalled`, `unsafeProgram`.
  init(environment: [String: String], store: String, patience: Int) throws(StoreError) {
    self.store = store
    self.patience = patience
    let path = try Self.path(in: environment, store: store)
    gdbus = try telling(of: store) { try HelperProgram.find("gdbus", environment: path) }
  }

  /// The variables that lead a helper program to the bus. Nothing else is handed on: not what would make it start a bus of
  /// its own, look into a file instead, print messages, or speak another language.
  static func path(in environment: [String: String], store: String) throws(StoreError) -> [String: String] {
    var kept = environment.filter { ["HOME", "PATH", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"].contains($0.key) }
    kept["LC_ALL"] = "C"
    kept["SECRET_BACKEND"] = "service"
    guard kept["DBUS_SESSION_BUS_ADDRESS"]?.isEmpty != false else { return kept }
    guard let socket = kept["XDG_RUNTIME_DIR"].map({ "\($0)/bus" }), access(socket, F_OK) == 0 else {
      throw .unreachable(store: store, why: "there is no session bus here: DBUS_SESSION_BUS_ADDRESS is not set")
    }
    kept["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=\(socket)"
    return kept
  }

  /// Whether the service runs. Throws `unreachable` if it does not and nothing would start it.
  func isRunning() throws(StoreError) -> Bool {
    let bus = "/org/freedesktop/DBus"
    let owned = try call(Self.bus, bus, "\(Self.bus).NameHasOwner", [Self.service])
    guard let isRunning = owned.only?.flag else { throw unforeseen("NameHasOwner") }
    if isRunning { return true }
    let names = try call(Self.bus, bus, "\(Self.bus).ListActivatableNames", [])
    guard let names = names.only?.values else { throw unforeseen("ListActivatableNames") }
    guard names.contains(.text(Self.service)) else { throw noService }
    return false
  }

  /// The items that have all these attributes, and perhaps more.
  ///
  /// - Parameter attributes: without quotes and backslashes.
  func items(_ attributes: [(name: String, value: String)]) throws(StoreError) -> [Item] {
    let wanted = attributes.map { "'\($0.name)': '\($0.value)'" }.joined(separator: ", ")
    let reply = try call(Self.service, Self.root, "org.freedesktop.Secret.Service.SearchItems", ["{\(wanted)}"])
    guard let lists = reply.values, lists.count == 2, let unlocked = paths(lists[0]), let locked = paths(lists[1])
    else { throw unforeseen("SearchItems") }
    return unlocked.map { Item(path: $0, isLocked: false) } + locked.map { Item(path: $0, isLocked: true) }
  }

  /// The attributes of an item; nil if it is gone.
  func attributes(of item: Item) throws(StoreError) -> [String: String]? {
    guard let reply = try property("Attributes", of: item.path, "org.freedesktop.Secret.Item") else { return nil }
    guard let attributes = reply.only?.pairs else { throw unforeseen("Attributes") }
    return attributes
  }

  /// The path of the keyring that new items come into; nil if there is none.
  func defaultKeyring() throws(StoreError) -> String? {
    let reply = try call(Self.service, Self.root, "org.freedesktop.Secret.Service.ReadAlias", ["default"])
    guard let path = paths(reply)?.first else { throw unforeseen("ReadAlias") }
    return path == "/" ? nil : path
  }

  func isLocked(_ keyring: String) throws(StoreError) -> Bool {
    let reply = try property("Locked", of: keyring, "org.freedesktop.Secret.Collection")
    guard let isLocked = reply?.only?.flag else { throw unforeseen("Locked") }
    return isLocked
  }

  // MARK: - Private

  private static let bus = "org.freedesktop.DBus"
  private static let service = "org.freedesktop.secrets"
  private static let root = "/org/freedesktop/secrets"

  private func property(
    _ name: String, of path: String, _ interface: String
  ) throws(StoreError) -> SecretServiceReply? {
    try answer(Self.service, path, "\(Self.bus).Properties.Get", [interface, name])
  }

  private func call(
    _ service: String, _ path: String, _ method: String, _ arguments: [String]
  ) throws(StoreError) -> SecretServiceReply {
    guard let reply = try answer(service, path, method, arguments) else { throw unforeseen(method) }
    return reply
  }

  /// Calls a method; nil if there is no object at this path.
  private func answer(
    _ service: String, _ path: String, _ method: String, _ arguments: [String]
  ) throws(StoreError) -> SecretServiceReply? {
    let outcome = try telling(of: store) {
      try gdbus.run(
        ["call", "--session", "--dest", service, "--object-path", path, "--method", method] + arguments,
        seconds: patience)
    }
    if outcome.status == 0 {
      let text = outcome.output.withBytes { String(validating: $0, as: UTF8.self) }
      guard let reply = text.flatMap(SecretServiceReply.init) else { throw unforeseen(method) }
      return reply
    }
    // gdbus is never given a secret, so that its complaint can hold none.
    let complaint = outcome.complaint
    switch Self.errorName(in: complaint) {
    case "\(Self.bus).Error.UnknownMethod", "\(Self.bus).Error.UnknownObject",
      "org.freedesktop.Secret.Error.NoSuchObject":
      return nil
    case "\(Self.bus).Error.ServiceUnknown", "\(Self.bus).Error.NameHasNoOwner": throw noService
    case "org.freedesktop.Secret.Error.IsLocked":
      throw .locked(store: store, hint: "unlock the keyring in its own program, for example 'seahorse'")
    case let name? where name.hasPrefix("\(Self.bus).Error.Spawn."):
      throw .unreachable(store: store, why: "its program can't be started (\(name))")
    case let name?: throw .broken(store: store, why: "it answered \(name)")
    case nil where complaint.hasPrefix("Error connecting"):
      throw .unreachable(store: store, why: "the session bus of DBUS_SESSION_BUS_ADDRESS does not answer")
    case nil: throw .broken(store: store, why: "'gdbus' ended with status \(outcome.status)")
    }
  }

  /// The name of the D-Bus error: letters, digits and dots alone, since it is shown.
  private static func errorName(in complaint: String) -> String? {
    guard let start = complaint.split(by: "GDBus.Error:", maxSplits: 1, omittingEmptySubsequences: false).last,
      start.startIndex != complaint.startIndex
    else { return nil }
    let name = start.prefix { ($0.isASCII && ($0.isLetter || $0.isNumber)) || $0 == "." || $0 == "_" }
    return name.isEmpty ? nil : String(name.prefix(100))
  }

  /// The paths of a list of these; nil if one is none, so that it can't become an argument.
  private func paths(_ list: SecretServiceReply) -> [String]? {
    guard let paths = list.values?.map(\.text), paths.allSatisfy(Self.isPath) else { return nil }
    return paths.compactMap { $0 }
  }

  private static func isPath(_ text: String?) -> Bool {
    text.map { $0.hasPrefix("/") && $0.utf8.areWord(with: "/_") } ?? false
  }

  // MARK: - Words

  private var noService: StoreError {
    .unreachable(
      store: store,
      why: "no keyring program is on the session bus; gnome-keyring, KWallet and KeePassXC are such programs")
  }

  private func unforeseen(_ method: String) -> StoreError {
    .broken(store: store, why: "its answer to '\(method.split(separator: ".").last ?? "")' can't be read")
  }
}
