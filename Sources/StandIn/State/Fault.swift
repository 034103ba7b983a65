/// Something that goes wrong on purpose with the answers to a request.
struct Fault: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    /// Nothing is sent for so many milliseconds.
    case slow(milliseconds: Int)
    /// The connection is closed after so many bytes of the body, though more were promised.
    case cutOff(bytes: Int)
    /// The body gets spaces in front up to so many bytes, so that it means what it meant.
    case huge(bytes: Int)
    /// Something else is answered: nothing, other types, a name twice.
    case body(Reply)
    /// An error of the exchange, without a look at the request.
    case error(cause: String, code: String?, retryAfter: Int?)
    /// A page of HTML, as a network in front of an exchange answers.
    case edgePage(EdgePage)
    /// The client is sent elsewhere.
    case redirect(to: String, status: Int)
  }

  /// At which exchange; nil for all.
  var exchange: ExchangeID?
  /// The id of a request, or `*` for all.
  var request: String
  var kind: Kind

  func concerns(_ exchange: ExchangeID, _ request: String) -> Bool {
    (self.exchange ?? exchange) == exchange && (self.request == "*" || self.request == request)
  }

  /// As the state file and the log call it.
  enum Name: String, CaseIterable {
    case slow, huge, body, error, redirect
    case cutOff = "cut-off"
    case edgePage = "edge-page"
  }

  var name: Name {
    switch kind {
    case .slow: .slow
    case .cutOff: .cutOff
    case .huge: .huge
    case .body: .body
    case .error: .error
    case .edgePage: .edgePage
    case .redirect: .redirect
    }
  }
}
