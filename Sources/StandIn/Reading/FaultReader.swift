import PlainText

extension Fault {
  /// Reads an entry of a state file's `faults`.
  init(_ reader: inout MemberReader) throws(StateError) {
    let exchange = try reader.word("exchange", of: ExchangeID.self)
    let request = try reader.required("request", hint: "a request's id, or * for all")
    let exchanges = exchange.map { [$0] } ?? ExchangeID.allCases
    let requests = Set(exchanges.flatMap { $0.protocol.routes.map(\.id) }).sorted()
    guard request == "*" || requests.contains(request) else {
      let near = nearest(to: request, among: requests).map { "did you mean '\($0)'?" }
      throw reader.fault(
        "request", "there is no request '\(request)'", hint: near ?? "there are: \(requests.joined(separator: ", "))")
    }
    self.exchange = exchange
    self.request = request
    kind = try Kind(&reader, exchanges)
    try reader.end()
  }
}

extension Fault.Kind {
  /// - Parameter exchanges: those at which the fault is.
  fileprivate init(_ reader: inout MemberReader, _ exchanges: [ExchangeID]) throws(StateError) {
    let most: Int64 = 1 << 30
    switch try reader.word("kind", of: Fault.Name.self) {
    case nil:
      let names = Fault.Name.allCases.map(\.rawValue).joined(separator: ", ")
      throw reader.fault("kind", "this is missing", hint: "one of \(names)")
    case .slow: self = .slow(milliseconds: Int(try reader.number("milliseconds", in: 0...60_000) ?? 1000))
    case .cutOff: self = .cutOff(bytes: Int(try reader.number("bytes", in: 0...most) ?? 0))
    case .huge: self = .huge(bytes: Int(try reader.number("bytes", in: 0...most) ?? 16 << 20))
    case .body: self = .body(try Self.reply(&reader))
    case .error: self = try Self.error(&reader, exchanges)
    case .edgePage: self = .edgePage(try reader.word("page", of: EdgePage.self) ?? .country)
    case .redirect:
      self = .redirect(
        to: try Self.headerText(try reader.required("to", hint: "an address"), of: "to", reader),
        status: Int(try reader.number("status", in: 300...399) ?? 302))
    }
  }

  private static func reply(_ reader: inout MemberReader) throws(StateError) -> Reply {
    let status = Int(try reader.number("status", in: 200...599) ?? 200)
    let type = try headerText(try reader.text("type") ?? "application/json", of: "type", reader)
    return Reply(status: status, type: type, body: (try reader.text("text") ?? "").utf8)
  }

  private static func error(
    _ reader: inout MemberReader, _ exchanges: [ExchangeID]
  ) throws(StateError) -> Fault.Kind {
    let list = "'keyusher-standin --list-errors' shows them"
    let cause = try reader.required("cause", hint: list)
    let code = try reader.text("code")
    let retryAfter = try reader.number("retryAfter", in: 0...86_400).map(Int.init)
    let rows = exchanges.flatMap { $0.protocol.errors }
    guard rows.contains(where: { $0.cause == cause }) else {
      let near = nearest(to: cause, among: Set(rows.map(\.cause)).sorted()).map { "did you mean '\($0)'?" }
      throw reader.fault("cause", "no error '\(cause)' is known here", hint: near ?? list)
    }
    if let code, !rows.contains(where: { $0.cause == cause && $0.code == code }) {
      throw reader.fault("code", "'\(cause)' has no code '\(code)'", hint: list)
    }
    return .error(cause: cause, code: code, retryAfter: retryAfter)
  }

  /// Refuses what can't stand in a header.
  private static func headerText(
    _ text: String, of member: String, _ reader: MemberReader
  ) throws(StateError) -> String {
    guard text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
      throw reader.fault(member, "this can't stand in a header", hint: "ASCII on one line")
    }
    return text
  }
}
