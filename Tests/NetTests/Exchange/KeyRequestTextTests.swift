import CustomDump
import NetProtocol
import Testing

/// A request about a key, as it goes through the pipe.
@Suite struct KeyRequestTextTests {
  @Test func `A request is read as it was written`() throws {
    var request = KeyRequest("htx", "live", "api-key")
    request.row = KeyRequest.OwnRow(
      "okx-v5", "GET", "api.example.com", "/v1/key", [.digits("uid"), .key("b")], mark: "x-simulated-trading: 1")
    request.parameters = ["uid": "63628520", "b": "0"]
    request.parts = [
      .init("key", secret("AK")), .init("secret", secret("line\nbreak\n\npart key 2\n")),
      .init("passphrase", secret("")),
    ]
    request.base = try NetAddress("https://127.0.0.1:8080")
    request.authorityFile = "/etc/a b.pem"
    request.socket = "/run/user/1000/a b/0"
    request.ahead = -350
    request.oneTimePassword = secret("123456")
    request.seconds = 20
    let text = try #require(try request.written())
    expectNoDifference(
      text.text,
      """
      keyusher-net 1
      ask htx live api-key
      row okx-v5 GET api.example.com /v1/key uid=digits b=key
      mark x-simulated-trading: 1
      parameter b 0
      parameter uid 63628520
      base https://127.0.0.1:8080
      authority /etc/a b.pem
      socket /run/user/1000/a b/0
      ahead -350
      seconds 20
      part key 2
      part secret 23
      part passphrase 0
      otp 6

      AKline
      break

      part key 2
      123456
      """)
    let read = try #require(try KeyRequest(reading: text))
    expectNoDifference(try read.written()?.text, text.text)
    #expect(read.parts[1].value.constantTimeEquals(request.parts[1].value))
    #expect(read.row == request.row && read.parameters == request.parameters && read.base == request.base)
  }

  @Test(
    "What would be another request is neither written nor read",
    arguments: [
      "parameter uid 1a", "parameter uid -1", "parameter uid 1 2", "parameter u&id 1", "parameter uid ",
      "base http://192.0.2.1", "base https://api.example.com", "base http://127.0.0.1/path", "base",
      "authority /a", "socket a", "socket ", "socket /\(String(repeating: "a", count: 107))", "ahead 86400001",
      "ahead -9223372036854775808", "ahead x", "seconds 0", "seconds 601",
      "part key 2", "part key -1", "part Key 0", "part key", "otp 2", "never 1", "row gate-v4 GET api.example.com",
      "row gate-v4 GET api.example.com /a b&c=key", "row gate-v4 GET api.example.com /a b",
      "row gate-v4 GET api.example.com /a b=secret", "row gate-v4 GET api.example.com /a b=c=key",
      "row gate-v4 GET a.example.com /a\nrow gate-v4 GET a.example.com /b", "mark x: 1",
      "row gate-v4 GET a.example.com /a\nmark x 1", "row gate-v4 GET a.example.com /a\nmark x: 1\nmark y: 1",
      "Key: Value", " ",
    ])
  func unread(line: String) throws {
    let head = "\(NetRequest.firstLine)\nask gate-io live detail\n"
    #expect(try KeyRequest(reading: secret("\(head)\n")) != nil)
    #expect(try KeyRequest(reading: secret("\(head)\(line)\n\n")) == nil)
  }

  @Test(arguments: [
    "ask gate-io live", "ask gate-io live detail x", "ask Gate live detail", "ask gate-io live ../detail",
    "ask  gate-io live detail", "GET https://api.gateio.ws/api/v4/account/detail",
  ]) func `What names no row is not read`(line: String) throws {
    #expect(try KeyRequest(reading: secret("\(NetRequest.firstLine)\n\(line)\n\n")) == nil)
  }

  @Test func `What is left over behind the secrets, and a part that comes twice, is not read`() throws {
    let head = "\(NetRequest.firstLine)\nask gate-io live detail\n"
    #expect(try KeyRequest(reading: secret("\(head)part key 1\n\nab")) == nil)
    #expect(try KeyRequest(reading: secret("\(head)part key 1\npart key 1\n\nab")) == nil)
    #expect(try KeyRequest(reading: secret("\(head)part key 1\npart secret 1\n\nab")) != nil)
  }

  @Test func `What would end its line is not written`() throws {
    for change: (inout KeyRequest) -> Void in [
      { $0.exchange = "a b" }, { $0.environment = "live\nbase http://127.0.0.1" }, { $0.request = "" },
      { $0.parameters = ["uid": "1\nparameter x 2"] }, { $0.parts = [.init("a\nb", secret("x"))] },
      { $0.authorityFile = "/a" }, { $0.ahead = .min }, { $0.seconds = 0 },
      { $0.row = .init("gate-v4", "GET", "a.example.com", "/a\nb") },
      { $0.row = .init("gate-v4", "GET /b", "a.example.com", "/a") },
      { $0.row = .init("gate-v4", "GET", "a.example.com", "/a", [.key("b c")]) },
      { $0.row = .init("gate-v4", "GET", "a.example.com", "/a", mark: "x: 1\nbase http://127.0.0.1") },
    ] {
      var request = KeyRequest("gate-io", "live", "detail")
      #expect(try request.written() != nil)
      change(&request)
      #expect(try request.written() == nil, "\(request)")
    }
  }

  @Test func `Every reason why nothing was sent comes through the pipe`() throws {
    let reasons =
      [Unbuilt.noRow, .knownExchange, .ownRow, .parameter("uid"), .memory]
      + Unbuilt.PartFault.allCases.map { .part("private-key", $0) }
    for reason in reasons {
      let text = try NetAnswer.unbuilt(reason).written()
      guard case .unbuilt(reason)? = try NetAnswer(reading: text) else { return #expect(Bool(false), "\(reason)") }
    }
    for words in ["", "part", "part secret", "part secret never", "part se\u{1B}cret length", "parameter", "no-row x"] {
      #expect(try NetAnswer(reading: secret("\(NetRequest.firstLine)\nunbuilt \(words)\n\n")) == nil, "\(words)")
    }
  }
}
