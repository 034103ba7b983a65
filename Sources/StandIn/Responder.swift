public import PlainText
import Synchronization

/// Answers requests as the exchanges would, from a state file that is read again whenever it changed.
public final class Responder: Sendable {
  private let source: @Sendable (Moment) throws -> State
  private let only: ExchangeID?
  private let nonces = Nonces()

  /// - Parameter exchange: the id of the only exchange that is played; nil for all, told apart by their paths.
  /// - Throws: `StateError` or `FileError`, if the file can't be played now.
  public convenience init(file: StateFile, exchange: String?, now: Moment) throws {
    try self.init(exchange: exchange) { try file.state(now: $0) }
    _ = try file.state(now: now)
  }

  init(exchange: String? = nil, state source: @escaping @Sendable (Moment) throws -> State) throws(UnknownExchange) {
    self.source = source
    only = try exchange.map { id throws(UnknownExchange) in
      guard let exchange = ExchangeID(rawValue: id) else { throw UnknownExchange(id: id) }
      return exchange
    }
  }

  /// Answers a request that came at a moment of the real time.
  public func answer(_ request: Request, at moment: Moment) -> Answer {
    let state: State
    do {
      state = try source(moment)
    } catch {
      return broken(request, because: "\(error)")
    }
    let (exchange, route) = destination(of: request, state)
    var entry = LogEntry(
      method: request.method, path: request.path, exchange: exchange?.rawValue, request: route?.id, outcome: "accepted",
      status: 404)
    guard let exchange, let from = state.from ?? Address(request.peer) else {
      entry.outcome = Refusal.unknownPath.rawValue
      return Answer(
        reply: Reply(status: 404, type: "text/plain", headers: [Reply.made], body: "not found\n".utf8), entry: entry)
    }
    let call = Call(
      request: request, route: route ?? Route(id: "", path: request.path), exchange: exchange.protocol, state: state,
      now: state.clock.now(at: moment), from: from, nonces: nonces)
    return FaultPlayer(call: call, isKnown: route != nil).answer(entry)
  }

  // MARK: - Private

  /// Which request of which exchange is meant: by its path, and where two have the same by who has keys here.
  private func destination(of request: Request, _ state: State) -> (ExchangeID?, Route?) {
    let exchanges = only.map { [$0] } ?? ExchangeID.allCases
    let found = exchanges.compactMap { exchange in
      exchange.protocol.routes.first { $0.path == request.path && $0.method == request.method }.map { (exchange, $0) }
    }
    let (exchange, route) =
      found.first { found in state.keys.contains { $0.exchange == found.0 } } ?? found.first ?? (nil, nil)
    if let exchange { return (exchange, route) }
    return (only ?? owner(of: request.path), nil)
  }

  /// The exchange of which the longest beginning is the path's.
  private func owner(of path: String) -> ExchangeID? {
    ExchangeID.allCases.compactMap { exchange in
      exchange.protocol.pathPrefixes.filter(path.hasPrefix).map(\.count).max().map { (exchange, $0) }
    }.max { $0.1 < $1.1 }?.0
  }

  private func broken(_ request: Request, because words: String) -> Answer {
    Answer(
      reply: Reply(status: 500, type: "text/plain", headers: [Reply.made], body: "\(words)\n".utf8),
      entry: LogEntry(method: request.method, path: request.path, outcome: "broken-state", status: 500))
  }
}

/// An exchange that is not played.
public struct UnknownExchange: DescribedError, Equatable {
  public var id: String

  public var what: String { "there is no exchange '\(id)' here" }
  public var hint: String? {
    let ids = ExchangeID.allCases.map(\.rawValue)
    return nearest(to: id, among: ids).map { "did you mean '\($0)'?" } ?? "one of \(ids.joined(separator: ", "))"
  }
}
