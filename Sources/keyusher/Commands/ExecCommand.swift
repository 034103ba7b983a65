import ArgumentParser
import CProcess
import Ceremony
import FlowText
import Glibc
import Inventory
import PlainText
import Records
import SecretMemory
import Stores

struct Exec: ParsableCommand {
  /// Every start compares with it, without reading the help.
  static let name = "exec"
  static let configuration = CommandConfiguration(help: name)

  @Argument(help: ArgumentHelp("The key's name in the store.", valueName: "name"), completion: Completions.keys())
  var name: String

  @Option(
    help: ArgumentHelp("The store it is in; without it, the default one.", valueName: "id"),
    completion: Completions.stores)
  var store: String?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("The program whose pack says what it calls the parts.", valueName: "program"),
    completion: Completions.programs)
  var program = "env"

  @Option(help: ArgumentHelp("With --as env: what stands before API_KEY, or '' for nothing.", valueName: "text"))
  var prefix: String?

  @Option(help: ArgumentHelp("Give only this variable; more than one may be named.", valueName: "var"))
  var only: [String] = []

  @Flag(name: .customLong("fd"), help: "Give the key by an open descriptor, not in the environment.")
  var byDescriptor = false

  @Flag(name: .customLong("file"), help: "Give the key by the path of a file in memory, not in the environment.")
  var byFile = false

  @Flag(help: "Give the program none of your environment but \(Exec.pristineNames).")
  var pristine = false

  @Flag(help: "Let the key's variables take the place of those that are set already.")
  var override = false

  @Flag(help: "Put on record who gave the key to which program; without a record nothing is run.")
  var record = false

  @OptionGroup var passphrase: PassphraseOption

  @Argument(
    parsing: .postTerminator, help: ArgumentHelp("The program and its arguments, after --.", valueName: "program"))
  var command: [String] = []

  /// What marks the environment of a program that has a key already.
  static let marker = "KEYUSHER_EXEC"

  func run() throws {
    var descriptors = Descriptors()
    let context = CommandContext()
    try refuse()
    let command = Program(words: command)
    try command.check(path: getenv("PATH").map { String(cString: $0) })
    let pack = try FlowCatalog.program(program, among: context.catalog())
    try refusePrefix(for: pack)
    let entry = try EntryName.named(name)
    let registry = try context.stores(asking: passphrase.asking(on: context.console))
    let credential = try Exec.opening(entry, for: command.name) {
      try StoredCredential(entry, in: registry.store(store), of: registry)
    }
    let facts = try PartFacts(of: credential, from: entry, on: context)
    let handover = try Handover(credential, from: entry, as: pack, knowing: facts, prefix: prefix, only: only)
    var environment = ProgramEnvironment(isPristine: pristine)
    // What opens a store is not the program's, whether it was asked for or not.
    for reference in [passphrase.reference, registry.configuration.openBaoToken] {
      switch reference {
      case .env(let name): environment.drop(name)
      case .fd(let number): descriptors.withhold(number)
      case .file, nil: break
      }
    }
    try environment.add(Exec.marker, entry.text)
    if byDescriptor || byFile {
      let descriptor = try Exec.file(of: handover)
      descriptors.grant(descriptor)
      try environment.add(
        byFile ? "KEYUSHER_FILE" : "KEYUSHER_FD", byFile ? "/dev/fd/\(descriptor)" : "\(descriptor)")
    } else {
      try handover.checkForEnvironment()
      for variable in handover.variables { environment.add(variable.name, variable.value) }
    }
    if !override, !environment.collisions.isEmpty { throw CommandError.alreadySet(environment.collisions) }
    context.console.endUnseen()
    try warn(of: entry, credential, in: registry.store(store), on: context)
    let isRecorded = record || registry.configuration.recordsExec
    let recording = isRecorded ? try recorded(entry, credential, in: registry.store(store), on: context) : nil
    let number = try environment.run(command, descriptors: descriptors)
    let failure = Program.failure(command.name, number)
    recording.map { $0.log.end($0.journal, .failed(entry.text, reason: failure.message)) }
    throw failure
  }

  // MARK: - Private

  /// Opens the key; of a passphrase that did not, it is said that the program was not started.
  private static func opening(
    _ entry: EntryName, for program: String, _ open: () throws -> StoredCredential
  ) throws -> StoredCredential {
    do {
      return try open()
    } catch let error as StoreError {
      guard case .wrongPassphrase(let store) = error else { throw error }
      throw CommandError.notOpened(entry.text, in: store, for: program)
    }
  }

  private static let pristineNames = ProgramEnvironment.pristine.sorted().joined(separator: ", ")

  /// Throws if the command line asks for what can't be.
  private func refuse() throws {
    if let outer = getenv(Exec.marker) { throw CommandError.nested(String(cString: outer)) }
    if byDescriptor, byFile {
      throw CommandError(
        "--fd and --file are two ways to give one thing", hints: ["take one of them"], status: .execFailed)
    }
  }

  /// Says in a line that the exchange did not take the key, or that it is not as planned, when it was asked last.
  private func warn(
    of entry: EntryName, _ credential: StoredCredential, in store: any CredentialStore, on context: CommandContext
  ) throws {
    let origins = try? context.inventory().origins(ofKeysBy: credential.run)
    guard let check = origins?.check(of: entry.reference(in: store)), check.verdict.isAgainstKey else { return }
    let option = self.store.map { " --store \($0)" } ?? ""
    context.console.remark([
      Sentence(.warning, "\(check.told(of: entry.text)) To ask again: keyusher key verify \(entry)\(option)")
    ])
  }

  /// Puts on record that the key is given to the program: on the disk before that begins.
  private func recorded(
    _ entry: EntryName, _ credential: StoredCredential, in store: any CredentialStore, on context: CommandContext
  ) throws -> (log: KeyRecording, journal: Journal) {
    do {
      let name = command.first ?? ""
      try CommandError.refuseSecret(path: name, as: "the program's name")
      let log = KeyRecording(context: context)
      let operation = KeyOperation(
        .exec, entry.text, in: store.id, origin: credential.run, facts: ["program": name])
      return (log, try log.begin(operation))
    } catch {
      throw CommandError.noRecord(error)
    }
  }

  private func refusePrefix(for program: ProgramPack) throws {
    guard let prefix else { return }
    let isName = prefix.utf8.allSatisfy {
      (0x41...0x5A).contains($0 & 0xDF) || (0x30...0x39).contains($0) || $0 == 0x5F
    }
    guard program.prefersOwnVariables, isName, !(prefix.utf8.first.map { (0x30...0x39).contains($0) } ?? false) else {
      throw CommandError(
        "'\(prefix)' can't stand before a variable's name here",
        hint: program.prefersOwnVariables
          ? "take letters, digits and '_', and no digit first"
          : "--prefix is for --as env: the others have their names",
        status: .execFailed)
    }
  }

  private static func file(of handover: Handover) throws -> Int32 {
    let content = try handover.fileContent()
    let descriptor = content.withBytes { kp_sealed_file("keyusher", $0.baseAddress, $0.count) }
    guard descriptor >= 0 else {
      throw CommandError(
        "no file in memory can be made: \(String(cString: strerror(errno)))",
        hints: ["give the key in the environment: leave out --fd and --file"], status: .execFailed)
    }
    return descriptor
  }
}

