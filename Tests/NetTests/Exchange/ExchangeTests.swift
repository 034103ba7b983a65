import Battery
import CustomDump
import Foundation
import HelperPrograms
import NetProtocol
import Outside
import Testing

/// What comes of a request about a key, whatever answers it.
@Suite(.beside) struct ExchangeTests {
  // MARK: - Answers

  @Test func `A request says what it must, and nothing that identifies`() throws {
    let server = StandIn { _ in StandIn.answer("200 OK", "{}") }
    let before = now()
    var request = try gateRequest(to: server.address)
    request.ahead = -120_000
    let reply = try #require(try net().ask(request).reply)
    let lines = try #require(server.requests.first).components(separatedBy: "\r\n")
    expectNoDifference(
      lines.map { $0.hasPrefix("SIGN: ") || $0.hasPrefix("Timestamp: ") ? String($0.prefix { $0 != ":" }) : $0 },
      [
        "GET /api/v4/account/detail HTTP/1.1", "Host: 127.0.0.1:\(server.port)", "Accept: application/json",
        "User-Agent: keyusher", "KEY: FAKE000000000000000000000000key1", "Timestamp", "SIGN", "", "",
      ])
    // Two minutes behind: the exchange's time is signed, and not this computer's.
    let signed = try #require(lines.first { $0.hasPrefix("Timestamp: ") }.flatMap { Int($0.dropFirst(11)) })
    #expect((before / 1000 - 121...now() / 1000 - 120).contains(signed))
    #expect(before <= reply.began && reply.began <= reply.ended && reply.ended <= now())
    #expect(reply.host == "127.0.0.1:\(server.port)" && !reply.isProxied)
  }

