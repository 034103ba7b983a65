import ArgumentParser
import Ceremony
import FlowCore
import FlowText
import Records

struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(help: "replay")

  @Argument(help: ArgumentHelp("The script.", valueName: "script"), completion: .file())
  var script: String

  @Flag(help: "Write nothing: no record.")
  var dryRun = false

  @Flag(help: "Ask a person what the script leaves open.")
  var askMissing = false

  @Flag(help: "Print only what goes wrong, and how it ended.")
  var quiet = false

  @OptionGroup var people: PeopleOptions

  @OptionGroup var common: CommonOptions

  func run() throws {
    if quiet, askMissing {
      throw CommandError(
        "--quiet shows nothing that a person could answer, and --ask-missing asks one", hints: ["take one of them"],
        status: .usage)
    }
    let context = CommandContext(common)
    guard let contents = bytes(ofFile: script) else {
      throw CommandError(
        "can't read the script '\(script)'", hints: ["check the path; 'keyusher export --format script' writes one"],
        status: .noInput)
    }
    let (value, flow) = try parse(contents, catalog: context.catalog())
    let console = context.console
    let secrets = SecretSource()
    let conversation = ScriptConversation(
      value, of: flow, path: script, digest: hexadecimalSHA256(of: contents),
      person: askMissing ? try console.conversation() : nil,
      screen: quiet
        ? (show: { console.show($0.filter { $0.role == .problem }) }, echo: { _, _ in })
        : (show: console.show, echo: console.echo)
    ) { reference, question in
      try secrets.read(reference, isToItsEnd: flow.part(wantedBy: question)?.isPEM == true)
    }
    try checkReferences(of: value)
    var walk = try context.walk()
    walk.isQuiet = quiet
    if dryRun { return try walk.rehearse(value.flowID, script: conversation).end() }
    let people = try people.people()
    try walk.begin(value.flowID, people: people, conversation: conversation, script: conversation).end()
  }

  /// Finds out what is missing before a run begins that it would leave unfinished.
  private func checkReferences(of value: Script) throws {
    for item in value.items {
      guard case .part(_, _, .reference(let reference)) = item.content else { continue }
      do {
        try SecretSource().check(reference)
      } catch let obstacle as SecretObstacle {
        throw CommandError(
          "\(script):\(item.line): \(obstacle.message)", hints: [obstacle.hint].compactMap { $0 }, status: .wrongInput)
      }
    }
  }

  private func parse(_ bytes: [UInt8], catalog: FlowCatalog) throws -> (Script, Flow) {
    let reading = readScript(bytes, path: script)
    guard let value = reading.value else { throw CommandError.findings(reading.findings, in: "the script") }
    let flow = try catalog.flow(value.flowID).flow
    let findings = check(value, against: flow, path: script, text: String(decoding: bytes, as: UTF8.self))
    if findings.contains(where: { $0.severity == .error }) { throw CommandError.findings(findings, in: "the script") }
    return (value, flow)
  }
}
