import PlainText

/// HTX (Huobi), spot.
///
/// Source: its documentation as read 2026-03-06 and 2026-11-23. Errors come with HTTP 200, those of v1 in words of two
/// languages; which of the two forms v2 answers to a bad key or address is not known.
struct HTX: Exchange {
  let id = ExchangeID.htx
  let terms = Terms(pairs: [.ed25519])
  let routes = [
    Route.time("/v1/common/timestamp"), Route(id: "uid", path: "/v2/user/uid"),
    Route(id: "api-key", path: "/v2/user/api-key"),
  ]
  let pathPrefixes = ["/v1/", "/v2/"]

  func answer(_ call: Call) throws(Refused) -> JSON {
    if call.route.id == "time" { return ["status": "ok", "data": .integer(call.now.milliseconds)] }
    let name = try call.parameter("AccessKeyId")
    let method = try call.parameter("SignatureMethod")
    let time = try call.parameter("Timestamp")
    let signature = try call.parameter("Signature")
    let key = try call.key(name)
    guard time.utf8.count == 19, let moment = Moment(time) else { throw Refused(.malformedTime) }
    try call.requireTime(moment, behind: 300_001, ahead: 300_001)
    try call.require(call.request.parameter("SignatureVersion") == "2")
    try call.require(isSigned(call.request, by: key, method, signature))
    try call.requireAddress(of: key)
    try call.requirePower(["readOnly"], of: key)
    if call.route.id == "uid" { return ["code": 200, "data": .integer(key.user)] }
    // A main account asks for its own keys.
    guard key.isMain, try call.parameter("uid") == String(key.user) else { throw Refused(.subAccount) }
    let asked = call.request.parameter("accessKey")
    let keys = call.state.keys.filter { $0.exchange == id && $0.user == key.user && (asked ?? $0.name) == $0.name }
    return ["code": 200, "message": "success", "data": .array(keys.map { about($0, call) })]
  }

  // MARK: - Private

  /// Method, host in small letters, path and parameters in order, each on a line; HMAC-SHA256 keyed with the secret's text, or
  /// Ed25519, in Base64. Clients sign their host with or without its port.
  private func isSigned(_ request: Request, by key: Key, _ method: String, _ signature: String) -> Bool {
    let host = (request.header("Host") ?? "").lowercased()
    return [host, String(host.prefix { $0 != ":" })].contains { host in
      let text = [request.method, host, request.path, orderedParameters(of: request)].joined(separator: "\n")
      switch key.signer {
      case .secret:
        return method == "HmacSHA256" && signature == Base64.text(Digests.hmac256(text.utf8, key: key.secret))
      case .publicKey(let publicKey):
        return method == "Ed25519" && Base64.bytes(signature).map { publicKey.verifies($0, of: text.utf8) } == true
      }
    }
  }

  /// All but the signature, by the bytes of their names, with escapes in upper case.
  private func orderedParameters(of request: Request) -> String {
    request.parameters.filter { $0.name != "Signature" }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      .map { "\($0.name)=\(escaped(unescaped(String($0.value)) ?? ""))" }.joined(separator: "&")
  }

  private func about(_ key: Key, _ call: Call) -> JSON {
    let isExpired = key.expires.map { $0 <= call.now } ?? false
    return [
      "accessKey": .text(key.name), "status": isExpired ? "expired" : "normal", "note": .text(key.label),
      "permission": .text(key.powers.joined(separator: ",")),
      "ipAddresses": .text(key.addresses.map(\.text).joined(separator: ",")),
      "validDays": .integer(key.expires.map { ($0 - call.now) / 86_400_000 } ?? -1),
      "createTime": .integer(key.created.milliseconds), "updateTime": .integer(key.updated.milliseconds),
    ]
  }

  let errors: [ErrorRow] = [
    .v1("bad_key", "Incorrect Access key [Access key错误]", [.unknownKey, .malformedKey, .otherEnvironment]),
    .v1("bad_signature", "Verification failure [校验失败]"),
    .v1("ip_not_listed", "Incorrect IP address [IP地址错误]:{ip}", [.address]),
    .v1("permission_missing", "API key has no permission [API Key没有权限]", [.permission]),
    // Seen: ccxt/ccxt#25931 (2025-05).
    .v1(
      "clock", "Invalid submission time or incorrect time format [无效的提交时间，或时间格式错误]", [.clock, .malformedTime]),
    ErrorRow("bad_signature_v2", "1003", 200, #"{"code":1003,"message":"invalid signature"}"#, for: [.signature]),
    ErrorRow(
      "bad_signature_v2", "1003", 200, #"{"code":1003,"message":"invalid signature"}"#,
      for: [.missingParameter, .expiredKey], isMade: true),
    ErrorRow("unauthorized_v2", "1002", 200, #"{"code":1002,"message":"unauthorized"}"#, for: [.subAccount]),
    ErrorRow(
      "unauthorized_v2", "1002", 200, #"{"code":1002,"message":"unauthorized"}"#, for: [.lockedKey], isMade: true),
    ErrorRow(
      "bad_key_contract", "403", 200,
      #"{"status":"error","err_code":403,"err_msg":"Incorrect Access key [Access key错误]","ts":{ms}}"#),
    ErrorRow(
      "gateway", "gateway-internal-error", 200,
      #"{"status":"error","err-code":"gateway-internal-error","err-msg":"Failed to load data. Try again later.","data":null}"#
    ),
    ErrorRow(
      "rate_limited", "api-request-limit", 429,
      #"{"status":"error","err-code":"api-request-limit","err-msg":"Request too frequent","data":null}"#),
    ErrorRow(
      "unknown_path", "404", 404, #"{"code":404,"message":"Not Found"}"#, for: [.unknownPath], isMade: true),
  ]
}

extension ErrorRow {
  /// A signature that is not accepted, in the form of v1, and why.
  fileprivate static func v1(_ cause: String, _ words: String, _ answers: [Refusal] = []) -> ErrorRow {
    let code = "api-signature-not-valid"
    let body = #"{"status":"error","err-code":"\#(code)","err-msg":"Signature not valid: \#(words)","data":null}"#
    return ErrorRow(cause, code, 200, body, for: answers)
  }
}
