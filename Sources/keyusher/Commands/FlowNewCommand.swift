import ArgumentParser
import FlowCore
import FlowText
import FlowTools
import PlainText
import Records

struct FlowNew: ParsableCommand {
  static let configuration = CommandConfiguration(help: "flow/new")

  @Argument(
    help: ArgumentHelp("The id of the new flow, PROVIDER/NAME; with --exchange a name alone.", valueName: "flow"))
  var flow: String

  @Flag(help: "Write a pack, and a flow and a script for each ceremony.")
  var exchange = false

  @Option(help: ArgumentHelp("The folder of flows to write into.", valueName: "dir"))
  var dir = "flows"

  /// A longer name makes questions wider than a screen.
  private static let longestExchange = 32

  func validate() throws {
    if dir.isEmpty { throw ValidationError("--dir names no folder; '.' is this one.") }
  }

  func run() throws {
    try exchange ? checkExchange() : check()
    let today = Surroundings().now().day
    let folder = "\(dir)/\(flow.prefix { $0 != "/" })"
    let files: [(path: String, text: String)]
    if exchange {
      files = ExchangeScaffold(id: flow, today: today).files.map { ("\(folder)/\($0.name)", $0.text) }
    } else {
      let scaffold = Scaffold(id: flow, today: today, host: host)
      files = [("\(dir)/\(flow).yaml", scaffold.flow), ("\(dir)/\(flow).script", scaffold.script)]
    }
    try makeFolders(folder, mode: 0o755, hint: NewFile.hint)
    try NewFile.write(files)
    let next = exchange ? "go through \(folder)/pack.yaml from top to bottom, then" : "put your own steps in, then"
    let lines =
      files.map { "written: \($0.path)" } + [
        "next: \(next)", "  keyusher flow lint \(folder)", "  keyusher flow test \(folder)",
        "  keyusher run \(exchange ? "\(flow)/create-key" : flow) --flows \(dir)",
      ]
    try write(lines.map { display($0) + "\n" }.joined(), to: 1)
  }

  /// The first of the provider's hosts, if a pack names them; that of an example otherwise.
  private var host: String? {
    FlowCatalog.library(of: dir, isTrusted: false).officialHosts(of: String(flow.prefix { $0 != "/" }))?.first
  }

  private func checkExchange() throws {
    guard isFlowID("\(flow)/create-key"), flow != "shared", flow.utf8.count <= Self.longestExchange else {
      throw CommandError(
        "'\(flow)' is not the name of an exchange",
        hint: "write it alone, in small letters, digits and '-', \(Self.longestExchange) at most, "
          + "for example: keyusher flow new acme --exchange",
        status: .usage)
    }
    guard !FlowCatalog.providers.contains(flow) else {
      throw CommandError(
        "'\(flow)' is shipped with Keyusher",
        hint: "give yours another name; a flow beside the shipped ones is written by: keyusher flow new \(flow)/NAME",
        status: .usage)
    }
  }

  private func check() throws {
    guard isFlowID(flow) else {
      let near = flow.lowercased().map { $0.isLetter || $0.isNumber || $0 == "/" ? $0 : "-" }
      let proposal = String(near)
      throw CommandError(
        "'\(flow)' is not the id of a flow",
        hint: isFlowID(proposal)
          ? "did you mean '\(proposal)'?"
          : "write PROVIDER/NAME in small letters, digits and '-', for example example/rotate-key", status: .usage)
    }
    guard !FlowLibrary.isShared(flow) else {
      throw CommandError(
        "'\(flow)' would be taken for what flows include: a group or a pack",
        hints: ["give the flow another name, and a folder other than 'shared'"], status: .usage)
    }
    guard !FlowCatalog.shipped.contains(where: { $0.id == flow }) else {
      throw CommandError(
        "the flow '\(flow)' is shipped with Keyusher", hints: ["give yours an id of its own"], status: .usage)
    }
  }
}
