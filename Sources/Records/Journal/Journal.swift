public import FlowCore
import Glibc

/// Gives as many random bytes as asked for: the system's, or pinned ones for a test.
public typealias RandomBytes = @Sendable (_ count: Int) -> [UInt8]

/// The journal of one run, open for appending by this process alone.
///
/// The lock goes with the object. What is appended stands in the file whole or not at all.
public final class Journal {
  public let run: String
  /// How many lines stand in the file, the header's among them.
  public private(set) var lineCount: Int
  /// How often bytes were handed to the system, and how many: what appending costs.
  private(set) var written = (writes: 0, bytes: 0)

  /// The chain of the last line, in hexadecimal.
  public var finalDigest: String { chain.hex }

  private let file: Descriptor
  private let folder: Descriptor
  private let random: RandomBytes
  private var chain: Digest
  private var length: Int
  private var hasStopped = false

  fileprivate init(
    run: String, folder: Descriptor, file: Descriptor, chain: Digest, lineCount: Int, length: Int,
    random: @escaping RandomBytes
  ) {
    self.run = run
    self.folder = folder
    self.file = file
    self.chain = chain
    self.lineCount = lineCount
    self.length = length
    self.random = random
  }

  /// Appends events, a line each, in one write; nothing of them stands in the file if that fails.
  ///
  /// The flow says what each answer is worth, for the file's human readers. `durable` returns only once the lines are on the
  /// disk: what an effect follows from must be there before the effect runs.
  public func append(_ events: [Event], at moment: Timestamp, in flow: Flow, durable: Bool = true)
    throws(JournalError)
  {
    let payloads = events.enumerated().map { index, event in
      var fields = event.fields(at: moment, in: flow)
      fields.dropTag(ofLine: lineCount + index + 1)
      return fields
    }
    try append(payloads, durable: durable)
  }

  func append(_ payloads: [Fields], durable: Bool) throws(JournalError) {
    guard !hasStopped else { throw .stopped(run) }
    guard !payloads.isEmpty else { return }
    var next = chain
    var bytes: [UInt8] = []
    for (index, payload) in payloads.enumerated() {
      let salt = random(JournalLine.saltByteCount)
      guard salt.count == JournalLine.saltByteCount else { throw .saltMissing(run) }
      let line = JournalLine(
        number: lineCount + index + 1, after: next, salt: salt, payload: payload.rendered)
      next = line.chain
      bytes += line.rendered
    }
    do {
      try file.writeAll(bytes)
      if durable { try file.syncContents() }
    } catch {
      do { try file.truncate(to: length) } catch { hasStopped = true }
      throw error
    }
    written = (written.writes + 1, written.bytes + bytes.count)
    length += bytes.count
    lineCount += payloads.count
    chain = next
  }

  /// Cuts what stands after the last whole line.
  func cutTail() throws(JournalError) {
    try file.truncate(to: length)
    try file.sync()
  }

  /// Puts a new text in the place of the whole file, at once: whoever looks sees the old or the new one.
  ///
  /// The lock was on the old file, so that nothing can be appended through this object afterwards.
  func replaceFile(with bytes: [UInt8]) throws(JournalError) {
    let name = run + RecordFolder.suffix
    let temporary = name + ".new"
    hasStopped = true
    do throws(JournalError) {
      if unlinkat(folder.number, temporary, 0) != 0, errno != ENOENT { throw file.subject.failure(.replace) }
      let new = try Descriptor(
        temporary, in: folder, for: file.subject, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
      try new.setMode(0o600)
      try new.writeAll(bytes)
      try new.sync()
      guard renameat(folder.number, temporary, folder.number, name) == 0 else {
        throw file.subject.failure(.replace)
      }
    } catch {
      unlinkat(folder.number, temporary, 0)
      throw error
    }
    try folder.sync()
  }
}

extension RecordFolder {
  /// Makes the journal of a new run, mode 0600, with its header on the disk.
  ///
  /// Throws `runExists` if the header's id is taken: the caller tries another.
  public func create(_ header: RunHeader, random: @escaping RandomBytes) throws(JournalError) -> Journal {
    let name = try fileName(of: header.run)
    let folder = try openMaking()
    let file: Descriptor
    do {
      file = try Descriptor(
        name, in: folder, for: .run(header.run), flags: O_RDWR | O_APPEND | O_CREAT | O_EXCL, mode: 0o600)
    } catch .failed(_, _, EEXIST) {
      throw .runExists(header.run)
    }
    let journal = Journal(
      run: header.run, folder: folder, file: file, chain: .zero, lineCount: 0, length: 0, random: random)
    do {
      try file.lock()
      try file.setMode(0o600)
      try folder.sync()
      try journal.append([header.fields], durable: true)
    } catch {
      // Nothing of the run is worth keeping: the file must not stay behind as a record without a header.
      unlinkat(folder.number, name, 0)
      throw error
    }
    return journal
  }

  /// Opens the journal of a run for appending, and cuts a torn last line: `contents.tornBytes` says how much.
  ///
  /// Throws `inUse` if another process has it open.
  public func open(_ run: String, random: @escaping RandomBytes) throws(JournalError) -> (
    journal: Journal, contents: JournalContents
  ) {
    let (journal, contents) = try openUncut(run, random: random)
    if contents.tornBytes > 0 { try journal.cutTail() }
    return (journal, contents)
  }

  /// Opens the journal of a run, and leaves a torn last line: `cutTail` cuts it, before anything is appended.
  func openUncut(_ run: String, random: @escaping RandomBytes) throws(JournalError) -> (
    journal: Journal, contents: JournalContents
  ) {
    let (folder, file) = try openLocked(run)
    let contents = try JournalContents(of: run, file.readAll())
    let journal = Journal(
      run: run, folder: folder, file: file, chain: contents.lines.last?.chain ?? .zero,
      lineCount: contents.lines.count, length: contents.intactLength, random: random)
    return (journal, contents)
  }

  // MARK: - Private

  private func openLocked(_ run: String) throws(JournalError) -> (folder: Descriptor, file: Descriptor) {
    let (folder, file) = try openFile(of: run, flags: O_RDWR | O_APPEND)
    try file.lock()
    // Between opening and locking, a redaction may have put another file in the place of this one.
    let (_, now) = try openFile(of: run, flags: O_RDONLY)
    guard try file.status().isSameFile(as: now.status()) else { throw .inUse(run) }
    return (folder, file)
  }
}
