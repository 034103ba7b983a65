import CustomDump
import Foundation
import Outside
import PlainText
import Testing

@testable import StandIn

/// The program, over HTTP.
@Suite struct ServerTests {
  @Test func `it answers, logs without secrets, and ends cleanly`() throws {
    let server = try PlayedExchanges(Self.state())
    #expect(try server.answer("/api/v4/spot/time") == Self.ok(#"{"server_time":1700000000000}"#))
    #expect(try server.answer("/api/v4/account/detail", Self.headers).contains(#""user_id":7}"#))
    #expect(
      try server.answer("/api/v4/account/detail", Self.headers.replacing("SIGN: 5", with: "SIGN: 6")).contains(
        "Signature mismatch"))
    #expect(try server.answer("/no/such?KEY=FAKE").hasPrefix("HTTP/1.1 404 Not Found\r\n"))
    expectNoDifference(
      server.log,
      [
        #"{"exchange":"gate-io","method":"GET","outcome":"accepted","path":"/api/v4/spot/time","request":"time","status":200}"#,
        #"{"exchange":"gate-io","method":"GET","outcome":"accepted","path":"/api/v4/account/detail","request":"detail","status":200}"#,
        #"{"exchange":"gate-io","method":"GET","outcome":"signature","path":"/api/v4/account/detail","request":"detail","status":401}"#,
        #"{"method":"GET","outcome":"unknown-path","path":"/no/such","status":404}"#,
      ])
    #expect(server.end(SIGTERM) == 0)
  }

  @Test func `Ctrl-C ends it while a client waits`() throws {
    let server = try PlayedExchanges(Self.state(faults: #"{"request": "time", "kind": "slow", "milliseconds": 60000}"#))
    let waiting = try server.connect()
    waiting.send("GET /api/v4/spot/time HTTP/1.1\r\nHost: x\r\n\r\n")
    // Connections are served in the order in which they came.
    #expect(try server.answer("/no/such").hasPrefix("HTTP/1.1 404"))
    #expect(server.end(SIGINT) == 0)
    #expect(waiting.rest() == "")
  }

  @Test func `a state that changed is played at once, and a bad one is told`() throws {
    let server = try PlayedExchanges(Self.state())
    try server.play(Self.state(powers: ["spot"]))
    #expect(try server.answer("/api/v4/account/detail", Self.headers).contains("does not have account permission"))
    try server.play(#"{"keys": [}"#)
    let answer = try server.answer("/api/v4/account/detail", Self.headers)
    #expect(answer.hasPrefix("HTTP/1.1 500 Internal Server Error\r\n"))
    #expect(answer.contains("line 1, column 11: this is no JSON"))
    try server.play(Self.state())
    #expect(try server.answer("/api/v4/account/detail", Self.headers).contains(#""user_id":7}"#))
  }

  @Test func `a body is cut off, and the connection closed`() throws {
    let server = try PlayedExchanges(Self.state(faults: #"{"request": "*", "kind": "cut-off", "bytes": 9}"#))
    let connection = try server.connect()
    connection.send("GET /api/v4/spot/time HTTP/1.1\r\nHost: x\r\n\r\n")
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 29\r\n\r\n"
    #expect(connection.rest() == head + #"{"server_"#)
  }

  @Test func `a connection serves one request after the other`() throws {
    let server = try PlayedExchanges(Self.state())
    let connection = try server.connect()
    for _ in 1...3 {
      connection.send("GET /api/v4/spot/time HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(connection.next().hasSuffix(#"{"server_time":1700000000000}"#))
    }
  }

  @Test func `what is too long, or no HTTP, is refused`() throws {
    let server = try PlayedExchanges(Self.state())
    let long = String(repeating: "x", count: 65_537)
    #expect(try server.answer("/0/private/GetApiKeyInfo", body: long).hasPrefix("HTTP/1.1 413 Payload Too Large\r\n"))
    #expect(try server.answer("/0/private/GetApiKeyInfo", body: String(long.dropFirst())).contains("EAPI:Invalid key"))
    let connection = try server.connect()
    connection.send("no HTTP\r\n\r\n")
    #expect(connection.rest().hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
  }

  @Test func `more connections than it takes at once have to wait`() throws {
    let server = try PlayedExchanges(Self.state())
    var open: [Connection] = []
    for _ in 1...256 {
      let connection = try server.connect()
      connection.send("GET /api/v4/spot/time HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(connection.next().hasSuffix("}"))
      open.append(connection)
    }
    let waiting = try server.connect()
    waiting.send("GET /api/v4/spot/time HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    open[0].send("GET /api/v4/spot/time HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(open[0].next().hasSuffix("}"))
    #expect(server.log.count == 257)
    open.removeLast()
    #expect(waiting.rest().hasSuffix("}"))
  }

  @Test func `one exchange alone is played if that is wanted`() throws {
    let server = try PlayedExchanges(Self.state(), ["--exchange", "mexc"])
    #expect(try server.answer("/api/v4/account/detail", Self.headers).contains(#""code":404"#))
  }

  @Test(arguments: [
    (["--state", "/no/such/file"], 66, "keyusher-standin: '/no/such/file' can't be used: No such file or directory\n"),
    ([], 64, "give --state FILE, or --list-errors"),
    (["--state", "/dev/null", "--exchange", "gate"], 66, "keyusher-standin: there is no exchange 'gate' here\n"),
    (["--state", "/dev/null"], 66, "keyusher-standin: '/dev/null', line 1, column 1: this is no JSON\n"),
  ])
  func `what can't be begun is said`(_ arguments: [String], _ status: Int32, _ words: String) throws {
    let program = PlayedExchanges.program
    let ended = try output(of: "/bin/sh", ["-c", #""$0" "$@" 2>&1"#, program] + arguments)
    #expect(ended.status == status)
    #expect(String(decoding: ended.bytes, as: UTF8.self).contains(words))
  }

  @Test func `a port that is taken is said`() throws {
    let server = try PlayedExchanges(Self.state())
    let folder = try Folder()
    let state = try folder.write(Array(Self.state().utf8), to: "state.json")
    let arguments = ["-c", #""$0" "$@" 2>&1"#, PlayedExchanges.program, "--state", state, "--port", "\(server.port)"]
    let ended = try output(of: "/bin/sh", arguments)
    #expect(ended.status == 69)
    expectNoDifference(
      String(decoding: ended.bytes, as: UTF8.self),
      """
      keyusher-standin: port \(server.port) can't be used: Address already in use
      hint: without --port any is taken that is free

      """)
  }

  @Test func `the errors are listed`() throws {
    let lines = String(decoding: try output(of: PlayedExchanges.program, ["--list-errors"]).bytes, as: UTF8.self)
    #expect(lines.hasPrefix("gate-io\tbad_key\tINVALID_KEY\t401\tshown\n"))
    #expect(lines.contains("\ngate-io\taccount_locked\tACCOUNT_LOCKED\t403\tmade\n"))
  }

  // MARK: - Private

  /// Gate's request `detail`, as ccxt signed it with a fake key.
  private static let headers =
    SignedRequest.recorded(in: SignedRequest.vectors.appending(path: "recorded"))
    .first { $0.request.path == "/api/v4/account/detail" }.map { signed in
      signed.request.headers.filter { ["KEY", "Timestamp", "SIGN"].contains($0.name) }
        .map { "\($0.name): \($0.value)\r\n" }.joined()
    } ?? ""

  private static func state(powers: [String] = ["account"], faults: String = "") -> String {
    """
    {"clock": {"fixed": "2023-11-14T22:13:20Z"}, "faults": [\(faults)], "keys": [{"exchange": "gate-io", "user": 7,
      "key": "FAKE000000000000000000000000key1", "powers": \(JSON.texts(powers).text()),
      "secret": "FAKE0000000000000000000000000000000000000000000000000000secret1"}]}
    """
  }

  private static func ok(_ body: String) -> String {
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
  }
}
