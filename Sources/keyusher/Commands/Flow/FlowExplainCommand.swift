import ArgumentParser
import FlowText
import FlowTools
import PlainText

struct FlowExplain: ParsableCommand {
  static let configuration = CommandConfiguration(help: "flow/explain")

  @Argument(help: "The code of a finding.", completion: .list(FindingCode.allCases.map(\.rawValue)))
  var code: String?

  func run() throws {
    guard let code else { return try write(Self.list, to: 1) }
    guard let explanation = FindingCode(rawValue: code)?.explanation else {
      let near = nearest(to: code, among: FindingCode.allCases.map(\.rawValue))
      throw CommandError(
        "there is no finding '\(code)'",
        hints: [near.map { "did you mean '\($0)'?" } ?? "'keyusher flow explain' lists them"], status: .noInput)
    }
    try write(explanation.text(columns: Self.columns), to: 1)
  }

  private static let columns = 80

  private static var list: String {
    let width = FindingCode.allCases.map(\.rawValue.count).max() ?? 0
    return FindingCode.allCases.map { code in
      let gap = String(repeating: " ", count: width - code.rawValue.count)
      return "\(code.rawValue)\(gap)  \(code.explanation?.summary ?? "")\n"
    }.joined()
  }
}
