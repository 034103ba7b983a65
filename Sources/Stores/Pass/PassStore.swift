import Glibc
import HelperPrograms
import PlainText
public import SecretMemory
import Synchronization

/// Keeps entries in `pass`, the standard Unix password manager: files under `keyusher/` in its store, encrypted by GnuPG.
///
/// An entry's file holds the secret and a line end. `pass` overwrites without asking when its input is a pipe, and by
/// truncating: so a secret is inserted under a name that nothing has, and then renamed, which is atomic.
///
/// Source: pass 1.7.4, its script read and tried with GnuPG 2.2.40, 2026-11-23.
public struct PassStore: CredentialStore, Sendable {
  public let id = "pass"
  public let renamesAtOnce = true
  let environment: [String: String]
  /// How long `pass` may take, in seconds, when nobody is asked, and when somebody may be.
  let patience: Int
  let patienceWithPeople: Int
  private let foundPass: FoundOnce
  private let foundGPG: FoundOnce
  private let lock = Lock()

  /// - Parameter environment: those variables at least that `HelperProgram.variables` names.
  public init(environment: [String: String]) {
    self.init(
      environment: environment, patience: HelperProgram.patience, patienceWithPeople: HelperProgram.patienceWithPeople)
  }

  init(environment: [String: String], patience: Int, patienceWithPeople: Int) {
    self.environment = GnuPG.speakingPlainly(environment)
    self.patience = patience
    self.patienceWithPeople = patienceWithPeople
    foundPass = FoundOnce("pass", environment: self.environment)
    foundGPG = FoundOnce("gpg", environment: self.environment)
  }

  public func condition() -> StoreCondition {
    let place = (try? folder())?.place ?? "~/.password-store/\(PassFolder.prefix)"
    return StoreCondition(place: place) { () throws(StoreError) in
      let folder = try folder()
      _ = try program()
      try requireSetUp(folder)
      return nil
    }
  }

  public func names() throws(StoreError) -> [EntryName] { try folder().names() }

  public func get(_ name: EntryName) throws(StoreError) -> SecretBytes {
    guard try folder().contains(name.text) else { throw .missing(name) }
    let outcome = try pass(["show", path(name.text)], asksPeople: true)
    try judge(outcome, "show", name)
    return try withoutLineEnd(outcome.output, of: name)
  }

  /// The whole content of an entry that others made, by its path in the store of `pass`; nil if there is none.
  public func content(at path: String) throws(StoreError) -> SecretBytes? {
    // Of a folder `pass show` prints what is in it, and calls that a success.
    guard try folder().hasFile(of: path), let name = EntryName.fitting(path) ?? EntryName("entry") else { return nil }
    let outcome = try run(program(), ["show", "--", path], input: nil, asksPeople: true)
    try judge(outcome, "show", name)
    return outcome.output
  }

  /// Writes a new entry. It is not read back here but by `confirm`, which may have to wait for a person at the passphrase:
  /// until then the entry must have its name already, so that whoever looks for it after a kill finds it. So a locked agent
  /// shows as `locked` from `confirm`, and a put that failed as an error from here, after which nothing is left.
  public func put(_ secret: SecretBytes, as name: EntryName) throws(StoreError) {
    let folder = try folder()
    let program = try program()
    try requireSetUp(folder)
    guard secret.count < HelperProgram.mostOutput else {
      throw .broken(store: id, why: "keys of \(HelperProgram.mostOutput) bytes and more could not be read back")
    }
    let line = try withLineEnd(secret)
    try exclusively { () throws(StoreError) in
      guard try !folder.contains(name.text) else { throw .taken(name) }
      let fresh = "\(try folder.freeWaiting())/\(name.text)"
      do throws(StoreError) {
        let outcome = try run(program, ["insert", "-m", path(fresh)], input: line, asksPeople: folder.isVersioned())
        try judge(outcome, "insert", name)
        guard let size = try folder.size(fresh), size > 0 else { throw failure("insert", "wrote nothing") }
        try folder.sync(fresh)
        try place(fresh, at: name, folder)
      } catch {
        // The secret is still in the caller's hands. Where `pass` hangs, it would hang again.
        if case .timedOut = error {} else { discard(fresh) }
        throw error
      }
      // What an earlier put of this name left when it was cut short is no longer the only copy.
      for waiting in try folder.waiting() where try folder.contains("\(waiting)/\(name.text)") {
        discard("\(waiting)/\(name.text)")
      }
    }
  }

  public func rename(_ name: EntryName, to other: EntryName, replacing: Bool) throws(StoreError) {
    try changing(name) { folder throws(StoreError) in
      if try folder.contains(other.text), !replacing { throw .taken(other) }
      guard name != other else { return }
      guard try folder.hasFolder(other.text) else { return try move(name.text, to: other, path(other.text), folder) }
      try duplicate(name, as: other, folder)
      try remove(name, folder)
    }
  }

  public func copy(_ name: EntryName, to other: EntryName) throws(StoreError) {
    try changing(name) { folder throws(StoreError) in
      guard try !folder.contains(other.text) else { throw .taken(other) }
      try duplicate(name, as: other, folder)
    }
  }

  public func delete(_ name: EntryName) throws(StoreError) {
    try changing(name) { folder throws(StoreError) in try remove(name, folder) }
  }

  /// `pass` commits every change where its folder is a git repository, so that the encrypted entry stays in the commits.
  public var history: String? {
    // Whether there is one can't always be seen; then it is better told.
    guard let folder = try? folder(), (try? folder.isVersioned()) != false else { return nil }
    return "the git history of '\(folder.root)', from which whoever can decrypt it can take it"
  }

