import CustomDump
import Foundation
import NetProtocol
import SecretMemory
import Testing

@testable import keyusher_net

/// Signing with private keys, checked by the program `openssl`, and keys that are none.
@Suite struct PrivateKeyTests {
  @Test func `RSA and Ed25519 sign Binance's query and Bybit's text as openssl does`() throws {
    guard let openssl = try OpenSSL() else { return }
    let rsa = try openssl.key("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")
    let ed25519 = try openssl.key("-algorithm", "ed25519")
    // The form that openssl wrote before 1.0: PKCS 1.
    let old = try openssl.run(["pkey", "-traditional"], rsa)
    #expect(old.hasPrefix("-----BEGIN RSA PRIVATE KEY-----"))
    let query = "timestamp=1700000000000&recvWindow=10000"
    for (pem, isHashed) in [(rsa, true), (old, true), (ed25519, false)] {
      let signed = try signed("binance", pem)
      let signature = Data(try openssl.signature(of: query, by: pem, isHashed: isHashed)).base64EncodedString()
      let escaped = signature.replacing("+", with: "%2B").replacing("/", with: "%2F").replacing("=", with: "%3D")
      expectNoDifference(
        signed.targetText, "/sapi/v1/account/apiRestrictions?\(query)&signature=\(escaped)")
    }
    let text = "1700000000000FAKE0000000000000000000000000key15000"
    expectNoDifference(
      try signed("bybit", rsa).header("X-BAPI-SIGN"),
      Data(try openssl.signature(of: text, by: rsa, isHashed: true)).base64EncodedString())
  }

  // MARK: - Coinbase

  @Test func `A token has the claims of Coinbase's own package, and its signature is the key's`() throws {
    let vector = try #require(try Vectors.signing.first { $0.exchange == "coinbase" })
    guard let openssl = try OpenSSL() else { return }
    for pem in [
      vector.secretText, vector.secretText.replacing("\n", with: "\\n"), String(vector.secretText.dropLast()),
    ] {
      let token = try Token(signed("coinbase", pem, key: vector.apiKey))
      expectNoDifference(
        token.header, #"{"alg":"ES256","kid":"\#(vector.apiKey)","nonce":"\#(nonce)","typ":"JWT"}"#)
      expectNoDifference(
        token.claims,
        #"{"sub":"\#(vector.apiKey)","iss":"cdp","nbf":1700000000,"exp":1700000120,"#
          + #""uri":"GET api.coinbase.com/api/v3/brokerage/key_permissions"}"#)
      #expect(token.signature.count == 64)
      #expect(
        try openssl.verifies(token.signatureInDER, of: token.text, by: vector.secretText, isHashed: true))
      #expect(
        try !openssl.verifies(token.signatureInDER, of: token.text + "x", by: vector.secretText, isHashed: true))
      // Of this key is the public key with which others checked the vector.
      let open = try openssl.run(["pkey", "-noout", "-text"], vector.secretText).filter(\.isHexDigit)
      #expect(open.contains(try #require(vector.publicKeyX963Hex)))
    }
  }

