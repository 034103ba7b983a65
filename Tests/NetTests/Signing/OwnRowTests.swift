import NetProtocol
import Outside
import SecretMemory
import Testing

@testable import keyusher_net

/// Requests of exchanges that did not come with Keyusher.
@Suite struct OwnRowTests {
  @Test func `A row of one's own is signed by its scheme`() throws {
    var request = own("okx-v5", "api.example.com", "/v1/account/key", [.digits("uid")])
    request.parameters = ["uid": "42"]
    request.row?.mark = "x-simulated-trading: 1"
    let signed = try SignedRequest(request, at: .sample)
    #expect(signed.method == "GET")
    #expect(signed.origin.text == "https://api.example.com")
    #expect(signed.targetText == "/v1/account/key?uid=42")
    #expect(signed.header("OK-ACCESS-TIMESTAMP") == "2023-11-14T22:13:20.000Z")
    #expect(signed.header("x-simulated-trading") == "1")
    #expect(try SignedRequest(own("unsigned", "api.example.com", "/v1/time"), at: .sample).headers.count == 2)
  }

  @Test func `Any row of the table is signed the same for an exchange of one's own, but for the host`() throws {
    for row in RequestTable.rows {
      var request = KeyRequest(row.exchange, row.environment, row.request)
      request.parts = sampleParts(for: row.exchange)
      if row.query.contains(.digits("uid")) { request.parameters = ["uid": "1"] }
      // The host is part of what HTX and Coinbase sign.
      request.base = try NetAddress("https://127.0.0.1")
      if row.once != nil { request.oneTimePassword = try SecretBytes(copying: Array("135790".utf8)) }
      let shipped = try SignedRequest(request, at: .sample)
      request.exchange = "mine"
      request.row = .init(
        row.scheme.rawValue, row.method.rawValue, "api.example.com", row.path, row.query.map(\.own),
        once: row.once, mark: row.mark?.text)
      let signed = try SignedRequest(request, at: .sample)
      #expect([signed.method, signed.targetText] == [shipped.method, shipped.targetText], "\(row)")
      #expect(signed.headers.map(\.name) == shipped.headers.map(\.name))
      // Coinbase's signature is another each time.
      if row.scheme == .coinbaseJWT { continue }
      #expect(signed.headers.map(\.value.text) == shipped.headers.map(\.value.text), "\(row)")
      #expect(signed.body?.text == shipped.body?.text)
    }
  }

