import Files
import Glibc

/// The folder of a person's records, one file `RUN.jsonl` for each run.
///
/// `prepare` and `create` make it, mode 0700. A folder that is a link, belongs to another user or can be written by others
/// is refused each time it is used, and so is a record that is not a plain file of the user's own with one name.
public struct RecordFolder: Sendable {
  /// Where it lies, for example `~/.local/share/keyusher/records` written out.
  public let path: String

  public init(path: String) { self.path = path }

  /// The ids of the runs that have a record here, sorted; none if the folder does not exist yet.
  public func runs() throws(JournalError) -> [String] {
    guard let folder = try openIfPresent() else { return [] }
    do throws(FileError) {
      return try folder.names().filter { $0.hasSuffix(RecordFolder.suffix) }
        .map { String($0.dropLast(RecordFolder.suffix.count)) }.filter(RunID.isWellFormed).sorted()
    } catch {
      throw JournalError(error, ofFolder: path)
    }
  }

  /// The ids of the records that are about an operation on a key, sorted; of each no more than its beginning is read.
  public func operations() throws(JournalError) -> [String] {
    try runs().filter { id in
      let start = try? reading(id) { file throws(FileError) in try file.readStart(most: RecordFolder.longestHeader) }
      let line = start.flatMap { JournalBytes($0).lines.first }.flatMap { JournalLine(parsing: $0) }
      return line.flatMap { try? RunHeader(Fields(parsing: $0.payload)) }?.operation != nil
    }
  }

  /// Whether a run has a record here.
  public func has(_ run: String) throws(JournalError) -> Bool {
    let name = try fileName(of: run)
    guard let folder = try openIfPresent() else { return false }
    do throws(FileError) { return try folder.contains(name) } catch { throw JournalError(error, of: run) }
  }

  /// The ids of the runs, sorted, each with what tells whether its file is still the same; nil where that can't be looked at.
  ///
  /// - Parameter moment: now, by the clock of files.
  public func marks(at moment: Int = RecordMark.now) throws(JournalError) -> [(run: String, mark: RecordMark?)] {
    guard let folder = try openIfPresent() else { return [] }
    return try runs().map { run in
      (run, (try? folder.status(of: run + RecordFolder.suffix)).map { RecordMark(of: $0, at: moment) })
    }
  }

  /// Makes the folder if there is none, and refuses one that others could change: before anything is asked that could not be
  /// kept there.
  public func prepare() throws(JournalError) { _ = try openMaking() }

  /// Where the record of a run lies.
  public func path(of run: String) -> String {
    path.hasSuffix("/") ? path + run + RecordFolder.suffix : "\(path)/\(run)\(RecordFolder.suffix)"
  }

  // MARK: - For the journal

  static let suffix = ".jsonl"

  /// How many bytes hold the header of each operation.
  private static let longestHeader = 16_384

  func fileName(of run: String) throws(JournalError) -> String {
    guard RunID.isWellFormed(run) else { throw .malformedRunID(run) }
    return run + RecordFolder.suffix
  }

  /// Opens the folder, and makes it and the folders above it, if it does not exist.
  func openMaking() throws(JournalError) -> OpenFolder {
    if let folder = try openIfPresent() { return folder }
    do throws(FileError) { return try OpenFolder.making(path) } catch {
      throw JournalError(error, ofFolder: error.path)
    }
  }

  /// Opens the folder if it exists, and refuses it if others could change what is in it.
  func openIfPresent() throws(JournalError) -> OpenFolder? {
    do throws(FileError) { return try OpenFolder.ours(path) } catch { throw JournalError(error, ofFolder: path) }
  }

  typealias Opened = (folder: OpenFolder, file: Descriptor)

  /// Opens the record of a run for reading or appending, and refuses what somebody else could have put there.
  func openFile(of run: String, flags: Int32) throws(JournalError) -> Opened {
    let name = try fileName(of: run)
    guard let folder = try openIfPresent() else { throw .noSuchRun(run, folder: path) }
    let file: Descriptor
    let status: stat
    do throws(FileError) {
      // Without O_NONBLOCK a pipe under the name of a record would hold us for ever.
      file = try Descriptor(name, in: folder, flags: flags | O_NONBLOCK)
      try file.requirePlain()
      try file.requireOurs()
      status = try file.status()
    } catch {
      throw error.number == ENOENT ? .noSuchRun(run, folder: path) : JournalError(error, of: run)
    }
    guard status.st_nlink <= 1 else { throw .hasOtherNames(run) }
    return (folder, file)
  }

  /// Opens the record of a run, and reads of it.
  func reading<Result>(
    _ run: String, _ read: (Descriptor) throws(FileError) -> Result
  ) throws(JournalError) -> Result {
    let opened = try openFile(of: run, flags: O_RDONLY)
    return try telling(of: run) { () throws(FileError) in try read(opened.file) }
  }
}
