import ArgumentParser
import Ceremony
import FlowCore
import Inventory
import NetProtocol
import PlainText
import Records

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(help: "run")

  @Argument(help: ArgumentHelp("The flow's id.", valueName: "flow"), completion: Completions.flows)
  var flow: String

  @Option(
    help: ArgumentHelp(
      "The key that the run is for, as the exchange or your store calls it: it is not asked again.", valueName: "name"),
    completion: Completions.keys())
  var key: String?

  @Option(
    help: ArgumentHelp("The program that is to use the key: what its pack says is proposed.", valueName: "program"),
    completion: Completions.programs)
  var program: String?

  @OptionGroup var people: PeopleOptions

  @OptionGroup var place: BaseURLOption

  @OptionGroup var common: CommonOptions

  func run() throws {
    let context = CommandContext(common)
    let people = try people.people()
    try CommandError.refuseSecret(key, in: "--key")
    let proposal = try program.map { try context.catalog().proposal(for: $0, in: flow) }
    try Run.begin(flow, key: key, for: proposal, people: people, base: place.address(), in: context)
  }

  static func begin(
    _ flow: String, key: String? = nil, for program: ProgramProposal? = nil, people: RunPeople = RunPeople(),
    base: NetAddress? = nil, in context: CommandContext
  ) throws {
    try context.walk(base: base).begin(
      flow, key: key, for: program, people: people, conversation: try context.console.conversation()
    ).end()
  }
}

struct Resume: ParsableCommand {
  static let configuration = CommandConfiguration(help: "resume")

  @Argument(
    help: ArgumentHelp("The run's id; without it, the last unfinished run.", valueName: "run"),
    completion: Completions.unfinishedRuns)
  var runID: String?

  @Option(help: "Who performs the ceremony from here on, for the record.")
  var performer: String?

  @OptionGroup var place: BaseURLOption

  @OptionGroup var common: CommonOptions

  func run() throws {
    try CommandError.refuseSecret(performer, in: "--performer")
    try Resume.goOn(runID, performer: performer, base: place.address(), in: CommandContext(common))
  }

  static func goOn(
    _ id: String?, performer: String? = nil, base: NetAddress? = nil, in context: CommandContext
  ) throws {
    let run = try context.run(id, unfinished: true)
    try context.walk(base: base).resume(
      run, performer: performer, conversation: try context.console.conversation()
    ).end()
  }
}

struct Discard: ParsableCommand {
  static let configuration = CommandConfiguration(help: "discard")

  @Argument(help: ArgumentHelp("The run's id.", valueName: "run"), completion: Completions.unfinishedRuns)
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
    let flow = try context.inventory().flow(of: contents.header)
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

  @OptionGroup var format: JSONOptions

  @OptionGroup var common: CommonOptions

  func run() throws {
    if format.schema { return try PrintedJSON.write(PrintedJSON.runs.schema) }
    let context = CommandContext(common)
    let inventory = try context.inventory()
    inventory.keepsIndex = true
    let (runs, operations) = try inventory.look()
    let rows = Runs.rows(runs, operations)
    if format.json { return try PrintedJSON.write(rows.map(\.json)) }
    if rows.isEmpty {
      context.console.show([Sentence(.body, "No runs yet. 'keyusher run \(FlowCatalog.newcomersFlow)' begins one.")])
    }
    context.console.show(rows.map(\.line))
  }

  /// The newest first; what can't be read stands last, as it does among the runs.
  private static func rows(
    _ runs: [Result<RunSummary, UnreadableRecord>], _ operations: [OperationSummary]
  ) -> [Row] {
    var rows: [Row] = []
    var waiting = operations[...]
    for run in runs {
      let moment = try? run.get().lastAt
      while let next = waiting.first, moment.map({ $0 < next.began }) ?? true {
        rows.append(.operation(next))
        waiting.removeFirst()
      }
      rows.append(.run(run))
    }
    return rows + waiting.map { .operation($0) }
  }

  /// A record in the list; one that can't be read is listed too: it must not be overlooked.
  private enum Row {
    case run(Result<RunSummary, UnreadableRecord>)
    case operation(OperationSummary)

    var line: Sentence {
      switch self {
      case .operation(let record): return Framing.line(of: record)
      case .run(.failure(let record)): return Sentence(.problem, record.what)
      case .run(.success(let run)):
        let name = (run.label ?? run.oldLabel).map { "\(run.title) (\($0))" } ?? run.title
        let state = run.outcome?.rawValue ?? "unfinished, at: \(run.stepTitle ?? "its beginning")"
        // What came to its end needs no reason.
        let why = run.outcome == .completed ? "" : run.reason.map { ": \(display($0))" } ?? ""
        // A flow's own end with a key that was refused gives that as its reason.
        let isTold = run.check?.verdict == .refused && !why.isEmpty && !run.isDiscarded
        let check = isTold ? "" : run.check.map { "; \($0.verdict.ofKey)" } ?? ""
        return Sentence(.option, "\(run.run) \(name), \(run.lastAt.minute): \(state)\(why)\(check)")
      }
    }

    var json: JSON {
      switch self {
      case .operation(let record): record.row
      case .run(.failure(let record)):
        ["run": .text(record.run), "state": "unreadable", "problem": .text(record.what)]
      case .run(.success(let run)):
        .fields([
          "run": .text(run.run), "state": .text(run.outcome?.rawValue ?? "unfinished"), "flow": .text(run.flowID),
          "title": .text(run.title), "exchange": .text(run.provider), "label": .given(run.label),
          "step": .given(run.stepTitle), "began": .text(run.began.description), "last": .text(run.lastAt.description),
          "verdict": .given(run.check?.verdict.rawValue), "asked": .given(run.check?.at.description),
        ])
      }
    }
  }
}

extension UnreadableRecord {
  fileprivate var what: String {
    (reason as? JournalError)?.what ?? "record '\(run)' can't be read: the flow in it is damaged"
  }
}
