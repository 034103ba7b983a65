import Foundation
import Outside
import PlainText
import Testing

@testable import StandIn

/// Signatures of key pairs, which OpenSSL's own program makes.
@Suite struct KeyPairTests {
  @Test(arguments: [KeyPair.Kind.rsa, .ed25519]) func `Binance takes RSA and Ed25519`(_ kind: KeyPair.Kind) throws {
    guard let pair = try KeyPair(kind) else { return }
    let key = try pair.key(.binance, powers: ["enableReading"])
    let query = "timestamp=\(ClientTests.now)"
    let path = "/sapi/v1/account/apiRestrictions"
    let signature = escaped(Base64.text(try pair.sign(query)))
    func outcome(_ query: String) throws -> String {
      try ClientTests.outcome(key, "\(path)?\(query)&signature=\(signature)", ["X-MBX-APIKEY": key.name])
    }
    #expect(try outcome(query) == "accepted")
    #expect(try outcome(query + "&recvWindow=5000") == "signature")
  }

  @Test func `Bybit takes RSA`() throws {
    guard let pair = try KeyPair(.rsa) else { return }
    let key = try pair.key(.bybit, powers: ["Earn"])
    let headers = [
      "X-BAPI-API-KEY": key.name, "X-BAPI-TIMESTAMP": "\(ClientTests.now)", "X-BAPI-RECV-WINDOW": "7000",
      "X-BAPI-SIGN": Base64.text(try pair.sign("\(ClientTests.now)k7000")), "X-BAPI-SIGN-TYPE": "2",
    ]
    #expect(try ClientTests.outcome(key, "/v5/user/query-api", headers) == "accepted")
    #expect(try ClientTests.outcome(key, "/v5/user/query-api?a=1", headers) == "signature")
  }

  @Test func `HTX takes Ed25519`() throws {
    guard let pair = try KeyPair(.ed25519) else { return }
    let key = try pair.key(.htx, powers: ["readOnly"])
    let query = "AccessKeyId=k&SignatureMethod=Ed25519&SignatureVersion=2&Timestamp=2023-11-14T22%3A13%3A20"
    let signature = escaped(Base64.text(try pair.sign("GET\nx\n/v2/user/uid\n\(query)")))
    #expect(try ClientTests.outcome(key, "/v2/user/uid?\(query)&Signature=\(signature)", ["Host": "x"]) == "accepted")
    #expect(try ClientTests.outcome(key, "/v2/user/uid?\(query)&Signature=\(signature)", ["Host": "y"]) == "signature")
  }

  @Test(arguments: [KeyPair.Kind.p256, .ed25519]) func `Coinbase takes tokens of P-256 and Ed25519`(
    _ kind: KeyPair.Kind
  ) throws {
    guard let pair = try KeyPair(kind) else { return }
    var key = try pair.key(.coinbase, powers: ["can_view"])
    key.name = "organizations/o/apiKeys/k"
    let path = "/api/v3/brokerage/key_permissions"
    let good = Token(algorithm: kind == .p256 ? "ES256" : "EdDSA", name: "k", uri: "GET x:81\(path)")
    for (change, outcome) in [
      ({ _ in }, "accepted"), ({ $0.name = "organizations/o/apiKeys/k" }, "accepted"),
      ({ $0.issuer = "coinbase-cloud" }, "accepted"),
      ({ $0.issuer = "me" }, "signature"), ({ $0.algorithm = "none" }, "signature"),
      ({ $0.name = "other" }, "unknown-key"),
      ({ $0.uri = "GET x\(path)" }, "signature"), ({ $0.uri = "POST x:81\(path)" }, "signature"),
      ({ $0.seconds = 121 }, "malformed-time"),
      ({ $0.begin += 1 }, "clock"), ({ $0.begin -= 120 }, "clock"), ({ $0.begin -= 119 }, "accepted"),
      ({ $0.begin = .min }, "malformed-time"),
    ] as [((inout Token) -> Void, String)] {
      var token = good
      change(&token)
      let headers = ["Authorization": "Bearer \(try token.signed(by: pair))", "Host": "x:81"]
      #expect(try ClientTests.outcome(key, path, headers, body: Array("{}".utf8)) == outcome, "\(token)")
    }
  }

  @Test func `a key of another curve is none`() throws {
    guard let openssl = tool("openssl") else { return }
    let folder = try Folder()
    _ = try output(of: openssl, ["ecparam", "-name", "secp256k1", "-genkey", "-noout", "-out", folder.path("key")])
    let pem = try output(of: openssl, ["pkey", "-in", folder.path("key"), "-pubout"]).bytes
    #expect(!pem.isEmpty && PublicKey(String(decoding: pem, as: UTF8.self)) == nil)
  }
}

/// A throw-away key pair of OpenSSL's program.
struct KeyPair {
  enum Kind: String, Sendable { case rsa, ed25519, p256 }

  private let openssl: String
  private let kind: Kind
  private let folder: Folder

  /// Nil, after saying so, if there is no such program.
  init?(_ kind: Kind) throws {
    guard let openssl = tool("openssl") else { return nil }
    self.openssl = openssl
    self.kind = kind
    folder = try Folder()
    let options =
      switch kind {
      case .rsa: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]
      case .ed25519: ["-algorithm", "ED25519"]
      case .p256: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
      }
    _ = try output(of: openssl, ["genpkey", "-out", folder.path("key")] + options)
  }

  func key(_ exchange: ExchangeID, powers: [String]) throws -> Key {
    let pem = try output(of: openssl, ["pkey", "-in", folder.path("key"), "-pubout"]).bytes
    let publicKey = try #require(PublicKey(String(decoding: pem, as: UTF8.self)))
    let now = Moment(milliseconds: ClientTests.now)
    return Key(
      exchange: exchange, name: "k", signer: .publicKey(publicKey), powers: powers, created: now, updated: now, user: 1)
  }

  /// The signature of a text, of P-256 as two numbers of 32 bytes.
  func sign(_ text: String) throws -> [UInt8] {
    let file = try folder.write(Array(text.utf8), to: "text")
    let digest = kind == .ed25519 ? [] : ["-digest", "sha256"]
    let bytes = try output(
      of: openssl, ["pkeyutl", "-sign", "-rawin", "-inkey", folder.path("key"), "-in", file] + digest
    ).bytes
    guard kind == .p256 else { return bytes }
    // A sequence of two integers, each with its length before it.
    let first = bytes[4..<(4 + Int(bytes[3]))]
    let second = bytes[(first.endIndex + 2)...]
    return [first, second].flatMap { number in
      let short = number.drop { $0 == 0 }
      return [UInt8](repeating: 0, count: 32 - short.count) + short
    }
  }
}

/// What a client of Coinbase's says and signs.
private struct Token {
  var algorithm: String
  var name: String
  var uri: String
  var issuer = "cdp"
  var begin = ClientTests.now / 1000
  var seconds: Int64 = 120

  func signed(by pair: KeyPair) throws -> String {
    let header: JSON = ["alg": .text(algorithm), "kid": .text(name), "nonce": "00", "typ": "JWT"]
    let claims: JSON = [
      "sub": .text(name), "iss": .text(issuer), "nbf": .integer(begin), "exp": .integer(begin &+ seconds),
      "uri": .text(uri),
    ]
    let text = [header, claims].map { Self.url($0.bytes()) }.joined(separator: ".")
    return "\(text).\(Self.url(try pair.sign(text)))"
  }

  private static func url(_ bytes: [UInt8]) -> String {
    Base64.text(bytes).replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}
