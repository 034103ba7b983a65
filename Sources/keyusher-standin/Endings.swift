import ArgumentParser
import Glibc
import PlainText
import StandIn

/// The signals that end a server. Made before any thread begins, so that all of them leave these to who waits.
struct Endings {
  private var signals = sigset_t()

  init() {
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Returns when one has come.
  mutating func wait() {
    var signal: Int32 = 0
    sigwait(&signals, &signal)
  }

  /// Returns when one has come, or when standard input has ended.
  mutating func waitForInputToEnd() {
    var room: UInt8 = 0
    while true {
      var glance = timespec(tv_sec: 0, tv_nsec: 100_000_000)
      if sigtimedwait(&signals, nil, &glance) > 0 { return }
      var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      if poll(&input, 1, 0) > 0, read(STDIN_FILENO, &room, 1) <= 0 { return }
    }
  }
}

/// The real time.
@Sendable func now() -> Moment {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return Moment(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
}

/// Does something, and says what went wrong: 69 if the network does not do it, 66 if a file can't be read.
func saying(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch let error as any DescribedError {
    writeWords("keyusher-standin: \(error)")
    throw ExitCode(error is PortError || error is BotError ? 69 : 66)
  }
}