  @Test func `A clock is asked without a key, and Kraken by a form`() throws {
    let server = StandIn { _ in StandIn.answer("200 OK", #"{"server_time":1}"#) }
    var clock = KeyRequest("gate-io", "live", "clock")
    clock.base = try NetAddress(server.address)
    #expect(try net().ask(clock).reply?.body.text == #"{"server_time":1}"#)
    var kraken = KeyRequest("kraken", "live", "key-info")
    kraken.parts = sampleParts(for: "kraken")
    kraken.base = try NetAddress(server.address)
    #expect(try net().ask(kraken).reply?.status == 200)
    let asked = server.requests.map { $0.components(separatedBy: "\r\n") }
    expectNoDifference(
      asked[0],
      [
        "GET /api/v4/spot/time HTTP/1.1", "Host: 127.0.0.1:\(server.port)", "Accept: application/json",
        "User-Agent: keyusher", "", "",
      ])
    #expect(asked[1][0] == "POST /0/private/GetApiKeyInfo HTTP/1.1")
    #expect(asked[1].contains("Content-Type: application/x-www-form-urlencoded"))
    #expect(asked[1].last?.hasPrefix("nonce=") == true)
  }

  @Test func `Status, type, Retry-After and body come as they are`() throws {
    for (status, headers, body) in [
      (
        "429 Too Many Requests", ["Content-Type: application/json; charset=utf-8", "Retry-After: 30"], #"{"label":"x"}"#
      ),
      ("403 Forbidden", ["Content-Type: Text/HTML"], "<html>\u{1B}[2J"), ("401 x", ["Content-Type: \u{1B}[2J/x"], ""),
      ("500 x", ["Retry-After: never", "Content-Type: \(String(repeating: "a", count: 200))/b"], "\u{0}\u{FF}"),
    ] {
      let server = StandIn { _ in StandIn.answer(status, body, headers[0], headers.count > 1 ? headers[1] : "X-A: b") }
      let reply = try #require(try net().ask(gateRequest(to: server.address)).reply)
      #expect(reply.status == Int(status.prefix(3)))
      #expect(reply.body.withBytes { Array($0) } == Array(body.utf8))
      #expect(
        reply.contentType
          == (status.hasPrefix("429") ? "application/json" : status.hasPrefix("403") ? "text/html" : nil))
      #expect(reply.retryAfter == (status.hasPrefix("429") ? 30 : nil))
    }
  }

  @Test func `A redirect is told and not followed`() throws {
    let other = StandIn { _ in StandIn.answer("200 OK", "{}") }
    for (status, method) in [("301 x", "GET"), ("302 x", "GET"), ("307 x", "POST"), ("308 x", "POST")] {
      let server = StandIn { _ in StandIn.answer(status, "", "Location: \(other.address)/api/v4/withdrawals") }
      var request = try gateRequest(to: server.address)
      if method == "POST" {
        request = KeyRequest("kraken", "live", "key-info")
        request.parts = sampleParts(for: "kraken")
        request.base = try NetAddress(server.address)
      }
      let reply = try #require(try net().ask(request).reply)
      #expect(reply.status == Int(status.prefix(3)))
      #expect(reply.location?.text == "\(other.address)/api/v4/withdrawals")
    }
    #expect(other.requests == [])
  }

  // MARK: - No answers

  @Test func `Each way to give no answer has its name`() throws {
    let head = "HTTP/1.1 200 OK\r\n"
    let ways: [(StandIn.Behaviour, NetFailure)] = [
      (.hang, .timedOut), (.bytes(""), .cutOff), (.bytes(head + "Content-Length: 500\r\n\r\n{\"a\""), .cutOff),
      (.endless(head + "\r\n", "a"), .tooLong), (.endless(head, "X-A: aaaaaaaaaaaaaaaaaaa\r\n"), .tooLong),
      (.endless(head + "Content-Length: 1073741824\r\n\r\n", "{"), .tooLong), (.bytes("220 mail ESMTP\r\n"), .notHTTP),
    ]
    for (behaviour, failure) in ways {
      let server = StandIn { _ in behaviour }
      let answer = try net().ask(gateRequest(to: server.address, seconds: failure == .timedOut ? 1 : 60))
      #expect(answer.failure == failure, "\(failure): \(answer)")
    }
    let quiet = "http://127.0.0.1:\(StandIn.quietPort())"
    #expect(try net().ask(gateRequest(to: quiet)).failure == .refused)
    // Too long for a name, so that no name server is asked.
    var request = try gateRequest(to: nil)
    (request.exchange, request.row) = (
      "mine",
      .init(
        "gate-v4", "GET", "\(String(repeating: "a", count: 63)).\(String(repeating: "b", count: 63)).invalid", "/v1")
    )
    #expect(try net().ask(request).failure == .unknownHost)
  }

  @Test func `A body of 1 MiB is taken whole, and a byte more is not`() throws {
    for (count, isTaken) in [(NetAnswer.longestExchangeBody, true), (NetAnswer.longestExchangeBody + 1, false)] {
      let body = String(repeating: "ab", count: count / 2) + (count % 2 == 1 ? "c" : "")
      let server = StandIn { _ in StandIn.answer("200 OK", body) }
      let answer = try net().ask(gateRequest(to: server.address))
      #expect(isTaken ? answer.reply?.body.text == body : answer.failure == .tooLong)
    }
  }

  @Test func `What can't be built is not sent`() throws {
    let server = StandIn { _ in StandIn.answer("200 OK", "{}") }
    var request = try gateRequest(to: server.address)
    request.parts.removeAll { $0.name == "secret" }
    #expect(try net().ask(request).unbuilt == .part("secret", .missing))
    request.request = "withdraw"
    #expect(try net().ask(request).unbuilt == .noRow)
    request.row = .init("gate-v4", "GET", "api.example.com", "/v1/key")
    #expect(try net().ask(request).unbuilt == .knownExchange)
    #expect(server.requests == [])
  }

  @Test func `An own row is asked of the base as it would be of its host`() throws {
    let server = StandIn { _ in StandIn.answer("200 OK", "{}") }
    var request = try gateRequest(to: server.address)
    (request.exchange, request.row) = (
      "mine", .init("gate-v4", "GET", "api.example.com", "/v1/key", [.digits("uid")])
    )
    request.parameters = ["uid": "42"]
    #expect(try net().ask(request).reply?.status == 200)
    #expect(server.requests.first?.hasPrefix("GET /v1/key?uid=42 HTTP/1.1\r\n") == true)
  }
}
