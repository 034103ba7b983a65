import PlainText

/// Binance, spot.
///
/// Source: binance-spot-api-docs, rest-api.md, "Timing security" and "SIGNED endpoints", errors.md (2026-07).
struct Binance: Exchange {
  let id = ExchangeID.binance
  let terms = Terms(pairs: [.rsa, .ed25519], environments: [.live, .testnet, .demo])
  let routes = [
    Route.time("/api/v3/time"), Route(id: "apiRestrictions", path: "/sapi/v1/account/apiRestrictions"),
  ]
  let pathPrefixes = ["/sapi/", "/fapi/"]

  func answer(_ call: Call) throws(Refused) -> JSON {
    if call.route.id == "time" { return ["serverTime": .integer(call.now.milliseconds)] }
    // Neither the test network nor the demo has paths of /sapi.
    guard call.state.environment == .live else { throw Refused(.unknownPath) }
    let name = try call.header("X-MBX-APIKEY")
    let key = try call.key(name) { $0.utf8.count == 64 && $0.utf8.areWord(with: "") }
    let time = try call.time(try call.parameter("timestamp"))
    let signature = try call.parameter("signature")
    let window = try call.window(call.request.parameter("recvWindow"))
    try call.requireTime(time, behind: window + 1, ahead: 1000)
    try call.require(isSigned(call.request, by: key, signature))
    try call.requireAddress(of: key)
    try call.requirePower(["enableReading"], of: key)
    return restrictions(of: key)
  }

  // MARK: - Private

  /// What is signed is the query as it was sent, and the body: by HMAC-SHA256 keyed with the secret's text, in hexadecimal of
  /// either case; by a key pair in Base64.
  private func isSigned(_ request: Request, by key: Key, _ signature: String) -> Bool {
    switch key.signer {
    case .secret:
      return signature.lowercased() == Digests.hmac256(request.signedText, key: key.secret).hexadecimal
    case .publicKey(let publicKey):
      return Base64.bytes(signature).map { publicKey.verifies($0, of: request.signedText) } ?? false
    }
  }

  /// The flags of the documented schema, and any other that the key has.
  private func restrictions(of key: Key) -> JSON {
    let flags = [
      "enableReading", "enableWithdrawals", "enableInternalTransfer", "enableMargin", "enableFutures",
      "permitsUniversalTransfer", "enableVanillaOptions", "enableFixApiTrade", "enableFixReadOnly",
      "enableSpotAndMarginTrading", "enablePortfolioMarginTrading",
    ]
    let others = key.powers.filter { !flags.contains($0) }
    return .members(
      [("ipRestrict", .flag(!key.addresses.isEmpty)), ("createTime", .integer(key.created.milliseconds))]
        + (flags + others).map { ($0, .flag(key.powers.contains($0))) })
  }

  let errors = [
    ErrorRow(
      "bad_key_format", "-2014", 401, #"{"code":-2014,"msg":"API-key format invalid."}"#,
      for: [.malformedKey, .missingHeader]),
    ErrorRow(
      "bad_key_or_ip_or_permission", "-2015", 401,
      #"{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}"#,
      for: [.unknownKey, .otherEnvironment, .address, .permission]),
    ErrorRow(
      "bad_key_or_ip_or_permission", "-2015", 401,
      #"{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}"#, for: [.expiredKey, .lockedKey],
      isMade: true),
    ErrorRow("bad_key", "-2008", 401, #"{"code":-2008,"msg":"Invalid Api-Key ID."}"#),
    ErrorRow(
      "bad_signature", "-1022", 400, #"{"code":-1022,"msg":"Signature for this request is not valid."}"#,
      for: [.signature]),
    ErrorRow(
      "clock", "-1021", 400, #"{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}"#,
      for: [.clock]),
    ErrorRow(
      "missing_parameter", "-1102", 400,
      #"{"code":-1102,"msg":"A mandatory parameter was not sent, was empty/null, or malformed."}"#,
      for: [.missingParameter, .malformedTime], isMade: true),
    ErrorRow(
      "rate_limited", "-1003", 429,
      #"{"code":-1003,"msg":"Too much request weight used; current limit is 6000 request weight per 1 MINUTE."}"#),
    ErrorRow(
      "temporarily_banned", "-1003", 418,
      #"{"code":-1003,"msg":"Way too much request weight used; IP banned until {until}."}"#),
    ErrorRow("waf", "", 403, "<html><body><h1>403 Forbidden</h1></body></html>\n", isMade: true),
    ErrorRow(
      "region_blocked", "0", 451,
      #"{"code":0,"msg":"Service unavailable from a restricted location according to 'b. Eligibility' in "#
        + #"https://www.binance.com/en/terms. Please contact customer service if you believe you received this message "#
        + #"in error."}"#),
    ErrorRow(
      "maintenance", "-1008", 503, #"{"code":-1008,"msg":"Server is currently overloaded with other requests."}"#,
      isMade: true),
    ErrorRow(
      "unauthorized", "-1002", 401, #"{"code":-1002,"msg":"You are not authorized to execute this request."}"#),
    ErrorRow(
      "unknown_path", "", 404, "<html><body><h2>404 Not found</h2></body></html>\n", for: [.unknownPath], isMade: true),
  ]
}
