import ArgumentParser
import Ceremony
import Exports
import FlowCore
import FlowText
import PlainText

struct FlowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    help: "flow",
    subcommands: [
      FlowList.self, FlowShow.self, FlowPrint.self, FlowGraphCommand.self, FlowNew.self, FlowLint.self, FlowTest.self,
      FlowExplain.self,
    ])
}

struct FlowList: ParsableCommand {
  static let configuration = CommandConfiguration(help: "flow/list")

  @Argument(
    help: ArgumentHelp("The exchange or other provider, for example binance.", valueName: "provider"),
    completion: Completions.exchanges)
  var provider: String?

  @OptionGroup var format: JSONOptions

  @OptionGroup var common: CommonOptions

  func run() throws {
    if format.schema { return try PrintedJSON.write(PrintedJSON.flows.schema) }
    let context = CommandContext(common)
    let catalog = try context.catalog()
    let sources = catalog.sources.filter { provider == nil || $0.provider == provider }
    if let provider, sources.isEmpty {
      throw CommandError(
        "there is no flow for '\(provider)'",
        hints: ["'keyusher flow list' lists them all; 'keyusher run any/create-key' serves every other service"],
        status: .noInput)
    }
    var unusable: [CommandError] = []
    if !catalog.redefined.isEmpty { unusable.append(.findings(catalog.redefined, in: "a flow that is there twice")) }
    var rows: [JSON] = []
    for source in sources {
      do {
        let (title, minutes) = try heading(of: source)
        if format.json {
          rows.append(FlowList.json(source, title, minutes))
        } else {
          context.console.show([
            Sentence(.option, "\(source.id): \(title)\(minutes.map { ", about \($0) minutes" } ?? "")")
          ])
        }
      } catch let error as CommandError {
        unusable.append(error)
      }
    }
    if format.json { try PrintedJSON.write(rows) }
    for error in unusable { error.say() }
    if !unusable.isEmpty { throw ExitStatus.wrongInput }
  }

  private static func json(_ source: FlowCatalog.FlowSource, _ title: String, _ minutes: Int?) -> JSON {
    var file: String?
    if case .file(let path, _) = source.origin { file = path }
    return .fields([
      "flow": .text(source.id), "exchange": .text(source.provider), "title": .text(title),
      "minutes": minutes.map { .count($0) }, "file": .given(file),
    ])
  }

  /// Of a shipped flow the head is enough; whether one of the person's own can be used only the whole of it tells.
  private func heading(of source: FlowCatalog.FlowSource) throws -> (title: String, minutes: Int?) {
    if case .shipped = source.origin, let head = PreparedFlows.shipped.head(of: source.id) {
      return (head.title, head.minutes)
    }
    let flow = try FlowCatalog.parse(source)
    return (flow.title, flow.minutes)
  }
}

struct FlowShow: ParsableCommand {
  static let configuration = CommandConfiguration(help: "flow/show")

  @Argument(help: ArgumentHelp("The flow's id.", valueName: "flow"), completion: Completions.flows)
  var flow: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    let catalog = try CommandContext(common).catalog()
    let text = try FlowLibrary.isShared(flow) ? catalog.sharedFile(flow) : catalog.bound(flow).fileText
    try write(display(text, keepingLines: true), to: 1)
  }
}

struct FlowPrint: ParsableCommand {
  static let configuration = CommandConfiguration(help: "flow/print")

  @Argument(help: ArgumentHelp("The flow's id.", valueName: "flow"), completion: Completions.flows)
  var flow: String

  @Option(name: .shortAndLong, help: "The format: markdown or html.")
  var format: BlankFormat = .markdown

  @OptionGroup var common: CommonOptions

  func run() throws {
    try write(try printBlank(try CommandContext(common).catalog().flow(flow).flow, as: format), to: 1)
  }
}
