public import Files
import Glibc
public import PlainText

/// Why something can't be done with a folder of records or a journal in it.
public enum JournalError: DescribedError, Equatable {
  // The folder.
  case folderIsNoFolder(String)
  case folderNotOurs(String)
  /// The mode is the last nine bits.
  case folderWritableByOthers(String, mode: UInt32)
  case folderFailed(String, action: Action, code: Int32)

  // The file of a run.
  case malformedRunID(String)
  case noSuchRun(String, folder: String)
  /// The id is taken: try another.
  case runExists(String)
  case inUse(String)
  case notAPlainFile(String)
  case hasOtherNames(String)
  case fileNotOurs(String)
  case fileWritableByOthers(String, mode: UInt32)
  case failed(String, action: Action, code: Int32)
  /// An earlier write failed and could not be undone: this process writes no more.
  case stopped(String)
  /// The caller's random bytes were not as many as asked for.
  case saltMissing(String)

  // Its contents.
  case noHeader(String)
  case unreadable(String, line: Int)
  /// A newer keyusher wrote it; `what` names what is not known.
  case newer(String, line: Int, what: String)

  // The text of a run's flow.
  case noFlowText(String, flow: String, FlowTextFault)
  case flowTextNotKept(FileError)
  case flowTextNotRead(FileError)

  // Redaction.
  case noSuchLine(String, line: Int, last: Int)
  case noFreeText(String, line: Int)
  case alreadyBlank(String, line: Int)
  case wasToBeBlankedOtherwise(String, line: Int)
}

/// Why the text of a flow that a record names can't be had.
public enum FlowTextFault: Equatable, Sendable {
  case missing(String)
  /// It is not what its digest says.
  case changed(String)
  case unusable(String, String)
  /// What the record itself carries is not what its digest says.
  case carriedChanged
}

extension JournalError {
  public typealias Action = FileError.Action

  /// Why the file of a run can't be used.
  init(_ error: FileError, of run: String) {
    switch error.reason {
    case .notOurs: self = .fileNotOurs(run)
    case .writable(let mode): self = .fileWritableByOthers(run, mode: mode)
    case .system(let code) where ![EISDIR, ENXIO, ENODEV].contains(code):
      self = .failed(run, action: error.action, code: code)
    case .notDurable(let code): self = .folderFailed(error.path, action: error.action, code: code)
    default: self = .notAPlainFile(run)
    }
  }

  /// Why the folder of records can't be used.
  init(_ error: FileError, ofFolder path: String) {
    switch error.reason {
    case .notOurs: self = .folderNotOurs(path)
    case .writable(let mode): self = .folderWritableByOthers(path, mode: mode)
    case .system(let code), .notDurable(let code): self = .folderFailed(path, action: error.action, code: code)
    default: self = .folderIsNoFolder(path)
    }
  }
}

/// Does something with the file of a run, and tells what goes wrong as the run's error.
func telling<Result>(
  of run: String, _ body: () throws(FileError) -> Result
) throws(JournalError) -> Result {
  do throws(FileError) { return try body() } catch { throw JournalError(error, of: run) }
}

// MARK: - Words

extension JournalError {
  public var what: String {
    switch self {
    case .folderIsNoFolder(let path): "'\(path)' is a link or a file, not a folder"
    case .folderNotOurs(let path): "the folder '\(path)' belongs to another user"
    case .folderWritableByOthers(let path, let mode):
      "others can write in the folder '\(path)' (mode \(octal(mode)))"
    case .folderFailed(let path, let action, let code): "can't \(action) the folder '\(path)': \(words(code))"
    case .malformedRunID(let run): "'\(run)' can't be the id of a run"
    case .noSuchRun(let run, let folder): "there is no record '\(run)' in '\(folder)'"
    case .runExists(let run): "there is a record '\(run)' already"
    case .inUse(let run): "record '\(run)' is in use by another keyusher"
    case .notAPlainFile(let run): "record '\(run)' is a link or a device, not a plain file"
    case .hasOtherNames(let run): "record '\(run)' is a file with a second name (a hard link)"
    case .fileNotOurs(let run): "record '\(run)' belongs to another user"
    case .fileWritableByOthers(let run, let mode): "others can write to record '\(run)' (mode \(octal(mode)))"
    case .failed(let run, let action, let code): "can't \(action) record '\(run)': \(words(code))"
    case .stopped(let run): "record '\(run)' takes nothing more: an earlier write failed half-way"
    case .saltMissing(let run): "no random bytes for record '\(run)'"
    case .noHeader(let run): "record '\(run)' has no first line that can be read"
    case .unreadable(let run, let line): "record '\(run)', line \(line) can't be read"
    case .newer(let run, let line, let what):
      "record '\(run)', line \(line) was made by a newer keyusher: \(what) is not known here"
    case .noFlowText(let run, let flow, let fault): "record '\(run)' lacks the text of its flow '\(flow)': \(fault)"
    case .flowTextNotKept(let error), .flowTextNotRead(let error):
      "can't \(error.action) the text of the flow, '\(error.path)': \(error.why)"
    case .noSuchLine(let run, let line, let last): "record '\(run)' has no line \(line); its last is \(last)"
    case .noFreeText(let run, let line): "record '\(run)', line \(line) holds no free text that could be blanked"
    case .alreadyBlank(let run, let line): "record '\(run)', line \(line) is blank already"
    case .wasToBeBlankedOtherwise(let run, let line):
      "record '\(run)', line \(line) has changed since it was to be blanked"
    }
  }

