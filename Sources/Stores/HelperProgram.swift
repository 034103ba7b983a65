import CProcess
import Glibc
import SecretMemory

/// A program of somebody else's that a store speaks to: found once, given its secrets by pipe alone, and never waited for
/// without an end.
///
/// Written here and not with swift-subprocess, which collects a child's output in ordinary memory: a secret goes straight
/// from the pipe into guarded memory, as measured by scanning a core for 16-byte windows of it.
struct HelperProgram: Sendable {
  /// What came of one run.
  struct Outcome {
    /// The exit status; 128 and the number of the signal if one ended it.
    var status: Int32
    /// Standard output.
    var output: SecretBytes
    /// Standard error, at most 4 KiB: for telling failures apart, and shown only through `display()`.
    var complaint: String
  }

  let path: String
  let environment: [String: String]

  /// How much of a helper's standard output is taken, in bytes.
  static let mostOutput = 65_536
  /// How long a helper may take, in seconds, when nobody has to be asked, and when somebody may have to be.
  static let patience = 10
  static let patienceWithPeople = 120

  /// Finds a program in PATH. Throws `notInstalled`, or `unsafeProgram` if it or its folder can be written by others.
  ///
  /// - Parameter environment: the variables that the program is given; PATH is looked through.
  static func find(
    _ name: String, for store: String, environment: [String: String]
  ) throws(StoreError) -> HelperProgram {
    for folder in (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":") {
      let path = "\(folder)/\(name)"
      guard folder.hasPrefix("/"), access(path, X_OK) == 0 else { continue }
      for place in [String(folder), path] {
        var status = stat()
        guard stat(place, &status) == 0 else { continue }
        guard status.st_mode & 0o022 == 0 else { throw .unsafeProgram(path: path, why: "others can write \(place)") }
        guard status.st_uid == 0 || status.st_uid == getuid() else {
          throw .unsafeProgram(path: path, why: "\(place) belongs to another user")
        }
      }
      return HelperProgram(path: path, environment: environment)
    }
    throw .notInstalled(store: store, program: name)
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - asksPeople: whether it may have to ask at the terminal or in a window; it then stays in the foreground.
  /// - Throws: `timedOut`; `broken` if it can't be started, or prints more than `mostOutput`; `memory`.
  func run(
    _ arguments: [String], for store: String, input: SecretBytes? = nil, seconds: Int = patience,
    asksPeople: Bool = false
  ) throws(StoreError) -> Outcome {
    var child = try Child(path, arguments, environment, inForeground: asksPeople, for: store)
    defer { child.end() }
    do {
      let program = path.split(separator: "/").last.map(String.init) ?? path
      let output = try SecretBytes(capacity: Self.mostOutput + 1) { room throws(StoreError) in
        guard let input else { return try child.converse(nil, into: room, seconds: seconds, program: program) }
        return try input.withBytes { bytes throws(StoreError) in
          try child.converse(bytes, into: room, seconds: seconds, program: program)
        }
      }
      guard output.count <= Self.mostOutput else {
        throw StoreError.broken(store: store, why: "'\(program)' printed more than \(Self.mostOutput) bytes")
      }
      return Outcome(status: child.status ?? -1, output: output, complaint: child.complaint)
    } catch let error as StoreError {
      throw error
    } catch let error as SecretMemoryError {
      throw .memory(error)
    } catch {
      throw .broken(store: store, why: "\(error)")
    }
  }
}

/// One running child, and the three pipes to it.
private struct Child: ~Copyable {
  private let process: pid_t
  private let hasOwnGroup: Bool
  private var input: Int32
  private var output: Int32
  private var errors: Int32
  private(set) var status: Int32?
  private var errorBytes: [UInt8] = []

  var complaint: String { String(decoding: errorBytes, as: UTF8.self) }

