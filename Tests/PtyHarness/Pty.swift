public import Glibc

/// A program on a pseudo-terminal of its own, in a session of its own, driven by a test.
///
/// Nothing sleeps: whoever waits polls the terminal with a deadline. Type only after the prompt has appeared.
public final class Pty {
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// How a program ended.
  public enum Ending: Equatable, Sendable {
    case exited(Int32)
    case signalled(Int32)

    /// Reads what `waitpid` tells.
    public init(waited status: Int32) {
      self = status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .signalled(status & 0x7F)
    }
  }

  /// Everything the terminal received so far.
  public private(set) var raw: [UInt8] = []
  /// The settings before the program started.
  public let settingsBefore: TerminalSettings
  public let process: pid_t
  private var master: Int32
  /// Kept open, so that the settings outlive the program.
  private var slave: Int32
  private var ending: Ending?
  /// How much of the text has been expected already.
  private var seen = 0

  /// Starts a program with exactly this environment.
  public init(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:], columns: Int = 80,
    rows: Int = 24
  ) throws {
    // Not `openpty`: a program started meanwhile by another test would inherit both ends.
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var unlocked: Int32 = 0
    var number: UInt32 = 0
    guard master >= 0, ioctl(master, Pty.setLock, &unlocked) == 0, ioctl(master, Pty.getNumber, &number) == 0 else {
      throw Failure(description: "no pseudo-terminal: \(errno)")
    }
    let name = "/dev/pts/\(number)"
    slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
    settingsBefore = TerminalSettings(of: slave)
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(slave, UInt(TIOCSWINSZ), &size)
    let terminal = Launch.Source(name, O_RDWR)
    process = try Launch.start(
      program, arguments, environment: environment, descriptors: [0: terminal, 1: terminal, 2: terminal],
      inNewSession: true)
  }

  deinit {
    if ending == nil {
      // The whole session: a stopped job of a shell must not outlive the test.
      kill(-process, SIGKILL)
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }
    hangUp()
  }

  // MARK: - What a person does

  public func send(_ text: String) throws { try send(Array(text.utf8)) }

  /// Types bytes; while the terminal takes no more, what it shows is read.
  public func send(_ bytes: [UInt8]) throws {
    let deadline = ContinuousClock.now + .seconds(60)
    var rest = bytes[...]
    while !rest.isEmpty {
      guard ContinuousClock.now < deadline else { throw Failure(description: "could not type; shown: \(text)") }
      var ready = pollfd(fd: master, events: Int16(POLLIN | POLLOUT), revents: 0)
      poll(&ready, 1, 20)
      if ready.revents & Int16(POLLIN) != 0 { drain() }
      guard ready.revents & Int16(POLLOUT) != 0 else { continue }
      let written = rest.prefix(512).withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if written > 0 { rest = rest.dropFirst(written) }
    }
  }

  /// Types a control key, for example `control("C")`.
  public func control(_ key: Character) throws {
    guard let code = key.asciiValue else { throw Failure(description: "no control key: \(key)") }
    try send([code & 0x1F])
  }

  /// Pastes as a terminal with the bracketed paste mode on does.
  public func paste(_ text: String) throws { try send("\u{1B}[200~\(text)\u{1B}[201~") }

  public func resize(columns: Int, rows: Int = 24) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Sends a signal to the program, or to its process group.
  public func signal(_ number: Int32, group: Bool = false) { kill(group ? -process : process, number) }

  /// Closes the terminal's window; from then on only the end can be waited for.
  public func hangUp() {
    for descriptor in [slave, master] where descriptor >= 0 { close(descriptor) }
    (slave, master) = (-1, -1)
  }

  // MARK: - What a person sees

  /// What was shown, without escape sequences and carriage returns.
  public var text: String { plain(raw) }
  public var settings: TerminalSettings { TerminalSettings(of: slave) }

  /// How many of the typed bytes the program has not read yet, where it takes them one by one.
  public var unread: Int {
    var count: Int32 = 0
    return ioctl(slave, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
  }

  /// The leader of the process group that has the terminal.
  public var foreground: pid_t { tcgetpgrp(master) }

  /// Waits until a text has appeared after what was expected before.
  public func expect(_ wanted: String, within limit: Duration = .seconds(60)) throws {
    try poll(until: limit, for: wanted) { self.consume(wanted) }
  }

  /// Waits until a condition on the terminal holds.
  public func expect(_ what: String, within limit: Duration = .seconds(60), _ condition: (Pty) -> Bool) throws {
    try poll(until: limit, for: what) { condition(self) }
  }

  /// Waits until the program has ended.
  public func end(within limit: Duration = .seconds(60)) throws -> Ending {
    try poll(until: limit, for: "the end") { self.hasEnded }
    drain()
    guard let ending else { throw Failure(description: "no end") }
    return ending
  }

  // MARK: - Private

  /// `TIOCSPTLCK` and `TIOCGPTN`, macros that are not imported.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  private var hasEnded: Bool {
    guard ending == nil else { return true }
    var status: Int32 = 0
    guard waitpid(process, &status, WNOHANG) == process else { return false }
    ending = Ending(waited: status)
    return true
  }

  private func consume(_ wanted: String) -> Bool {
    let shown = Array(text.utf8)
    let pattern = Array(wanted.utf8)
    guard shown.count >= seen + pattern.count else { return false }
    for start in seen...(shown.count - pattern.count) where shown[start..<(start + pattern.count)] == pattern[...] {
      seen = start + pattern.count
      return true
    }
    return false
  }

  private func poll(until limit: Duration, for what: String, _ isDone: () -> Bool) throws {
    let deadline = ContinuousClock.now + limit
    while true {
      drain()
      if isDone() { return }
      let isOver = hasEnded
      drain()
      if isDone() { return }
      guard !isOver, ContinuousClock.now < deadline else {
        let state = ending.map { "\($0)" } ?? "still running"
        throw Failure(description: "waited for \(what.debugDescription), \(state); shown: \(text.debugDescription)")
      }
      var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      Glibc.poll(&ready, 1, 10)
    }
  }

  private func poll(_ ready: inout pollfd, _ count: Int, _ limit: Int32) { Glibc.poll(&ready, nfds_t(count), limit) }

  private func drain() {
    var chunk = [UInt8](repeating: 0, count: 4096)
    var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    while Glibc.poll(&ready, 1, 0) > 0, ready.revents & Int16(POLLIN) != 0 {
      let got = read(master, &chunk, chunk.count)
      guard got > 0 else { return }
      raw += chunk[..<got]
    }
  }
}
