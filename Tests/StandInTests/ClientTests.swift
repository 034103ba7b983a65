import Foundation
import PlainText
import Testing

@testable import StandIn

/// What clients do otherwise than ccxt, and exchanges take.
@Suite struct ClientTests {
  @Test func `Gate's own client sends seconds with a fraction`() throws {
    let key = Self.key(.gateIO, powers: ["account"])
    for time in ["1700000000.0", "1700000000.123", "1699999941"] {
      let empty = Digests.sha512([]).hexadecimal
      let text = "GET\n/api/v4/account/detail\ncurrency=A B\n\(empty)\n\(time)"
      let sign = Digests.hmac512(text.utf8, key: key.secret).hexadecimal
      let headers = ["KEY": key.name, "Timestamp": time, "SIGN": sign, "X-Gate-Size-Decimal": "1"]
      // The query is signed without its escapes.
      #expect(try Self.outcome(key, "/api/v4/account/detail?currency=A%20B", headers) == "accepted")
    }
  }

  @Test(arguments: ["", "&recvWindow=60000", "&recvWindow=60001"])
  func `a window may be absent, and is no longer than a minute`(_ window: String) throws {
    for (exchange, path, header) in [
      (ExchangeID.binance, "/sapi/v1/account/apiRestrictions", "X-MBX-APIKEY"),
      (.mexc, "/api/v3/account", "X-MEXC-APIKEY"),
    ] {
      let key = Self.key(exchange, powers: ["enableReading", "SPOT_ACCOUNT_READ"])
      let late: Int64 = window.isEmpty ? 5000 : 60_000
      for (time, outcome) in [
        (Self.now - late, "accepted"), (Self.now - late - 1, "clock"), (Self.now + 1000, "clock"),
      ] {
        let query = "timestamp=\(time)\(window)"
        let signature = Digests.hmac256(query.utf8, key: key.secret).hexadecimal
        #expect(try Self.outcome(key, "\(path)?\(query)&signature=\(signature)", [header: key.name]) == outcome)
        // In capitals Binance takes it, and MEXC does not.
        let capitals = try Self.outcome(key, "\(path)?\(query)&signature=\(signature.uppercased())", [header: key.name])
        #expect(capitals == (outcome == "clock" ? "clock" : exchange == .binance ? "accepted" : "signature"))
      }
    }
  }

  @Test func `Kraken takes nonces of 64 bits, and a one-time password`() throws {
    var key = Self.key(.kraken, powers: [], secret: "RkFLRQ==")
    key.nonce = 1_700_000_000_000_000_000
    key.oneTimePassword = "12 34"
    let path = "/0/private/GetApiKeyInfo"
    for (nonce, otp, outcome) in [
      ("18446744073709551615", "&otp=12%2034", "accepted"), ("1700000000000", "&otp=12%2034", "nonce"),
      ("18446744073709551616", "&otp=12%2034", "nonce"), ("1700000000000000001", "&otp=1234", "one-time-password"),
      ("1700000000000000001", "", "one-time-password"),
    ] {
      let body = Array("nonce=\(nonce)\(otp)".utf8)
      let text = Array(path.utf8) + Digests.sha256(Array(nonce.utf8) + body)
      let sign = Base64.text(Digests.hmac512(text, key: Array("FAKE".utf8)))
      #expect(try Self.outcome(key, path, ["API-Key": key.name, "API-Sign": sign], body: body) == outcome)
    }
  }

  @Test(arguments: ["1", "2", "3"]) func `KuCoin's passphrase is signed since version 2`(_ version: String) throws {
    let key = Self.key(.kucoin, powers: ["General"], passphrase: "phrase")
    let sign = Base64.text(Digests.hmac256("\(Self.now)GET/api/v1/user/api-key".utf8, key: key.secret))
    let passphrase = Base64.text(Digests.hmac256("phrase".utf8, key: key.secret))
    let headers = [
      "KC-API-KEY": key.name, "KC-API-SIGN": sign, "KC-API-TIMESTAMP": "\(Self.now)", "KC-API-PASSPHRASE": passphrase,
      "KC-API-KEY-VERSION": version, "KC-API-PARTNER": "x",
    ]
    let outcome = try Self.outcome(key, "/api/v1/user/api-key", headers)
    #expect(outcome == (version == "1" ? "passphrase" : "accepted"))
  }

  @Test(arguments: [("0", "accepted"), ("1", "other-environment")])
  func `OKX's header 0 means live`(_ header: String, _ outcome: String) throws {
    let key = Self.key(.okx, powers: ["read_only"], passphrase: "phrase")
    let time = "2023-11-14T22:13:20.000Z"
    let headers = [
      "OK-ACCESS-KEY": key.name, "OK-ACCESS-TIMESTAMP": time, "OK-ACCESS-PASSPHRASE": "phrase",
      "OK-ACCESS-SIGN": Base64.text(Digests.hmac256("\(time)GET/api/v5/account/config".utf8, key: key.secret)),
      "x-simulated-trading": header,
    ]
    #expect(try Self.outcome(key, "/api/v5/account/config", headers) == outcome)
  }

  @Test(arguments: ["Api.Example:81", "Api.Example"]) func `HTX takes its host with or without a port`(_ host: String)
    throws
  {
    let key = Self.key(.htx, powers: ["readOnly"])
    let ordered = "AccessKeyId=k&SignatureMethod=HmacSHA256&SignatureVersion=2&Timestamp=2023-11-14T22%3A13%3A20"
    let free = "Timestamp=2023-11-14T22%3a13%3a20&SignatureVersion=2&AccessKeyId=k&SignatureMethod=HmacSHA256"
    for signed in ["api.example:81", "api.example", "other"] {
      let text = "GET\n\(signed)\n/v2/user/uid\n\(ordered)"
      let signature = escaped(Base64.text(Digests.hmac256(text.utf8, key: key.secret)))
      let outcome = try Self.outcome(key, "/v2/user/uid?\(free)&Signature=\(signature)", ["Host": host])
      let isRight = signed == host.lowercased() || signed == "api.example"
      #expect(outcome == (isRight ? "accepted" : "signature"))
    }
  }

  // MARK: - Private

  static let now: Int64 = 1_700_000_000_000

  private static func key(
    _ exchange: ExchangeID, powers: [String], secret: String = "FAKE", passphrase: String? = nil
  ) -> Key {
    let now = Moment(milliseconds: now)
    return Key(
      exchange: exchange, name: "k", signer: .secret(secret), passphrase: passphrase, powers: powers, created: now,
      updated: now, user: 1)
  }

  /// What becomes of a request for a key; a POST if it has a body.
  static func outcome(
    _ key: Key, _ target: String, _ headers: [String: String], body: [UInt8] = []
  ) throws -> String {
    let request = Request(
      method: key.exchange == .kraken ? "POST" : "GET", target: target,
      headers: headers.map { Header($0.key, $0.value) }, body: body, peer: "127.0.0.1")
    let responder = try Responder { _ in
      var state = State()
      state.keys = [key]
      return state
    }
    return responder.answer(request, at: Moment(milliseconds: now)).entry.outcome
  }
}
