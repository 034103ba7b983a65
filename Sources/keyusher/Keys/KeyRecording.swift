import Ceremony
import FlowCore
import Inventory
import PlainText
import Records
import Stores

/// Puts what is done with keys on record, each operation in a record of its own.
struct KeyRecording {
  let context: CommandContext

  /// Does something with a key: that it is to be done is on the disk before, and what was seen of it afterwards.
  ///
  /// - Parameter body: does it, and says what it saw.
  /// - Throws: what making the record throws, and then nothing was done; what `body` throws, which is on record then.
  func recording<Result>(
    _ operation: KeyOperation, _ body: () throws -> (result: Result, seen: KeyEvent)
  ) throws -> Result {
    let journal = try begin(operation)
    let done: (result: Result, seen: KeyEvent)
    do { done = try body() } catch {
      end(journal, .failed(operation.key, reason: KeyRecording.reason(of: error)))
      throw error
    }
    end(journal, done.seen)
    return done.result
  }

  /// Makes the record, with what is to be done.
  func begin(_ operation: KeyOperation) throws -> Journal {
    let records = try context.records()
    let surroundings = context.surroundings
    try records.prepare()
    let header = RunHeader(
      of: operation, id: try surroundings.newID(besides: records.runs()), toolVersion: surroundings.toolVersion,
      user: surroundings.user, host: surroundings.host, began: surroundings.now())
    return try records.create(header, random: surroundings.randomBytes)
  }

  /// Says on record what became of it. What was done is done: that it could not be written down is told, and is no error.
  func end(_ journal: Journal, _ events: KeyEvent...) { end(journal, events) }

  func end(_ journal: Journal, _ events: [KeyEvent]) { note(events, in: journal) }

  /// Puts on record what became known before the end.
  func note(_ events: [KeyEvent], in journal: Journal) {
    do throws(JournalError) {
      try journal.end(events, at: context.surroundings.now())
    } catch {
      context.console.remark([
        Sentence(.warning, "record \(journal.run) does not say how it ended: \(error.what)")
      ])
    }
  }

  /// The run that made a key, as far as records tell.
  func origin(of name: EntryName, in store: any CredentialStore) -> String? {
    (try? context.inventory().origins()[name, in: store.id]?.run) ?? name.pendingRun
  }

  // MARK: - Private

  private static func reason(of error: any Error) -> String {
    switch error {
    case let error as any DescribedError: error.what
    case let error as CommandError: error.message
    default: "it failed"
    }
  }
}

extension Surroundings {
  /// A new record's id that none has; a pinned one gets a number where it is taken.
  func newID(besides taken: [String]) throws -> String {
    let taken = Set(taken)
    for number in 1...100 {
      let id = newRunID()
      if !taken.contains(id) { return id }
      if number > 1, !taken.contains("\(id)-\(number)"), isPinned { return "\(id)-\(number)" }
    }
    throw CommandError(
      "no free id was found for the record", hints: ["move old records away, or begin again"], status: .failed)
  }
}
