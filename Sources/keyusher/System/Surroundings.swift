import CProcess
import Files
import Glibc
import HelperPrograms
import Records
import Stores
import Synchronization

/// The words that the program was started with, its own name first; where there is no /proc, too.
var commandLine: [UnsafeMutablePointer<CChar>] {
  guard let words = kp_words() else { return [] }
  return (0...).lazy.map { words[$0] }.prefix { $0 != nil }.compactMap { $0 }
}

/// What the program takes from the machine: the time, chance, the user, and where things lie.
///
/// The variables `KEYUSHER_TEST_CLOCK` (RFC 3339; each reading is a second later), `KEYUSHER_TEST_ID`,
/// `KEYUSHER_TEST_USER` and `KEYUSHER_TEST_HOST` pin it, so that the same script gives the same bytes.
final class Surroundings: Sendable {
  /// The program's own, and the day it was released.
  static let version = "0.2.0"
  static let versionDay = "2026-12-01"

  let environment: [String: String]
  let user: String
  let host: String
  private let pinnedID: String?
  private let pinned: Mutex<Pinned>

  private struct Pinned {
    var clock: Timestamp?
    var draws = 0
  }

  /// The version, and what of the surroundings was pinned: a record that was made with a clock of the user's own says so.
  var toolVersion: String {
    let names = ["CLOCK", "HOST", "ID", "USER"].filter { environment["KEYUSHER_TEST_\($0)"] != nil }
    return names.isEmpty
      ? Self.version : "\(Self.version) (pinned for a test: \(names.joined(separator: ", ").lowercased()))"
  }

  /// The version and the file of this program, where there is /proc: what one wrote down for itself is no other's.
  var program: String {
    guard let file = try? status(of: "/proc/self/exe") else { return Self.version }
    return "\(Self.version) \(file.st_size) \(file.st_mtim.tv_sec).\(file.st_mtim.tv_nsec)"
  }

  init(environment: [String: String] = Surroundings.variables()) {
    self.environment = environment
    user = environment["KEYUSHER_TEST_USER"] ?? Surroundings.loginName()
    host = environment["KEYUSHER_TEST_HOST"] ?? Surroundings.hostName()
    pinned = Mutex(Pinned(clock: environment["KEYUSHER_TEST_CLOCK"].flatMap { Timestamp($0) }))
    pinnedID = environment["KEYUSHER_TEST_ID"]
  }

  /// `$KEYUSHER_HOME`, or `$XDG_DATA_HOME/keyusher`, or `~/.local/share/keyusher`.
  func home() throws -> String {
    if let home = try knownHome() { return home }
    throw CommandError(
      "there is no place for records: KEYUSHER_HOME and HOME are not set, and this computer knows no home of '\(user)'",
      hints: ["set KEYUSHER_HOME to a folder of yours"], status: .usage)
  }

  /// The home; nil if nothing says where it is, as for a container's user without an entry in `/etc/passwd`.
  func knownHome() throws -> String? {
    if let home = environment["KEYUSHER_HOME"], !home.isEmpty {
      guard home.hasPrefix("/") else {
        throw CommandError(
          "KEYUSHER_HOME is '\(home)', which means another folder in each folder", hints: ["give its whole path"],
          status: .usage)
      }
      return home
    }
    if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/keyusher" }
    return environment["HOME"].map { $0 + "/.local/share/keyusher" }
  }

  func now() -> Timestamp {
    pinned.withLock { pinned in
      guard let moment = pinned.clock else {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Timestamp(milliseconds: Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000)
      }
      pinned.clock = Timestamp(milliseconds: moment.milliseconds + 1000)
      return moment
    }
  }

  /// Whether every new record would have the same id.
  var isPinned: Bool { pinnedID != nil }

  /// A new run's id, or the pinned one.
  func newRunID() -> String {
    pinnedID ?? RunID.make(from: randomBytes(4).reduce(0) { $0 << 8 | UInt32($1) })
  }

  /// Bytes from the system's source; with a pinned id, bytes that follow from it.
  func randomBytes(_ count: Int) -> [UInt8] {
    guard let pinnedID else {
      // Eight at a time: each is a call of the system, and every line of a record wants some.
      var chance = SystemRandomNumberGenerator()
      return stride(from: 0, to: count, by: 8).flatMap { place in
        withUnsafeBytes(of: chance.next() as UInt64) { Array($0.prefix(count - place)) }
      }
    }
    let draw = pinned.withLock { pinned in
      pinned.draws += 1
      return pinned.draws
    }
    let digest = Array(hexadecimalSHA256(of: Array("\(pinnedID) \(draw)".utf8)).utf8)
    return (0..<count).map { digest[$0 % digest.count] }
  }

  /// The variables that the program looks at, and no others: the rest may hold secrets, and those are never text.
  static func variables() -> [String: String] {
    var variables: [String: String] = [:]
    // One by one: to make one set of them all takes longer than to look for some twice.
    for names in [
      Browser.passed, HelperProgram.variables, SSHForwarding.variables, OpenBaoSettings.variables,
      Set(named.flatMap(\.names)),
    ] {
      for name in names { variables[name] = variable(name) }
    }
    // Of a token it is known that it is there, and not what it is.
    for name in OpenBaoSettings.tokenVariables where getenv(name).map({ $0.pointee != 0 }) == true {
      variables[name] = "(set)"
    }
    // As a shell's `~`, ssh and gpg have it; a system's service is started without HOME.
    if variables["HOME"]?.hasPrefix("/") != true { variables["HOME"] = Surroundings.loginHome() }
    return variables
  }

  /// The text of a variable that is no secret; nil if it is not set.
  static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// The variables that steer this program, and what each does, for the manual page.
  static let named: [(names: [String], what: String)] = [
    (["KEYUSHER_HOME"], "The folder of all that is kept, by its whole path."),
    (["XDG_DATA_HOME"], "Without KEYUSHER_HOME, the folder keyusher in this one holds what is kept."),
    (["HOME"], "Without either, the folder .local/share/keyusher in this one does."),
    (["LC_ALL", "LC_CTYPE", "LANG"], "Which letters the terminal can show."),
    (["TERM"], "What the terminal can do. With dumb, nothing is coloured."),
    (["NO_COLOR"], "If it is set, nothing is coloured."),
    (
      ["KEYUSHER_TEST_CLOCK", "KEYUSHER_TEST_HOST", "KEYUSHER_TEST_ID", "KEYUSHER_TEST_USER"],
      "What stands on record instead of the true time, host, id of the run and user, for tests; the record says so."
    ),
  ]

  /// The variables that the programs get which this one starts by itself.
  static let handedOn = Browser.passed.union(HelperProgram.variables).union(SSHForwarding.variables)

  // MARK: - Private

  private static func loginName() -> String {
    getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid \(getuid())"
  }

  /// The home that the system knows of the user; nil if it knows none.
  private static func loginHome() -> String? {
    getpwuid(getuid()).map { String(cString: $0.pointee.pw_dir) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
  }

  private static func hostName() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
