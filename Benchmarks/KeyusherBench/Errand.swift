import Glibc

/// A program run to its end, without a terminal and with its output thrown away.
struct Errand {
  var status: Int32
  /// What it took to come to its end. The system counts memory from the process that starts another, so that anything
  /// below this program's own size is not to be seen.
  var arrival: Arrival

  /// - Parameter complaints: a file that takes what it writes to standard error.
  static func run(
    _ program: String, _ arguments: [String], environment: [String: String], complaints: String = "/dev/null"
  ) throws -> Errand {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, complaints, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var argv = ([program] + arguments).map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in argv + envp { free(text) } }
    var process: pid_t = 0
    let begin = ContinuousClock.now
    let failure = posix_spawn(&process, program, &actions, nil, &argv, &envp)
    guard failure == 0 else { throw Bench.Obstacle(description: "can't start '\(program)': error \(failure)") }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
    let time = ContinuousClock.now - begin
    return Errand(
      status: status & 0x7F == 0 ? status >> 8 & 0xFF : -1,
      arrival: Arrival(
        time: time, processorTime: Duration(usage.ru_utime) + Duration(usage.ru_stime), peakMemory: usage.ru_maxrss))
  }
}

extension Duration {
  fileprivate init(_ time: timeval) { self = .seconds(time.tv_sec) + .microseconds(time.tv_usec) }
}
