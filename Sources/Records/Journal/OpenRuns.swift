import Files

/// Which runs had not ended when all records were last looked at, in `index/open`: a greeting must not look at all.
///
/// It holds while the folder is the same, since a run that has ended has done so for ever. Who makes a record adds it.
/// Only where the record of a run that has ended is written over in its place is nothing seen of that, until a list looks
/// at all records again.
extension RecordFolder {
  /// The runs that may not have ended, if that was written down and no record came or went since; nil: nobody knows.
  public func openRuns() -> [String]? {
    (try? openIfPresent()).flatMap { OpenRuns(in: $0) }?.runs
  }

  /// Writes down which runs may not have ended.
  ///
  /// - Parameter mark: the folder as it was before they were looked for.
  public func keepOpenRuns(_ runs: [String], since mark: RecordMark) {
    guard mark.isSettled, runs.count <= OpenRuns.most, openRuns() != runs else { return }
    index(OpenRuns.file, since: mark) { now in OpenRuns(mark: now, runs: runs).text }
  }
}

struct OpenRuns {
  static let file = "open"
  static let most = 1000
  private static let version = "1"

  var mark: RecordMark
  var runs: [String]

  init(mark: RecordMark, runs: [String]) { (self.mark, self.runs) = (mark, runs) }

  /// Reads what was written down; nil if it does not hold any more.
  init?(in folder: OpenFolder) {
    guard let bytes = RecordFolder.indexed(OpenRuns.file, in: folder) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 5, lines[0] == OpenRuns.version, lines[4].isEmpty,
      let mark = RecordMark(numbers: lines[1].split(separator: " ").compactMap { Int($0) })
    else { return nil }
    self.init(mark: mark, runs: lines[2].split(separator: " ").map(String.init))
    guard text == bytes, mark == folder.mark(), runs.allSatisfy(RunID.isWellFormed) else { return nil }
  }

  var text: [UInt8] {
    let numbers = mark.numbers.map(String.init).joined(separator: " ")
    let lines = "\(OpenRuns.version)\n\(numbers)\n\(runs.joined(separator: " "))\n"
    return Array("\(lines)\(hexadecimalSHA256(of: Array(lines.utf8)))\n".utf8)
  }
}

/// Adds a new record to what is written down, if that holds. Then whoever makes one has the lock of those who write the
/// index, until this goes: they do not see what others make meanwhile.
struct NewRunNote {
  private let folder: OpenFolder
  private let lock: FileLock?
  /// Nil if nothing was written down that can be kept true.
  private var open: OpenRuns?
  private let began = ContinuousClock.now
  /// How long a new run may wait for it, in milliseconds.
  private static let patience = 200

  init(in folder: OpenFolder) {
    self.folder = folder
    // What does not hold now is not made to hold: nobody waits for that.
    guard OpenRuns(in: folder) != nil else {
      lock = nil
      return
    }
    lock = try? FileLock(folder, milliseconds: NewRunNote.patience)
    open = lock == nil ? nil : OpenRuns(in: folder)
  }

  /// Takes the folder as it is now, just after the record came into it.
  mutating func take(_ run: String) {
    guard let mark = folder.mark(), let runs = open?.runs else { return }
    open = OpenRuns(mark: mark, runs: (runs + [run]).sorted())
  }

  func keep() {
    defer { withExtendedLifetime(lock) {} }
    guard let open, open.runs.count <= OpenRuns.most,
      // Those who waited in vain have made theirs.
      began.duration(to: .now) < .milliseconds(NewRunNote.patience / 2),
      let index = try? OpenFolder.ours(RecordFolder.index, in: folder)
    else { return }
    RecordFolder.put(open.text, as: OpenRuns.file, in: index)
  }
}
