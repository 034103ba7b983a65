import CProcess
import Files
import Glibc

/// One running helper, and the three pipes to it.
struct Child: ~Copyable {
  private let process: pid_t
  /// The terminal that it has for as long as it runs, or -1.
  private var terminal: Int32
  private var input: Int32
  private var output: Int32
  private var errors: Int32
  private(set) var status: Int32?

  /// Starts a program. Throws `failed` if it can't be.
  ///
  /// - Parameter isTied: whether it ends with the thread that starts it, also where that has no time to end it.
  init(
    _ path: String, _ arguments: [String], _ environment: [String: String], lendsTerminal: Bool, isTied: Bool = false
  ) throws(HelperError) {
    var process: pid_t = 0
    var ends: [Int32] = [-1, -1, -1]
    let terminal = lendsTerminal ? kp_own_terminal() : -1
    let failure = withCStrings([path] + arguments) { argv in
      withCStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) { envp in
        (isTied ? kp_spawn_tied : kp_spawn)(path, argv, envp, terminal, &process, &ends)
      }
    }
    guard failure == 0 else {
      if terminal >= 0 { kp_take_terminal_back(terminal) }
      throw .failed(why: "'\(path)' can't be started: \(systemWords(failure))")
    }
    self.process = process
    self.terminal = terminal
    (input, output, errors) = (ends[0], ends[1], ends[2])
  }

  /// How much room for standard error is used again and again for what is dropped, in bytes.
  static let spill = 65_536

  /// Closes the pipes, makes an end of a child that still runs, with all it started in its group, and takes the terminal
  /// back.
  mutating func end() {
    Child.shut(&input)
    Child.shut(&output)
    Child.shut(&errors)
    if !hasEnded() {
      kill(-process, SIGKILL)
      var raw: Int32 = 0
      _ = retrying { waitpid(process, &raw, 0) }
      status = 128 + SIGKILL
    }
    takeTerminalBack()
  }

  /// How long it is waited before the child is looked at again, in milliseconds.
  private static let glance = 20

  /// Writes the input, reads both outputs, and waits for the end; returns how many bytes of standard error there are.
  ///
  /// Standard error goes straight into its room: a helper may print there what it was given.
  ///
  /// - Parameters:
  ///   - isLast: whether no more input follows, and it is told so.
  ///   - take: reads standard output as far as it has come; false if no more of it is wanted.
  mutating func converse(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool = true, _ errorRoom: UnsafeMutableRawBufferPointer, _ seconds: Int,
    _ program: String, _ take: (inout Int32) throws(HelperError) -> Bool
  ) throws(HelperError) -> Int {
    var rest = bytes[...]
    var errorCount = 0
    let end = monotonicMilliseconds() + seconds * 1000
    while true {
      if rest.isEmpty, isLast { Child.shut(&input) }
      let hasEnded = hasEnded()
      var waiting = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0), pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        pollfd(fd: rest.isEmpty ? -1 : input, events: Int16(POLLOUT), revents: 0),
      ]
      let left = end - monotonicMilliseconds()
      guard left > 0 else { throw .timedOut(program: program, seconds: seconds) }
      // A grandchild may hold the pipes open: once the child has ended, only what is there already is read.
      let ready = poll(&waiting, 3, hasEnded ? 0 : Int32(min(left, Self.glance)))
      if ready > 0, waiting[0].revents != 0, try !take(&output) { return errorCount }
      if ready > 0, waiting[1].revents != 0 {
        errorCount = min(errorCount, errorRoom.count - Self.spill)
        errorCount += Child.read(&errors, into: UnsafeMutableRawBufferPointer(rebasing: errorRoom[errorCount...]))
      }
      if ready > 0, waiting[2].revents != 0 { rest = rest.dropFirst(Child.write(rest, to: &input)) }
      if hasEnded, ready <= 0 || (output < 0 && errors < 0) { return errorCount }
      if hasEnded { Child.shut(&input) }
    }
  }

  /// Reads standard output up to so many line breaks, for at most so long. Throws `failed` if it ends before, `timedOut`.
  mutating func lines(_ count: Int, seconds: Int, _ program: String) throws(HelperError) -> [String] {
    var bytes: [UInt8] = []
    let end = monotonicMilliseconds() + seconds * 1000
    while bytes.count(where: { $0 == 0x0A }) < count {
      let left = end - monotonicMilliseconds()
      guard left > 0 else { throw .timedOut(program: program, seconds: seconds) }
      var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, Int32(left)) > 0 else { continue }
      var room = [UInt8](repeating: 0, count: 1024)
      let read = room.withUnsafeMutableBytes { Child.read(&output, into: $0) }
      if output < 0 || bytes.count > 1 << 16 { throw .failed(why: "'\(program)' ended, or says what it should not") }
      bytes += room.prefix(read)
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Waits until something holds; false if the child ended before. Throws `timedOut`.
  ///
  /// - Parameter complained: what came meanwhile on standard error; standard output is dropped.
  mutating func wait(
    until isReady: () -> Bool, seconds: Int, _ program: String, _ complained: (UnsafeRawBufferPointer) -> Void
  ) throws(HelperError) -> Bool {
    let end = monotonicMilliseconds() + seconds * 1000
    while !isReady() {
      let isOver = hasEnded()
      hear(complained)
      if isOver { return false }
      guard monotonicMilliseconds() < end else { throw .timedOut(program: program, seconds: seconds) }
      poll(nil, 0, Int32(Self.glance))
    }
    return true
  }

  /// Reads what has come on standard error; standard output is dropped.
  mutating func hear(_ complained: (UnsafeRawBufferPointer) -> Void) {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { room in
      while output >= 0, Child.read(&output, into: room) > 0 {}
      while errors >= 0 {
        let count = Child.read(&errors, into: room)
        guard count > 0 else { return }
        complained(UnsafeRawBufferPointer(rebasing: room[..<count]))
      }
    }
  }

  /// Takes the terminal back from a child that goes on without it.
  mutating func takeTerminalBack() {
    if terminal >= 0 { kp_take_terminal_back(terminal) }
    terminal = -1
  }

  /// Reads what has come; at the end it closes the descriptor, and says so by -1.
  static func read(_ descriptor: inout Int32, into room: UnsafeMutableRawBufferPointer) -> Int {
    let count = Glibc.read(descriptor, room.baseAddress, room.count)
    if count > 0 { return count }
    if count == 0 || (errno != EINTR && errno != EAGAIN) { shut(&descriptor) }
    return 0
  }

  /// Whether nothing stands on standard output that nobody has read, nor its end.
  var isQuiet: Bool {
    var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    return output >= 0 && poll(&waiting, 1, 0) == 0
  }

  /// Whether it is over; then `status` says how it ended.
  mutating func hasEnded() -> Bool {
    if status != nil { return true }
    var raw: Int32 = 0
    let waited = waitpid(process, &raw, WNOHANG | WUNTRACED)
    if waited < 0, errno == ECHILD {
      // Whoever started us has children reaped unseen: how it ended can't be known, and counts as a failure.
      status = -1
      return true
    }
    guard waited == process else { return false }
    if raw & 0xFF == 0x7F {
      // Ctrl-Z would stop it and leave nobody at the terminal.
      kill(-process, SIGCONT)
      return false
    }
    let signal = raw & 0x7F
    status = signal == 0 ? (raw >> 8) & 0xFF : 128 + signal
    return true
  }

  // MARK: - Private

  private static func shut(_ descriptor: inout Int32) {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  /// Writes what the pipe takes now. A child that no longer reads must not end this process: SIGPIPE is held back.
  private static func write(_ bytes: Slice<UnsafeRawBufferPointer>, to descriptor: inout Int32) -> Int {
    var pipes = sigset_t()
    var before = sigset_t()
    sigemptyset(&pipes)
    sigaddset(&pipes, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipes, &before)
    let whole = UnsafeRawBufferPointer(rebasing: bytes)
    let count = Glibc.write(descriptor, whole.baseAddress, whole.count)
    let failure = errno
    if count < 0, failure == EPIPE {
      var none = timespec()
      _ = retrying { sigtimedwait(&pipes, nil, &none) }
    }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    if count >= 0 { return count }
    if failure == EINTR || failure == EAGAIN { return 0 }
    shut(&descriptor)
    return bytes.count
  }
}

private func monotonicMilliseconds() -> Int {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
}

/// Lends texts as a C array that ends in nil.
func withCStrings<Result>(
  _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
  pointers.append(nil)
  defer { for pointer in pointers { free(pointer) } }
  return body(pointers)
}

/// Starts a program that goes on by itself, in a session of its own, with nothing to read and nowhere to write. Of PATH it gets
/// the folders in which only the system and the person can put programs.
///
/// - Returns: 0, or the number of the error.
public func startDetached(_ path: String, _ arguments: [String], environment: [String: String]) -> Int32 {
  var environment = environment
  environment["PATH"] = SearchPath(environment["PATH"]).safe
  return withCStrings([path] + arguments) { argv in
    withCStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) { envp in
      kp_start_detached(path, argv, envp)
    }
  }
}
