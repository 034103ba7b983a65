import ArgumentParser
import FlowText
import Foundation

struct FlowLint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Check flow files, and the scripts beside them.",
    discussion: """
      Without a path, checks every flow there is. With --coverage, also rehearses the scripts beside the flows (without a \
      path, those in ./flows), and tells what no script comes past.

      Examples:
        keyusher flow lint
        keyusher flow lint flows/ --coverage
        keyusher flow lint my/create-key.yaml my/create-key.script
        keyusher flow lint flows/ --format sarif > flows.sarif
      """)

  @Argument(help: ArgumentHelp("Files, or folders of PROVIDER/NAME.yaml.", valueName: "path"), completion: .file())
  var paths: [String] = []

  @Option(name: .shortAndLong, help: "The format: human, json, or sarif for code hosts.")
  var format: FindingReport.Format = .human

  @Flag(help: "Tell which steps and ways no script comes past.")
  var coverage = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if coverage, format == .sarif { throw ValidationError("SARIF has no place for --coverage; use human or json.") }
  }

  func run() throws {
    let folder = FlowFolder(shelf: try House(common).shelf())
    var report = FindingReport(
      findings: try paths.isEmpty ? folder.findings() : folder.findings(in: paths), isBrief: common.brief)
    if coverage {
      report.coverage = try FlowCoverage.all(try ScriptFiles.meant(paths), tester: ScriptTester(folder: folder))
    }
    try write(report.text(format, from: FileManager.default.currentDirectoryPath), to: 1)
    if report.findings.contains(where: { $0.severity == .error }) { throw ExitStatus.findings }
  }
}
