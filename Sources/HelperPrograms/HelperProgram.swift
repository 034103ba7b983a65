import Files
import Glibc
import PlainText
public import SecretMemory

/// A program of somebody else's: found once, given its secrets by pipe alone, and never waited for without an end.
///
/// Written here and not with swift-subprocess, which collects a child's output in ordinary memory: a secret goes
/// straight from the pipe into guarded memory, as measured by scanning a core for 16-byte windows of it.
public struct HelperProgram: Sendable {
  /// What came of one run.
  public struct Outcome {
    /// The exit status; 128 and the number of the signal if one ended it.
    public var status: Int32
    /// Standard output.
    public var output: SecretBytes
    /// Standard error, at most 4 KiB. It is kept like a secret, since a helper may print there what it was given:
    /// failures are told apart by looking for words in it.
    public var errors: SecretBytes
    /// The same as text: only for a helper that is given no secret and is asked for none.
    public var complaint: String { errors.publicPrefix(errors.count) }

    /// Whether either output has one of these texts in it.
    public func mentions(_ texts: String...) -> Bool {
      texts.contains { errors.contains($0) || output.contains($0) }
    }
  }

  public let path: String
  let environment: [String: String]

  var name: String { parted(path).name }

  /// The variables that a helper is given, and that whoever finds one must therefore know; all others stay here.
  ///
  /// `PASSWORD_STORE_ENABLE_EXTENSIONS` is not among them: it makes `pass` run programs out of the store's folder.
  public static let variables: Set<String> = [
    "HOME", "PATH", "USER", "LOGNAME", "TERM", "TZ", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE",
    "GNUPGHOME", "GPG_TTY", "PINENTRY_USER_DATA",
    "PASSWORD_STORE_DIR", "PASSWORD_STORE_KEY", "PASSWORD_STORE_GPG_OPTS", "PASSWORD_STORE_SIGNING_KEY",
    "PASSWORD_STORE_UMASK",
    "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "DISPLAY", "WAYLAND_DISPLAY",
    "XAUTHORITY",
  ]

  /// How much of a helper's standard output is taken where nobody says otherwise, in bytes.
  public static let mostOutput = 65_536
  /// How long a helper may take, in seconds, when nobody has to be asked, and when somebody may have to be.
  public static let patience = 10
  public static let patienceWithPeople = 120

  /// Finds a program in PATH. Throws `notInstalled`, or `unsafe` if somebody else could have put it there.
  ///
  /// - Parameters:
  ///   - environment: the variables that are known here; the program is given those of `variables`.
  ///   - more: of these, too.
  public static func find(
    _ name: String, environment: [String: String], handingOn more: Set<String> = []
  ) throws(HelperError) -> HelperProgram {
    let path = SearchPath(environment["PATH"])
    guard let found = path.first(name) else { throw .notInstalled(program: name) }
    try SearchPath.requireSafe(found)
    return HelperProgram(path: found, environment: given(environment, path, more))
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - asksPeople: whether it may have to ask at the terminal or in a window; the terminal is then lent to it.
  ///   - most: how much of its standard output is taken, in bytes.
  /// - Throws: `timedOut`; `stopped` if Ctrl-C ended it; `failed` if it can't be started, or prints more than `most`;
  ///   `memory`.
  public func run(
    _ arguments: [String], input: SecretBytes? = nil, seconds: Int = patience, asksPeople: Bool = false,
    most: Int = mostOutput
  ) throws(HelperError) -> Outcome {
    let output: SecretBytes
    let errors: SecretBytes
    let nothing: SecretBytes
    do throws(SecretMemoryError) {
      output = try SecretBytes(capacity: min(most, Self.mostOutput) + 1)
      errors = try SecretBytes(capacity: Self.errorRoom)
      nothing = try SecretBytes(capacity: 0)
    } catch {
      throw .memory(error)
    }
    var status: Int32 = 0
    try errors.fill { errorRoom throws(HelperError) in
      let ended = try (input ?? nothing).withBytes { bytes throws(HelperError) in
        try converse(arguments, bytes, errorRoom, seconds: seconds, asksPeople: asksPeople) {
          pipe throws(HelperError) in
          try output.take(from: &pipe, most: most)
        }
      }
      status = ended.status
      return ended.errors
    }
    guard output.count <= most else {
      throw .failed(why: "'\(name)' printed more than \(most) bytes")
    }
    return Outcome(status: status, output: output, errors: errors)
  }

  /// How much room standard error needs.
  static let errorRoom = mostErrors + Child.spill

  /// Runs the program to its end; returns its status, and how many bytes of the room for standard error were filled.
  ///
  /// - Parameter take: reads standard output as far as it has come; false if no more of it is wanted.
  func converse(
    _ arguments: [String], _ input: UnsafeRawBufferPointer, _ errors: UnsafeMutableRawBufferPointer, seconds: Int,
    asksPeople: Bool = false, _ take: (inout Int32) throws(HelperError) -> Bool
  ) throws(HelperError) -> (status: Int32, errors: Int) {
    var variables = environment
    // With a pipe for its input a program can't find out by itself where to ask.
    if asksPeople, let terminal = Self.ownTerminal { variables["GPG_TTY"] = terminal }
    var child = try Child(path, arguments, variables, lendsTerminal: asksPeople)
    defer { child.end() }
    let errorCount = try child.converse(input, errors, seconds, name, take)
    guard child.status != 128 + SIGINT else { throw .stopped }
    return (child.status ?? -1, min(errorCount, Self.mostErrors))
  }

  // MARK: - Private

  private static let mostErrors = 4096

  /// What a helper is given of the variables: messages in English, which can be told apart, and the person's own
  /// characters, in which a passphrase is typed.
  private static func given(
    _ environment: [String: String], _ path: SearchPath, _ more: Set<String>
  ) -> [String: String] {
    var given = environment.filter { variables.contains($0.key) || more.contains($0.key) }
    let characters = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    for name in ["LC_ALL", "LANG"] { given[name] = nil }
    given["LC_CTYPE"] = characters
    given["LC_MESSAGES"] = "C"
    given["PATH"] = path.safe
    return given
  }

  /// The terminal at which the person sits, by its name.
  private static var ownTerminal: String? {
    var name = [CChar](repeating: 0, count: 256)
    for descriptor: Int32 in [0, 2, 1] where ttyname_r(descriptor, &name, name.count) == 0 {
      return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
    return nil
  }
}

extension SecretBytes {
  /// Reads behind the last byte what a pipe has, in more room if there is none; false once it is more than `most` bytes.
  fileprivate func take(from pipe: inout Int32, most: Int) throws(HelperError) -> Bool {
    do throws(SecretMemoryError) { try reserve(1) } catch { throw .memory(error) }
    fill { Child.read(&pipe, into: $0) }
    return count <= most
  }
}
