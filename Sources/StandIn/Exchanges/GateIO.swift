import PlainText

/// Gate, API v4.
///
/// Source: gate.com/docs/developers/apiv4 (v4.106.88, 2026-05); errors as people met them.
struct GateIO: Exchange {
  let id = ExchangeID.gateIO
  let terms = Terms(environments: [.live, .testnet])
  let routes = [
    Route.time("/api/v4/spot/time"),
    Route(id: "detail", path: "/api/v4/account/detail"),
    Route(id: "main_keys", path: "/api/v4/account/main_keys"),
  ]
  let pathPrefixes = ["/api/v4/"]

  func answer(_ call: Call) throws(Refused) -> JSON {
    if call.route.id == "time" { return ["server_time": .integer(call.now.milliseconds)] }
    let key = try admit(call)
    // A power that is for reading alone is written with `:read`.
    try call.requirePower(["account", "account:read"], of: key)
    return call.route.id == "detail" ? detail(of: key) : .array(mainKeys(of: key, call).map { entry($0, call) })
  }

  /// The key of a request that is signed, in time, and from one of the key's addresses.
  func admit(_ call: Call) throws(Refused) -> Key {
    let name = try call.header("KEY")
    let time = try call.header("Timestamp")
    let sign = try call.header("SIGN")
    let key = try call.key(name)
    guard let seconds = Double(time), (0..<1e11).contains(seconds) else { throw Refused(.malformedTime) }
    try call.requireTime(Moment(milliseconds: Int64(seconds * 1000)), behind: 60_000, ahead: 60_000)
    try call.require(sign == GateIO.signature(of: call.request, time: time, secret: key.secret))
    try call.requireAddress(of: key)
    return key
  }

  /// Method, path, query without escapes, digest of the body and time, each on a line; HMAC-SHA512 keyed with the secret's
  /// text, in hexadecimal.
  static func signature(of request: Request, time: String, secret: [UInt8]) -> String {
    let text = [
      request.method, request.path, unescaped(request.query) ?? request.query, Digests.sha512(request.body).hexadecimal,
      time,
    ].joined(separator: "\n")
    return Digests.hmac512(text.utf8, key: secret).hexadecimal
  }

  // MARK: - Private

  private func detail(of key: Key) -> JSON {
    [
      "user_id": .integer(key.user), "ip_whitelist": .texts(key.addresses.map(\.text)),
      "currency_pairs": .texts(key.pairs), "key": ["mode": 1], "tier": 2, "copy_trading_role": 1,
    ]
  }

  private func mainKeys(of key: Key, _ call: Call) -> [Key] {
    call.state.keys.filter { $0.exchange == id && $0.user == key.user && $0.isMain }
  }

  /// In the form of the documented example, an array of these; the documented schema has another.
  private func entry(_ key: Key, _ call: Call) -> JSON {
    [
      "state": key.isLocked ? 2 : 1, "mode": 1, "name": .text(key.label), "user_id": .integer(key.user),
      "perms": .array(
        key.powers.map { power in
          let isReading = power.hasSuffix(":read")
          return [
            "name": .text(isReading ? String(power.dropLast(5)) : power), "read_only": .flag(isReading),
          ]
        }),
      "ip_whitelist": .texts(key.addresses.map(\.text)), "currency_pairs": .texts(key.pairs),
      "key": .text(key.name.prefix(12) + "*****"), "created_at": .integer(key.created.seconds),
      "update_at": .integer(key.updated.seconds), "last_access": .integer((key.lastUsed ?? call.now).seconds),
    ]
  }

  let errors = [
    ErrorRow(
      "bad_key", "INVALID_KEY", 401, #"{"label":"INVALID_KEY","message":"Invalid key provided"}"#,
      for: [.unknownKey, .malformedKey, .otherEnvironment]),
    ErrorRow(
      "bad_key", "INVALID_KEY", 401, #"{"label":"INVALID_KEY","message":"Invalid key provided"}"#, for: [.expiredKey],
      isMade: true),
    ErrorRow(
      "header_missing", "INVALID_KEY", 401, #"{"label":"INVALID_KEY","message":"Missing required header: {name}"}"#,
      for: [.missingHeader]),
    ErrorRow(
      "header_missing", "MISSING_REQUIRED_HEADER", 401,
      #"{"label":"MISSING_REQUIRED_HEADER","message":"Missing required header: {name}"}"#, isMade: true),
    ErrorRow(
      "bad_signature", "INVALID_SIGNATURE", 401, #"{"label":"INVALID_SIGNATURE","message":"Signature mismatch"}"#,
      for: [.signature]),
    ErrorRow(
      "clock", "REQUEST_EXPIRED", 401,
      #"{"message":"gap between request Timestamp and server time exceeds 60","label":"REQUEST_EXPIRED"}"#,
      for: [.clock, .malformedTime]),
    ErrorRow(
      "ip_not_listed", "FORBIDDEN", 403, #"{"label":"FORBIDDEN","message":"Request IP not in whitelist: {ip}"}"#,
      for: [.address]),
    ErrorRow(
      "ip_not_listed", "IP_FORBIDDEN", 401,
      #"{"label":"IP_FORBIDDEN","message":"Request IP not in whitelist: {ip}"}"#),
    ErrorRow(
      "permission_missing", "FORBIDDEN", 403,
      #"{"label":"FORBIDDEN","message":"Request API key does not have {name} permission"}"#, for: [.permission]),
    ErrorRow(
      "read_only_key", "READ_ONLY", 403, #"{"label":"READ_ONLY","message":"API key is read-only"}"#, isMade: true),
    ErrorRow(
      "account_locked", "ACCOUNT_LOCKED", 403, #"{"label":"ACCOUNT_LOCKED","message":"Account is locked"}"#,
      for: [.lockedKey], isMade: true),
    ErrorRow(
      "account_not_opened", "USER_NOT_FOUND", 400,
      #"{"label":"USER_NOT_FOUND","message":"please transfer funds first to create futures account"}"#, isMade: true),
    ErrorRow(
      "rate_limited", "TOO_MANY_REQUESTS", 429,
      #"{"label":"TOO_MANY_REQUESTS","message":"Request Rate limit exceeded"}"#, isMade: true),
    ErrorRow(
      "unknown_path", "NOT_FOUND", 404, #"{"label":"NOT_FOUND","message":"Not found"}"#, for: [.unknownPath],
      isMade: true),
  ]
}
