import ArgumentParser
import FlowCore
import FlowText

struct FlowNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a small flow and its script, to begin with.",
    discussion: """
      Both lint clean and pass; nothing that is there is overwritten.

      Examples:
        keyusher flow new example/rotate-key
        keyusher flow new example/rotate-key --dir my-flows
      """)

  @Argument(help: ArgumentHelp("The id of the new flow: PROVIDER/NAME.", valueName: "flow"))
  var flow: String

  @Option(help: ArgumentHelp("The folder of flows to write into.", valueName: "dir"))
  var dir = "flows"

  func run() throws {
    try check()
    let scaffold = Scaffold(id: flow, today: Surroundings().now().day, host: host)
    let folder = "\(dir)/\(flow.prefix { $0 != "/" })"
    let paths = [".yaml", ".script"].map { "\(dir)/\(flow)\($0)" }
    try NewFile.makeFolders(folder)
    try NewFile.write([(paths[0], scaffold.flow), (paths[1], scaffold.script)])
    let lines =
      paths.map { "written: \($0)" } + [
        "next: put your own steps in, then", "  keyusher flow lint \(folder)", "  keyusher flow test \(folder)",
        "  keyusher run \(flow) --flows \(dir)",
      ]
    try write(lines.map { display($0) + "\n" }.joined(), to: 1)
  }

  /// The first of the provider's hosts, if a pack names them; that of an example otherwise.
  private var host: String? {
    FlowShelf.library(of: dir, isTrusted: false).officialHosts(of: String(flow.prefix { $0 != "/" }))?.first
  }

  private func check() throws {
    guard isFlowID(flow) else {
      let near = flow.lowercased().map { $0.isLetter || $0.isNumber || $0 == "/" ? $0 : "-" }
      let proposal = String(near)
      throw Complaint(
        "'\(flow)' is not the id of a flow",
        hints: [
          isFlowID(proposal)
            ? "did you mean '\(proposal)'?"
            : "write PROVIDER/NAME in small letters, digits and '-', for example example/rotate-key"
        ], status: .usage)
    }
    guard !FlowLibrary.isShared(flow) else {
      throw Complaint(
        "'\(flow)' would be taken for what flows include: a group or a pack",
        hints: ["give the flow another name, and a folder other than 'shared'"], status: .usage)
    }
    guard !FlowShelf.shipped.contains(where: { $0.id == flow }) else {
      throw Complaint(
        "the flow '\(flow)' is shipped with Keyusher", hints: ["give yours an id of its own"], status: .usage)
    }
  }
}
