import ArgumentParser
import FlowCore
import FlowText
import FlowTools
import HelperPrograms
import Records
import Terminal

/// What a flow is drawn as.
enum GraphFormat: String, CaseIterable, ExpressibleByArgument {
  case text, mermaid, dot, svg
}

struct FlowGraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(help: "flow/graph")

  @Argument(
    help: ArgumentHelp("The flow's id; can be left out with --run.", valueName: "flow"),
    completion: Completions.flows)
  var flow: String?

  @Option(name: .shortAndLong, help: "The format: text, mermaid, dot or svg.")
  var format: GraphFormat = .text

  @Option(
    name: .customLong("run"), help: ArgumentHelp("Mark the way that this run took.", valueName: "run"),
    completion: Completions.runs)
  var runID: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let context = CommandContext(common)
    let picture = try picture(context)
    switch format {
    case .text:
      let charset = context.console.screen.charset
      try write(picture.text { charset.shown($0) }, to: 1)
    case .mermaid: try write(picture.mermaid, to: 1)
    case .dot: try write(picture.dot, to: 1)
    case .svg: try write(svg(picture.dot), to: 1)
    }
  }

  // MARK: - Private

  private func picture(_ context: CommandContext) throws -> Picture {
    guard let runID else {
      guard let flow else {
        throw CommandError(
          "neither a flow nor a run is named",
          hints: ["'keyusher flow list' shows the flows; --run RUN draws the flow of a run"], status: .usage)
      }
      return Picture(of: try context.catalog().flow(flow).flow)
    }
    let run = try context.run(runID)
    let record = try context.record(run)
    if let flow, flow != record.flow.id {
      throw CommandError(
        "run '\(run)' is a run of '\(record.flow.id)', not of '\(flow)'",
        hints: ["leave the flow out: keyusher flow graph --run \(run)"], status: .usage)
    }
    return Picture(of: record.flow, walked: WalkedWay(run: run, state: record.state))
  }

  private func svg(_ graph: String) throws -> [UInt8] {
    do throws(HelperError) {
      return try Graphviz(environment: Surroundings.variables()).svg(graph)
    } catch {
      // Whoever pressed Ctrl-C wants no explanation.
      if error == .stopped { throw Interrupted(signal: 2) }
      throw CommandError(drawing: error)
    }
  }
}

extension CommandError {
  fileprivate init(drawing error: HelperError) {
    switch error {
    case .notInstalled:
      self.init(
        "an SVG is drawn by the program 'dot' of graphviz, which is not here",
        hints: ["install it, for example: sudo apt-get install graphviz", Self.otherFormats], status: .unavailable)
    case .timedOut(_, let seconds):
      self.init(
        "'dot' did not finish the picture in \(seconds) seconds, and was stopped", hints: [Self.otherFormats],
        status: .unavailable)
    case .stopped: self.init("the drawing was stopped", status: .failed)
    case .failed(let why):
      self.init("'dot' of graphviz failed: \(why)", hints: [Self.otherFormats], status: .failed)
    case .unsafe, .notBeside, .memory:
      self.init(error.what, hints: [error.hint, Self.otherFormats].compactMap { $0 }, status: .unavailable)
    }
  }

  private static let otherFormats = "--format dot, mermaid or text needs no other program"
}
