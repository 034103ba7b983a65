import ArgumentParser

struct FlowTest: ParsableCommand {
  static let configuration = CommandConfiguration(help: "flow/test")

  @Argument(
    help: ArgumentHelp("Scripts, flow files, or folders; without one, ./flows.", valueName: "path"), completion: .file()
  )
  var paths: [String] = []

  @Option(name: .shortAndLong, help: "The format: human, tap or junit.")
  var format: TestReport.Format = .human

  @OptionGroup var common: CommonOptions

  func run() throws {
    let meant = try ScriptFiles.meant(paths)
    let scripts = try ScriptFiles.scripts(meant)
    guard !scripts.isEmpty else {
      throw CommandError(
        "there is no script in \(meant.map { "'\($0)'" }.joined(separator: ", "))",
        hints: ["a script lies beside its flow: NAME.script, or NAME.WHAT.script"], status: .noInput)
    }
    let tester = ScriptTester(folder: FlowFolder(catalog: try CommandContext(common).catalog()))
    let report = TestReport(tests: try scripts.map(tester.test))
    try write(report.text(format), to: 1)
    if report.failed > 0 { throw ExitStatus.findings }
  }
}
