import NetProtocol
import PlainText

extension RequestTable {
  /// The row that a request asks for: of the table, or its own if that is one which may be.
  static func row(for request: KeyRequest) throws(Unbuilt) -> RequestRow {
    if let own = request.row { return try row(own, request) }
    let found = rows.first {
      $0.exchange == request.exchange && $0.environment == request.environment && $0.request == request.request
    }
    guard let found else { throw .noRow }
    return found
  }

  /// The domains of the exchanges that have rows, as they are registered: no row of one's own leads there or below.
  ///
  /// Beside those of the rows, other names of the same companies. Source: the packs' pages and `introspection.json`.
  static let domains: Set<String> = Set(rows.map { registered($0.host) }).union(otherDomains)

  /// What OKX and Bitget sign as if it were a GET when a program logs in to their websockets.
  ///
  /// Source: OKX API v5 and Bitget API v2, "WebSocket, Login".
  static let loginPaths = ["/users/self/verify", "/user/verify"]

  // MARK: - Private

  private static let otherDomains = [
    "binancefuture.com", "gate.com", "gate.io", "hbdm.com", "hbdm.vn", "htx.com", "huobi.com",
  ]

  private static func row(_ own: KeyRequest.OwnRow, _ request: KeyRequest) throws(Unbuilt) -> RequestRow {
    guard isHost(own.host), isPath(own.path), let scheme = Scheme(rawValue: own.scheme),
      // It signs forms alone.
      scheme != .krakenV0
    else { throw .ownRow }
    guard !rows.contains(where: { $0.exchange == request.exchange }), !domains.contains(registered(own.host)) else {
      throw .knownExchange
    }
    return RequestRow(
      request.exchange, request.environment, own.host, request.request, scheme, own.path,
      own.query.map { .digits($0) })
  }

  /// The last two labels: all domains of the table are registered directly below a country or a purpose.
  private static func registered(_ host: String) -> String {
    host.split(separator: ".").suffix(2).joined(separator: ".")
  }

  /// Whether it is a name of small letters with a domain of letters at its end: no number, no port, nothing hidden.
  private static func isHost(_ host: String) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    return host.utf8.count <= 253 && labels.count >= 2
      && labels.allSatisfy {
        (1...63).contains($0.utf8.count) && $0.utf8.areSmallWord(with: "-") && $0.first != "-" && $0.last != "-"
      }
      && labels.last.map { $0.utf8.count >= 2 && $0.utf8.allSatisfy(\.isSmallLetter) } == true
  }

  /// Whether it is read by everybody in the same way, and is no login.
  private static func isPath(_ path: String) -> Bool {
    path.hasPrefix("/") && path.utf8.count <= 200 && path.utf8.areWord(with: "/._-") && !path.contains("..")
      && !path.contains("//") && !path.contains("/./") && !loginPaths.contains { path.hasSuffix($0) }
  }
}
