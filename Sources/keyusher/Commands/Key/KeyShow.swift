import ArgumentParser
import Ceremony
import Glibc
import Inventory
import PlainText
import Records
import SecretMemory
import Stores

struct KeyShow: ParsableCommand {
  static let configuration = CommandConfiguration(help: "key/show")

  @Argument(
    help: ArgumentHelp("The key's name in the store.", valueName: "name"),
    completion: Completions.keys([.kept, .pending, .previous]))
  var name: String?

  @Flag(help: "Show the secrets too, after a question.")
  var reveal = false

  @OptionGroup var format: JSONOptions

  @OptionGroup var options: KeyOptions

  func validate() throws {
    // Without a name there is nothing to show but the schema.
    if name == nil, !format.schema { throw ValidationError("Missing expected argument '<name>'") }
  }

  func run() throws {
    guard !format.schema, let name else { return try PrintedJSON.write(PrintedJSON.key.schema) }
    if format.json, reveal { throw CommandError.noSecretInJSON }
    let entry = try EntryName.named(name, kinds: [.kept, .pending, .previous])
    if reveal, !(isatty(0) == 1 && isatty(1) == 1) { throw CommandError.noTerminalToReveal }
    let (context, registry, store) = try options.open()
    let credential = try StoredCredential(entry, in: store, of: registry)
    let origins = try context.inventory().origins()
    if format.json { return try PrintedJSON.write(KeyShow.json(entry, credential, in: store.id, origins)) }
    context.console.show(KeyShow.sentences(entry, credential, in: store.id, origins))
    if reveal { try KeyShow.reveal(credential, of: entry, on: context.console) }
  }

  // MARK: - Private

  private static func sentences(
    _ entry: EntryName, _ credential: StoredCredential, in store: String, _ origins: KeyOrigins
  ) -> [Sentence] {
    let origin = origins[entry, in: store] ?? credential.run.flatMap { origins[run: $0] }
    let run = credential.run.map { "made by run \($0)" + (origin.map { ", \($0.began.day)" } ?? "") }
    var sentences = [
      Sentence(.heading, entry.text), Sentence(.body, "store: \(store)"),
      Sentence(.body, "exchange: \(credential.exchange)"), Sentence(.body, "label: \(credential.label)"),
      Sentence(.body, run ?? "taken in; no run made it"),
    ]
    for (part, secret) in credential.parts.sorted(by: { $0.key < $1.key }) {
      sentences.append(
        Sentence(.body, "\(display(part)): \(part == "key" ? display(secret.publicText) : secret.length)"))
    }
    guard entry.kind == .pending else { return sentences }
    return sentences + PendingCopy(name: entry, store: store, origins: origins).whenShown
  }

  private static func json(
    _ entry: EntryName, _ credential: StoredCredential, in store: String, _ origins: KeyOrigins
  ) -> JSON {
    let run = origins[entry, in: store]?.run ?? credential.run
    return .fields([
      "name": .text(entry.text), "store": .text(store), "exchange": .text(credential.exchange),
      "label": .text(credential.label), "run": .given(run),
      "began": .given(run.flatMap { origins[run: $0] }?.began.description),
      "parts": .array(
        credential.parts.sorted { $0.key < $1.key }.map { part, secret in
          .fields([
            "part": .text(part), "bytes": .count(secret.count), "text": part == "key" ? .text(secret.publicText) : nil,
          ])
        }),
    ])
  }

  private static func reveal(_ credential: StoredCredential, of entry: EntryName, on console: Console) throws {
    try KeyQuestions(console: console, isAgreed: false).askWord(
      "reveal", before: "--reveal",
      says: [
        Sentence(.warning, "The secrets of '\(entry)' will stand on this screen."),
        Sentence(.body, console.hasSecondScreen ? secondScreen : scrollback),
      ], or: nil)
    let screen = SecondScreen(console.prompts)
    defer { screen.close() }
    if console.hasSecondScreen { try screen.open() }
    for (part, secret) in credential.parts.sorted(by: { $0.key < $1.key }) {
      try screen.write("\(display(part)):\n")
      try screen.write(secret.visible())
      try screen.write("\n\n")
    }
    guard console.hasSecondScreen else { return }
    _ = try console.unseen("Enter, and it is gone: ")
    if screen.isTakenAway { console.remark([Sentence(.hint, takenAway)]) }
  }

  private static let secondScreen = """
    Enter takes them off it, and they are not in its scrollback; a terminal multiplexer, a recording or a camera may keep them.
    """
  private static let takenAway = "Stopping took them off the screen. To see them again, run the command again."
  private static let scrollback = """
    This terminal has no second screen: they stay in its scrollback until you clear that or close the window.
    """
}

extension StoredCredential {
  /// Reads an entry; complains where there is one if it is not here, and why it can't be used if it is damaged.
  init(_ entry: EntryName, in store: any CredentialStore, of registry: StoreRegistry) throws {
    try self.init(StoredCredential.text(of: entry, in: store, of: registry), of: entry)
  }

  init(_ text: SecretBytes, of entry: EntryName) throws {
    do {
      try self.init(decoding: text)
    } catch {
      if case .memory(let error) = error { throw StoreError.memory(error) }
      throw StoreError.damaged(entry, why: "\(error)")
    }
  }

  /// The bytes of an entry, whatever they are.
  static func text(of entry: EntryName, in store: any CredentialStore, of registry: StoreRegistry) throws -> SecretBytes
  {
    do {
      return try store.get(entry)
    } catch {
      guard case .missing(entry) = error else { throw error }
      throw registry.missing(entry, in: store)
    }
  }
}

extension SecretBytes {
  fileprivate var length: String { "\(count) \(count == 1 ? "byte" : "bytes")" }

  /// The text of a part that is no secret.
  fileprivate var publicText: String { withBytes { String(decoding: $0, as: UTF8.self) } }

  /// The bytes as a terminal may show them: line breaks as they are, what could steer it as `\x1b`.
  fileprivate func visible() throws -> SecretBytes {
    let shown = try SecretBytes(capacity: 4 * count)
    try withBytes { bytes throws(SecretMemoryError) in
      for byte in bytes {
        if byte == 0x0A || (0x20..<0x7F).contains(byte) {
          try shown.append(byte)
        } else {
          try shown.append(contentsOf: "\\x".utf8)
          try shown.append(hexadecimalDigit(byte >> 4))
          try shown.append(hexadecimalDigit(byte & 15))
        }
      }
    }
    return shown
  }
}

extension CommandError {
  fileprivate static var noSecretInJSON: CommandError {
    CommandError(
      "--json never has a secret in it", hints: ["--reveal shows them at a terminal, without --json"], status: .usage)
  }

  fileprivate static var noTerminalToReveal: CommandError {
    CommandError(
      "secrets are shown at a terminal only, not into a pipe or a file",
      hints: ["a program gets them by 'keyusher exec NAME -- PROGRAM'"], status: .usage)
  }
}
