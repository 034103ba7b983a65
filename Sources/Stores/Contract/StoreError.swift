import AgeFormat
import Files
import HelperPrograms
public import PlainText
public import SecretMemory

/// What stands between a person and a store. No case carries a secret, or what a helper program printed where secrets pass.
public enum StoreError: Error, Equatable {
  /// The program that the store needs is not installed.
  case notInstalled(store: String, program: String)
  /// The program stands where others could have put another in its place.
  case unsafeProgram(path: String, why: String)
  /// The store was never set up here.
  case notSetUp(store: String, hint: String)
  /// The store is there, and must be unlocked first.
  case locked(store: String, hint: String)
  /// The passphrase that was given does not open it.
  case wrongPassphrase(store: String)
  /// Nobody can be asked for the passphrase.
  case noPassphrase(store: String, hint: String)
  /// Something failed while the person was asked.
  case askingFailed(what: String, hint: String?)
  /// The store did not answer.
  case unreachable(store: String, why: String)
  /// The store answered that this is not allowed.
  case forbidden(store: String, hint: String)
  case timedOut(program: String, seconds: Int)
  case missing(EntryName)
  case taken(EntryName)
  /// What was read back is not what was written.
  case differs(EntryName)
  /// The entry is there and can't be read.
  case damaged(EntryName, why: String)
  /// What is to be kept has no form that a store could keep.
  case unstorable(why: String)
  /// The store answered in a way that is not foreseen.
  case broken(store: String, why: String)
  /// A folder or file of the store is not safe to use, or a system call failed there.
  case unusableFile(path: String, why: String)
  /// It is done, but may not survive a power failure.
  case notDurable(path: String, why: String)
  /// An answer that the store needs was not given: the person stopped.
  case stopped
  case memory(SecretMemoryError)

  /// Whether the store is locked or can't be reached: exit status 69.
  public var isUnavailable: Bool {
    switch self {
    case .notInstalled, .unsafeProgram, .notSetUp, .locked, .wrongPassphrase, .noPassphrase, .unreachable, .forbidden,
      .timedOut:
      true
    default: false
    }
  }
}

extension StoreError: DescribedError {
  /// What happened and where.
  public var what: String {
    switch self {
    case .notInstalled(let store, let program): "the store '\(store)' needs the program '\(program)', which is not here"
    case .unsafeProgram(let path, let why): HelperError.unsafe(path: path, why: why).what
    case .notSetUp(let store, _): "the store '\(store)' is not set up yet"
    case .locked(let store, _): "the store '\(store)' is locked"
    case .wrongPassphrase(let store): "that passphrase does not open the store '\(store)'"
    case .noPassphrase(let store, _): "the store '\(store)' wants its passphrase, and nobody can be asked"
    case .askingFailed(let what, _): what
    case .unreachable(let store, let why): "the store '\(store)' can't be reached: \(why)"
    case .forbidden(let store, _): "the store '\(store)' does not allow it"
    case .timedOut(let program, let seconds): HelperError.timedOut(program: program, seconds: seconds).what
    case .missing(let name): "there is no key '\(name)' in the store"
    case .taken(let name): "there is a key '\(name)' in the store already"
    case .differs(let name): "what the store gives back for '\(name)' is not what was written"
    case .damaged(let name, let why): "the key '\(name)' can't be read: \(why)"
    case .unstorable(let why): "the credential can't be stored: \(why)"
    case .broken(let store, let why): "the store '\(store)' failed: \(why)"
    case .unusableFile(let path, let why): "'\(path)' can't be used: \(why)"
    case .notDurable(let path, let why): "'\(path)' is written, but may not survive a power failure: \(why)"
    case .stopped: "it was stopped"
    case .memory(let error): error.what
    }
  }

  /// What to do next.
  public var hint: String? {
    switch self {
    case .notInstalled(_, let program):
      Self.package(of: program).map { "install it, for example: sudo apt-get install \($0)" }
        ?? "install it in a folder of PATH, or choose another store"
    case .unsafeProgram(let path, let why): HelperError.unsafe(path: path, why: why).hint
    case .notSetUp(_, let hint), .locked(_, let hint), .forbidden(_, let hint), .noPassphrase(_, let hint): hint
    case .askingFailed(_, let hint): hint
    case .wrongPassphrase: "try again; without it nobody can open what the store keeps"
    case .unreachable(let store, _), .broken(let store, _): "'keyusher store test \(store)' tells more"
    case .timedOut(let program, let seconds): HelperError.timedOut(program: program, seconds: seconds).hint
    case .missing: "'keyusher key list' shows those there are"
    case .taken: "choose another name, or see what is there: keyusher key list"
    case .differs: "don't rely on it: keep the page open, and choose another store"
    case .damaged: "restore it from a backup, or make a new key"
    case .unstorable: "copy it from the exchange's page again, and look for what is no letter, digit or sign"
    case .unusableFile, .notDurable: "look at the folder's rights and the space that is left"
    case .stopped: nil
    case .memory(let error): error.hint
    }
  }

  /// Debian's name for what brings a program; nil where Debian has none.
  private static func package(of program: String) -> String? {
    switch program {
    case "gdbus": "libglib2.0-bin"
    case "secret-tool": "libsecret-tools"
    case "docker-credential-pass", "docker-credential-secretservice": "golang-docker-credential-helpers"
    case _ where program.hasPrefix("docker-credential-"): nil
    default: program
    }
  }
}

/// Does something, and tells what goes wrong with files, programs, keys and guarded memory as the store's error.
///
/// - Parameters:
///   - store: what an error of a program is told of.
///   - path: what an error of the format age is told of.
func telling<Result>(of store: String = "", at path: String = "", _ body: () throws -> Result) throws(StoreError)
  -> Result
{
  do {
    return try body()
  } catch let error as StoreError {
    throw error
  } catch let error as FileError {
    if case .notDurable = error.reason { throw .notDurable(path: error.path, why: error.why) }
    throw .unusableFile(path: error.path, why: error.why)
  } catch let error as HelperError {
    throw StoreError(error, of: store)
  } catch let error as SecretMemoryError {
    throw .memory(error)
  } catch let error as GuardedJSON.Fault {
    switch error {
    case .memory(let error): throw .memory(error)
    case .tooLong(let limit): throw .unstorable(why: "it is longer than \(limit) bytes")
    case .notText, .malformed: throw .unstorable(why: "it is not text in UTF-8")
    }
  } catch let error as AgeError {
    throw .age(error, at: path)
  } catch {
    throw .unusableFile(path: path, why: "\(error)")
  }
}

extension StoreError {
  fileprivate init(_ error: HelperError, of store: String) {
    self =
      switch error {
      case .notInstalled(let program): .notInstalled(store: store, program: program)
      case .notBeside: .notSetUp(store: store, hint: error.hint ?? "")
      case .unsafe(let path, let why): .unsafeProgram(path: path, why: why)
      case .timedOut(let program, let seconds): .timedOut(program: program, seconds: seconds)
      case .stopped: .stopped
      case .failed(let why): .broken(store: store, why: why)
      case .memory(let error): .memory(error)
      }
  }

  fileprivate static func age(_ error: AgeError, at path: String) -> StoreError {
    switch error {
    case .memory(let error): .memory(error)
    case .emptyPassphrase:
      .forbidden(store: "age", hint: "an empty passphrase protects nothing: type one, or have one made")
    case .noMemoryForPassphrase, .unusableWorkFactor: .broken(store: "age", why: error.what)
    default: .unusableFile(path: path, why: error.what)
    }
  }
}
