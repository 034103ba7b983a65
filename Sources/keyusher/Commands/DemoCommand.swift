import ArgumentParser
import Ceremony
import Glibc
import HelperPrograms
import NetProtocol
import PlainText
import Records

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(help: "demo")

  /// Whose way of making keys is played.
  enum Exchange: String, CaseIterable, ExpressibleByArgument { case gate = "gate-io" }

  enum Page: String, CaseIterable, ExpressibleByArgument { case browser, text }

  @Argument(help: "After whose API the demo is made: gate-io, the only one there is yet.")
  var exchange = Exchange.gate

  @ArgumentParser.Option(help: "How you see the page: browser, or text for commands of curl.")
  var page = Page.browser

  @Flag(help: "Keep the demo's home, with its record and its key, and say where it is.")
  var keep = false

  @Flag(help: "Leave out the hints, for those who know the way.")
  var brief = false

  func run() throws {
    let program = NetProgram.running() ?? ""
    let standIn = try DemoCommand.standIn(beside: program)
    guard standIn.lines.count == 2, let base = standIn.lines[0].address, let page = standIn.lines[1].address,
      let address = try? NetAddress(base), let port = base.split(separator: ":").last
    else { throw CommandError("'\(DemoCommand.standIn)' says what it should not", hints: [], status: .failed) }
    let home = try DemoHome(page: page)
    defer { if !keep { home.remove() } }
    let before = getenv("KEYUSHER_HOME").map { String(cString: $0) }
    setenv("KEYUSHER_HOME", home.path, 1)
    defer { if let before { setenv("KEYUSHER_HOME", before, 1) } else { unsetenv("KEYUSHER_HOME") } }
    let context = CommandContext(brief: brief)
    context.console.show(opening(page))
    var walk = try context.walk(base: address)
    walk.isThrownAway = !keep
    // However it ends, it says what becomes of its home.
    let conclusion = Result {
      let status = try walk.begin(
        "demo/create-key", people: RunPeople(), conversation: try context.console.conversation())
      if status == .completed { try offerBot(context, program, port: String(port)) }
      return status
    }
    context.console.show(closing(home))
    withExtendedLifetime(standIn) {}
    try conclusion.get().end()
  }

  // MARK: - Private

  private static let standIn = "keyusher-standin"
  private static let noBot = """
    DEMO. The sample bot takes its key from a store. Yours is in your own copy alone, where no program can read it. To see \
    the bot trade, begin again, and keep the key in age.
    """
  private static let noTrade = "The bot did not trade; the reason stands above. You can start it once more."

  private static func standIn(beside program: String) throws -> Companion {
    do throws(HelperError) { return try Companion(standIn, ["demo"], beside: program, lines: 2) } catch {
      guard case .notBeside = error else { throw error }
      throw CommandError(
        "the demo needs '\(standIn)', which is not beside keyusher",
        hints: ["in Keyusher's own folder, once: swift build --product \(standIn)", "then again: keyusher demo"],
        status: .unavailable)
    }
  }

  private func opening(_ page: String) -> [Sentence] {
    let how =
      self.page == .browser
      ? [Sentence(.body, "Open this page beside the terminal, in a browser:"), Sentence(.address, page)]
      : [
        Sentence(.body, "In a second terminal, this shows the page, and the command for each form:"),
        Sentence(.command, "curl -sL \(page)"),
      ]
    return [
      Sentence(.heading, "DEMO. An exchange is played on this computer, with play money."),
      Sentence(.body, "No account is needed, and no real key is taken."),
    ] + how + [.blank]
  }

  /// Starts the sample bot with the key, as a bot is started.
  private func offerBot(_ context: CommandContext, _ program: String, port: String) throws {
    guard let run = try context.records().runs().first, let key = try context.record(run).madeKey else { return }
    guard let name = key.name else { return context.console.show([.blank, Sentence(.body, DemoCommand.noBot)]) }
    let bot = try HelperProgram.find(DemoCommand.standIn, beside: program).path
    let words = ["exec", name, "--", bot, "bot", "--port", port]
    context.console.show([
      .blank, Sentence(.heading, "DEMO. A sample bot is given the key like this, and trades play money:"),
      Sentence(.command, "keyusher exec \(name) -- \(bot) bot --port \(port)"),
    ])
    guard context.console.isTerminal else { return }
    var status: Int32 = 1
    while status != 0 {
      switch try context.console.answer("Enter = start it, or no: ").trimmed.lowercased() {
      case "", "y", "yes": break
      case "n", "no", ":quit": return
      default:
        context.console.show([Sentence(.problem, "That is neither yes nor no.")])
        continue
      }
      status = try runHere(program, words)
      if status != 0 { context.console.show([Sentence(.warning, DemoCommand.noTrade)]) }
    }
  }

  private func closing(_ home: DemoHome) -> [Sentence] {
    keep
      ? [
        .blank, Sentence(.heading, "DEMO over. Its home is kept:"),
        Sentence(.command, "export KEYUSHER_HOME=\(home.path)"),
      ]
      : [
        .blank, Sentence(.heading, "DEMO over. Its home is removed, with its record and its key."),
        Sentence(.hint, "'keyusher demo' begins another."),
      ]
  }
}

extension String {
  /// What stands behind the first word.
  fileprivate var address: String? { split(separator: " ").dropFirst().first.map(String.init) }
}
