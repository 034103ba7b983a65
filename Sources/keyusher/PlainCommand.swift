import FlowText
import Records

/// A command line that begins or goes on with a run, and says nothing else. It is understood here, since parsing it with all that
/// could stand there takes longer than the run to its first question.
enum PlainCommand {
  case run(flow: String)
  case resume(run: String?)

  /// Nil if there is more to parse, or something is wrong with it.
  init?(_ arguments: [String]) {
    switch (arguments.first, arguments.count) {
    case ("run", 2) where isFlowID(arguments[1]): self = .run(flow: arguments[1])
    case ("resume", 1): self = .resume(run: nil)
    case ("resume", 2) where RunID.isWellFormed(arguments[1]): self = .resume(run: arguments[1])
    default: return nil
    }
  }

  func run() throws {
    let context = CommandContext()
    switch self {
    case .run(let flow): try Run.begin(flow, in: context)
    case .resume(let run): try Resume.goOn(run, in: context)
    }
  }
}
