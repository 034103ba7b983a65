import ArgumentParser
import Ceremony
import Files
import FlowText
import Records
import Stores

struct KeyConfig: ParsableCommand {
  static let configuration = CommandConfiguration(help: "key/config")

  @Argument(help: ArgumentHelp("The key's name in the store.", valueName: "name"), completion: Completions.keys())
  var name: String

  @Option(
    name: .customLong("for"), help: ArgumentHelp("The program that is to use it.", valueName: "program"),
    completion: Completions.programs)
  var program: String

  @Option(
    help: ArgumentHelp("Write the file that the program reads, in plain text, after a question.", valueName: "file"),
    completion: .file())
  var output: String?

  @OptionGroup var options: KeyOptions

  func run() throws {
    let entry = try EntryName.named(name)
    if let output {
      try CommandError.refuseSecret(path: output, as: CommandError.outputName)
      try PrivateFile.checkThatNothingIs(at: output)
    }
    let (context, registry, store) = try options.open()
    let pack = try context.catalog().program(program)
    if output != nil, pack.plainFile == nil { throw CommandError.readsNoFile(pack, entry) }
    let credential = try StoredCredential(entry, in: store, of: registry)
    let facts = try PartFacts(of: credential, from: entry, on: context)
    let handover = try Handover(credential, from: entry, as: pack, knowing: facts, prefix: nil, only: [])
    let words = ProgramWords(handover: handover, store: store.id == registry.defaultID ? nil : store.id)
    guard let output else { return context.console.show(words.page) }
    try KeyIntake.refuse([output], holding: credential.parts, as: CommandError.outputName, undone: "written")
    let content = try handover.fileContent()
    try KeyQuestions(console: context.console, isAgreed: false).askWord(
      "plaintext", before: "writing a key in plain text", says: words.warning(of: output), or: nil)
    let recording = KeyRecording(context: context)
    let operation = KeyOperation(
      .config, entry.text, in: store.id, origin: credential.run, facts: ["program": pack.id, "file": output])
    try recording.recording(operation) {
      try PrivateFile.make(content, at: output)
      return ((), .done(entry.text, seen: "the file was made, on the disk, and only its owner can read it"))
    }
    context.console.show(words.written(to: output))
  }
}

extension CommandError {
  fileprivate static func readsNoFile(_ program: ProgramPack, _ entry: EntryName) -> CommandError {
    CommandError(
      "\(program.id) is not known to read a key from a file, and nothing was written",
      hints: ["without --output it is told how it gets one: keyusher key config \(entry) --for \(program.id)"],
      status: .usage)
  }
}
