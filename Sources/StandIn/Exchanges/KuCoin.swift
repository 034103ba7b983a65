import PlainText

/// KuCoin.
///
/// Source: kucoin-universal-sdk (API documentation of 2025-05-29); errors as documented, with HTTP's status as people met it.
struct KuCoin: Exchange {
  let id = ExchangeID.kucoin
  let terms = Terms(hasPassphrase: true)
  let routes = [Route.time("/api/v1/timestamp"), Route(id: "api-key", path: "/api/v1/user/api-key")]
  let pathPrefixes = ["/api/v1/"]

  func answer(_ call: Call) throws(Refused) -> JSON {
    if call.route.id == "time" { return success(.integer(call.now.milliseconds)) }
    let name = try call.header("KC-API-KEY")
    let sign = try call.header("KC-API-SIGN")
    let time = try call.header("KC-API-TIMESTAMP")
    let passphrase = try call.header("KC-API-PASSPHRASE")
    let version = try call.header("KC-API-KEY-VERSION")
    let key = try call.key(name)
    try call.requireTime(try call.time(time), behind: 5001, ahead: 5001)
    // HMAC-SHA256 keyed with the secret's text, in Base64.
    let text = time + call.request.method + call.request.target
    try call.require(sign == Base64.text(Digests.hmac256(Array(text.utf8) + call.request.body, key: key.secret)))
    // Since version 2 the passphrase is signed, too.
    let expected = Base64.text(Digests.hmac256((key.passphrase ?? "").utf8, key: key.secret))
    guard ["2", "3"].contains(version), passphrase == expected else { throw Refused(.passphrase) }
    try call.requireAddress(of: key)
    try call.requirePower(["General"], of: key)
    return success(about(key))
  }

  // MARK: - Private

  private func success(_ data: JSON) -> JSON { ["code": "200000", "data": data] }

  private func about(_ key: Key) -> JSON {
    var members: [(String, JSON)] = [
      ("remark", .text(key.label)), ("apiKey", .text(key.name)), ("apiVersion", 3),
      ("permission", .text(key.powers.joined(separator: ","))), ("createdAt", .integer(key.created.milliseconds)),
      ("uid", .integer(key.user)), ("isMaster", .flag(key.isMain)),
    ]
    if !key.addresses.isEmpty {
      members.append(("ipWhitelist", .text(key.addresses.map { masked($0.text) }.joined(separator: ","))))
    }
    if !key.isMain { members.append(("subName", "sub1")) }
    return .members(members)
  }

  /// `203.**.154` for 203.0.113.154, as the documented example has it.
  private func masked(_ address: String) -> String {
    let parts = address.split(separator: ".")
    return parts.count == 4 ? "\(parts[0]).**.\(parts[3])" : address
  }

  let errors = [
    ErrorRow(
      "header_missing", "400001", 401, #"{"code":"400001","msg":"Please check the header of your request"}"#,
      for: [.missingHeader]),
    ErrorRow(
      "clock", "400002", 400, #"{"code":"400002","msg":"Invalid KC-API-TIMESTAMP"}"#, for: [.clock, .malformedTime]),
    ErrorRow(
      "bad_key", "400003", 401, #"{"code":"400003","msg":"KC-API-KEY not exists"}"#,
      for: [.unknownKey, .malformedKey, .otherEnvironment]),
    ErrorRow(
      "bad_key", "400003", 401, #"{"code":"400003","msg":"KC-API-KEY not exists"}"#, for: [.expiredKey], isMade: true),
    ErrorRow(
      "bad_passphrase", "400004", 401, #"{"code":"400004","msg":"Invalid KC-API-PASSPHRASE"}"#, for: [.passphrase]),
    ErrorRow("bad_signature", "400005", 401, #"{"code":"400005","msg":"Invalid KC-API-SIGN"}"#, for: [.signature]),
    ErrorRow(
      "ip_not_listed", "400006", 401,
      #"{"code":"400006","msg":"The requested ip address is not in the api whitelist"}"#, for: [.address]),
    ErrorRow(
      "permission_missing", "400007", 403, #"{"code":"400007","msg":"Access denied, require more permission."}"#,
      for: [.permission]),
    ErrorRow("account_locked", "411100", 200, #"{"code":"411100","msg":"User are frozen."}"#, for: [.lockedKey]),
    ErrorRow("edge_rate", "1015", 429, "error code: 1015", isMade: true),
    ErrorRow("rate_limited", "429000", 429, #"{"code":"429000","msg":"Too many requests"}"#),
    ErrorRow("maintenance", "500000", 500, #"{"code":"500000","msg":"Internal Server Error"}"#),
    ErrorRow(
      "unknown_path", "404000", 404, #"{"code":"404000","msg":"URL Not Found"}"#, for: [.unknownPath], isMade: true),
  ]
}
