import PlainText

/// MEXC, spot v3. No request tells what a key may do.
///
/// Source: mexc.com/api-docs/spot-v3, general information and error codes; typed-mexc 2.3.0 (2026-10); ccxt 4.5.90.
struct MEXC: Exchange {
  let id = ExchangeID.mexc
  let terms = Terms()
  let routes = [
    Route.time("/api/v3/time"), Route(id: "account", path: "/api/v3/account"),
    Route(id: "selfSymbols", path: "/api/v3/selfSymbols"),
  ]
  let pathPrefixes = ["/api/v3/"]

  func answer(_ call: Call) throws(Refused) -> JSON {
    if call.route.id == "time" { return ["serverTime": .integer(call.now.milliseconds)] }
    let name = try call.header("X-MEXC-APIKEY")
    let key = try call.key(name)
    let time = try call.time(try call.parameter("timestamp"))
    let signature = try call.parameter("signature")
    let window = try call.window(call.request.parameter("recvWindow"))
    try call.requireTime(time, behind: window + 1, ahead: 1000)
    // The query as it was sent, and the body; HMAC-SHA256 keyed with the secret's text, in small hexadecimal only.
    try call.require(signature == Digests.hmac256(call.request.signedText, key: key.secret).hexadecimal)
    try call.requireAddress(of: key)
    guard call.route.id == "account" else { return ["code": 200, "data": .texts(key.pairs), "msg": nil] }
    try call.requirePower(["SPOT_ACCOUNT_READ"], of: key)
    // All of it is about the account, and nothing about the key.
    return [
      "canTrade": true, "canWithdraw": true, "canDeposit": true, "updateTime": nil, "accountType": "SPOT",
      "balances": [], "permissions": ["SPOT"],
    ]
  }

  let errors: [ErrorRow] = [
    .mexc("bad_key", 10072, "Api key info invalid", [.unknownKey, .malformedKey, .otherEnvironment]),
    .mexc(
      "bad_signature_or_expired", 700002, "Signature for this request is not valid.", [.signature, .expiredKey]),
    .mexc("bad_signature_or_expired", 602, "Signature verification failed", isMade: true),
    .mexc("key_expired", 402, "API Key expired, please apply again"),
    .mexc(
      "clock", 700003, "Timestamp for this request is outside of the recvWindow.", [.clock]),
    .mexc("clock", 10073, "invalid Request-Time", isMade: true),
    .mexc("ip_not_listed", 700006, "IP [{ip}] not in the ip white list", [.address]),
    .mexc("ip_not_listed", 406, "Accessing IP is not in the whitelist"),
    .mexc("permission_missing", 700007, "No permission to access the endpoint.", [.permission]),
    .mexc("permission_missing", 401, "No authority"),
    .mexc("header_missing", 400, "api key required", [.missingHeader]),
    .mexc(
      "missing_parameter", 700004, "Mandatory parameter '{name}' was not sent, was empty/null, or malformed.",
      [.missingParameter, .malformedTime], isMade: true),
    ErrorRow("waf", "", 403, "<html><body><h1>403 Forbidden</h1></body></html>\n", isMade: true),
    .mexc("rate_limited", 429, "Too Many Requests", status: 429),
    .mexc("rate_limited", 510, "Requests are too frequent, please try again later", status: 429, isMade: true),
    .mexc("account_locked", 730100, "Unusual user status", [.lockedKey]),
    .mexc("account_locked", 30018, "Unusual user status", isMade: true),
    .mexc("maintenance", 500, "Under maintenance, please try again later", status: 500, isMade: true),
    .mexc("maintenance", 501, "System busy, try again later", status: 500, isMade: true),
    .mexc("unknown_path", 404, "Not Found", [.unknownPath], status: 404, isMade: true),
  ]
}

extension ErrorRow {
  fileprivate static func mexc(
    _ cause: String, _ code: Int, _ words: String, _ answers: [Refusal] = [], status: Int = 400, isMade: Bool = false
  ) -> ErrorRow {
    ErrorRow(cause, String(code), status, #"{"code":\#(code),"msg":"\#(words)"}"#, for: answers, isMade: isMade)
  }
}
