import CProcess
import CTerminal
import Glibc
import SecretMemory
import Terminal

/// The environment that the program gets: the caller's own, or a small part of it, and what `exec` adds.
///
/// Values are never text: those of the caller stay where they are, those that are added lie in guarded memory.
struct ProgramEnvironment {
  /// What is left of the caller's environment with `--pristine`: what says where one is, and in which language.
  static let pristine: Set = [
    "HOME", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "TZ",
    "USER",
  ]

  private let isPristine: Bool
  private var added: [(name: String, value: SecretBytes)] = []
  private var dropped: Set<String> = []

  init(isPristine: Bool) { self.isPristine = isPristine }

  mutating func add(_ name: String, _ value: SecretBytes) { added.append((name, value)) }

  mutating func add(_ name: String, _ text: String) throws {
    added.append((name, try SecretBytes(copying: Array(text.utf8))))
  }

  /// Leaves a variable of the caller's out.
  mutating func drop(_ name: String) { dropped.insert(name) }

  /// The names that the caller has set already, and that would be set anew.
  var collisions: [String] {
    let inherited = Set(entries.map { ProgramEnvironment.name(of: $0) })
    return added.map(\.name).filter { inherited.contains($0) }
  }

  /// Becomes the program; returns only if that failed, with the number of the error.
  ///
  /// Handlers go, what is ignored stays ignored, no signal is held back, the core limit and the standard descriptors are as
  /// the caller had them, and of the others only those in `descriptors` stay open.
  func run(_ program: Program, descriptors: Descriptors) throws -> Int32 {
    let names = Set(added.map(\.name))
    let kept = entries.filter { !names.contains(ProgramEnvironment.name(of: $0)) }
    let block = try SecretBytes(capacity: 1024)
    var offsets: [Int] = []
    for (name, value) in added {
      offsets.append(block.count)
      try block.append(contentsOf: "\(name)=".utf8)
      try block.append(contentsOf: value)
      try block.append(0)
    }
    kp_default_signals()
    // One that came while the handlers stood, and that nobody has taken, is the program's end before its beginning.
    while case let signal = kt_next_signal(), signal > 0 {
      if ![SIGWINCH, SIGCONT].contains(signal) { Signals.raiseAgain(signal) }
    }
    descriptors.shutOut()
    kt_unguard_process()
    return block.withBytes { bytes in
      var pointers = kept.map { Optional($0) }
      for offset in offsets {
        pointers.append(
          bytes.baseAddress.map { UnsafeMutablePointer(mutating: ($0 + offset).assumingMemoryBound(to: CChar.self)) })
      }
      pointers.append(nil)
      return program.withArguments { kp_replace($0, pointers) }
    }
  }

  // MARK: - Private

  /// What the program gets of the caller's environment.
  private var entries: [UnsafeMutablePointer<CChar>] {
    var entries: [UnsafeMutablePointer<CChar>] = []
    guard var next = kp_environment() else { return [] }
    while let entry = next.pointee {
      let name = ProgramEnvironment.name(of: entry)
      if !dropped.contains(name), !isPristine || ProgramEnvironment.pristine.contains(name) { entries.append(entry) }
      next += 1
    }
    return entries
  }

  private static func name(of entry: UnsafeMutablePointer<CChar>) -> String {
    let length = strcspn(entry, "=")
    return String(decoding: UnsafeRawBufferPointer(start: entry, count: length), as: UTF8.self)
  }
}