  @Test func `It leads to no host of an exchange that has rows of its own, nor below, nor takes its name`() throws {
    for row in RequestTable.rows {
      let domain = row.host.split(separator: ".").suffix(2).joined(separator: ".")
      for host in [row.host, domain, "evil.\(row.host)", "a.b.\(domain)"] {
        #expect(ExchangeDomains.owner(of: host) == row.exchange)
        #expect(throws: Unbuilt.knownExchange, "\(host)") {
          try SignedRequest(own("gate-v4", host, "/v1/key"), at: .sample)
        }
      }
      var request = own("gate-v4", "api.example.com", "/v1/key")
      request.exchange = row.exchange
      #expect(throws: Unbuilt.knownExchange) { try SignedRequest(request, at: .sample) }
    }
    for host in ["www.gate.com", "gate.io", "www.htx.com", "api.hbdm.com", "testnet.binancefuture.com"] {
      #expect(throws: Unbuilt.knownExchange, "\(host)") {
        try SignedRequest(own("gate-v4", host, "/v1/key"), at: .sample)
      }
    }
    // Another domain may end alike.
    for host in ["api.notokx.com", "okx.com.example.com"] {
      #expect(try SignedRequest(own("gate-v4", host, "/v1/key"), at: .sample).origin.text == "https://\(host)")
    }
  }

  @Test func `The official hosts of each shipped pack are among those domains`() throws {
    for file in try FlowTree.files() where file.kind == .pack {
      let text = String(decoding: try file.bytes(), as: UTF8.self)
      let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("hosts: [") })
      for host in line.dropFirst("hosts: [".count).dropLast().split(separator: ",") {
        let name = host.filter { $0 != " " }
        #expect(ExchangeDomains.owner(of: name) == file.id.split(separator: "/").first.map(String.init), "\(name)")
      }
    }
  }

  @Test(arguments: [
    "", "localhost", "API.okx.com", "api.okx.com.", ".okx.com", "api..okx.com", "192.0.2.1", "[::1]", "api.okx.com:443",
    "api.example.com:8443", "user@api.example.com", "api.example.com/x", "api.example.com#", "api_x.example.com",
    "-a.example.com", "xn--e.example.c0m", "xn--exmple-cua.com", "exämple.com", "api.okx.com%2eexample.com",
    "a.example.com?x",
  ]) func `A host that two readers could read differently is none`(host: String) {
    #expect(throws: Unbuilt.ownRow) { try SignedRequest(own("gate-v4", host, "/v1/key"), at: .sample) }
  }

  @Test(arguments: [
    "", "v1/key", "//v1/key", "/v1//key", "/v1/../key", "/v1/./key", "/v1/key?a=b", "/v1/%6bey", "/v1/key#a", "/v1 key",
    "/users/self/verify", "/api/v1/users/self/verify", "/user/verify", "/ws/user/verify", "/Users/Self/Verify",
  ]) func `A path that is not plain, or logs in, is none`(path: String) {
    #expect(throws: Unbuilt.ownRow) { try SignedRequest(own("bitget-v2", "api.example.com", path), at: .sample) }
  }

  @Test(arguments: ["/0/private/CancelAll", "/0/private/GetWebSocketsToken", "/0/Private/CancelAll", "/0/x"])
  func `A form that does more than read at Kraken is none, wherever it goes`(path: String) {
    #expect(throws: Unbuilt.ownRow) {
      try SignedRequest(own("kraken-v0", "api.example.com", path, method: "POST"), at: .sample)
    }
  }

  @Test func `A scheme that is not known, or a method that is not the scheme's, is none`() throws {
    for (scheme, method) in [
      ("", "GET"), ("okx", "GET"), ("GATE-V4", "GET"), ("gate-v4", "POST"), ("gate-v4", "DELETE"), ("gate-v4", "get"),
      ("kraken-v0", "GET"), ("unsigned", "POST"),
    ] {
      #expect(throws: Unbuilt.ownRow, "\(scheme) \(method)") {
        try SignedRequest(own(scheme, "api.example.com", "/v1/key", method: method), at: .sample)
      }
    }
    #expect(
      try SignedRequest(own("kraken-v0", "api.example.com", "/v1/key", method: "POST"), at: .sample).method == "POST")
  }

  @Test(arguments: [
    "", "x", "x:1", "x: ", ": 1", "x: a b", "x: a\r\ny: b", "Host: api.okx.com", "host: a",
    "Transfer-Encoding: chunked",
    "Content-Length: 0", "Connection: close", "X-Forwarded-Host: www.okx.com", "Proxy-Authorization: a", "Cookie: a",
    "Authorization: a", "x y: 1",
    // What stands there already.
    "User-Agent: a", "ok-access-key: a", "OK-ACCESS-SIGN: a",
  ]) func `A mark that says more than which environment is meant is none`(mark: String) {
    var request = own("okx-v5", "api.example.com", "/v1/key")
    request.row?.mark = mark
    #expect(throws: Unbuilt.ownRow) { try SignedRequest(request, at: .sample) }
  }

  @Test func `No value of a query stands in the place of one that signs, and a form and a clock have none`() {
    for (scheme, name) in [
      ("binance-v3", "timestamp"), ("binance-v3", "Signature"), ("mexc-v3", "recvWindow"), ("htx-v2", "AccessKeyId"),
    ] {
      var request = own(scheme, "api.example.com", "/v1/key", [.digits(name)])
      request.parameters = [name: "9999999999999"]
      #expect(throws: Unbuilt.ownRow, "\(scheme) \(name)") { try SignedRequest(request, at: .sample) }
    }
    for name in ["otp", "otp&nonce=1"] {
      var request = own("okx-v5", "api.example.com", "/v1/key")
      request.row?.once = name
      #expect(throws: Unbuilt.ownRow, "\(name)") { try SignedRequest(request, at: .sample) }
    }
    for (scheme, method) in [("kraken-v0", "POST"), ("unsigned", "GET")] {
      #expect(throws: Unbuilt.ownRow, "\(scheme)") {
        try SignedRequest(own(scheme, "api.example.com", "/v1/key", [.key("key")], method: method), at: .sample)
      }
    }
  }

  private func own(
    _ scheme: String, _ host: String, _ path: String, _ query: [KeyRequest.OwnRow.Parameter] = [],
    method: String = "GET"
  ) -> KeyRequest {
    var request = KeyRequest("mine", "live", "key")
    request.row = KeyRequest.OwnRow(scheme, method, host, path, query)
    request.parts = sampleParts(for: "okx")
    return request
  }
}

extension RequestRow.Parameter {
  fileprivate var own: KeyRequest.OwnRow.Parameter {
    switch self {
    case .key(let name): .key(name)
    case .digits(let name): .digits(name)
    }
  }
}
