import Files
import PlainText
import SecretMemory

/// Git, as far as it reads out the objects of a repository. It is started so that nothing which a repository says runs a program
/// or reaches a network, and so that it writes nothing.
public struct GitObjects {
  private let program: HelperProgram

  /// What comes of an object.
  public enum Piece {
    case begin
    case some(UnsafeRawBufferPointer)
    case end
  }

  /// Finds `git` in PATH.
  ///
  /// - Parameter environment: those variables at least that `HelperProgram.variables` names.
  public init(environment: [String: String]) throws(HelperError) {
    let own = [
      // Neither the person's settings nor the system's: they may name programs.
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_OPTIONAL_LOCKS": "0",
      "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1",
    ]
    program = try HelperProgram.find(
      "git", environment: environment.merging(own) { $1 }, handingOn: Set(own.keys))
  }

  /// Reads all contents of files and all messages of commits that a repository has, one after the other.
  ///
  /// - Parameters:
  ///   - repository: the folder in which it keeps its objects, such as `.git`.
  ///   - take: gets an object's id and a piece of it, which it must not keep.
  public func read(
    of repository: String, _ take: (String, Piece) -> Void
  ) throws(HelperError) {
    var reader = ObjectReader()
    let room: WorkRoom
    do throws(SecretMemoryError) { room = try WorkRoom(capacity: 1 << 16) } catch { throw .memory(error) }
    try run(repository, ["cat-file", "--batch", "--batch-all-objects", "--unordered", "--buffer"]) {
      pipe throws(HelperError) in
      let count = Child.read(&pipe, into: room.bytes)
      defer { room.wipe(count) }
      try reader.read(UnsafeRawBufferPointer(rebasing: room.bytes[..<max(count, 0)]), take)
      return true
    }
    guard reader.isBetween else { throw .failed(why: "git ended in the middle of an object") }
  }

  /// Under which path each of some objects stands in a commit, where one does.
  public func names(of objects: Set<String>, in repository: String) throws(HelperError) -> [String: String] {
    var names: [String: String] = [:]
    var line: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 1 << 16)
    try run(repository, ["rev-list", "--objects", "--all", "--reflog"]) { pipe throws(HelperError) in
      let count = room.withUnsafeMutableBytes { Child.read(&pipe, into: $0) }
      for byte in room.prefix(max(count, 0)) {
        if byte != 0x0A {
          line.append(byte)
          continue
        }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 1).map(String.init)
        if words.count == 2, objects.contains(words[0]), names[words[0]] == nil { names[words[0]] = words[1] }
        line = []
      }
      return true
    }
    return names
  }

  // MARK: - Private

  /// How long it may take, in seconds: a large repository takes minutes.
  private static let patience = 3600

  private func run(
    _ repository: String, _ arguments: [String], _ take: (inout Int32) throws(HelperError) -> Bool
  ) throws(HelperError) {
    let settings = [
      "core.hooksPath=/dev/null", "core.fsmonitor=false", "protocol.allow=never",
      // Whose files are searched has been settled before.
      "safe.directory=\(repository)",
    ]
    let all = ["--git-dir=\(repository)", "--no-pager"] + settings.flatMap { ["-c", $0] } + arguments
    let room: WorkRoom
    do throws(SecretMemoryError) { room = try WorkRoom(capacity: HelperProgram.errorRoom) } catch {
      throw .memory(error)
    }
    let ended = try program.converse(
      all, UnsafeRawBufferPointer(start: nil, count: 0), room.bytes, seconds: GitObjects.patience, take)
    guard ended.status == 0 else {
      let said = String(decoding: room.bytes.prefix(ended.errors), as: UTF8.self).split(separator: "\n").first
      throw .failed(why: "git ended with status \(ended.status)" + (said.map { ": \($0)" } ?? ""))
    }
  }
}

/// Takes apart what `git cat-file --batch` prints: `ID KIND SIZE`, so many bytes, a line end.
private struct ObjectReader {
  private var head: [UInt8] = []
  private var object = ""
  private var isWanted = false
  /// How many bytes of the object are still to come, without the line end behind them; nil in a head.
  private var left: Int?

  /// Whether all objects that began have ended.
  var isBetween: Bool { left == nil && head.isEmpty }

  mutating func read(
    _ bytes: UnsafeRawBufferPointer, _ take: (String, GitObjects.Piece) -> Void
  ) throws(HelperError) {
    var place = 0
    while place < bytes.count {
      guard let left else {
        let byte = bytes[place]
        place += 1
        if byte == 0x0A { try begin(take) } else { head.append(byte) }
        guard head.count < 256 else { throw .failed(why: "git says what it should not") }
        continue
      }
      if left == 0 {
        if isWanted { take(object, .end) }
        self.left = nil
        // The line end behind it.
        place += 1
        continue
      }
      let count = min(left, bytes.count - place)
      if isWanted { take(object, .some(UnsafeRawBufferPointer(rebasing: bytes[place..<place + count]))) }
      place += count
      self.left = left - count
    }
  }

  private mutating func begin(_ take: (String, GitObjects.Piece) -> Void) throws(HelperError) {
    let words = String(decoding: head, as: UTF8.self).split(separator: " ").map(String.init)
    if words.last == "missing" {
      head = []
      return
    }
    guard words.count == 3, let size = Int(words[2]), size >= 0 else {
      throw .failed(why: "git says what it should not")
    }
    head = []
    (object, left) = (words[0], size)
    isWanted = ["blob", "commit", "tag"].contains(words[1])
    if isWanted { take(object, .begin) }
  }
}