  public func exclusively<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
    let thread = UInt(pthread_self())
    if lock.holder.load(ordering: .relaxed) == thread { return try body() }
    return try folder().locked(seconds: patience) { () throws(StoreError) in
      lock.holder.store(thread, ordering: .relaxed)
      defer { lock.holder.store(0, ordering: .relaxed) }
      return try body()
    }
  }

  /// The thread for which this store has the lock on its folder; 0 for none.
  private final class Lock: Sendable {
    let holder = Atomic<UInt>(0)
  }

  // MARK: - Private: the verbs of pass

  /// Changes an entry that must be there, under the lock.
  private func changing(_ name: EntryName, _ change: (PassFolder) throws(StoreError) -> Void) throws(StoreError) {
    let folder = try folder()
    try requireSetUp(folder)
    try exclusively { () throws(StoreError) in
      guard try folder.contains(name.text) else { throw .missing(name) }
      try change(folder)
    }
  }

  private func path(_ text: String) -> String { "\(PassFolder.prefix)/\(text)" }

  /// Gives an entry that waits its name. Its last word is that of the name already: where there is a folder of that name,
  /// `pass mv` would move into it, so there it is told to move to the folder above.
  private func place(_ fresh: String, at name: EntryName, _ folder: PassFolder) throws(StoreError) {
    let above = path(name.text).split(separator: "/").dropLast().joined(separator: "/") + "/"
    try move(fresh, to: name, try folder.hasFolder(name.text) ? above : path(name.text), folder)
  }

  private func move(_ from: String, to name: EntryName, _ target: String, _ folder: PassFolder) throws(StoreError) {
    // Where folders have keys of their own, `pass` encrypts anew, and that needs the passphrase.
    try judge(try pass(["mv", "-f", path(from), target], asksPeople: true), "mv", name)
    guard try folder.contains(name.text), try !folder.contains(from) else { throw failure("mv", "moved nothing") }
    try folder.sync(name.text)
  }

  /// Copies under a name that nothing has and then renames, so that no half copy ever has the name.
  private func duplicate(_ name: EntryName, as other: EntryName, _ folder: PassFolder) throws(StoreError) {
    let fresh = "\(try folder.freeWaiting())/\(other.text)"
    do throws(StoreError) {
      try judge(try pass(["cp", path(name.text), path(fresh)], asksPeople: true), "cp", name)
      guard try folder.contains(fresh) else { throw failure("cp", "copied nothing") }
      try folder.sync(fresh)
      try place(fresh, at: other, folder)
    } catch {
      if case .timedOut = error {} else { discard(fresh) }
      throw error
    }
  }

  private func remove(_ name: EntryName, _ folder: PassFolder) throws(StoreError) {
    let outcome = try pass(["rm", "-f", path(name.text)], asksPeople: folder.isVersioned())
    try judge(outcome, "rm", name)
    guard try !folder.contains(name.text) else { throw failure("rm", "removed nothing") }
  }

  /// Deletes what waits, if that can be done.
  private func discard(_ fresh: String) {
    _ = try? pass(["rm", "-f", path(fresh)], asksPeople: false)
  }

  // MARK: - Private: running it

  private func folder() throws(StoreError) -> PassFolder {
    guard let folder = PassFolder(environment: environment) else { throw .notSetUp(store: id, hint: Self.sayWhere) }
    return folder
  }

  private func program() throws(StoreError) -> HelperProgram {
    try telling(of: id) {
      let program = try foundPass.program()
      // `pass` is a script: it would only fail later, and less clearly.
      _ = try foundGPG.program()
      return program
    }
  }

  private func requireSetUp(_ folder: PassFolder) throws(StoreError) {
    let key = environment["PASSWORD_STORE_KEY"] ?? ""
    if key.isEmpty, try !folder.isSetUp() { throw .notSetUp(store: id, hint: GnuPG.setUp) }
  }

  private func pass(_ arguments: [String], asksPeople: Bool) throws(StoreError) -> HelperProgram.Outcome {
    try run(program(), arguments, input: nil, asksPeople: asksPeople)
  }

  private func run(
    _ program: HelperProgram, _ arguments: [String], input: SecretBytes?, asksPeople: Bool
  ) throws(StoreError) -> HelperProgram.Outcome {
    try telling(of: id) {
      try program.run(
        arguments, input: input, seconds: asksPeople ? patienceWithPeople : patience, asksPeople: asksPeople)
    }
  }

  /// Tells by what `pass` and GnuPG said why a run failed; none of it goes on into the error.
  private func judge(_ outcome: HelperProgram.Outcome, _ verb: String, _ name: EntryName) throws(StoreError) {
    guard outcome.status != 0 else { return }
    if let error = GnuPG.failure(outcome.errors, store: id, name) { throw error }
    throw failure(verb, "ended with status \(outcome.status)")
  }

  private func failure(_ verb: String, _ what: String) -> StoreError {
    .broken(store: id, why: "'pass \(verb)' \(what)")
  }

  // MARK: - Private: the line

  private func withoutLineEnd(_ line: SecretBytes, of name: EntryName) throws(StoreError) -> SecretBytes {
    let secret = try telling {
      try line.withBytes { try SecretBytes(copying: $0.last == 0x0A ? $0.dropLast() : $0[...]) }
    }
    guard !secret.isEmpty else { throw .damaged(name, why: "it is empty") }
    return secret
  }

  // MARK: - Private: words

  private static let sayWhere = "set HOME, or PASSWORD_STORE_DIR to the whole path of the store"
}

/// A secret and a line end behind it, in guarded memory of its own.
func withLineEnd(_ secret: SecretBytes) throws(StoreError) -> SecretBytes {
  try telling {
    let line = try SecretBytes(capacity: secret.count + 1)
    try line.append(contentsOf: secret)
    try line.append(0x0A)
    return line
  }
}
