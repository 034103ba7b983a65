import NetProtocol
import SecretMemory
import Synchronization

/// A `keyusher-net` that runs, and makes one request after the other. It ends when nobody holds this any more.
final class NetProcess: Sendable {
  private let child: Mutex<Child>
  /// Where what comes on standard error is dropped: the program may print there what it was given.
  private let errors: SecretBytes

  /// How much longer than the server the program may take, in seconds: it tells itself that the time is over.
  private static let grace = 5

  init(_ program: HelperProgram) throws(HelperError) {
    do throws(SecretMemoryError) { errors = try SecretBytes(capacity: HelperProgram.errorRoom) } catch {
      throw .memory(error)
    }
    child = Mutex(try Child(program.path, [], program.environment, lendsTerminal: false))
  }

  deinit { child.withLock { $0.end() } }

  /// Whether it waits for a request. One that says something unasked is not to be trusted with the next one.
  var isWaiting: Bool { child.withLock { !$0.hasEnded() && $0.isQuiet } }

  /// Asks an exchange one question about a key; `request.seconds` is how long it may take.
  func ask(_ request: KeyRequest, isLast: Bool) throws(HelperError) -> NetAnswer {
    try ask(seconds: request.seconds, longestBody: NetAnswer.longestExchangeBody, isLast: isLast) {
      () throws(SecretMemoryError) in try request.written()
    }
  }

  /// Makes one request. After an error it is asked nothing more: what came next could be the answer to this one.
  ///
  /// - Parameters:
  ///   - seconds: how long the server may take.
  ///   - longestBody: how much of an answer's body is taken, in bytes.
  ///   - isLast: whether no other follows, and the program is told so.
  ///   - written: makes the request's text; nil if it can't be written.
  /// - Throws: `failed` if the program ends, or answers what is not known; `timedOut`, `memory`.
  func ask(
    seconds: Int, longestBody: Int, isLast: Bool, _ written: () throws(SecretMemoryError) -> SecretBytes?
  ) throws(HelperError) -> NetAnswer {
    let request: SecretBytes?
    var answer: Frame
    do throws(SecretMemoryError) {
      request = try NetProcess.framed(written())
      answer = try Frame(most: longestBody + NetAnswer.longestHead)
    } catch {
      throw .memory(error)
    }
    guard let request else { throw .failed(why: "something in the request would not stay on its line") }
    let status = try converse(request, isLast: isLast, seconds + NetProcess.grace, &answer)
    if answer.progress == .open {
      throw .failed(why: "'\(NetProgram.name)' ended with status \(status ?? -1) and no answer that is known")
    }
    guard answer.progress == .whole, let answer = try? NetAnswer(reading: answer.text) else {
      throw .failed(why: "'\(NetProgram.name)' gave no answer that is known")
    }
    return answer
  }

  // MARK: - Private

  private static func framed(_ text: SecretBytes?) throws(SecretMemoryError) -> SecretBytes? {
    guard let text else { return nil }
    return try Frame.around(text)
  }

  /// Gives it a request, and takes what it says until that is an answer, or none; returns how it ended, if it did.
  private func converse(
    _ request: SecretBytes, isLast: Bool, _ seconds: Int, _ answer: inout Frame
  ) throws(HelperError) -> Int32? {
    try child.withLock { child throws(HelperError) in
      try errors.fill { room throws(HelperError) in
        try request.withBytes { bytes throws(HelperError) in
          _ = try child.converse(bytes, isLast: isLast, room, seconds, NetProgram.name) { pipe throws(HelperError) in
            do throws(SecretMemoryError) { try answer.take { Child.read(&pipe, into: $0) } } catch {
              throw .memory(error)
            }
            return answer.progress == .open
          }
        }
        return 0
      }
      return child.status
    }
  }
}
