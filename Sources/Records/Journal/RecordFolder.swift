import Glibc

/// The folder of a person's records, one file `RUN.jsonl` for each run.
///
/// It is made on the first `create`, mode 0700. A folder that is a link, belongs to another user or can be written by others
/// is refused each time it is used, and so is a record that is not a plain file of the user's own with one name.
public struct RecordFolder: Sendable {
  /// Where it lies, for example `~/.local/share/keyusher/records` written out.
  public let path: String

  public init(path: String) { self.path = path }

  /// The ids of the runs that have a record here, sorted; none if the folder does not exist yet.
  public func runs() throws(JournalError) -> [String] {
    guard let folder = try openIfPresent() else { return [] }
    let copy = dup(folder.number)
    guard copy >= 0, let listing = fdopendir(copy) else {
      let failure = folder.subject.failure(.list)
      if copy >= 0 { close(copy) }
      throw failure
    }
    defer { closedir(listing) }
    var runs: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      guard name.hasSuffix(RecordFolder.suffix) else { continue }
      let run = String(name.dropLast(RecordFolder.suffix.count))
      if RunID.isWellFormed(run) { runs.append(run) }
    }
    return runs.sorted()
  }

  /// Where the record of a run lies.
  public func path(of run: String) -> String { "\(trimmedPath)/\(run)\(RecordFolder.suffix)" }

  // MARK: - For the journal

  static let suffix = ".jsonl"

  func fileName(of run: String) throws(JournalError) -> String {
    guard RunID.isWellFormed(run) else { throw .malformedRunID(run) }
    return run + RecordFolder.suffix
  }

  /// Opens the folder, and makes it and the folders above it, if it does not exist.
  func openMaking() throws(JournalError) -> Descriptor {
    if let folder = try openIfPresent() { return folder }
    try make(trimmedPath)
    guard let folder = try openIfPresent() else { throw .folderFailed(path, action: .create, code: ENOENT) }
    return folder
  }

  /// Opens the folder if it exists, and refuses it if others could change what is in it.
  func openIfPresent() throws(JournalError) -> Descriptor? {
    let folder: Descriptor
    do {
      folder = try Descriptor(trimmedPath, for: .folder(path: path), flags: O_RDONLY | O_DIRECTORY)
    } catch .folderFailed(_, _, ENOENT) {
      return nil
    } catch .folderFailed(_, _, ENOTDIR), .folderFailed(_, _, ELOOP) {
      throw .folderIsNoFolder(path)
    }
    let status = try folder.status()
    guard status.isOurs else { throw .folderNotOurs(path) }
    if let mode = status.modeWritableByOthers { throw .folderWritableByOthers(path, mode: mode) }
    return folder
  }

  /// Opens the record of a run for reading or appending, and refuses what somebody else could have put there.
  func openFile(of run: String, flags: Int32) throws(JournalError) -> (folder: Descriptor, file: Descriptor) {
    let name = try fileName(of: run)
    guard let folder = try openIfPresent() else { throw .noSuchRun(run, folder: path) }
    let file: Descriptor
    do {
      // Without O_NONBLOCK a pipe under the name of a record would hold us for ever.
      file = try Descriptor(name, in: folder, for: .run(run), flags: flags | O_NONBLOCK)
    } catch .failed(_, _, ENOENT) {
      throw .noSuchRun(run, folder: path)
    } catch .failed(_, _, let code) where [ELOOP, EISDIR, ENXIO, ENODEV].contains(code) {
      throw .notAPlainFile(run)
    }
    let status = try file.status()
    guard status.isPlainFile else { throw .notAPlainFile(run) }
    guard status.isOurs else { throw .fileNotOurs(run) }
    guard status.st_nlink <= 1 else { throw .hasOtherNames(run) }
    if let mode = status.modeWritableByOthers { throw .fileWritableByOthers(run, mode: mode) }
    return (folder, file)
  }

  // MARK: - Private

  /// The path without slashes at its end: `O_NOFOLLOW` would follow `link/`.
  private var trimmedPath: String {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    return String(trimmed)
  }

  private func make(_ path: String, isRetry: Bool = false) throws(JournalError) {
    let above = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    let subject = Descriptor.Subject.folder(path: path)
    if mkdir(path, 0o700) == 0 {
      // The umask may have taken from the mode, even what we need ourselves.
      guard chmod(path, 0o700) == 0 else { throw subject.failure(.create) }
      let parent = above.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : above + "/."
      try Descriptor(parent, for: subject, flags: O_RDONLY | O_DIRECTORY).sync()
      return
    }
    switch errno {
    case EEXIST: return
    // What a link to nowhere, or a folder of the kernel's, has below it can't be made: one try after its parent was made.
    case ENOENT where !above.isEmpty && !isRetry:
      try make(above)
      try make(path, isRetry: true)
    default: throw subject.failure(.create)
    }
  }
}
