import CustomDump
import PlainText
import Testing

@testable import StandIn

/// What goes wrong on purpose.
@Suite struct FaultTests {
  @Test func `waiting, cutting off and filling up leave what is answered as it is`() throws {
    let plain = try Self.signed.answer()
    let answer = try self.answer([
      .slow(milliseconds: 300), .huge(bytes: 1000), .cutOff(bytes: 70), .slow(milliseconds: 4),
    ])
    #expect(answer.wait == 304)
    #expect(answer.cutOff == 70)
    #expect(answer.reply.body.count == 1000)
    #expect(try JSON(parsing: answer.reply.body) == JSON(parsing: plain.reply.body))
    #expect(answer.entry.outcome == "accepted slow huge cut-off slow")
  }

  @Test func `a refusal can be slow, too`() throws {
    var state = Self.signed.state
    state.keys = []
    state.faults = [Fault(exchange: nil, request: "detail", kind: .slow(milliseconds: 5))]
    let answer = try Self.signed.answer(state)
    #expect(answer.entry.outcome == "unknown-key slow")
    #expect(answer.wait == 5)
  }

  @Test func `another body is sent as it is`() throws {
    let reply = Reply(status: 502, type: "text/plain", body: #"{"a":1,"a":2}"#.utf8)
    expectNoDifference(try answer([.body(reply)]).reply, reply)
    // The last one wins; what changes a body changes that.
    let last = try answer([.body(reply), .edgePage(.cloudflare), .cutOff(bytes: 3)])
    #expect(last.reply.status == 403)
    #expect(last.entry.outcome == "edge-page cut-off")
  }

  @Test(arguments: [
    (EdgePage.country, "configured to block access from your country", "CloudFront"),
    (EdgePage.cloudFront, "We can't connect to the server", "CloudFront"),
    (EdgePage.cloudflare, "Attention Required", "cloudflare"),
  ])
  func `a page of a network in front is HTML`(_ page: EdgePage, _ words: String, _ server: String) throws {
    let reply = try answer([.edgePage(page)]).reply
    #expect(reply.status == 403)
    #expect(reply.headers.contains(Header("Content-Type", "text/html")))
    #expect(reply.headers.contains(Header("Server", server)))
    #expect(String(decoding: reply.body, as: UTF8.self).contains(words))
  }

  @Test func `a redirect says where to`() throws {
    let reply = try answer([.redirect(to: "http://127.0.0.1:1/x", status: 307)]).reply
    expectNoDifference(
      reply, Reply(status: 307, type: "", headers: [Header("Location", "http://127.0.0.1:1/x")], body: []))
  }

  @Test func `a fault is for its request at its exchange`() throws {
    var state = Self.signed.state
    for (exchange, request) in [(ExchangeID.okx, "*"), (.gateIO, "main_keys"), (.htx, "detail")] {
      state.faults.append(Fault(exchange: exchange, request: request, kind: .slow(milliseconds: 9)))
    }
    #expect(try Self.signed.answer(state).wait == 0)
  }

  // MARK: - Private

  /// Gate's request `detail`.
  private static let signed = SignedRequest.signed[0]

  private func answer(_ kinds: [Fault.Kind]) throws -> Answer {
    var state = Self.signed.state
    state.faults = kinds.map { Fault(exchange: nil, request: "*", kind: $0) }
    return try Self.signed.answer(state)
  }
}
