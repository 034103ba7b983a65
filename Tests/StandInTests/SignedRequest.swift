import Foundation
import PlainText

@testable import StandIn

/// A request that others' code signed, and its key as the exchange knows it.
struct SignedRequest: CustomStringConvertible, Sendable {
  var description: String
  var exchange: ExchangeID
  var request: Request
  /// With all that the request needs.
  var key: Key
  /// When it was signed.
  var moment: Moment

  var state: State {
    var state = State()
    state.keys = [key]
    return state
  }

  func answer(_ state: State? = nil) throws -> Answer {
    let state = state ?? self.state
    return try Responder { _ in state }.answer(request, at: moment)
  }
}

extension SignedRequest {
  static let vectors = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors")

  /// Requests that ccxt signed and others' code checked.
  static let signed: [SignedRequest] = {
    let vectors = json(Self.vectors.appending(path: "signed.json"))["vectors"]?.elements ?? []
    return vectors.compactMap { vector in
      let host = text(vector, "host").replacing("https://", with: "")
      let query = text(vector, "query")
      let headers = vector["headers"]?.members?.map { Header($0.name, $0.value.text ?? "") } ?? []
      let request = Request(
        method: text(vector, "method"), target: text(vector, "path") + (query.isEmpty ? "" : "?\(query)"),
        headers: [Header("Host", host)] + headers, body: Array(text(vector, "body").utf8), peer: "127.0.0.1")
      let signer = vector["secret"]?.text.map(Key.Signer.secret) ?? publicKey(text(vector, "public_key_x963_hex"))
      return SignedRequest(
        text(vector, "id"), request, name: text(vector, "api_key"), signer, passphrase: vector["passphrase"]?.text,
        seconds: vector["timestamp_s"]?.integer ?? 0)
    }
  }()

  /// Whole requests that clients sent to a server on loopback, each file of the folder a client.
  static func recorded(in folder: URL) -> [SignedRequest] {
    let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }.flatMap { file -> [SignedRequest] in
      let record = json(file)
      guard let secret = record["secret"]?.text, !secret.hasPrefix("file ") else {
        print("not tested: \(file.lastPathComponent) does not hold its key")
        return []
      }
      return (record["requests"]?.elements ?? []).compactMap { entry in
        let headers = entry["headers"]?.elements?.compactMap(\.elements).map {
          Header($0[0].text ?? "", $0[1].text ?? "")
        }
        let request = Request(
          method: text(entry, "method"), target: text(entry, "target"), headers: headers ?? [],
          body: Array(text(entry, "body").utf8), peer: "127.0.0.1")
        return SignedRequest(
          "\(file.lastPathComponent) \(request.path)", request, name: text(record, "key"), .secret(secret),
          passphrase: record["passphrase"]?.text, seconds: record["frozen_unix"]?.integer ?? 0)
      }
    }
  }

  /// Of all exchanges that have a request of this path; nil if none has.
  private init?(
    _ description: String, _ request: Request, name: String, _ signer: Key.Signer, passphrase: String?, seconds: Int
  ) {
    guard
      let exchange = ExchangeID.allCases.first(where: { id in
        id.protocol.routes.contains { $0.path == request.path && $0.method == request.method && $0.id != "time" }
      })
    else { return nil }
    self.description = description
    self.exchange = exchange
    self.request = request
    moment = Moment(milliseconds: Int64(seconds) * 1000)
    let user = request.parameter("uid").flatMap(Int64.init) ?? 63_628_520
    key = Key(exchange: exchange, name: name, signer: signer, created: moment, updated: moment, user: user)
    if exchange.protocol.terms.hasPassphrase { key.passphrase = passphrase }
    key.powers = Self.powers[exchange] ?? []
    key.isUnified = request.path == "/api/v3/account/info"
    if request.header("x-simulated-trading") == "1" || request.header("PAPTRADING") == "1" { key.environment = .demo }
  }

  /// What introspection needs.
  private static let powers: [ExchangeID: [String]] = [
    .gateIO: ["account:read"], .binance: ["enableReading"], .kucoin: ["General"], .okx: ["read_only"],
    .bybit: ["Spot:SpotTrade"], .coinbase: ["can_view"], .bitget: ["stor"], .mexc: ["SPOT_ACCOUNT_READ"],
    .htx: ["readOnly"],
  ]

  private static func json(_ file: URL) -> JSON {
    (try? JSON(parsing: Array(Data(contentsOf: file)))) ?? .null
  }

  private static func text(_ json: JSON, _ name: String) -> String { json[name]?.text ?? "" }

  /// A point of P-256 (SEC 1, 2.3.3) as a PEM.
  private static func publicKey(_ point: String) -> Key.Signer {
    let head = "3059301306072a8648ce3d020106082a8648ce3d030107034200"
    let der = Array((head + point).utf8)[...].hexadecimalBytes ?? []
    let pem = "-----BEGIN PUBLIC KEY-----\n\(Data(der).base64EncodedString())\n-----END PUBLIC KEY-----\n"
    return PublicKey(pem).map(Key.Signer.publicKey) ?? .secret("")
  }
}

extension SignedRequest {
  /// The same with one character of its signature changed.
  var withOtherSignature: SignedRequest {
    let headers = ["SIGN", "API-Sign", "KC-API-SIGN", "OK-ACCESS-SIGN", "X-BAPI-SIGN", "ACCESS-SIGN"]
    var changed = self
    for index in request.headers.indices {
      let header = request.headers[index]
      if headers.contains(header.name) { changed.request.headers[index].value = Self.change(header.value, at: 0) }
      if header.name == "Authorization", let dot = header.value.lastIndex(of: ".") {
        let place = header.value.distance(from: header.value.startIndex, to: dot) + 5
        changed.request.headers[index].value = Self.change(header.value, at: place)
      }
    }
    for name in ["&signature=", "&Signature="] {
      guard let range = request.target.range(of: name) else { continue }
      let place = request.target.distance(from: request.target.startIndex, to: range.upperBound)
      changed.request.target = Self.change(request.target, at: place)
    }
    return changed
  }

  /// A text with another character at a place, of those that Base64 and hexadecimal have.
  static func change(_ text: String, at place: Int) -> String {
    var characters = Array(text)
    characters[place] = characters[place] == "a" ? "b" : "a"
    return String(characters)
  }
}