  @Test func `A token of Ed25519 is the same from a PEM, from 32 bytes and from 64`() throws {
    guard let openssl = try OpenSSL() else { return }
    let pem = try openssl.key("-algorithm", "ed25519")
    let der = try #require(
      Data(base64Encoded: pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()))
    let open = try openssl.run(["pkey", "-pubout"], pem).split(separator: "\n").filter { !$0.hasPrefix("-----") }
    let openKey = try #require(Data(base64Encoded: open.joined())).suffix(32)
    let tokens = try [
      pem, der.suffix(32).base64EncodedString(), (der.suffix(32) + openKey).base64EncodedString(),
    ].map { try Token(signed("coinbase", $0)) }
    #expect(Set(tokens.map(\.whole)).count == 1)
    #expect(tokens[0].header.hasPrefix(#"{"alg":"EdDSA","#))
    expectNoDifference(
      tokens[0].signature, try openssl.signature(of: tokens[0].text, by: pem, isHashed: false))
    let others = (der.suffix(32) + openKey.reversed()).base64EncodedString()
    #expect(throws: Unbuilt.part("private-key", .unreadable)) { try signed("coinbase", others) }
  }

  @Test func `A token for a server on this computer is for that server alone`() throws {
    var request = KeyRequest("coinbase", "live", "key-permissions")
    request.parts = sampleParts(for: "coinbase")
    request.base = try NetAddress("http://127.0.0.1:8080")
    let token = try Token(SignedRequest(request, at: .sample))
    #expect(token.claims.hasSuffix(#""uri":"GET 127.0.0.1:8080/api/v3/brokerage/key_permissions"}"#))
  }

  @Test func `The token that ccxt sent has our kid, times and algorithm`() throws {
    for (name, recorded) in try Vectors.recorded {
      for request in recorded.requests {
        guard let value = request.header("Authorization") else { continue }
        let (theirs, ours) = (try Token(value), try Token(signed("coinbase", fakePEM, key: recorded.key)))
        for (claim, keys) in [(\Token.header, ["alg", "typ", "kid"]), (\.claims, ["sub", "nbf", "exp"])] {
          let (one, other) = (try object(theirs[keyPath: claim]), try object(ours[keyPath: claim]))
          for key in keys { expectNoDifference("\(one[key] ?? "")", "\(other[key] ?? "")", "\(name): \(key)") }
        }
      }
    }
  }

  // MARK: - No keys

  @Test func `What is no key is refused by the name of its part and of its fault`() throws {
    guard let openssl = try OpenSSL() else { return }
    let rsa = try openssl.key("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")
    let ed25519 = try openssl.key("-algorithm", "ed25519")
    let p384 = try openssl.key("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384")
    let locked = try openssl.run(["pkey", "-aes256", "-passout", "pass:fake"], rsa)
    let lockedOld = try openssl.run(["pkey", "-traditional", "-aes256", "-passout", "pass:fake"], rsa)
    let open = try openssl.run(["pkey", "-pubout"], rsa)
    let half = String(rsa.prefix(rsa.count / 2))
    typealias Case = (exchange: String, secret: String, fault: Unbuilt.PartFault)
    let cases: [Case] = [
      ("binance", locked, .encrypted), ("bybit", lockedOld, .encrypted), ("coinbase", locked, .encrypted),
      ("binance", open, .publicKey), ("bybit", open, .publicKey), ("coinbase", open, .publicKey),
      ("binance", half, .unreadable), ("bybit", "-----BEGIN PRIVATE KEY-----\n", .unreadable),
      ("coinbase", fakePEM.replacing("A", with: "B"), .unreadable),
      ("binance", fakePEM, .kind), ("bybit", ed25519, .kind), ("coinbase", rsa, .kind), ("coinbase", p384, .kind),
      ("coinbase", "no base64", .notBase64), ("coinbase", "RkFLRQ==", .length),
      ("kraken", "no base64", .notBase64), ("kraken", "RkFLRQ", .notBase64), ("kraken", "RkFLRQ==\n", .notBase64),
    ]
    let textSecrets = ["gate-io", "kraken", "kucoin", "okx", "bitget", "mexc", "htx"]
    for (exchange, secret, fault) in cases + textSecrets.map({ ($0, rsa, .kind) })
      + RequestTable.rows.map({ ($0.exchange, "", .missing) })
    {
      let name = exchange == "coinbase" ? "private-key" : "secret"
      #expect(throws: Unbuilt.part(name, fault), "\(exchange)") { try signed(exchange, secret) }
    }
  }

  @Test func `A key or a passphrase that would not stay in its place is refused`() throws {
    let exchanges = Set(RequestTable.rows.map(\.exchange))
    for exchange in exchanges {
      let secret = exchange == "coinbase" ? fakePEM : "RkFLRQ=="
      for key in ["a\nX-Evil: b", "a b", "ä", "a\u{7F}"] {
        #expect(throws: Unbuilt.part("key", .unprintable), "\(exchange)") { try signed(exchange, secret, key: key) }
      }
      #expect(throws: Unbuilt.part("key", .missing), "\(exchange)") { try signed(exchange, secret, key: "") }
    }
    #expect(throws: Unbuilt.part("key", .unprintable)) { try signed("coinbase", fakePEM, key: #"a","sub":"b"#) }
    for exchange in ["okx", "bitget"] {
      #expect(throws: Unbuilt.part("passphrase", .unprintable)) {
        try signed(exchange, "FAKE", passphrase: "a\r\nX-Evil: b")
      }
    }
    for exchange in ["okx", "bitget", "kucoin"] {
      #expect(throws: Unbuilt.part("passphrase", .missing)) { try signed(exchange, "FAKE", passphrase: nil) }
    }
  }

  @Test func `A one-time password goes into Kraken's form, and under its signature`() throws {
    var request = KeyRequest("kraken", "live", "key-info")
    request.parts = sampleParts(for: "kraken")
    let without = try SignedRequest(request, at: .sample)
    request.oneTimePassword = secret("12 34&56")
    let with = try SignedRequest(request, at: .sample)
    expectNoDifference(without.body?.text, "nonce=1700000000000")
    expectNoDifference(with.body?.text, "nonce=1700000000000&otp=12%2034%2656")
    #expect(with.header("API-Sign") != without.header("API-Sign"))
  }

  // MARK: - Private

  private let nonce = String(repeating: "a5", count: Moment.nonceBytes)

  private func signed(
    _ exchange: String, _ secret: String, key: String = "FAKE0000000000000000000000000key1",
    passphrase: String? = "FakePass-1"
  ) throws -> SignedRequest {
    let row = try #require(RequestTable.rows.first { $0.exchange == exchange && $0.scheme != .unsigned })
    var request = KeyRequest(exchange, row.environment, row.request)
    request.parts = parts(exchange, key: key, secret: secret, passphrase)
    return try SignedRequest(request, at: .sample)
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}

/// A token taken apart.
private struct Token {
  var whole: String
  var header: String
  var claims: String
  var signature: [UInt8]

  /// What is signed.
  var text: String { whole.split(separator: ".").prefix(2).joined(separator: ".") }

  init(_ signed: SignedRequest) throws { try self.init(#require(signed.header("Authorization"))) }

  init(_ value: String) throws {
    whole = String(value.dropFirst("Bearer ".count))
    let parts = try whole.split(separator: ".").map { part -> Data in
      let text = part.replacing("-", with: "+").replacing("_", with: "/")
      return try #require(Data(base64Encoded: text + String(repeating: "=", count: (4 - text.count % 4) % 4)))
    }
    try #require(parts.count == 3)
    header = String(decoding: parts[0], as: UTF8.self)
    claims = String(decoding: parts[1], as: UTF8.self)
    signature = Array(parts[2])
  }

  /// r and s as openssl has them.
  var signatureInDER: [UInt8] {
    let numbers = [signature.prefix(32), signature.suffix(32)].flatMap { number -> [UInt8] in
      var number = Array(number.drop { $0 == 0 })
      if number.isEmpty || number[0] >= 0x80 { number.insert(0, at: 0) }
      return [0x02, UInt8(number.count)] + number
    }
    return [0x30, UInt8(numbers.count)] + numbers
  }
}
