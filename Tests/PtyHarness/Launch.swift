import CSpawn
import Glibc

/// Starts programs for tests, which run beside each other: a program has the descriptors that are given here and no others,
/// whatever the test process has open at that moment.
public enum Launch {
  /// What a descriptor of a program is opened on.
  public struct Source: Sendable {
    var path: String
    var flags: Int32

    public init(_ path: String, _ flags: Int32) { (self.path, self.flags) = (path, flags) }
  }

  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// Starts a program with exactly these arguments, this environment and these descriptors, and returns its process.
  ///
  /// - Parameter inNewSession: Whether it leads a session of its own, with every signal as it is by default; the terminal
  ///   that it opens first becomes its controlling one.
  public static func start(
    _ program: String, _ arguments: [String], environment: [String: String], descriptors: [Int32: Source],
    inNewSession: Bool = false
  ) throws -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    cs_close_from(&actions, 3)
    for (number, source) in descriptors.sorted(by: { $0.key < $1.key }) {
      posix_spawn_file_actions_addopen(&actions, number, source.path, source.flags, 0o600)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    if inNewSession { beginSession(&attributes) }
    var argv = ([program] + arguments).map { strdup($0) } + [nil]
    var envp = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in argv + envp { free(text) } }
    var process: pid_t = 0
    let failure = posix_spawn(&process, program, &actions, &attributes, &argv, &envp)
    guard failure == 0 else { throw Failure(description: "can't start \(program): error \(failure)") }
    return process
  }

  // MARK: - Private

  /// `POSIX_SPAWN_SETSID`, a macro that is not imported.
  private static let newSession: Int16 = 0x80

  private static func beginSession(_ attributes: inout posix_spawnattr_t) {
    var signals = sigset_t()
    posix_spawnattr_setflags(&attributes, newSession | Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
  }
}
