import PlainText

/// Bybit, API v5.
///
/// Source: bybit-exchange/docs 072c197d (2026-07-24), guide.mdx, user/apikey-info.mdx and error.mdx.
struct Bybit: Exchange {
  let id = ExchangeID.bybit
  let terms = Terms(pairs: [.rsa], environments: [.live, .testnet, .demo])
  let routes = [Route.time("/v5/market/time"), Route(id: "query-api", path: "/v5/user/query-api")]
  let pathPrefixes = ["/v5/"]

  func answer(_ call: Call) throws(Refused) -> JSON {
    let now = call.now.milliseconds
    if call.route.id == "time" {
      return success(
        ["timeSecond": .text(String(call.now.seconds)), "timeNano": .text(String(now) + "000000")], call, words: "OK")
    }
    let name = try call.header("X-BAPI-API-KEY")
    let time = try call.header("X-BAPI-TIMESTAMP")
    let sign = try call.header("X-BAPI-SIGN")
    let window = call.request.header("X-BAPI-RECV-WINDOW") ?? "5000"
    let key = try call.key(name)
    try call.requireTime(try call.time(time), behind: try call.window(window) + 1, ahead: 1000)
    let text = Array((time + name + window + call.request.query).utf8) + call.request.body
    try call.require(isSigned(text, by: key, sign))
    try call.requireAddress(of: key)
    guard !key.powers.isEmpty else { throw Refused(.permission) }
    return success(about(key, call), call, words: "")
  }

  // MARK: - Private

  /// By HMAC-SHA256 keyed with the secret's text, in small hexadecimal; by RSA in Base64.
  private func isSigned(_ text: [UInt8], by key: Key, _ sign: String) -> Bool {
    switch key.signer {
    case .secret: sign == Digests.hmac256(text, key: key.secret).hexadecimal
    case .publicKey(let publicKey): Base64.bytes(sign).map { publicKey.verifies($0, of: text) } ?? false
    }
  }

  private func success(_ result: JSON, _ call: Call, words: String) -> JSON {
    [
      "retCode": 0, "retMsg": .text(words), "result": result, "retExtInfo": [:],
      "time": .integer(call.now.milliseconds),
    ]
  }

  private func about(_ key: Key, _ call: Call) -> JSON {
    let day: Int64 = 86_400_000
    let told: [(String, JSON)] = [
      ("note", .text(key.label)), ("apiKey", .text(key.name)), ("readOnly", key.isReadOnly ? 1 : 0),
      ("permissions", permissions(of: key)),
      ("ips", key.addresses.isEmpty ? ["*"] : .texts(key.addresses.map(\.text))),
      ("deadlineDay", .integer(key.expires.map { ($0 - call.now) / day } ?? -2)),
      ("expiredAt", .text(key.expires?.text ?? "1970-01-01T00:00:00Z")), ("createdAt", .text(key.created.text)),
      ("userID", .integer(key.user)), ("isMaster", .flag(key.isMain)), ("parentUid", key.isMain ? "0" : "1"),
    ]
    // The rest of the documented example.
    let others: [(String, JSON)] = [
      ("id", "2208369"), ("secret", ""), ("type", 1), ("unified", 0), ("uta", 1), ("inviterID", 0),
      ("vipLevel", "No VIP"),
      ("mktMakerLevel", "0"), ("affiliateID", 0), ("rsaPublicKey", ""), ("kycLevel", "LEVEL_1"), ("kycRegion", "MYS"),
    ]
    return .members(told + others)
  }

  /// The documented groups and any other, each with what the key's powers `GROUP:NAME` name of it.
  private func permissions(of key: Key) -> JSON {
    let documented = [
      "ContractTrade", "Spot", "Wallet", "Options", "Derivatives", "CopyTrading", "BlockTrade", "Exchange", "NFT",
      "Affiliate", "Earn", "FiatP2P", "FiatConvertBroker", "FiatGlobalPay", "FiatBitPay", "BitCard", "ByXPost",
    ]
    let powers = key.powers.map { power in
      let group = String(power.prefix { $0 != ":" })
      return (group: group, name: power.count > group.count ? String(power.dropFirst(group.count + 1)) : group)
    }
    var groups = documented
    for power in powers where !groups.contains(power.group) { groups.append(power.group) }
    return .members(groups.map { group in (group, .texts(powers.filter { $0.group == group }.map(\.name))) })
  }

  let errors: [ErrorRow] = [
    .shown("bad_key_or_environment", 10003, "API key is invalid.", [.unknownKey, .malformedKey, .otherEnvironment]),
    .shown("bad_signature", 10004, "Error sign, please check your signature generation algorithm.", [.signature]),
    .shown("permission_missing", 10005, "Permission denied, please check your API key permissions.", [.permission]),
    .shown("rate_limited", 10006, "Too many visits. Exceeded the API Rate Limit."),
    .shown("auth_failed", 10007, "User authentication failed."),
    .shown("account_banned", 10008, "Common banned, please check your account mode", [.lockedKey]),
    .shown("region_blocked", 10009, "Service Restricted: Access is currently unavailable for your region."),
    .shown("ip_not_listed", 10010, "Unmatched IP, please check your API key's bound IP addresses.", [.address]),
    .shown("compliance", 10024, "Compliance rules triggered"),
    .shown("account_banned", 10027, "Transactions are banned."),
    .shown("account_mode", 10028, "The API can only be accessed by unified account users."),
    .shown("symbol_whitelist", 10029, "The requested symbol is invalid, please check symbol whitelist"),
    .shown("clock", 10002, "The request time exceeds the time window range.", [.clock, .malformedTime]),
    .shown("clock", -1, "request expired: o@0, now[] diff[]"),
    .shown("key_expired", 33004, "Your api key has expired.", [.expiredKey]),
    .shown("key_expired", -2015, "Your api key has expired."),
    ErrorRow("header_or_key", "", 401, "", for: [.missingHeader], isMade: true),
    ErrorRow("edge_403", "", 403, "<html><body><h1>403 ERROR</h1></body></html>\n", isMade: true),
    ErrorRow("system_protection", "", 429, "", isMade: true),
    .made("maintenance", 10000, "Server Timeout"),
    .made("maintenance", 10016, "System error. Please try again later."),
    .made("maintenance", 429, "System level frequency protection"),
    ErrorRow("unknown_path", "", 404, "", for: [.unknownPath], isMade: true),
  ]
}

extension ErrorRow {
  /// An error in Bybit's form, which comes with HTTP 200.
  fileprivate static func shown(
    _ cause: String, _ code: Int, _ words: String, _ answers: [Refusal] = []
  ) -> ErrorRow {
    let body = #"{"retCode":\#(code),"retMsg":"\#(words)","result":{},"retExtInfo":{},"time":{ms}}"#
    return ErrorRow(cause, String(code), 200, body, for: answers)
  }

  fileprivate static func made(_ cause: String, _ code: Int, _ words: String) -> ErrorRow {
    var row = shown(cause, code, words)
    row.isMade = true
    return row
  }
}
