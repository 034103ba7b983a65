import Files
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
  private let folder: OpenFolder
  private let lock: FileLock
  private let random: RandomBytes
  private var chain: Digest
  private var length: Int
  private var hasStopped = false

  fileprivate init(
    run: String, _ opened: RecordFolder.Opened, lock: FileLock, chain: Digest, lineCount: Int, length: Int,
    random: @escaping RandomBytes
  ) {
    self.run = run
    (folder, file) = opened
    self.lock = lock
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
    do throws(FileError) {
      try file.write(bytes)
      if durable { try file.syncContents() }
    } catch {
      do throws(FileError) { try file.truncate(to: length) } catch { hasStopped = true }
      throw JournalError(error, of: run)
    }
    written = (written.writes + 1, written.bytes + bytes.count)
    length += bytes.count
    lineCount += payloads.count
    chain = next
  }

  /// Cuts what stands after the last whole line.
  func cutTail() throws(JournalError) {
    try telling(of: run) { () throws(FileError) in
      try file.truncate(to: length)
      try file.sync()
    }
  }

  /// Puts a new text in the place of the whole file, at once: whoever looks sees the old or the new one.
  ///
  /// The lock was on the old file, so that nothing can be appended through this object afterwards.
  func replaceFile(with bytes: [UInt8]) throws(JournalError) {
    let name = run + RecordFolder.suffix
    hasStopped = true
    try telling(of: run) { () throws(FileError) in
      _ = try FreshFile(bytes, under: name + ".new", in: folder).place(as: name, replacing: true)
    }
  }
}

extension RecordFolder {
  /// Makes the journal of a new run, mode 0600, with its header on the disk, and before that the text of the flow that it names.
  ///
  /// Throws `runExists` if the header's id is taken.
  public func create(_ header: RunHeader, random: @escaping RandomBytes) throws(JournalError) -> Journal {
    let run = header.run
    let name = try fileName(of: run)
    let folder = try openMaking()
    if let text = header.flowText { try FlowTexts(records: folder, areOurs: true).keep(text, of: header) }
    var note = NewRunNote(in: folder)
    let file: Descriptor
    do throws(FileError) {
      file = try Descriptor(name, in: folder, flags: O_RDWR | O_APPEND | O_CREAT | O_EXCL, mode: 0o600)
    } catch {
      throw error.number == EEXIST ? .runExists(run) : JournalError(error, of: run)
    }
    note.take(run)
    do throws(JournalError) {
      let lock = try lock(file, of: run)
      let journal = Journal(
        run: run, (folder, file), lock: lock, chain: .zero, lineCount: 0, length: 0, random: random)
      try telling(of: run) { () throws(FileError) in
        try file.setMode(0o600)
        try folder.syncChange()
      }
      try journal.append([header.fields], durable: true)
      note.keep()
      return journal
    } catch {
      // Nothing of the run is worth keeping: the file must not stay behind as a record without a header.
      _ = try? folder.delete(name)
      throw error
    }
  }

  /// Opens the journal of a run for appending, and cuts a torn last line: `contents.tornBytes` says how much.
  ///
  /// Throws `inUse` if another process has it open.
  public func open(_ run: String, random: @escaping RandomBytes) throws(JournalError) -> (
    journal: Journal, contents: JournalContents
  ) {
    let (journal, contents) = try openUncut(run, random: random)
    dropShortLived()
    if contents.tornBytes > 0 { try journal.cutTail() }
    return (journal, contents)
  }

  /// Opens the journal of a run, and leaves a torn last line: `cutTail` cuts it, before anything is appended.
  ///
  /// - Parameter read: what it says, of its bytes; nil for what every reader takes of them.
  func openUncut(
    _ run: String, random: @escaping RandomBytes, read: ((_ bytes: [UInt8]) -> JournalContents?)? = nil
  ) throws(JournalError) -> (journal: Journal, contents: JournalContents) {
    let opened = try openFile(of: run, flags: O_RDWR | O_APPEND)
    let lock = try lock(opened.file, of: run)
    // Between opening and locking, a redaction may have put another file in the place of this one.
    let now = try openFile(of: run, flags: O_RDONLY)
    let (isSame, bytes) = try telling(of: run) { () throws(FileError) in
      (try opened.file.status().isSameFile(as: now.file.status()), try opened.file.read())
    }
    guard isSame else { throw .inUse(run) }
    let contents: JournalContents
    if let read = read?(bytes) { contents = read } else { contents = try JournalContents(of: run, bytes) }
    let journal = Journal(
      run: run, opened, lock: lock, chain: contents.lines.last?.chain ?? .zero, lineCount: contents.lines.count,
      length: contents.intactLength, random: random)
    return (journal, contents)
  }

  // MARK: - Private

  /// Takes the lock that only one process can have. Throws `inUse` if another has it.
  private func lock(_ file: Descriptor, of run: String) throws(JournalError) -> FileLock {
    guard let lock = try telling(of: run, { () throws(FileError) in try FileLock(file) }) else { throw .inUse(run) }
    return lock
  }
}
