import Glibc
import PtyHarness

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
    let begin = ContinuousClock.now
    let process = try Launch.start(
      program, arguments, environment: environment,
      descriptors: [
        0: Launch.Source("/dev/null", O_RDONLY), 1: Launch.Source("/dev/null", O_WRONLY),
        2: Launch.Source(complaints, O_WRONLY | O_CREAT | O_TRUNC),
      ])
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
  init(_ time: timeval) { self = .seconds(time.tv_sec) + .microseconds(time.tv_usec) }
}
