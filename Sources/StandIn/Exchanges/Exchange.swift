import PlainText

/// How one exchange speaks of keys: its requests, its errors and its rules, as documented.
protocol Exchange: Sendable {
  var id: ExchangeID { get }
  var terms: Terms { get }
  /// The requests that are answered. No two exchanges have the same but for `time`.
  var routes: [Route] { get }
  /// How its paths begin, so that an unknown one is refused in its own way.
  var pathPrefixes: [String] { get }
  var errors: [ErrorRow] { get }

  /// Looks at a request in the order of the exchange's rules, and answers it.
  func answer(_ call: Call) throws(Refused) -> JSON
}

/// One request that is answered.
struct Route: Equatable, Sendable {
  /// As faults and the log call it.
  var id: String
  var method = "GET"
  var path: String

  /// The one that tells the exchange's clock, and wants no key.
  static func time(_ path: String) -> Route { Route(id: "time", path: path) }
}

/// Of which kinds an exchange's keys are.
struct Terms: Sendable {
  var hasSecrets = true
  var isSecretBase64 = false
  /// Which key pairs it takes.
  var pairs: [PublicKey.Kind] = []
  var hasPassphrase = false
  /// The separate sets of accounts that it has.
  var environments: [State.Environment] = [.live]
}

extension JSON {
  static func texts(_ texts: [String]) -> JSON { .array(texts.map(JSON.text)) }

  /// Names with values, in this order.
  static func members(_ members: [(String, JSON)]) -> JSON { .object(members.map { Member($0, $1) }) }
}
