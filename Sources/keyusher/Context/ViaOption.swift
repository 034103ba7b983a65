import ArgumentParser
import Glibc
import HelperPrograms
import NetProtocol
import Terminal

/// Through which other computer an exchange is asked.
struct ViaOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Ask from another computer, through your own ssh: the key stays here, the connection comes from there.",
      valueName: "ssh:host"))
  var via: String?

  /// The host, as ssh takes it; nil without the option.
  func host() throws -> String? {
    guard let via else { return nil }
    let host = via.hasPrefix("ssh://") ? via : String(via.dropFirst("ssh:".count))
    guard via.hasPrefix("ssh:"), SSHForwarding.isHost(host) else {
      throw CommandError(
        "--via takes ssh: and a host as ssh takes it",
        hints: ["for example --via ssh:office-box, or ssh:ana@office-box"],
        status: .usage)
    }
    // It goes on record.
    try CommandError.refuseSecret(host, in: "--via")
    return host
  }

  /// Opens the way through it to all that are to be asked.
  static func open(
    through host: String, to questions: [KeyVerifier.Question], base: NetAddress?, _ context: CommandContext
  ) throws -> SSHForwarding {
    // From here on something runs that has to be ended.
    try Signals.install()
    let servers = base.map { [$0.server] } ?? questions.flatMap(\.place.servers)
    do throws(HelperError) {
      return try SSHForwarding(through: host, to: servers, environment: context.surroundings.environment)
    } catch {
      if error == .stopped { throw Interrupted(signal: SIGINT) }
      throw CommandError(
        "there is no way through '\(host)': \(error.what)",
        hints: [error.hint ?? "try it by itself: ssh \(host)"], status: .unavailable)
    }
  }
}
