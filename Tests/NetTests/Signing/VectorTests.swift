import CustomDump
import Foundation
import NetProtocol
import Outside
import SecretMemory
import Testing

@testable import keyusher_net

/// Requests that others made and signed come out the same here.
@Suite struct VectorTests {
  @Test func `What ccxt and the exchanges' packages sign is signed alike`() throws {
    let vectors = try Vectors.signing.filter { $0.exchange != "coinbase" }
    #expect(vectors.count == 22)
    for vector in vectors {
      var request = KeyRequest(vector.exchange, "live", "")
      request.parts = parts(
        vector.exchange, key: vector.apiKey, secret: vector.secretText, vector.passphrase)
      let query = query(of: vector)
      request.parameters = Dictionary(query.map { ($0[0], $0[1]) }) { $1 }
      let signed = try SignedRequest(request, by: try row(vector, query.map { $0[0] }), at: .sample)
      expectNoDifference(signed.origin.text, vector.host, vector.id)
      expectNoDifference(
        signed.targetText, vector.path + (vector.query.isEmpty ? "" : "?\(vector.query)"), vector.id)
      expectNoDifference(signed.body?.text, vector.body, vector.id)
      compare(signed, vector.headers, vector.id)
    }
  }

  @Test func `Whole requests that clients sent are rebuilt from key, secret and time`() throws {
    var rebuilt: Set<String> = []
    for (name, recorded) in try Vectors.recorded {
      for request in recorded.requests where request.header("Authorization") == nil {
        guard try rebuild(request, of: recorded, name) else {
          // Another time's form or another window: what they sign is another text.
          #expect(!recorded.client.hasPrefix("ccxt"), "\(name)")
          continue
        }
        rebuilt.insert("\(name) \(request.method) \(request.target.prefix { $0 != "?" })")
      }
    }
    for name in [
      "binance", "bitget", "bitget_demo", "bybit", "gate", "htx", "kraken", "kucoin", "mexc", "okx", "okx_demo",
    ] {
      #expect(rebuilt.contains { $0.hasPrefix("ccxt_\(name).json ") }, "\(name)")
    }
    #expect(rebuilt.count >= 16)
  }

  @Test func `A changed character of a secret changes the signature, and the time does`() throws {
    for exchange in Set(RequestTable.rows.map(\.exchange)).subtracting(["coinbase"]) {
      guard let row = RequestTable.rows.first(where: { $0.exchange == exchange && $0.scheme != .unsigned }) else {
        continue
      }
      func signed(_ secret: String, _ milliseconds: Int) throws -> [String] {
        var request = KeyRequest(exchange, row.environment, row.request)
        request.parts = parts(exchange, key: "FAKE", secret: secret, "FakePass-1")
        let signed = try SignedRequest(request, at: Moment(milliseconds: milliseconds, nonce: []))
        return [signed.targetText] + signed.headers.map(\.value.text)
      }
      let one = try signed("RkFLRQ==", 1_700_000_000_000)
      expectNoDifference(try signed("RkFLRQ==", 1_700_000_000_000), one)
      #expect(try signed("RkFLRA==", 1_700_000_000_000) != one)
      #expect(try signed("RkFLRQ==", 1_700_000_001_000) != one)
    }
  }

  // MARK: - Private

  /// The row of a vector, which may be a read that the table does not have.
  private func row(_ vector: Vectors.Signed, _ names: [String]) throws -> RequestRow {
    let exchange = vector.exchange == "gate" ? "gate-io" : vector.exchange
    let known = try #require(RequestTable.rows.first { $0.exchange == exchange && $0.scheme != .unsigned })
    let host = String(vector.host.dropFirst("https://".count))
    return vector.method == "POST"
      ? RequestRow(exchange, "live", host, "", known.scheme, post: vector.path)
      : RequestRow(exchange, "live", host, "", known.scheme, vector.path, names.map { .digits($0) })
  }

