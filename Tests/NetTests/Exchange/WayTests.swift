import Battery
import CustomDump
import HelperPrograms
import NetProtocol
import Outside
import Testing

/// The way to an exchange: certificates and proxies.
@Suite(.beside) struct WayTests {
  @Test func `A server on this computer is trusted by the file that names it alone`() throws {
    guard let server = try TLSServer(for: "IP:127.0.0.1") else { return }
    var request = try gateRequest(to: "https://127.0.0.1:\(server.port)")
    #expect(try net().ask(request).failure == .untrusted)
    request.authorityFile = server.authority
    let reply = try #require(try net().ask(request).reply)
    #expect(reply.status == 200 && reply.contentType == "text/html")
    request.authorityFile = "/nonexistent.pem"
    #expect(try net().ask(request).failure == .authorityFile)
    // Its certificate names another.
    request.base = try NetAddress("https://localhost:\(server.port)")
    request.authorityFile = server.authority
    #expect(try net().ask(request).failure == .untrusted)
    guard let old = try TLSServer(for: "IP:127.0.0.1", "-tls1_1") else { return }
    #expect(try net().ask(gateRequest(to: "https://127.0.0.1:\(old.port)")).failure == .tls)
  }

  @Test func `A proxy sees the host's name alone, and whoever stands behind it needs the host's certificate`() throws {
    guard let server = try TLSServer(for: "DNS:api.gateio.ws") else { return }
    let proxy = StandIn { [port = server.port] _ in
      .tunnel("HTTP/1.1 200 Connection established\r\n\r\n", port)
    }
    #expect(try net(environment: ["HTTPS_PROXY": proxy.address]).ask(gateRequest(to: nil)).failure == .untrusted)
    let seen = try #require(proxy.requests.first).components(separatedBy: "\r\n")
    expectNoDifference(seen.prefix(2), ["CONNECT api.gateio.ws:443 HTTP/1.1", "Host: api.gateio.ws:443"])
    #expect(!proxy.requests.joined().contains("KEY"))
  }

