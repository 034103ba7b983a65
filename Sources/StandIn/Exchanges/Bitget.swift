import PlainText

/// Bitget, classic accounts (API v2) and unified ones (API v3).
///
/// Source: its documentation as read 2026-11-23 and 2026-11-29; error texts as ccxt 4.5.90 and people know them.
struct Bitget: Exchange {
  let id = ExchangeID.bitget
  let terms = Terms(hasPassphrase: true, environments: [.live, .demo])
  let routes = [
    Route.time("/api/v2/public/time"), Route(id: "classic", path: "/api/v2/spot/account/info"),
    Route(id: "uta", path: "/api/v3/account/info"),
  ]
  let pathPrefixes = ["/api/v2/", "/api/v3/account/"]

  func answer(_ call: Call) throws(Refused) -> JSON {
    if call.route.id == "time" { return success(["serverTime": .text(String(call.now.milliseconds))], call) }
    let name = try call.header("ACCESS-KEY", code: "40001")
    let sign = try call.header("ACCESS-SIGN", code: "40003")
    let time = try call.header("ACCESS-TIMESTAMP", code: "40005")
    let passphrase = try call.header("ACCESS-PASSPHRASE", code: "40011")
    // Live and demo share a host: a header tells them apart.
    let isDemo = call.request.header("PAPTRADING") == "1"
    let key = try call.key(name, in: isDemo ? .demo : .live) { $0.hasPrefix("bg_") }
    try call.requireTime(try call.time(time), behind: 30_001, ahead: 30_001)
    // HMAC-SHA256 keyed with the secret's text, in Base64.
    let text = time + call.request.method + call.request.target
    try call.require(sign == Base64.text(Digests.hmac256(Array(text.utf8) + call.request.body, key: key.secret)))
    guard passphrase == key.passphrase else { throw Refused(.passphrase) }
    try call.requireAddress(of: key)
    let isClassic = call.route.id == "classic"
    guard isClassic != key.isUnified else { throw Refused(.accountMode, code: isClassic ? "40085" : "40084") }
    if isClassic { try call.requirePower(["stor", "stow", "readonly", "trade"], of: key, called: "spot read") }
    return success(isClassic ? classic(key) : unified(key), call)
  }

  // MARK: - Private

  private func success(_ data: JSON, _ call: Call) -> JSON {
    ["code": "00000", "msg": "success", "requestTime": .integer(call.now.milliseconds), "data": data]
  }

  private func classic(_ key: Key) -> JSON {
    [
      "userId": .text(String(key.user)), "inviterId": "682221498", "ips": ips(of: key),
      "authorities": .texts(key.powers),
      "parentId": key.isMain ? 0 : 1, "traderType": "not_trader", "channelCode": "XXX", "channel": "YYY",
      "regisTime": "1246566789345",
    ]
  }

  /// The documentation spells a name and a value otherwise than clients met them.
  private func unified(_ key: Key) -> JSON {
    let isSeen = key.isSpelledAsSeen
    let mode = key.isReadOnly ? "read-only" : "read-and-write"
    return .members([
      (isSeen ? "userId" : "uid", .text(String(key.user))), ("inviterId", "987654321"),
      ("parentId", key.isMain ? "" : "1"), ("channelCode", "6258"), ("channel", "official"), ("ips", ips(of: key)),
      ("permType", .text(isSeen ? mode.replacing("-", with: "_") : mode)), ("permissions", .texts(key.powers)),
      ("regisTime", "1704067200000"),
    ])
  }

  private func ips(of key: Key) -> JSON { .text(key.addresses.map(\.text).joined(separator: ",")) }

  let errors: [ErrorRow] = [
    .bitget("key_not_exist", "40037", "Apikey does not exist", [.unknownKey]),
    .bitget("key_not_exist", "40037", "Apikey does not exist", [.expiredKey], isMade: true),
    .bitget("bad_key", "40006", "Invalid ACCESS_KEY", [.malformedKey]),
    .bitget("bad_signature", "40009", "sign signature error", [.signature]),
    .bitget("bad_signature", "40010", "sign signature error"),
    .bitget("bad_passphrase", "40012", "apikey/password is incorrect", [.passphrase]),
    .bitget("permission_missing", "40014", "Incorrect permissions, need {name} permissions", [.permission]),
    .bitget("ip_not_listed", "40018", "Invalid IP,Current request IP {ip}", [.address]),
    .bitget("clock", "40008", "Request timestamp expired", [.clock]),
    .bitget("clock", "40004", "Request timestamp expired"),
    .bitget("clock", "40005", "Invalid ACCESS_TIMESTAMP", [.malformedTime, .missingHeader]),
    .bitget(
      "account_mode", "40085",
      "You are in Unified Account mode, and the Classic Account API is not supported at this time", [.accountMode]),
    .bitget(
      "account_mode", "40084",
      "You are in Classic Account mode, and the Unified Account API is not supported at this time", [.accountMode]),
    // Seen: ccxt/ccxt#25004 (2025-01), #25502 (2025-03), #26125 (2025-06).
    .bitget("wrong_environment", "40099", "exchange environment is incorrect", [.otherEnvironment]),
    .bitget("account_locked", "40013", "User status is abnormal", [.lockedKey]),
    .bitget("account_locked", "40031", "The account has been cancelled and cannot be used again", isMade: true),
    .bitget("two_factor_required", "40016", "The user must bind the phone or Google"),
    .bitget("rate_limited", "429", "Too Many Requests", status: 429),
    .bitget("rate_limited", "1001", "The request is too frequent and has been throttled", status: 429, isMade: true),
    .bitget("maintenance", "40015", "System is abnormal, please try again later"),
    .bitget("header_missing", "40001", "ACCESS_KEY cannot be empty", [.missingHeader], isMade: true),
    .bitget("header_missing", "40003", "Signature cannot be empty", [.missingHeader], isMade: true),
    .bitget("header_missing", "40011", "ACCESS_PASSPHRASE cannot be empty", [.missingHeader], isMade: true),
    .bitget("unknown_path", "40404", "Request URL NOT FOUND", [.unknownPath], status: 404, isMade: true),
  ]
}

extension ErrorRow {
  fileprivate static func bitget(
    _ cause: String, _ code: String, _ words: String, _ answers: [Refusal] = [], status: Int = 400,
    isMade: Bool = false
  ) -> ErrorRow {
    let body = #"{"code":"\#(code)","msg":"\#(words)","requestTime":{ms},"data":null}"#
    return ErrorRow(cause, code, status, body, for: answers, isMade: isMade)
  }
}