// MARK: - Words

extension PartFacts {
  /// Looks where a command looks: at the records of its home, and at the packs of its catalog.
  init(of credential: StoredCredential, from entry: EntryName, on context: CommandContext) throws {
    try self.init(of: credential, from: entry, in: context.inventory()) { exchange in
      // Folders of one's own are looked at where no shipped pack knows.
      try FlowCatalog.library(of: nil).pack(of: exchange) ?? context.catalog().pack(of: exchange)
    } remark: {
      context.console.remark([Sentence(.warning, $0)])
    }
  }
}

extension CommandError {
  fileprivate static func noRecord(_ error: any Error) -> CommandError {
    let told = (error as? any DescribedError).map { CommandError($0) } ?? error as? CommandError
    return CommandError(
      "no record can be made, so nothing was run" + (told.map { ": \($0.message)" } ?? ""),
      hints: told?.hints ?? [], status: .execFailed)
  }

  fileprivate static func notOpened(_ key: String, in store: String, for program: String) -> CommandError {
    CommandError(
      "'\(program)' was not started: the passphrase does not open the store '\(store)', which has the key \(key)",
      hints: [
        "begin the same command again, with the right passphrase",
        "if it is lost, nobody can open that store: delete the key at its exchange, and make a new one",
      ], status: .unavailable)
  }

  fileprivate static func nested(_ outer: String) -> CommandError {
    CommandError(
      "this runs inside 'keyusher exec \(outer)' already, and a program gets one key",
      hints: ["run it outside; if that is what you want, clear the mark: env -u \(Exec.marker) keyusher exec …"],
      status: .execFailed)
  }

  fileprivate static func alreadySet(_ names: [String]) -> CommandError {
    CommandError(
      "\(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") set in your environment already",
      hints: ["unset \(names.joined(separator: " ")), or let the key's take their place: --override"],
      status: .execFailed)
  }
}
