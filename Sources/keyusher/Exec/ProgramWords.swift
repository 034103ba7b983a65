import Ceremony
import FlowCore
import FlowText
import PlainText
import SecretMemory
import Stores

/// What is told of the way on which a program gets a key.
struct ProgramWords {
  let handover: Handover
  /// The store that must be named, since it is not the default one.
  let store: String?
  private var program: ProgramPack { handover.program }

  /// How the program gets the key: by reference first, in plain text only where it must be.
  var page: [Sentence] {
    var sentences = [Sentence(.heading, "\(handover.entry) for \(program.title)")]
    sentences += variables + inMemory + onDisk
    sentences += handover.notes.map { Sentence(.body, $0) }
    sentences += byHand + nonces + program.docs.map { Sentence(.source, "From \($0.description), read \($0.date).") }
    return sentences
  }

  /// What is said before the file is written.
  func warning(of path: String) -> [Sentence] {
    let reads =
      givesVariables
      ? "Without a file: \(exec([])) \(start)"
      : commandInMemory.map { "Without a file on a disk: \($0)" }
        ?? "\(program.title) is not known to take it otherwise."
    return [
      Sentence(
        .warning,
        "The key will lie in '\(path)' in plain text: whoever reads that file, or a copy of it in a backup, has the key."
      ),
      Sentence(.hint, reads),
    ]
  }

  func written(to path: String) -> [Sentence] {
    let told =
      program.file?.told.map { [Sentence(.body, "Tell the program: \($0.replacing("{file}", with: path))")] } ?? []
    return [
      Sentence(.standing, "written: \(path), which only you can read")
    ] + told + [
      Sentence(
        .body,
        "Keep it out of git and of backups; write it anew when the key is replaced, delete it when it is not needed.")
    ]
  }

  // MARK: - Private

  /// Whether the key can be given without lying on a disk.
  private var isByReference: Bool { givesVariables || program.file?.told != nil }

  private var givesVariables: Bool { !program.variables.isEmpty && handover.spoiled.isEmpty }

  private var option: String { store.map { " --store \($0)" } ?? "" }

  private var start: String { program.start ?? "PROGRAM" }

  private func exec(_ options: [String]) -> String {
    let all = ["keyusher", "exec", handover.entry.text, "--as", program.id] + options
    return (all + (store.map { ["--store", $0] } ?? []) + ["--"]).joined(separator: " ")
  }

  private var variables: [Sentence] {
    if let spoiled = handover.spoiled.first {
      return [
        Sentence(
          .warning,
          "It would read \(spoiled.name) as a number and spoil it, so this key can't be given in variables."
        )
      ]
    }
    if program.variables.isEmpty {
      // What its pack says of it says more.
      return program.notes.isEmpty ? [Sentence(.body, "It is not known to read a key from its environment.")] : []
    }
    let names = handover.variables.map { variable in
      Sentence(.option, "\(variable.name): \(variable.part.map { "the part '\(display($0))'" } ?? variable.publicText)")
    }
    return [Sentence(.body, "It reads these variables. Started like this it has them, and the key lies in no file:")]
      + names + [Sentence(.command, "\(exec([])) \(start)")]
  }

  private var inMemory: [Sentence] {
    guard let command = commandInMemory else { return [] }
    return [Sentence(.body, "It reads a file, too, and that can lie in memory:"), Sentence(.command, command)]
  }

  /// What starts the program with a file in memory; nil if it can't be told of one.
  private var commandInMemory: String? {
    program.file?.told.map { told in
      let words = "\(start) \(told.replacing("{file}", with: "\"$KEYUSHER_FILE\""))"
      return "\(exec(["--file"])) sh -c 'exec \(words)'"
    }
  }

  private var onDisk: [Sentence] {
    guard let file = program.plainFile else { return [] }
    let path = file.path ?? "FILE"
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let why =
      isByReference
      ? "If it can't be started like this: it reads the key in plain text from a file, \(path). After a question this writes it:"
      : "It reads the key in plain text from a file, \(path). After a question this writes it:"
    return [
      Sentence(.body, why),
      Sentence(.command, "keyusher key config \(handover.entry) --for \(program.id)\(option) --output \(name)"),
    ]
  }

  /// Where the program asks for the parts itself.
  private var byHand: [Sentence] {
    guard program.variables.isEmpty, program.file == nil else { return [] }
    return [
      Sentence(.body, "To see the parts, so that you can enter them there:"),
      Sentence(.command, "keyusher key show \(handover.entry)\(option) --reveal"),
    ]
  }

  private var nonces: [Sentence] {
    handover.nonces.map { nonce in
      Sentence(
        .body,
        "It counts its requests in \(nonce.unit), and \(nonce.exchange) refuses a number lower than one before: give it a key of its own."
      )
    }
  }
}

extension ProgramPack {
  /// The file that it reads from a disk; nil if it reads none, or one of Keyusher's own form.
  var plainFile: File? { file.flatMap { $0.form == .stored ? nil : $0 } }
}

extension Handover.Variable {
  /// What it holds, where that is no secret.
  fileprivate var publicText: String { display(value.withBytes { String(decoding: $0, as: UTF8.self) }) }
}
