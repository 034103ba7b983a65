public import NetProtocol
import Synchronization

/// The processes of `keyusher-net` by which exchanges are asked about many keys: each makes several requests, one after the
/// other, all of them to one server on one way. They end when nobody holds this any more.
public final class NetProcesses: Sendable {
  private let program: NetProgram
  private let most: Int
  private let state = Mutex(State())

  /// - Parameter most: how many are kept that have nothing to do.
  public init(of program: NetProgram, keeping most: Int) {
    self.program = program
    self.most = most
  }

  /// Asks an exchange one question about a key; `request.seconds` is how long it may take. A process of which no answer comes
  /// is ended, and the next request has a new one.
  ///
  /// - Throws: `notBeside` if the program is not there, `unsafe`, `failed`, `timedOut`, `memory`.
  public func ask(_ request: KeyRequest) throws(HelperError) -> NetAnswer {
    let use = Use(request)
    let process = if let idle = takeIdle(for: use) { idle } else { try program.start() }
    let answer = try process.ask(request, isLast: false)
    // It is of another version, or did not get all of the request: what comes next could be read amiss, too.
    if case .failed(.malformed) = answer { return answer }
    let ended = state.withLock { $0.put(process, for: use, keeping: most) }
    // Outside the lock: that it is over is waited for.
    withExtendedLifetime(ended) {}
    return answer
  }

  /// Ends those that have nothing to do; the others end with what they do.
  public func end() {
    let idle = state.withLock { state in
      state.isOver = true
      defer { state.idle = [] }
      return state.idle
    }
    withExtendedLifetime(idle) {}
  }

  // MARK: - Private

  /// What a process is for: nothing of another exchange gets into it, of a folder's own rows or of another way.
  private struct Use: Equatable {
    let exchange, environment: String
    let isOwn: Bool
    let base: NetAddress?
    let authorityFile, socket: String?

    init(_ request: KeyRequest) {
      (exchange, environment, isOwn) = (request.exchange, request.environment, request.row != nil)
      (base, authorityFile, socket) = (request.base, request.authorityFile, request.socket)
    }
  }

  private struct State {
    /// Those that wait longest come first.
    var idle: [(use: Use, process: NetProcess)] = []
    var isOver = false

    /// Keeps a process; returns one that is not kept.
    mutating func put(_ process: NetProcess, for use: Use, keeping most: Int) -> NetProcess? {
      if isOver { return process }
      idle.append((use, process))
      return idle.count > most ? idle.removeFirst().process : nil
    }
  }

  /// The one for such a request that was used last. Those that can't be asked any more are forgotten.
  private func takeIdle(for use: Use) -> NetProcess? {
    state.withLock { state in
      while let place = state.idle.lastIndex(where: { $0.use == use }) {
        let process = state.idle.remove(at: place).process
        if process.isWaiting { return process }
      }
      return nil
    }
  }
}
