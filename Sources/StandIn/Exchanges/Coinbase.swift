import PlainText

/// Coinbase Advanced Trade, API v3.
///
/// Source: docs.cdp.coinbase.com, "Key permissions"; coinbase-advanced-py 1.8.4 (2026-06-19) for the token. A refusal says
/// nothing but "Unauthorized".
struct Coinbase: Exchange {
  let id = ExchangeID.coinbase
  let terms = Terms(hasSecrets: false, pairs: [.p256, .ed25519])
  let routes = [
    Route.time("/api/v3/brokerage/time"), Route(id: "key_permissions", path: "/api/v3/brokerage/key_permissions"),
  ]
  let pathPrefixes = ["/api/v3/brokerage/"]

  func answer(_ call: Call) throws(Refused) -> JSON {
    if call.route.id == "time" {
      return [
        "iso": .text(call.now.text), "epochSeconds": .text(String(call.now.seconds)),
        "epochMillis": .text(String(call.now.milliseconds)),
      ]
    }
    let authorization = try call.header("Authorization")
    guard authorization.hasPrefix("Bearer "), let token = WebToken(authorization.dropFirst(7)),
      let name = token.claims["sub"]?.text, token.header["kid"]?.text == name
    else { throw Refused(.malformedKey) }
    let key = try call.key(fullName(name, call))
    guard case .publicKey(let publicKey) = key.signer else { throw Refused(.unknownKey) }
    try call.require(token.isSigned(by: publicKey))
    try requireTime(of: token, call)
    try call.require(isMeant(token, for: call.request))
    try call.requireAddress(of: key)
    guard !key.powers.isEmpty else { throw Refused(.permission) }
    return permissions(of: key)
  }

  // MARK: - Private

  /// A key is named with or without what stands before its id: `organizations/ID/apiKeys/ID`.
  private func fullName(_ name: String, _ call: Call) -> String {
    let short = name.split(separator: "/").last
    return call.state.keys.first { $0.exchange == id && $0.name.split(separator: "/").last == short }?.name ?? name
  }

  /// A token holds for two minutes at most.
  private func requireTime(of token: WebToken, _ call: Call) throws(Refused) {
    guard let begin = token.claims["nbf"]?.integer, let end = token.claims["exp"]?.integer, begin >= 0, end >= begin,
      end - begin <= 120
    else { throw Refused(.malformedTime) }
    guard begin <= call.now.seconds, call.now.seconds < end else { throw Refused(.clock) }
  }

  /// Whether the token is for this request: method, host as the client calls it, and path without the query; ccxt, when its
  /// address is not the exchange's own, leaves `http://` before it.
  private func isMeant(_ token: WebToken, for request: Request) -> Bool {
    let issuers = ["cdp", "coinbase-cloud"]
    guard let uri = token.claims["uri"]?.text, let issuer = token.claims["iss"]?.text, issuers.contains(issuer),
      let host = request.header("Host")
    else { return false }
    return ["", "http://", "https://"].contains { uri == "\(request.method) \($0)\(host)\(request.path)" }
  }

  private func permissions(of key: Key) -> JSON {
    let flags = ["can_view", "can_trade", "can_transfer"]
    let others = key.powers.filter { !flags.contains($0) }
    return .members(
      (flags + others).map { ($0, .flag(key.powers.contains($0))) } + [
        ("portfolio_uuid", "00000000-0000-4000-8000-000000000000"), ("portfolio_type", "DEFAULT"),
      ])
  }

  let errors = [
    ErrorRow(
      "bad_key_or_signature_or_clock_or_ip", "", 401, "Unauthorized\n",
      for: [
        .missingHeader, .malformedKey, .unknownKey, .otherEnvironment, .signature, .clock, .malformedTime, .address,
      ]),
    ErrorRow(
      "bad_key_or_signature_or_clock_or_ip", "", 401, "Unauthorized\n", for: [.expiredKey, .lockedKey], isMade: true),
    ErrorRow(
      "permission_missing", "PERMISSION_DENIED", 403,
      #"{"error":"PERMISSION_DENIED","error_details":"Missing required scopes","message":"Missing required scopes"}"#,
      for: [.permission]),
    ErrorRow("rate_limited", "", 429, #"{"error":"rate_limit_exceeded"}"#, isMade: true),
    ErrorRow("unknown_path", "", 404, "not found\n", for: [.unknownPath], isMade: true),
  ]
}
