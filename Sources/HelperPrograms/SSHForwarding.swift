import Files
import Glibc
import PlainText
import Synchronization

/// The person's own ssh, for as long as this is held: it keeps ways open from sockets of this computer, in a folder that
/// only its owner can enter, through another computer to servers. What goes through them is none of its business.
///
/// It asks at the terminal what it has to ask (a new host's key, a passphrase, a code), with the person's own configuration,
/// keys and agent. No connection of another ssh is shared: a way that is opened in that would stay.
public final class SSHForwarding: Sendable {
  /// The host, as ssh was told of it.
  public let host: String

  private let folder: String
  /// By server, with its port.
  private let sockets: [String: String]
  private let child: Mutex<Child>
  private let complaints = Mutex<[UInt8]>([])

  /// Beside those of every helper: where the person's agent is, and what asks in place of the terminal.
  public static let variables: Set<String> = ["SSH_AUTH_SOCK", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "KRB5CCNAME"]

  /// Whether a text is a host as ssh takes it, and nothing that ssh or its configuration could take for something else:
  /// `office-box`, `ana@office-box`, `ssh://ana@office-box:2222`.
  public static func isHost(_ text: String) -> Bool {
    let rest = text.hasPrefix("ssh://") ? text.dropFirst("ssh://".count) : text[...]
    let words = rest.split(separator: "@", omittingEmptySubsequences: false)
    return rest.utf8.count <= 255 && words.count <= 2
      && words.allSatisfy { word in
        !word.isEmpty && word.first != "-" && word.utf8.areWord(with: "._-:[]%")
      }
  }

  /// Starts ssh, and waits until the ways are open; it may ask the person meanwhile. It ends with the thread that does this.
  ///
  /// - Parameters:
  ///   - servers: with their ports: `api.gateio.ws:443`. The other computer looks their names up.
  ///   - environment: the variables that are known here.
  /// - Throws: `notInstalled`, `unsafe`, `failed` in ssh's own words, `timedOut`, `stopped` if Ctrl-C ended it.
  public init(
    through host: String, to servers: [String], environment: [String: String],
    seconds: Int = HelperProgram.patienceWithPeople
  ) throws(HelperError) {
    let ssh = try HelperProgram.find("ssh", environment: environment, handingOn: Self.variables)
    self.host = host
    let folder = try Self.makeFolder(environment)
    self.folder = folder
    let sockets = Dictionary(
      servers.enumerated().map { ($1, "\(folder)/\($0)") }, uniquingKeysWith: { first, _ in first })
    self.sockets = sockets
    let ways = sockets.sorted { $0.value < $1.value }.flatMap { ["-L", "\($0.value):\($0.key)"] }
    do throws(HelperError) {
      child = Mutex(
        try Child(
          ssh.path, ["-N", "-T", "-S", "none", "-o", "LogLevel=INFO"] + ways + ["--", host], ssh.environment,
          lendsTerminal: true, isTied: true))
    } catch {
      Self.remove(folder, sockets)
      throw error
    }
    do throws(HelperError) { try waitUntilOpen(seconds) } catch {
      end()
      throw error
    }
  }

  deinit { end() }

  /// The socket behind which a server is.
  public func socket(to server: String) -> String? { sockets[server] }

  /// Why a connection did not come about, in ssh's words; nil if it says nothing of that.
  public func obstacle() -> String? {
    child.withLock { child in child.hear(complain) }
    return complaints.withLock { complaints in
      defer { complaints = [] }
      let lines = Self.lines(of: complaints)
      return lines.last { $0.contains(Self.mark) }.flatMap { $0.split(by: Self.mark, maxSplits: 1).last }
        .map(String.init)
    }
  }

  /// Ends ssh, and removes the folder.
  public func end() {
    child.withLock { $0.end() }
    Self.remove(folder, sockets)
  }

  // MARK: - Private

  /// Source: OpenSSH's channels.c, `channel_input_open_failure`.
  private static let mark = "open failed: "
  /// How much of what it complains of is kept, in bytes.
  private static let mostComplaints = 4096

  private func waitUntilOpen(_ seconds: Int) throws(HelperError) {
    let paths = Array(sockets.values)
    let isOpen = try child.withLock { child throws(HelperError) in
      let isOpen = try child.wait(
        until: { paths.allSatisfy { access($0, F_OK) == 0 } }, seconds: seconds, "ssh", complain)
      child.takeTerminalBack()
      return isOpen
    }
    if isOpen { return }
    if child.withLock({ $0.status }) == 128 + SIGINT { throw .stopped }
    let last = complaints.withLock { Self.lines(of: $0).last } ?? "it ended without a word"
    throw .failed(why: last)
  }

  private func complain(_ bytes: UnsafeRawBufferPointer) {
    complaints.withLock { $0 = ($0 + bytes).suffix(Self.mostComplaints) }
  }

  private static func lines(of bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
      .map { display($0) }.filter { !$0.allSatisfy(\.isWhitespace) }
  }

  /// Where a path is short enough for a socket, and has nothing in it that ssh would read as something else.
  private static func makeFolder(_ environment: [String: String]) throws(HelperError) -> String {
    for place in [environment["XDG_RUNTIME_DIR"], environment["TMPDIR"], "/tmp"].compactMap(\.self) {
      guard place.hasPrefix("/"), place.utf8.count <= 60, place.utf8.areWord(with: "/._-") else { continue }
      var name = Array("\(place)/keyusher-ssh-XXXXXX".utf8CString)
      if mkdtemp(&name) != nil {
        return String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
      }
    }
    throw .failed(why: "no folder for its sockets can be made in /tmp: \(systemWords(errno))")
  }

  private static func remove(_ folder: String, _ sockets: [String: String]) {
    for path in sockets.values { unlink(path) }
    rmdir(folder)
  }
}
