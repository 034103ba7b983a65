import ArgumentParser
import Ceremony
import FlowCore
import Inventory
import Records

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(help: "run")

  @Argument(help: ArgumentHelp("The flow's id.", valueName: "flow"), completion: .list(FlowCatalog.shipped.map(\.id)))
  var flow: String

  @Option(
    help: ArgumentHelp(
      "The key that the run is for, as the exchange or your store calls it: it is not asked again.", valueName: "name"))
  var key: String?

  @OptionGroup var people: RunPeople

  @OptionGroup var common: CommonOptions

  func run() throws {
    let context = CommandContext(common)
    try people.refuseSecrets()
    try CommandError.refuseSecret(key, in: "--key")
    try context.walk().begin(flow, key: key, people: people, conversation: try context.console.conversation()).end()
  }
}

struct Resume: ParsableCommand {
  static let configuration = CommandConfiguration(help: "resume")

  @Argument(help: ArgumentHelp("The run's id; without it, the last unfinished run.", valueName: "run"))
  var runID: String?

  @Option(help: "Who performs the ceremony from here on, for the record.")
  var performer: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let context = CommandContext(common)
    try CommandError.refuseSecret(performer, in: "--performer")
    let run = try context.run(runID, unfinished: true)
    try context.checkThatItHolds(run)
    try context.walk().resume(run, performer: performer, conversation: try context.console.conversation()).end()
  }
}

struct Discard: ParsableCommand {
  static let configuration = CommandConfiguration(help: "discard")

  @Argument(help: ArgumentHelp("The run's id.", valueName: "run"))
  var runID: String

  @Option(help: "Why, for the record.")
  var reason: String = "discarded"

  @OptionGroup var common: CommonOptions

  func run() throws {
    let context = CommandContext(common)
    let run = try context.run(runID)
    try CommandError.refuseSecret(reason, in: "--reason")
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw CommandError("a run is not discarded without a reason", hints: ["--reason 'WHY'"], status: .usage)
    }
    guard case .unfinished = try context.record(run).status else { throw Discard.hasEnded(run) }
    let (journal, contents) = try context.records().open(run, random: context.surroundings.randomBytes)
    context.console.show(Framing.cut(contents.tornBytes))
    let flow = try FlowCatalog.flow(of: contents.header)
    // Between the look and the lock another process may have ended it.
    var state = State(rules: contents.header.rules)
    for entry in contents.entries { _ = reduce(&state, entry.event, in: flow) }
    guard !state.hasEnded else { throw Discard.hasEnded(run) }
    try journal.append([.discarded(reason: reason)], at: context.surroundings.now(), in: flow)
    context.console.show([Sentence(.body, "Run \(run) has ended: aborted. Its record stays.")])
  }

  private static func hasEnded(_ run: String) -> CommandError {
    CommandError("run \(run) has ended already", hints: ["'keyusher show \(run)' prints it"], status: .noInput)
  }
}

struct Runs: ParsableCommand {
  static let configuration = CommandConfiguration(help: "runs")

  @OptionGroup var common: CommonOptions

  func run() throws {
    let context = CommandContext(common)
    let (runs, operations) = try context.inventory().look()
    if runs.isEmpty, operations.isEmpty {
      context.console.show([Sentence(.body, "No runs yet. 'keyusher run \(FlowCatalog.newcomersFlow)' begins one.")])
    }
    // The newest first; what can't be read stands last, as it does among the runs.
    var waiting = operations[...]
    for run in runs {
      let moment = try? run.get().lastAt
      while let next = waiting.first, moment.map({ $0 < next.header.began }) ?? true {
        context.console.show([Framing.line(of: next)])
        waiting.removeFirst()
      }
      context.console.show([Runs.line(run)])
    }
    context.console.show(waiting.map { Framing.line(of: $0) })
  }

  /// A record that can't be read is listed too: it must not be overlooked.
  private static func line(_ summary: Result<RunSummary, any Error>) -> Sentence {
    do {
      let summary = try summary.get()
      let name = summary.label.map { "\(summary.title) (\($0))" } ?? summary.title
      let state = summary.outcome?.rawValue ?? "unfinished, at: \(summary.stepTitle ?? "its beginning")"
      return Sentence(.option, "\(summary.run) \(name), \(summary.lastAt.minute): \(state)")
    } catch let error as JournalError {
      return Sentence(.problem, error.what)
    } catch {
      return Sentence(.problem, "a record can't be read: the flow in it is damaged")
    }
  }
}
