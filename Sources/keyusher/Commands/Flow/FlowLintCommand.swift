import ArgumentParser
import Files
import FlowText
import FlowTools
import Records

struct FlowLint: ParsableCommand {
  static let configuration = CommandConfiguration(help: "flow/lint")

  @Argument(help: ArgumentHelp("Files, or folders of PROVIDER/NAME.yaml.", valueName: "path"), completion: .file())
  var paths: [String] = []

  @Option(name: .shortAndLong, help: "The format: human, json, or sarif for code hosts.")
  var format: FindingReport.Format = .human

  @Option(
    name: .customLong("stale"),
    help: ArgumentHelp(
      "Warn of page instructions whose source is older than this, for example 180d.", valueName: "days"),
    transform: Age.init)
  var stale: Age?

  @Flag(help: "Tell which steps and ways no script comes past.")
  var coverage = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if coverage, format == .sarif { throw ValidationError("SARIF has no place for --coverage; use human or json.") }
  }

  func run() throws {
    let context = CommandContext(common)
    let options = LintOptions(today: context.surroundings.now().day, staleDays: stale?.days)
    let catalog = try context.catalog()
    let findings =
      try paths.isEmpty ? FlowFolder.findings(on: catalog, options) : FlowFolder.findings(in: paths, catalog, options)
    var report = FindingReport(findings: findings, isBrief: common.brief)
    if coverage {
      let tester = ScriptTester(folder: FlowFolder(catalog: catalog))
      report.coverage = try FlowCoverage.all(try ScriptFiles.meant(paths), tester: tester)
    }
    try write(report.text(format, from: workingFolder()), to: 1)
    if paths.isEmpty, format == .human, try isFolder("flows") {
      try write("note: the folder 'flows' here was not looked at; 'keyusher flow lint flows' does that\n", to: 2)
    }
    if report.findings.contains(where: { $0.severity == .error }) { throw ExitStatus.findings }
  }
}

/// A number of days, written as `180d` or `180`.
struct Age: Equatable {
  var days: Int

  init(_ text: String) throws {
    let digits = text.hasSuffix("d") ? text.dropLast() : text[...]
    guard let days = Int(digits), (1...36_500).contains(days), digits.allSatisfy(\.isNumber) else {
      throw ValidationError("'\(text)' is no number of days; write it as 180d.")
    }
    self.days = days
  }
}
