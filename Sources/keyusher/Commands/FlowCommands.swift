import ArgumentParser
import Ceremony
import Exports
import FlowCore
import FlowText
import Foundation

struct FlowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flow", abstract: "Look at flows, write them, and test them.",
    discussion: """
      Examples:
        keyusher flow list
        keyusher flow print gate-io/create-key
        keyusher flow new example/rotate-key
      """,
    subcommands: [
      FlowList.self, FlowShow.self, FlowPrint.self, FlowGraphCommand.self, FlowNew.self, FlowLint.self, FlowTest.self,
      FlowExplain.self,
    ])
}

struct FlowList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the flows there are, or those of one exchange.",
    discussion: """
      Examples:
        keyusher flow list
        keyusher flow list binance
        keyusher flow list --flows my-flows
      """)

  @Argument(
    help: ArgumentHelp("The exchange or other provider, for example binance.", valueName: "provider"),
    completion: .list(FlowShelf.providers))
  var provider: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let house = House(common)
    let shelf = try house.shelf()
    let volumes = shelf.volumes.filter { provider == nil || $0.provider == provider }
    if let provider, volumes.isEmpty {
      throw Complaint(
        "there is no flow for '\(provider)'",
        hints: ["'keyusher flow list' lists them all; 'keyusher run any/create-key' serves every other service"],
        status: .noInput)
    }
    var unusable: [Complaint] = []
    if !shelf.redefined.isEmpty { unusable.append(.findings(shelf.redefined, in: "a flow that is there twice")) }
    for volume in volumes {
      do {
        let (title, minutes) = try heading(of: volume)
        house.stage.show([
          Sentence(.option, "\(volume.id): \(title)\(minutes.map { ", about \($0) minutes" } ?? "")")
        ])
      } catch let complaint as Complaint {
        unusable.append(complaint)
      }
    }
    for complaint in unusable { complaint.say() }
    if !unusable.isEmpty { throw ExitStatus.wrongInput }
  }

  /// Of a shipped flow the head is enough; whether one of the person's own can be used only the whole of it tells.
  private func heading(of volume: FlowShelf.Volume) throws -> (title: String, minutes: Int?) {
    if volume.isProven, let head = readFlowHead(try volume.text()) { return (head.title, head.minutes) }
    let flow = try FlowShelf.parse(volume)
    return (flow.title, flow.minutes)
  }
}

struct FlowShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the text of a flow, as it is run, or of what flows include.",
    discussion: """
      A flow is printed with all that it includes. A group or an exchange pack is printed as it is written.

      Examples:
        keyusher flow show gate-io/create-key
        keyusher flow show gate-io/pack
        keyusher flow show shared/login
      """)

  @Argument(help: ArgumentHelp("The flow's id.", valueName: "flow"), completion: .list(FlowShelf.shipped.map(\.id)))
  var flow: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    let shelf = try House(common).shelf()
    let text = try FlowLibrary.isShared(flow) ? shelf.sharedFile(flow) : shelf.bound(flow).fileText
    try write(display(text, keepingLines: true), to: 1)
  }
}

struct FlowPrint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "print", abstract: "Print the procedure as a blank checklist.",
    discussion: """
      Examples:
        keyusher flow print gate-io/create-key
        keyusher flow print gate-io/create-key --format html > blank.html
      """)

  @Argument(help: ArgumentHelp("The flow's id.", valueName: "flow"), completion: .list(FlowShelf.shipped.map(\.id)))
  var flow: String

  @Option(name: .shortAndLong, help: "The format: markdown or html.")
  var format: BlankFormat = .markdown

  @OptionGroup var common: CommonOptions

  func run() throws {
    try write(try printBlank(try House(common).shelf().flow(flow).flow, as: format), to: 1)
  }
}
