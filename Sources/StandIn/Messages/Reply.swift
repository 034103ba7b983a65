import PlainText

/// What is answered.
public struct Reply: Equatable, Sendable {
  /// The status of HTTP, three digits.
  public var status: Int
  /// Without `Content-Length`, which follows from the body.
  public var headers: [Header]
  public var body: [UInt8]

  init(status: Int = 200, type: String = "application/json", headers: [Header] = [], body: some Sequence<UInt8>) {
    self.status = status
    self.headers = (type.isEmpty ? [] : [Header("Content-Type", type)]) + headers
    self.body = Array(body)
  }

  init(_ json: JSON) { self.init(body: json.bytes()) }

  /// The header by which a body tells that no source shows it: it is made from a code alone.
  static let made = Header("X-Standin-Body", "made")
}

/// What is answered, how it is sent, and what the log says of it.
public struct Answer: Equatable, Sendable {
  public var reply: Reply
  /// How long to wait before anything is sent, in milliseconds.
  public var wait = 0
  /// How many bytes of the body are sent before the connection is closed; nil for all.
  public var cutOff: Int?
  public var entry: LogEntry
}

/// A line of the log: what was asked, and what became of it. Neither keys nor queries, bodies or headers are in it.
public struct LogEntry: Equatable, Sendable {
  public var method: String
  public var path: String
  /// The id of the exchange that was meant; nil if the path is nobody's.
  public var exchange: String?
  /// The id of the request, as a fault names it: `detail`.
  public var request: String?
  /// Why it was refused, or which faults changed its answer; `accepted` if neither.
  public var outcome: String
  public var status: Int

  /// One object of JSON on a line, without a line break.
  public var line: String {
    let members: [(String, JSON?)] = [
      ("method", .text(method)), ("path", .text(path)), ("exchange", exchange.map(JSON.text)),
      ("request", request.map(JSON.text)), ("outcome", .text(outcome)), ("status", .integer(Int64(status))),
    ]
    return JSON.object(members.compactMap { name, value in value.map { JSON.Member(name, $0) } }).text()
  }
}
