import NetProtocol
import SecretMemory

/// A request to an exchange, built from its row and signed: what is sent, to the last byte.
struct SignedRequest: Sendable {
  let method: String
  /// Scheme, host and perhaps a port: the row's, or the base's.
  let origin: NetAddress
  /// Path and query.
  let target: SecretBytes
  let headers: [NetRequest.Header]
  let body: SecretBytes?

  /// Builds and signs what the request's row says.
  ///
  /// - Parameter moment: its time is the exchange's, so that `request.ahead` is in it already.
  init(_ request: KeyRequest, at moment: Moment) throws(Unbuilt) {
    try self.init(request, by: RequestTable.row(for: request), at: moment)
  }

  init(_ request: KeyRequest, by row: RequestRow, at moment: Moment) throws(Unbuilt) {
    guard let origin = try? request.base ?? NetAddress("https://\(row.host)") else { throw .ownRow }
    let credential = Credential(request)
    var draft = Draft(
      method: row.method, host: origin.authority, path: row.path,
      query: try SignedRequest.query(row, request.parameters, credential))
    if let password = request.oneTimePassword {
      guard let name = row.once else { throw .parameter("otp") }
      draft.once = (name, try password.escaped())
    }
    try draft.head("Accept", "application/json")
    try draft.head("User-Agent", "keyusher")
    if let mark = row.mark { try draft.head(mark.name, .text(mark.value)) }
    try row.scheme.sign(&draft, credential, at: moment)
    guard draft.saysNothingTwice else { throw .ownRow }
    method = row.method.rawValue
    self.origin = origin
    target = try draft.target()
    headers = draft.headers
    body = draft.body
  }

  // MARK: - Private

  private static func query(
    _ row: RequestRow, _ parameters: [String: String], _ credential: Credential
  ) throws(Unbuilt) -> [(name: String, value: SecretBytes)] {
    var query: [(name: String, value: SecretBytes)] = []
    var left = parameters
    for parameter in row.query {
      switch parameter {
      case .key(let name): query.append((name, try credential.printable("key").escaped()))
      case .digits(let name):
        guard let value = left.removeValue(forKey: name) else { throw .parameter(name) }
        query.append((name, try guarded(.text(value))))
      }
    }
    if let name = left.keys.min() { throw .parameter(name) }
    return query
  }
}
