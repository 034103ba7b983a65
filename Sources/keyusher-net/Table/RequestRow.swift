/// One request that can be made of an exchange: to whom, by which scheme it is signed, and all that is in it.
struct RequestRow: Equatable, Sendable {
  enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  /// One value of a query.
  enum Parameter: Equatable, Sendable {
    /// What the request names: digits alone.
    case digits(String)
    /// The key itself, which is no secret.
    case key(String)
  }

  /// A header that says which environment is meant, where one host has two: `NAME: VALUE`.
  struct Mark: Equatable, Sendable, ExpressibleByStringLiteral {
    let name: String
    let value: String

    init(stringLiteral text: String) {
      let end = text.firstIndex(of: ":") ?? text.endIndex
      name = String(text[..<end])
      value = String(text[end...].dropFirst(2))
    }
  }

  /// The exchange's folder.
  let exchange: String
  let environment: String
  /// Asked over https, for example `api.gateio.ws`.
  let host: String
  let request: String
  let scheme: Scheme
  let method: Method
  let path: String
  let query: [Parameter]
  /// What a one-time password is called in its form, if it takes one.
  let once: String?
  let mark: Mark?

  /// A read by GET.
  init(
    _ exchange: String, _ environment: String, _ host: String, _ request: String, _ scheme: Scheme,
    _ path: String, _ query: [Parameter] = [], mark: Mark? = nil
  ) {
    self.init(exchange, environment, host, request, scheme, .get, path, query, once: nil, mark)
  }

  /// A read that its exchange has as a form.
  init(
    _ exchange: String, _ environment: String, _ host: String, _ request: String, _ scheme: Scheme,
    post path: String, once: String? = nil
  ) {
    self.init(exchange, environment, host, request, scheme, .post, path, [], once: once, nil)
  }

  init(
    _ exchange: String, _ environment: String, _ host: String, _ request: String, _ scheme: Scheme,
    _ method: Method, _ path: String, _ query: [Parameter], once: String?, _ mark: Mark?
  ) {
    self.exchange = exchange
    self.environment = environment
    self.host = host
    self.request = request
    self.scheme = scheme
    self.method = method
    self.path = path
    self.query = query
    self.once = once
    self.mark = mark
  }
}