  @Test func `That a proxy stood between is part of the answer`() throws {
    guard let server = try TLSServer(for: "DNS:vault.example.com") else { return }
    let proxy = StandIn { [port = server.port] _ in
      .tunnel("HTTP/1.1 200 Connection established\r\n\r\n", port)
    }
    let request = try patient("GET", "https://vault.example.com:\(server.port)", server.authority)
    let reply = try #require(try net(environment: ["https_proxy": proxy.address]).ask(request).reply)
    #expect(reply.status == 200 && reply.isProxied && reply.host == "vault.example.com:\(server.port)")
    guard let direct = try TLSServer(for: "IP:127.0.0.1") else { return }
    let near = try patient("GET", "https://127.0.0.1:\(direct.port)", direct.authority)
    #expect(
      try net(environment: ["HTTPS_PROXY": proxy.address, "NO_PROXY": "127.0.0.1"]).ask(near).reply?.isProxied == false)
  }

  @Test func `It is part of each answer that comes over one connection through it`() throws {
    guard let server = try TLSServer(for: "DNS:vault.example.com", staysOpen: true) else { return }
    let proxy = StandIn { [port = server.port] _ in
      .tunnel("HTTP/1.1 200 Connection established\r\n\r\n", port)
    }
    let text = try patient("GET", "https://vault.example.com:\(server.port)", server.authority).written()
    let request = try #require(try text.map { try Frame.around($0) }).text
    let (bytes, status) = try output(
      of: "/usr/bin/env", ["HTTPS_PROXY=\(proxy.address)", besideTests("keyusher-net")],
      input: Array(String(repeating: request, count: 3).utf8))
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    expectNoDifference([lines.count { $0 == "200" }, lines.count { $0 == "proxied" }, Int(status)], [3, 3, 0])
    expectNoDifference(proxy.connections, 1)
  }

  @Test func `A request of another way in between does not change what is told of a kept connection`() throws {
    guard let server = try TLSServer(for: "DNS:vault.example.com", staysOpen: true) else { return }
    let proxy = StandIn { [port = server.port] _ in
      .tunnel("HTTP/1.1 200 Connection established\r\n\r\n", port)
    }
    let near = StandIn { _ in StandIn.answer("200 OK", "{}") }
    let far = try patient("GET", "https://vault.example.com:\(server.port)", server.authority)
    // Goes past the proxy, and over a connection of its own.
    let once = try patient("POST", near.address)
    let requests = try [far, once, far, once].map { try Frame.around(#require(try $0.written())).text }
    let (bytes, status) = try output(
      of: "/usr/bin/env", ["HTTPS_PROXY=\(proxy.address)", besideTests("keyusher-net")],
      input: Array(requests.joined().utf8))
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    expectNoDifference(
      lines.filter { ["200", "proxied"].contains($0) || $0.hasPrefix("failed") },
      ["200", "proxied", "200", "200", "proxied", "200"])
    expectNoDifference([proxy.connections, Int(status)], [1, 0])
  }

  @Test func `A proxy that lets nobody through is told from the exchange`() throws {
    let proxy = StandIn { _ in StandIn.answer("407 Proxy Authentication Required", "<html>") }
    let answer = try net(environment: ["HTTPS_PROXY": proxy.address]).ask(gateRequest(to: nil))
    #expect(answer.failure == .proxy)
    // The second is too long for a name, so that no name server is asked.
    for nowhere in ["127.0.0.1:\(StandIn.quietPort())", "\(String(repeating: "a", count: 64)):8080"] {
      #expect(
        try net(environment: ["HTTPS_PROXY": "http://\(nowhere)"]).ask(gateRequest(to: nil)).failure == .proxy)
    }
  }

  @Test func `Behind a socket the server's own certificate is wanted all the same, and no proxy is asked`() throws {
    guard let ssh = try SSHServer(), let server = try TLSServer(for: "DNS:localhost") else { return }
    let way = try SSHForwarding(
      through: SSHServer.host, to: ["localhost:\(server.port)"], environment: ["PATH": ssh.path + ":/usr/bin:/bin"])
    defer { way.end() }
    let proxy = StandIn { _ in StandIn.answer("200 OK", "proxied") }
    let program = net(environment: ["HTTPS_PROXY": proxy.address])
    var request = try gateRequest(to: "https://localhost:\(server.port)")
    request.socket = way.socket(to: "localhost:\(server.port)")
    request.authorityFile = server.authority
    let reply = try #require(try program.ask(request).reply)
    #expect(reply.status == 200 && !reply.isProxied && reply.host == "localhost:\(server.port)")
    // It is no other's.
    request.base = try NetAddress("https://127.0.0.1:\(server.port)")
    #expect(try program.ask(request).failure == .untrusted)
    // Nor the exchange's, whom nobody asks: the socket alone is connected to.
    request.authorityFile = nil
    request.base = nil
    #expect(try program.ask(request).failure == .untrusted)
    way.end()
    #expect(try program.ask(request).failure == .refused)
    #expect(proxy.requests == [])
  }

  @Test func `No proxy stands before a server on this computer`() throws {
    let proxy = StandIn { _ in StandIn.answer("200 OK", "proxied") }
    let server = StandIn { _ in StandIn.answer("200 OK", "{}") }
    let environment = Dictionary(
      uniqueKeysWithValues: ["HTTPS_PROXY", "https_proxy", "http_proxy", "ALL_PROXY", "all_proxy"].map {
        ($0, proxy.address)
      })
    #expect(try net(environment: environment).ask(gateRequest(to: server.address)).reply?.isProxied == false)
    guard let tls = try TLSServer(for: "IP:127.0.0.1") else { return }
    var request = try gateRequest(to: "https://127.0.0.1:\(tls.port)")
    request.authorityFile = tls.authority
    #expect(try net(environment: environment).ask(request).reply?.isProxied == false)
    #expect(proxy.requests == [])
  }

  /// A request that waits for as long as a busy machine may need.
  private func patient(_ method: String, _ address: String, _ authorityFile: String? = nil) throws -> NetRequest {
    var request = NetRequest(method, try NetAddress(address), authorityFile: authorityFile)
    request.seconds = 60
    return request
  }
}
