import PlainText

/// OKX, API v5.
///
/// Source: a copy of docs-v5 of 2026-02-23, "REST authentication" and "Error code"; 50119 with HTTP 401 as people met it.
struct OKX: Exchange {
  let id = ExchangeID.okx
  let terms = Terms(hasPassphrase: true, environments: [.live, .demo])
  let routes = [Route.time("/api/v5/public/time"), Route(id: "config", path: "/api/v5/account/config")]
  let pathPrefixes = ["/api/v5/"]

  func answer(_ call: Call) throws(Refused) -> JSON {
    if call.route.id == "time" { return success(["ts": .text(String(call.now.milliseconds))]) }
    let name = try call.header("OK-ACCESS-KEY", code: "50103")
    let passphrase = try call.header("OK-ACCESS-PASSPHRASE", code: "50104")
    let sign = try call.header("OK-ACCESS-SIGN", code: "50106")
    let time = try call.header("OK-ACCESS-TIMESTAMP", code: "50107")
    // Live and demo share a host: a header tells them apart.
    let isDemo = call.request.header("x-simulated-trading") == "1"
    let key = try call.key(name, in: isDemo ? .demo : .live) {
      $0.utf8.count == 36 && $0.split(separator: "-").count == 5
    }
    guard time.hasSuffix("Z"), let moment = Moment(time) else { throw Refused(.malformedTime) }
    try call.requireTime(moment, behind: 30_001, ahead: 30_001)
    // HMAC-SHA256 keyed with the secret's text, in Base64.
    let text = time + call.request.method + call.request.target
    try call.require(sign == Base64.text(Digests.hmac256(Array(text.utf8) + call.request.body, key: key.secret)))
    guard passphrase == key.passphrase else { throw Refused(.passphrase) }
    try call.requireAddress(of: key)
    try call.requirePower(["read_only"], of: key)
    return success(config(key))
  }

  // MARK: - Private

  private func success(_ entry: JSON) -> JSON { ["code": "0", "data": [entry], "msg": ""] }

  private func config(_ key: Key) -> JSON {
    let told: [(String, JSON)] = [
      ("ip", .text(key.addresses.map(\.text).joined(separator: ","))), ("label", .text(key.label)),
      ("mainUid", .text(String(key.isMain ? key.user : key.user &+ 1))),
      ("perm", .text(key.powers.joined(separator: ","))),
      ("uid", .text(String(key.user))),
    ]
    // The account's own settings, as in the documented example.
    let others: [(String, JSON)] = [
      ("acctLv", "2"), ("acctStpMode", "cancel_maker"), ("autoLoan", false), ("ctIsoMode", "automatic"),
      ("enableSpotBorrow", false), ("feeType", "0"), ("greeksType", "PA"), ("kycLv", "3"), ("level", "Lv1"),
      ("levelTmp", ""), ("liquidationGear", "-1"), ("mgnIsoMode", "automatic"), ("opAuth", "1"),
      ("posMode", "long_short_mode"), ("roleType", "0"), ("settleCcy", "USDC"),
      ("settleCcyList", ["USD", "USDC", "USDG"]), ("spotBorrowAutoRepay", false), ("spotOffsetType", ""),
      ("spotRoleType", "0"), ("spotTraderInsts", []), ("stgyType", "0"), ("traderInsts", []), ("type", "0"),
    ]
    return .members(told + others)
  }

