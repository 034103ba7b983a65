import NetProtocol
import Testing

@testable import keyusher_net

/// Requests of exchanges that did not come with Keyusher.
@Suite struct OwnRowTests {
  @Test func `A row of one's own is signed by its scheme`() throws {
    var request = own("okx-v5", "api.example.com", "/v1/account/key", ["uid"])
    request.parameters = ["uid": "42"]
    let signed = try SignedRequest(request, at: .sample)
    #expect(signed.method == "GET")
    #expect(signed.origin.text == "https://api.example.com")
    #expect(signed.targetText == "/v1/account/key?uid=42")
    #expect(signed.header("OK-ACCESS-TIMESTAMP") == "2023-11-14T22:13:20.000Z")
    #expect(try SignedRequest(own("unsigned", "api.example.com", "/v1/time"), at: .sample).headers.count == 2)
  }

  @Test func `It leads to no host of an exchange that has rows of its own, nor below, nor takes its name`() throws {
    for row in RequestTable.rows {
      let domain = row.host.split(separator: ".").suffix(2).joined(separator: ".")
      for host in [row.host, domain, "evil.\(row.host)", "a.b.\(domain)"] {
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

  @Test(arguments: [
    "", "localhost", "API.okx.com", "api.okx.com.", ".okx.com", "api..okx.com", "192.0.2.1", "[::1]", "api.okx.com:443",
    "api.example.com:8443", "user@api.example.com", "api.example.com/x", "api.example.com#", "api_x.example.com",
    "-a.example.com", "xn--e.example.c0m", "exämple.com", "api.okx.com%2eexample.com", "a.example.com?x",
  ]) func `A host that two readers could read differently is none`(host: String) {
    #expect(throws: Unbuilt.ownRow) { try SignedRequest(own("gate-v4", host, "/v1/key"), at: .sample) }
  }

  @Test(arguments: [
    "", "v1/key", "//v1/key", "/v1//key", "/v1/../key", "/v1/./key", "/v1/key?a=b", "/v1/%6bey", "/v1/key#a", "/v1 key",
    "/users/self/verify", "/api/v1/users/self/verify", "/user/verify", "/ws/user/verify",
  ]) func `A path that is not plain, or logs in, is none`(path: String) {
    #expect(throws: Unbuilt.ownRow) { try SignedRequest(own("bitget-v2", "api.example.com", path), at: .sample) }
  }

  @Test func `A scheme that is not known, or signs forms, is none`() {
    for scheme in ["", "okx", "kraken-v0", "GATE-V4"] {
      #expect(throws: Unbuilt.ownRow) {
        try SignedRequest(own(scheme, "api.example.com", "/v1/key"), at: .sample)
      }
    }
  }

  private func own(_ scheme: String, _ host: String, _ path: String, _ query: [String] = []) -> KeyRequest {
    var request = KeyRequest("mine", "live", "key")
    request.row = KeyRequest.OwnRow(scheme, host, path, query)
    request.parts = sampleParts(for: "okx")
    return request
  }
}