  init(
    _ path: String, _ arguments: [String], _ environment: [String: String], inForeground: Bool, for store: String
  ) throws(StoreError) {
    var process: pid_t = 0
    var ends: [Int32] = [-1, -1, -1]
    let failure = withCStrings([path] + arguments) { argv in
      withCStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) { envp in
        kp_spawn(path, argv, envp, inForeground ? 0 : 1, &process, &ends)
      }
    }
    guard failure == 0 else {
      throw .broken(store: store, why: "'\(path)' can't be started: \(String(cString: strerror(failure)))")
    }
    self.process = process
    hasOwnGroup = !inForeground
    (input, output, errors) = (ends[0], ends[1], ends[2])
  }

  /// Writes the input, reads both outputs, and waits for the end; returns how many bytes of `room` were filled.
  mutating func converse(
    _ bytes: UnsafeRawBufferPointer?, into room: UnsafeMutableRawBufferPointer, seconds: Int, program: String
  ) throws(StoreError) -> Int {
    var rest = bytes.map { $0[...] } ?? UnsafeRawBufferPointer(start: nil, count: 0)[...]
    var count = 0
    let end = monotonicMilliseconds() + seconds * 1000
    while true {
      if rest.isEmpty { Child.shut(&input) }
      let hasEnded = hasEnded()
      var waiting = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0), pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
      ]
      let left = end - monotonicMilliseconds()
      guard left > 0 else { throw .timedOut(program: program, seconds: seconds) }
      // A grandchild may hold the pipes open: once the child has ended, only what is there already is read.
      let ready = poll(&waiting, 3, hasEnded ? 0 : Int32(min(left, Self.glance)))
      if waiting[0].revents != 0 {
        count += Child.read(&output, into: UnsafeMutableRawBufferPointer(rebasing: room[count...]))
      }
      if waiting[1].revents != 0 { readErrors() }
      if waiting[2].revents != 0 { rest = rest.dropFirst(Child.write(rest, to: &input)) }
      if count == room.count { return count }
      if hasEnded, ready <= 0 || (output < 0 && errors < 0) || waiting.allSatisfy({ $0.revents == 0 }) { return count }
      if hasEnded, input >= 0 { Child.shut(&input) }
    }
  }

  /// Closes the pipes and makes an end of a child that still runs.
  mutating func end() {
    closeAll()
    guard status == nil, !hasEnded() else { return }
    kill(hasOwnGroup ? -process : process, SIGKILL)
    var raw: Int32 = 0
    while waitpid(process, &raw, 0) < 0, errno == EINTR {}
    status = 128 + SIGKILL
  }

  // MARK: - Private

  /// How long it is waited before the child is looked at again, in milliseconds.
  private static let glance = 20
  private static let mostErrors = 4096

  private mutating func hasEnded() -> Bool {
    if status != nil { return true }
    var raw: Int32 = 0
    guard waitpid(process, &raw, WNOHANG) == process else { return false }
    let signal = raw & 0x7F
    status = signal == 0 ? (raw >> 8) & 0xFF : 128 + signal
    return true
  }

  private mutating func closeAll() {
    Child.shut(&input)
    Child.shut(&output)
    Child.shut(&errors)
  }

  private mutating func readErrors() {
    var piece = [UInt8](repeating: 0, count: 1024)
    let count = piece.withUnsafeMutableBytes { Child.read(&errors, into: $0) }
    errorBytes += piece.prefix(min(count, Self.mostErrors - errorBytes.count))
  }

  private static func shut(_ descriptor: inout Int32) {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  private static func read(_ descriptor: inout Int32, into room: UnsafeMutableRawBufferPointer) -> Int {
    let count = Glibc.read(descriptor, room.baseAddress, room.count)
    if count > 0 { return count }
    if count == 0 || (errno != EINTR && errno != EAGAIN) { shut(&descriptor) }
    return 0
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
      while sigtimedwait(&pipes, nil, &none) < 0, errno == EINTR {}
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
private func withCStrings<Result>(
  _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
  pointers.append(nil)
  defer { for pointer in pointers { free(pointer) } }
  return body(pointers)
}
