/// What of an API decides what is signed and where it goes: a row for each request that can be made. How answers are read is
/// no part of it, nor in which order and of which account's host they are asked.
public struct NetworkPart: Equatable, Sendable {
  /// The folder of its exchange, for example `acme`.
  public var exchange: String
  /// Of each environment the clock, and, where anything is asked there, its requests.
  public var rows: [Row]

  public struct Row: Equatable, Sendable {
    public var environment: String
    public var request: String
    /// Nil: it is not signed.
    public var scheme: ExchangeAPI.Scheme?
    public var method: ExchangeAPI.Request.Method
    /// Without `https://`.
    public var host: String
    public var path: String
    public var parameters: [ExchangeAPI.Parameter]
    /// `NAME: VALUE`.
    public var mark: String?

    /// What it is called where it is signed.
    public var schemeName: String { scheme?.rawValue ?? "unsigned" }

    /// Path and query as a person reads them: `/v1/key?accessKey=KEY&uid=DIGITS`.
    public var target: String {
      let query = parameters.map { "\($0.name)=\($0.value.word)" }.joined(separator: "&")
      return query.isEmpty ? path : "\(path)?\(query)"
    }
  }

  public init(of api: ExchangeAPI) {
    exchange = api.id
    rows = api.environments.flatMap { environment in
      let clock = Row(
        environment: environment.id, request: ExchangeAPI.Clock.request, method: .get, host: environment.hostName,
        path: api.clock.path, parameters: [], mark: environment.mark)
      let asked = environment.unasked == nil ? api.requests : []
      return [clock]
        + asked.map {
          Row(
            environment: environment.id, request: $0.id, scheme: api.scheme, method: $0.method,
            host: environment.hostName, path: $0.path, parameters: $0.parameters, mark: environment.mark)
        }
    }
  }

  public func row(_ request: String, at environment: String) -> Row? {
    rows.first { $0.request == request && $0.environment == environment }
  }

  /// The form of which a digest is made: a line for each row, whatever their order. It stays the same for ever.
  public var text: String {
    let lines = rows.map { row in
      "\(row.environment) \(row.request) \(row.schemeName) \(row.method.rawValue) https://\(row.host)\(row.target)"
        + (row.mark.map { " \($0)" } ?? "")
    }
    return (["keyusher network part 1", exchange] + lines.sorted()).joined(separator: "\n") + "\n"
  }
}

extension ExchangeAPI.Clock {
  /// What the request for the time is called, where requests are called by their ids.
  public static let request = "clock"
}

extension ExchangeAPI.Scheme {
  /// The method of all that it signs.
  public var method: ExchangeAPI.Request.Method { self == .kraken ? .post : .get }

  /// The parts of a credential that sign with it, by name: the key, which is no secret, and the others, which are.
  public var secretParts: [String] {
    switch self {
    case .coinbase: ["private-key"]
    case .kucoin, .okx, .bitget: ["secret", "passphrase"]
    default: ["secret"]
    }
  }
}

extension ExchangeAPI.Parameter.Value {
  /// What stands for it where a person reads a request, and in its digest.
  fileprivate var word: String {
    switch self {
    case .key: "KEY"
    case .taken: "DIGITS"
    case .once: "ONE-TIME-PASSWORD"
    }
  }
}
