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
    commandName: "list", abstract: "List the flows there are.",
    discussion: """
      Examples:
        keyusher flow list
        keyusher flow list --flows my-flows
      """)

  @OptionGroup var common: CommonOptions

  func run() throws {
    let house = House(common)
    let shelf = try house.shelf()
    var unusable: [Complaint] = []
    if !shelf.redefined.isEmpty { unusable.append(.findings(shelf.redefined, in: "a flow that is there twice")) }
    for volume in shelf.volumes {
      do {
        let flow = try FlowShelf.parse(volume)
        let minutes = flow.minutes.map { ", about \($0) minutes" } ?? ""
        house.stage.show([Sentence(.option, "\(flow.id): \(flow.title)\(minutes)")])
      } catch let complaint as Complaint {
        unusable.append(complaint)
      }
    }
    for complaint in unusable { complaint.say() }
    if !unusable.isEmpty { throw ExitStatus.wrongInput }
  }
}

struct FlowShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the text of a flow, as it is run.",
    discussion: """
      Example:
        keyusher flow show gate-io/create-key
      """)

  @Argument(help: ArgumentHelp("The flow's id.", valueName: "flow"), completion: .list(FlowShelf.shipped.map(\.id)))
  var flow: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    let shelf = try House(common).shelf()
    try write(display(shelf.flow(flow).text, keepingLines: true), to: 1)
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
