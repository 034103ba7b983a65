import Files
import Glibc

/// The texts of the flows that runs began with, as they were bound: each once, beside the records that name it, as
/// `flows/DIGEST.yaml`, mode 0600.
///
/// The digest is the SHA-256 of the text. The header of a record names it, so that the chain covers the text, too. A text is on
/// the disk before the header that names it, and is never written again. One that no header names does no harm: it is left by
/// a kill between the two, or by records that were taken away, and is there for the next run of that flow.
struct FlowTexts {
  let records: OpenFolder
  /// Whether what somebody else could have put there is refused, and not only what is not as its digest says.
  let areOurs: Bool

  static let folder = "flows"
  /// More is no text of a flow.
  private static let mostBytes = 64 << 20

  static func name(of digest: String) -> String { digest + ".yaml" }

  /// The text that a header names. What is not what its digest says is refused.
  func text(of header: RunHeader) throws(JournalError) -> String {
    guard let digest = header.flowDigest else { throw .noHeader(header.run) }
    guard let text = FlowTexts.text(try bytes(digest, of: header), of: digest) else {
      throw .noFlowText(header.run, flow: header.flowID, .changed(path(of: digest)))
    }
    return text
  }

  /// Puts a text where its digest says, unless it is there already; it is on the disk when this returns.
  func keep(_ text: String, of header: RunHeader) throws(JournalError) {
    guard let digest = header.flowDigest else { return }
    let name = FlowTexts.name(of: digest)
    do throws(FileError) {
      let flows = try records.making(FlowTexts.folder)
      // Of two that begin a run of the flow at once each has a name of its own for it: the first one's stays.
      if try !flows.contains(name) {
        let fresh = try FreshFile(Array(text.utf8), under: "\(name).new-\(getpid())", in: flows)
        if try fresh.place(as: name, replacing: false) { return }
      }
      // Whoever put it there may not have come to this yet.
      try flows.syncChange()
    } catch {
      throw .flowTextNotKept(error)
    }
    guard try bytes(digest, of: header).elementsEqual(text.utf8) else {
      throw .noFlowText(header.run, flow: header.flowID, .changed(path(of: digest)))
    }
  }

  /// The text that bytes are, if they are what a digest says.
  static func text(_ bytes: [UInt8], of digest: String) -> String? {
    guard hexadecimalSHA256(of: bytes) == digest else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  // MARK: - Private

  private func path(of digest: String) -> String {
    "\(records.path)/\(FlowTexts.folder)/\(FlowTexts.name(of: digest))"
  }

  /// The bytes under a digest, whatever they are.
  private func bytes(_ digest: String, of header: RunHeader) throws(JournalError) -> [UInt8] {
    let bytes: [UInt8]?
    do throws(FileError) { bytes = try read(digest) } catch {
      // The system's trouble of the moment says nothing of the text.
      if let number = error.number, ![EISDIR, ENXIO, ENODEV].contains(number) { throw .flowTextNotRead(error) }
      throw .noFlowText(header.run, flow: header.flowID, .unusable(error.path, error.why))
    }
    guard let bytes else { throw .noFlowText(header.run, flow: header.flowID, .missing(path(of: digest))) }
    return bytes
  }

  /// The bytes under a digest; nil if there are none.
  private func read(_ digest: String) throws(FileError) -> [UInt8]? {
    let name = FlowTexts.name(of: digest)
    if areOurs {
      guard let flows = try OpenFolder.ours(FlowTexts.folder, in: records) else { return nil }
      return try flows.openFile(name)?.read(most: FlowTexts.mostBytes)
    }
    do throws(FileError) {
      let flows = try OpenFolder(FlowTexts.folder, in: records)
      // Without O_NONBLOCK a pipe of that name would hold us for ever.
      let file = try Descriptor(name, in: flows, flags: O_RDONLY | O_NONBLOCK)
      try file.requirePlain()
      return try file.read(most: FlowTexts.mostBytes)
    } catch {
      guard error.number == ENOENT else { throw error }
      return nil
    }
  }
}

extension RecordFolder {
  /// The text of the flow that a run began with, as its header carries it or names it.
  public func flowText(of header: RunHeader) throws(JournalError) -> String {
    if let text = header.flowText { return text }
    guard let folder = try openIfPresent() else { throw .noSuchRun(header.run, folder: path) }
    return try FlowTexts(records: folder, areOurs: true).text(of: header)
  }

  /// What tells whether the file with the text of a flow is still the same; nil if there is none here.
  public func flowTextMark(of digest: String, at moment: Int = RecordMark.now) -> RecordMark? {
    guard let folder = try? openIfPresent(), let flows = try? OpenFolder.ours(FlowTexts.folder, in: folder),
      let status = try? flows.status(of: FlowTexts.name(of: digest))
    else { return nil }
    return RecordMark(of: status, at: moment)
  }

  /// A record as it is handed over: as it stands in the file, behind a line with its flow's text where its header has none.
  public func handedOver(_ run: String, with text: String?) throws(JournalError) -> [UInt8] {
    try JournalBytes(bytes(of: run)).carrying(text)
  }
}

extension RecordFile {
  /// The text of the flow that the run began with, as the file carries it, or as it lies beside it.
  public func flowText(of header: RunHeader) throws(JournalError) -> String {
    if let text = header.flowText { return text }
    let folder: OpenFolder
    do throws(FileError) { folder = try OpenFolder(parted(path).folder, followsLink: true) } catch {
      throw JournalError(error, of: path)
    }
    return try FlowTexts(records: folder, areOurs: false).text(of: header)
  }

  /// The record as it is handed over once more.
  public func handedOver(with text: String?) throws(JournalError) -> [UInt8] {
    try JournalBytes(bytes()).carrying(text)
  }
}
