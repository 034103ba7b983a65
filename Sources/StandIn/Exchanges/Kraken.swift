import PlainText

/// Kraken, spot.
///
/// Source: docs.kraken.com, "Authentication", "API nonce", "Get API key info", "API errors".
struct Kraken: Exchange {
  let id = ExchangeID.kraken
  let terms = Terms(isSecretBase64: true)
  let routes = [
    Route.time("/0/public/Time"), Route(id: "GetApiKeyInfo", method: "POST", path: "/0/private/GetApiKeyInfo"),
  ]
  let pathPrefixes = ["/0/"]

  func answer(_ call: Call) throws(Refused) -> JSON {
    if call.route.id == "time" {
      return result(["unixtime": .integer(call.now.seconds), "rfc1123": .text(rfc1123(call.now))])
    }
    let name = try call.header("API-Key")
    let sign = try call.header("API-Sign")
    let key = try call.key(name)
    let form = Parameter.list(of: String(decoding: call.request.body, as: UTF8.self))
    func value(_ name: String) -> String? { form.first { $0.name == name }.flatMap { unescaped(String($0.value)) } }
    guard let nonce = value("nonce") else { throw Refused(.nonce) }
    try call.require(sign == signature(of: call.request, nonce: nonce, key: key))
    if let password = key.oneTimePassword, value("otp") != password { throw Refused(.oneTimePassword) }
    try call.requireAddress(of: key)
    guard let number = UInt64(nonce), call.nonces.accept(number, of: key) else { throw Refused(.nonce) }
    return result(about(key, call))
  }

  // MARK: - Private

  /// The path's bytes and the SHA-256 of nonce and body; HMAC-SHA512 keyed with the secret's bytes, in Base64.
  private func signature(of request: Request, nonce: String, key: Key) -> String {
    let digest = Digests.sha256(Array(nonce.utf8) + request.body)
    let secret = Base64.bytes(String(decoding: key.secret, as: UTF8.self)) ?? []
    return Base64.text(Digests.hmac512(Array(request.path.utf8) + digest, key: secret))
  }

  private func result(_ result: JSON) -> JSON { ["error": [], "result": result] }

  private func about(_ key: Key, _ call: Call) -> JSON {
    func seconds(_ moment: Moment?) -> JSON { .text(String(moment?.seconds ?? 0)) }
    return [
      "apiKeyName": .text(key.label), "apiKey": .text(key.name), "nonce": .text(String(call.nonces.highest(of: key))),
      "nonceWindow": .integer(Int64(key.nonceWindow)), "permissions": .texts(key.powers), "iban": "AA88 N84G XXXX XXXX",
      "validUntil": seconds(key.expires), "queryFrom": "0", "queryTo": "0", "createdTime": seconds(key.created),
      "modifiedTime": seconds(key.updated), "ipAllowlist": .texts(key.addresses.map(\.text)),
      "lastUsed": key.lastUsed.map(seconds) ?? nil,
    ]
  }

  /// `Tue, 14 Nov 23 22:13:20 +0000`.
  private func rfc1123(_ moment: Moment) -> String {
    let number = Int(floored(moment.seconds, by: 86_400).quotient)
    let date = Day(number: number).date
    // 1970-01-01 was a Thursday.
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][floored(number, by: 7).remainder]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let clock = moment.text.dropFirst(11).prefix(8)
    return
      "\(weekday), \(date.day.padded(to: 2)) \(months[date.month - 1]) \((date.year % 100).padded(to: 2)) \(clock) +0000"
  }

  let errors = [
    ErrorRow(
      "bad_key", "EAPI:Invalid key", 200, #"{"error":["EAPI:Invalid key"]}"#,
      for: [.unknownKey, .malformedKey, .missingHeader, .otherEnvironment]),
    ErrorRow(
      "bad_key", "EAPI:Invalid key", 200, #"{"error":["EAPI:Invalid key"]}"#, for: [.expiredKey], isMade: true),
    ErrorRow(
      "bad_signature_or_otp", "EAPI:Invalid signature", 200, #"{"error":["EAPI:Invalid signature"]}"#,
      for: [.signature, .oneTimePassword]),
    ErrorRow("nonce", "EAPI:Invalid nonce", 200, #"{"error":["EAPI:Invalid nonce"]}"#, for: [.nonce]),
    ErrorRow(
      "permission_missing", "EGeneral:Permission denied", 200, #"{"error":["EGeneral:Permission denied"]}"#),
    // What comes from an address that is not listed is not documented.
    ErrorRow(
      "permission_missing", "EGeneral:Permission denied", 200, #"{"error":["EGeneral:Permission denied"]}"#,
      for: [.address], isMade: true),
    ErrorRow("query_range", "EGeneral:Invalid arguments", 200, #"{"error":["EGeneral:Invalid arguments"]}"#),
    ErrorRow("temporary_lockout", "EGeneral:Temporary lockout", 200, #"{"error":["EGeneral:Temporary lockout"]}"#),
    ErrorRow("rate_limited", "EAPI:Rate limit exceeded", 200, #"{"error":["EAPI:Rate limit exceeded"]}"#),
    ErrorRow("rate_limited", "EAuth:Rate limit exceeded", 200, #"{"error":["EAuth:Rate limit exceeded"]}"#),
    ErrorRow("rate_limited", "EAuth:Too many requests", 200, #"{"error":["EAuth:Too many requests"]}"#),
    ErrorRow(
      "account_locked", "EAuth:Account temporary disabled", 200, #"{"error":["EAuth:Account temporary disabled"]}"#,
      for: [.lockedKey]),
    ErrorRow("account_unconfirmed", "EAuth:Account unconfirmed", 200, #"{"error":["EAuth:Account unconfirmed"]}"#),
    ErrorRow(
      "region_or_product", "EAccount:Invalid permissions", 200,
      #"{"error":["EAccount:Invalid permissions:USDT trading restricted for AA."]}"#),
    ErrorRow("maintenance", "EService:Unavailable", 200, #"{"error":["EService:Unavailable"]}"#),
    ErrorRow(
      "unknown_path", "EGeneral:Unknown method", 404, #"{"error":["EGeneral:Unknown method"]}"#, for: [.unknownPath],
      isMade: true),
  ]
}