  public var hint: String? {
    switch self {
    case .folderIsNoFolder(let path): "move it away, or set KEYUSHER_HOME to another folder than the one of '\(path)'"
    case .folderNotOurs: "set KEYUSHER_HOME to a folder of your own"
    case .folderWritableByOthers(let path, _): "chmod go-w '\(path)'"
    case .folderFailed(let path, _, _): "look at 'ls -ld \(path)' and at the space that is left"
    case .malformedRunID: "an id has small letters, digits and hyphens; 'keyusher runs' lists them"
    case .noSuchRun: "'keyusher runs' lists the records that are there"
    case .runExists: "another keyusher began it meanwhile; begin again"
    case .inUse(let run): "finish or leave it there with :quit, then 'keyusher resume \(run)'"
    case .notAPlainFile, .hasOtherNames, .fileNotOurs: "find out who put it there, and move it out of the folder"
    case .fileWritableByOthers(let run, _): "chmod 600 \(run).jsonl in the folder of records"
    case .failed(_, .write, ENOSPC): "make room on the disk; what stood in the record before is unharmed"
    case .failed(_, .write, _): "what stood in the record before is unharmed; look at the disk and go on with resume"
    case .failed: "look at the permissions of the file and at the disk"
    case .stopped(let run): "leave, look at the disk, then 'keyusher resume \(run)'"
    case .saltMissing: "this is a mistake in keyusher; please report it"
    case .noHeader(let run): "'keyusher audit \(run)' says more; a file that a kill left empty can be deleted"
    case .unreadable(let run, _): "'keyusher audit \(run)' says what is wrong with it"
    case .newer: "use the newer keyusher for it"
    case .noFlowText(let run, _, .missing):
      "put it back from a copy of that folder; 'keyusher export \(run) --format record' hands a record over with it"
    case .noFlowText(_, _, .changed):
      "put it back from a copy; where it was moved away, the next run of that very flow writes it anew"
    case .noFlowText: "find out who put it there, and move it out of the folder"
    case .flowTextNotKept(let error) where error.number == ENOSPC: "make room on the disk; the run is not on record yet"
    case .flowTextNotKept, .flowTextNotRead: "look at the permissions of the folder of records and at the disk"
    case .noSuchLine(let run, _, _): "'keyusher audit \(run)' counts its lines"
    case .noFreeText:
      "only typed texts, notes, reasons, shown sentences, public parts and names of people and hosts can be blanked"
    case .alreadyBlank: "there is nothing left to do"
    case .wasToBeBlankedOtherwise(let run, _): "'keyusher audit \(run)' says whether somebody else changed it"
    }
  }

  /// Whether the record itself is there, and only the text of its flow is not.
  public var isAboutFlowText: Bool {
    switch self {
    case .noFlowText, .flowTextNotRead: true
    default: false
    }
  }

  private func words(_ code: Int32) -> String { systemWords(code) }
  private func octal(_ mode: UInt32) -> String { String(mode, radix: 8) }
}

extension FlowTextFault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let path): "there is no '\(path)'"
    case .changed(let path): "'\(path)' is not what its name says"
    case .unusable(let path, let why): "'\(path)' can't be used: \(why)"
    case .carriedChanged: "what it carries is not what its digest says"
    }
  }
}
