import NetProtocol

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

  // MARK: - Private

  private static func row(_ own: KeyRequest.OwnRow, _ request: KeyRequest) throws(Unbuilt) -> RequestRow {
    guard let scheme = Scheme(rawValue: own.scheme), own.method == scheme.method.rawValue,
      KeyRequest.OwnRow.isHost(own.host), KeyRequest.OwnRow.isPath(own.path),
      !KeyRequest.OwnRow.doesMoreThanRead(own.path, signedBy: own.scheme),
      own.mark.map(KeyRequest.OwnRow.isMark) ?? true,
      // A clock takes nothing; what signs forms signs no query.
      own.query.isEmpty || scheme != .unsigned && scheme.method == .get,
      own.once.map(KeyRequest.OwnRow.isName) ?? true, own.once == nil || scheme.method == .post
    else { throw .ownRow }
    guard !rows.contains(where: { $0.exchange == request.exchange }), ExchangeDomains.owner(of: own.host) == nil else {
      throw .knownExchange
    }
    let query = own.query.map { parameter -> RequestRow.Parameter in
      switch parameter {
      case .key(let name): .key(name)
      case .digits(let name): .digits(name)
      }
    }
    return RequestRow(
      request.exchange, request.environment, own.host, request.request, scheme, scheme.method, own.path, query,
      once: own.once, own.mark.map { RequestRow.Mark(stringLiteral: $0) })
  }
}
