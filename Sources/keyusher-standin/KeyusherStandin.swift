import ArgumentParser
import Files
import Glibc
import PlainText
import StandIn

/// Plays ten exchanges' answers about API keys on this computer, so that keys can be tried without an account.
@main struct KeyusherStandin: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keyusher-standin",
    abstract:
      "Plays ten exchanges' answers about API keys on this computer, so that keys can be tried without an account.",
    subcommands: [Exchanges.self, Demo.self, Bot.self], defaultSubcommand: Exchanges.self)
}

/// The ten exchanges, as a state file has them.
struct Exchanges: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exchanges", abstract: "Plays the exchanges (what is done where no command is named).",
    discussion: """
      Once it listens it prints 'listening http://127.0.0.1:PORT'. Ctrl-C ends it. The state file says which keys there are, and \
      what goes wrong; it is read again whenever it changed. CONTRIBUTING.md tells what may be in it.
      """)

  @Option(help: "What is played: a file of JSON.", completion: .file())
  var state: String?

  @Option(help: "Where to listen; 0 for any port that is free.")
  var port: UInt16 = 0

  @Option(help: "Play this exchange alone; without it, the path tells which is meant.")
  var exchange: String?

  @Option(
    help: "Add a line of JSON for each request to this file: what was asked, and what became of it.",
    completion: .file())
  var log: String?

  @Flag(help: "List the errors that a fault can play, and whether a source shows their bodies.")
  var listErrors = false

  func validate() throws {
    if !listErrors, state == nil { throw ValidationError("give --state FILE, or --list-errors") }
  }

  func run() throws {
    if listErrors {
      for line in ErrorList.lines { print(line) }
      return
    }
    try saying { try serve() }
  }

  // MARK: - Private

  private func serve() throws {
    var endings = Endings()
    let responder = try Responder(file: StateFile(state ?? ""), exchange: exchange, now: now())
    let log = try log.map { try RequestLog($0) }
    let server = try Server(port: Int(port)) { request in
      let answer = responder.answer(request, at: now())
      log?.add(answer.entry)
      return answer
    }
    writeLine("listening http://127.0.0.1:\(server.port)")
    endings.wait()
    try server.stop()
  }
}
