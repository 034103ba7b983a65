import ArgumentParser
import FlowCore
import FlowText
import FlowTools
import PlainText
import Records

struct FlowNew: ParsableCommand {
  static let configuration = CommandConfiguration(help: "flow/new")

  @Argument(
    help: ArgumentHelp(
      "The id of the new flow, PROVIDER/NAME; with --exchange or --program a name alone.", valueName: "flow"))
  var flow: String

  @Flag(help: "Write a pack, and a flow and a script for each ceremony.")
  var exchange = false

  @Flag(help: "Write a pack that says how a program takes its keys.")
  var program = false

  @Option(help: ArgumentHelp("The folder of flows to write into.", valueName: "dir"))
  var dir = "flows"

  /// A longer name makes questions wider than a screen.
  private static let longestExchange = 32

  func validate() throws {
    if dir.isEmpty { throw ValidationError("--dir names no folder; '.' is this one.") }
    if exchange, program { throw ValidationError("--exchange and --program write different things; take one.") }
  }

  func run() throws {
    let today = Surroundings().now().day
    if program { return try writeProgram(today: today) }
    try exchange ? checkExchange() : check()
    let folder = "\(dir)/\(flow.prefix { $0 != "/" })"
    let files: [(path: String, text: String)]
    if exchange {
      files = ExchangeScaffold(id: flow, today: today).files.map { ("\(folder)/\($0.name)", $0.text) }
    } else {
      let scaffold = Scaffold(id: flow, today: today, host: host)
      files = [("\(dir)/\(flow).yaml", scaffold.flow), ("\(dir)/\(flow).script", scaffold.script)]
    }
    try makeFolders(folder, mode: 0o755, hint: NewFile.hint)
    try NewFile.write(files.map { ($0.path, try head(of: $0.path) + $0.text) })
    let next = exchange ? "go through \(folder)/pack.yaml from top to bottom, then" : "put your own steps in, then"
    try FlowNew.tell(
      files.map { "written: \($0.path)" } + [
        "next: \(next)", "  keyusher flow lint \(folder)", "  keyusher flow test \(folder)",
        "  keyusher run \(exchange ? "\(flow)/create-key" : flow) --flows \(dir)",
      ])
  }

  private func writeProgram(today: String) throws {
    guard isFlowID(FlowLibrary.programs + flow) else {
      throw CommandError(
        "'\(flow)' is not the name of a program pack",
        hint: "write it alone, in small letters, digits and '-', for example: keyusher flow new mybot --program",
        status: .usage)
    }
    guard !FlowCatalog.shippedPrograms.contains(flow) else {
      throw CommandError(
        "a pack for '\(flow)' is shipped with Keyusher",
        hint: "keyusher flow show \(FlowLibrary.programs)\(flow); give yours another name", status: .usage)
    }
    let folder = dir + "/" + FlowLibrary.programs.dropLast()
    let path = "\(folder)/\(flow).yaml"
    try makeFolders(folder, mode: 0o755, hint: NewFile.hint)
    let schema = try EditorSchema.line(.program, in: dir) ?? ""
    try NewFile.write([(path, schema + ProgramScaffold(id: flow, today: today).text)])
    try FlowNew.tell([
      "written: \(path)", "next: say what the program's own documentation says, and where, then",
      "  keyusher flow lint \(folder)", "in the folder 'flows' of Keyusher's home it is found by its name:",
      "  keyusher exec NAME --as \(flow) -- PROGRAM",
    ])
  }

  /// The line by which an editor finds the schema; of a script there is none.
  private func head(of path: String) throws -> String {
    guard path.hasSuffix(".yaml") else { return "" }
    return try EditorSchema.line(path.hasSuffix("/pack.yaml") ? .pack : .flow, in: dir) ?? ""
  }

  private static func tell(_ lines: [String]) throws {
    try write(lines.map { display($0) + "\n" }.joined(), to: 1)
  }

  /// The first of the provider's hosts, if a pack names them; that of an example otherwise.
  private var host: String? {
    FlowCatalog.library(of: dir, isTrusted: false).officialHosts(of: String(flow.prefix { $0 != "/" }))?.first
  }

  private func checkExchange() throws {
    guard isFlowID("\(flow)/create-key"), !["shared", "programs"].contains(flow),
      flow.utf8.count <= Self.longestExchange
    else {
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
        "'\(flow)' would be taken for a group or a pack, and for no flow",
        hints: ["give the flow another name, and a folder other than 'shared' and 'programs'"], status: .usage)
    }
    guard !FlowCatalog.shipped.contains(where: { $0.id == flow }) else {
      throw CommandError(
        "the flow '\(flow)' is shipped with Keyusher", hints: ["give yours an id of its own"], status: .usage)
    }
  }
}