  /// What stands in a vector's query besides what signing adds.
  private func query(of vector: Vectors.Signed) -> [[String]] {
    let ours: Set<String> = [
      "timestamp", "recvWindow", "signature", "AccessKeyId", "SignatureMethod", "SignatureVersion", "Timestamp",
      "Signature",
    ]
    return queryOf("?\(vector.query)").filter { !ours.contains($0[0]) }
  }

  /// Builds a recorded request anew from the table and compares the two; false if what its client signs has another form.
  private func rebuild(
    _ theirs: Vectors.Recorded.Request, of recorded: Vectors.Recorded, _ name: String
  ) throws -> Bool {
    let path = String(theirs.target.prefix { $0 != "?" })
    let isDemo = theirs.header("x-simulated-trading") == "1" || theirs.header("PAPTRADING") == "1"
    let row = try #require(
      RequestTable.rows.first {
        $0.path == path && $0.scheme != .unsigned && $0.environment == (isDemo ? "demo" : "live")
      }, "\(name): \(theirs.target)")
    var request = KeyRequest(row.exchange, row.environment, row.request)
    request.parts = parts(
      row.exchange, key: recorded.key, secret: recorded.secret, recorded.passphrase)
    request.base = try NetAddress("http://\(try #require(theirs.header("Host")))")
    let query = queryOf(theirs.target)
    if row.query.contains(.digits("uid")) { request.parameters["uid"] = query.first { $0[0] == "uid" }?[1] }
    let signed = try SignedRequest(
      request, at: Moment(milliseconds: Int(recorded.frozenUnix * 1000), nonce: Moment.sample.nonce))
    guard isSameForm(signed, theirs, query) else { return false }
    expectNoDifference(signed.targetText, theirs.target, name)
    expectNoDifference(signed.method, theirs.method, name)
    compare(signed, Dictionary(theirs.headers.map { ($0[0], $0[1]) }) { $1 }, name)
    return true
  }

  /// Whether all that is signed is the same: then the signatures must be, too.
  private func isSameForm(
    _ signed: SignedRequest, _ theirs: Vectors.Recorded.Request, _ query: [[String]]
  ) -> Bool {
    func unsigned(_ query: [[String]]) -> [[String]] { query.filter { !Self.signatures.contains($0[0]) } }
    let headers = signed.headers.filter { !Self.signatures.contains($0.name) && !Self.ours.contains($0.name) }
    return unsigned(signed.query) == unsigned(query) && (signed.body?.text ?? "") == theirs.body
      && headers.allSatisfy { theirs.header($0.name) == $0.value.text }
  }

  /// What signs is the same, and what we do not send is known to sign nothing.
  private func compare(_ signed: SignedRequest, _ theirs: [String: String], _ name: String) {
    let sent = Dictionary(signed.headers.map { ($0.name.lowercased(), $0.value.text) }) { $1 }
    for (header, value) in theirs where !Self.ignored.contains(header.lowercased()) {
      expectNoDifference(sent[header.lowercased()], value, "\(name): \(header)")
    }
    let theirNames = Set(theirs.keys.map { $0.lowercased() })
    for header in signed.headers where !Self.ours.contains(header.name) {
      #expect(theirNames.contains(header.name.lowercased()), "\(name): \(header.name)")
    }
  }

  private static let signatures: Set<String> = [
    "SIGN", "signature", "API-Sign", "KC-API-SIGN", "OK-ACCESS-SIGN", "X-BAPI-SIGN", "ACCESS-SIGN", "Signature",
  ]
  private static let ours: Set<String> = ["Accept", "User-Agent"]
  /// What a library sends of itself, and what names a broker. A GET has no content, whatever type it says.
  private static let ignored: Set<String> = [
    "host", "user-agent", "accept", "accept-encoding", "connection", "content-length", "content-type",
    "x-gate-channel-id", "kc-api-partner", "kc-api-partner-sign", "kc-api-partner-verify", "x-channel-api-code",
    "source",
    "x-bapi-sign-type", "x-gate-size-decimal", "locale",
  ]
}