  let errors: [ErrorRow] =
    [
      ErrorRow(
        "bad_key", "50111", 401, #"{"msg":"Invalid OK-ACCESS-KEY","code":"50111"}"#, for: [.malformedKey]),
      ErrorRow(
        "key_not_exist_or_wrong_region", "50119", 401, #"{"msg":"API key doesn't exist","code":"50119"}"#,
        for: [.unknownKey]),
      ErrorRow(
        "key_not_exist_or_wrong_region", "50119", 401, #"{"msg":"API key doesn't exist","code":"50119"}"#,
        for: [.expiredKey], isMade: true),
      ErrorRow(
        "bad_passphrase", "50105", 401,
        #"{"msg":"Request header \"OK-ACCESS-PASSPHRASE\" incorrect.","code":"50105"}"#, for: [.passphrase]),
      ErrorRow("bad_signature", "50113", 401, #"{"msg":"Invalid Sign","code":"50113"}"#, for: [.signature]),
      ErrorRow("clock", "50102", 401, #"{"msg":"Timestamp request expired","code":"50102"}"#, for: [.clock]),
      ErrorRow(
        "clock_format", "50112", 401, #"{"msg":"Invalid OK-ACCESS-TIMESTAMP.","code":"50112"}"#, for: [.malformedTime]),
      ErrorRow(
        "ip_not_listed", "50110", 401,
        #"{"msg":"Your IP {ip} is not included in your API key's IP whitelist.","code":"50110"}"#, for: [.address]),
      ErrorRow(
        "wrong_environment", "50101", 401, #"{"msg":"APIKey does not match current environment.","code":"50101"}"#,
        for: [.otherEnvironment]),
      ErrorRow(
        "key_locked", "50100", 400, #"{"msg":"API frozen, please contact customer service.","code":"50100"}"#,
        for: [.lockedKey]),
      ErrorRow(
        "ip_binding_required", "50035", 403,
        #"{"code":"50035","data":[],"msg":"This endpoint requires that APIKey must be bound to IP"}"#),
      ErrorRow(
        "permission_missing", "50120", 200,
        #"{"code":"50120","data":[],"msg":"This API key doesn't have permission to use this function"}"#,
        for: [.permission]),
      ErrorRow(
        "region_blocked", "50121", 200,
        #"{"code":"50121","data":[],"msg":"You can't access our services through the IP address ({ip})"}"#),
      ErrorRow("rate_limited", "50011", 429, #"{"code":"50011","data":[],"msg":"Too Many Requests"}"#),
      ErrorRow(
        "maintenance", "50001", 503,
        #"{"code":"50001","data":[],"msg":"Service temporarily unavailable. Please try again later."}"#),
      .made("header_missing", "50103", 401, #"Request header \"OK-ACCESS-KEY\" can not be empty."#, [.missingHeader]),
      .made(
        "header_missing", "50104", 401, #"Request header \"OK-ACCESS-PASSPHRASE\" can not be empty."#, [.missingHeader]),
      .made("header_missing", "50106", 401, #"Request header \"OK-ACCESS-SIGN\" can not be empty."#, [.missingHeader]),
      .made(
        "header_missing", "50107", 401, #"Request header \"OK-ACCESS-TIMESTAMP\" can not be empty."#, [.missingHeader]),
      .made("invalid_authorization", "50114", 401, "Invalid authorization"),
      .made("permission_missing", "50030", 200, "No permission to use this API"),
      .made("account_locked", "50007", 200, "Account blocked"),
      .made("account_locked", "50009", 200, "Account is suspended due to ongoing liquidation"),
      .made("account_locked", "50012", 200, "Account status invalid"),
      .made("account_locked", "50027", 200, "The account is restricted from trading"),
      .made("account_locked", "50029", 200, "The account is restricted"),
      .made("busy", "50013", 429, "System is busy, please try again later"),
      .made("endpoint_offline", "50005", 410, "API is offline or unavailable"),
      .made("unknown_path", "404", 404, "Not Found", [.unknownPath]),
    ] + ["50051", "50052", "50059", "50060"].map { .made("region_blocked", $0, 200, "Not available in your region") }
}

extension ErrorRow {
  /// A body in OKX's form that no source shows.
  fileprivate static func made(
    _ cause: String, _ code: String, _ status: Int, _ words: String, _ answers: [Refusal] = []
  ) -> ErrorRow {
    ErrorRow(
      cause, code, status, #"{"code":"\#(code)","data":[],"msg":"\#(words)"}"#, for: answers, isMade: true)
  }
}
