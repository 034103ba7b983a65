/// One request that can be made of an exchange: to whom, by which scheme it is signed, and all that is in it.
public struct RequestRow: Equatable, Sendable {
  public enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  /// One value of a query.
  public enum Parameter: Equatable, Sendable {
    case fixed(String, String)
    /// What the request names: digits alone.
    case digits(String)
    /// The key itself, which is no secret.
    case key(String)
  }

  /// A header that says which environment is meant, where one host has two.
  public struct Mark: Equatable, Sendable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The exchange's folder.
  public let exchange: String
  public let environment: String
  /// Scheme and host, for example `https://api.gateio.ws`.
  public let origin: String
  public let request: String
  public let scheme: Scheme
  public let method: Method
  public let path: String
  public let query: [Parameter]
  public let mark: Mark?

  public init(
    _ exchange: String, _ environment: String, _ origin: String, _ request: String, _ scheme: Scheme,
    get path: String, _ query: [Parameter] = [], mark: Mark? = nil
  ) {
    self.init(exchange, environment, origin, request, scheme, .get, path, query, mark)
  }

  public init(
    _ exchange: String, _ environment: String, _ origin: String, _ request: String, _ scheme: Scheme,
    post path: String
  ) {
    self.init(exchange, environment, origin, request, scheme, .post, path, [], nil)
  }

  /// The host alone.
  public var host: String { String(origin.dropFirst("https://".utf8.count)) }

  // MARK: - Private

  private init(
    _ exchange: String, _ environment: String, _ origin: String, _ request: String, _ scheme: Scheme,
    _ method: Method, _ path: String, _ query: [Parameter], _ mark: Mark?
  ) {
    self.exchange = exchange
    self.environment = environment
    self.origin = origin
    self.request = request
    self.scheme = scheme
    self.method = method
    self.path = path
    self.query = query
    self.mark = mark
  }
}
