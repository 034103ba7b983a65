import CProcess
import Glibc

/// The program that `exec` becomes: its words, as they stand on the command line.
struct Program {
  /// The program and its arguments.
  let words: [String]

  var name: String { words.first ?? "" }

  /// Throws if no such program can be found, before anybody is asked for a passphrase.
  ///
  /// - Parameter path: the caller's PATH; nil if there is none.
  func check(path: String?) throws {
    guard !name.isEmpty else {
      throw CommandError(
        "no program is named, so there is nothing to run",
        hints: ["keyusher exec NAME -- PROGRAM ARGUMENTS"], status: .execFailed)
    }
    if name.contains("/") {
      guard access(name, F_OK) == 0 else { throw Program.failure(name, errno) }
      return
    }
    // As the C library looks for it; an empty entry is the working folder.
    let folders = (path ?? "/bin:/usr/bin").split(separator: ":", omittingEmptySubsequences: false)
    guard folders.contains(where: { access(($0.isEmpty ? "." : $0) + "/" + name, F_OK) == 0 }) else {
      throw Program.failure(name, ENOENT)
    }
  }

  /// Why it can't be run, with the exit status that `env` has for it.
  static func failure(_ name: String, _ number: Int32) -> CommandError {
    let why = String(cString: strerror(number))
    if number == ENOENT {
      return CommandError(
        name.contains("/") ? "can't run '\(name)': \(why)" : "there is no program '\(name)' in PATH",
        hints: ["check the name, or give the program's whole path"], status: .notFound)
    }
    return CommandError(
      "can't run '\(name)': \(why)",
      hint: number == EACCES ? "a program needs the right to be executed: chmod +x" : "check what kind of file it is",
      status: .notExecutable)
  }

  /// Lends the words as execve takes them: those of the command line itself where they are its end, since an argument need
  /// not be well-formed text.
  func withArguments<Result>(_ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result) -> Result {
    let given = commandLine
    if given.count > words.count, given.suffix(words.count).map({ String(cString: $0) }).elementsEqual(words) {
      return body(kp_words() + (given.count - words.count))
    }
    var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { body($0) }
    } ?? withUnsafePointer(to: nil) { body($0) }
  }
}

/// The descriptors that the caller opened: those are the program's too, and no others.
struct Descriptors {
  private var isOpen: [UInt8]

  /// Those that are open now; to be taken before the first file is opened.
  init() {
    isOpen = [UInt8](repeating: 0, count: Int(KP_DESCRIPTORS))
    kp_open_descriptors(&isOpen, isOpen.count)
  }

  /// Keeps one from the program that the caller opened for this one alone.
  mutating func withhold(_ descriptor: Int32) {
    if isOpen.indices.contains(Int(descriptor)), descriptor > 2 { isOpen[Int(descriptor)] = 0 }
  }

  /// Adds one that is made for the program.
  mutating func grant(_ descriptor: Int32) {
    if isOpen.indices.contains(Int(descriptor)) { isOpen[Int(descriptor)] = 1 }
  }

  /// Has all others closed when the program begins.
  func shutOut() { kp_shut_out(isOpen, isOpen.count) }
}
