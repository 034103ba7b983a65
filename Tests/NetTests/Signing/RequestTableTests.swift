import CustomDump
import NetProtocol
import Testing

@testable import keyusher_net

/// What can be signed at all. A signature can be a withdrawal: no row may be any other thing than it is here.
@Suite struct RequestTableTests {
  @Test func `Every request is one of these clocks and reads, and every one of these is in the table`() {
    let requests = Set(
      RequestTable.rows.map { row in
        let query = row.query.map { parameter in
          switch parameter {
          case .digits(let name): "\(name)=DIGITS"
          case .key(let name): "\(name)=KEY"
          }
        }
        return
          ([row.exchange, row.scheme.rawValue, row.method.rawValue, row.path] + query
          + [row.once.map { "\($0)=ONCE" }].compactMap(\.self)).joined(separator: " ")
      })
    expectNoDifference(
      requests.sorted(),
      [
        "binance binance-v3 GET /sapi/v1/account/apiRestrictions",
        "binance unsigned GET /api/v3/time",
        "bitget bitget-v2 GET /api/v2/spot/account/info",
        "bitget bitget-v2 GET /api/v3/account/info",
        "bitget unsigned GET /api/v2/public/time",
        "bybit bybit-v5 GET /v5/user/query-api",
        "bybit unsigned GET /v5/market/time",
        "coinbase coinbase-jwt GET /api/v3/brokerage/key_permissions",
        "coinbase unsigned GET /api/v3/brokerage/time",
        "gate-io gate-v4 GET /api/v4/account/detail",
        "gate-io gate-v4 GET /api/v4/account/main_keys",
        "gate-io unsigned GET /api/v4/spot/time",
        "htx htx-v2 GET /v2/user/api-key accessKey=KEY uid=DIGITS",
        "htx htx-v2 GET /v2/user/uid",
        "htx unsigned GET /v1/common/timestamp",
        "kraken kraken-v0 POST /0/private/GetApiKeyInfo otp=ONCE",
        "kraken unsigned GET /0/public/Time",
        "kucoin kucoin-v2 GET /api/v1/user/api-key",
        "kucoin unsigned GET /api/v1/timestamp",
        "mexc mexc-v3 GET /api/v3/account",
        "mexc mexc-v3 GET /api/v3/selfSymbols",
        "mexc unsigned GET /api/v3/time",
        "okx okx-v5 GET /api/v5/account/config",
        "okx unsigned GET /api/v5/public/time",
      ])
  }

  @Test func `Every host is one of these, asked over https by its own exchange alone`() {
    let hosts = Set(
      RequestTable.rows.map { "\($0.exchange) \($0.environment) \($0.host) \($0.mark.map(\.text) ?? "-")" })
    expectNoDifference(
      hosts.sorted(),
      [
        "binance demo demo-api.binance.com -",
        "binance live api.binance.com -",
        "binance testnet testnet.binance.vision -",
        "bitget demo api.bitget.com PAPTRADING: 1",
        "bitget live api.bitget.com -",
        "bybit ae api.bybit.ae -",
        "bybit bytick api.bytick.com -",
        "bybit demo api-demo.bybit.com -",
        "bybit eu api.bybit.eu -",
        "bybit ge api.bybitgeorgia.ge -",
        "bybit id api.bybit.id -",
        "bybit jp api.manepa.jp -",
        "bybit jp-testnet api-testnet.manepa.jp -",
        "bybit kz api.bybit.kz -",
        "bybit live api.bybit.com -",
        "bybit nl api.bybit.nl -",
        "bybit testnet api-testnet.bybit.com -",
        "bybit tr api.bybit.tr -",
        "coinbase live api.coinbase.com -",
        "gate-io eu api.gateeu.com -",
        "gate-io live api.gateio.ws -",
        "gate-io testnet api-testnet.gateapi.io -",
        "htx aws api-aws.huobi.pro -",
        "htx live api.huobi.pro -",
        "kraken live api.kraken.com -",
        "kucoin live api.kucoin.com -",
        "mexc live api.mexc.com -",
        "okx demo www.okx.com x-simulated-trading: 1",
        "okx eea eea.okx.com -",
        "okx live www.okx.com -",
        "okx us us.okx.com -",
        "okx us-app app.okx.com -",
      ])
    for row in RequestTable.rows {
      #expect((try? NetAddress("https://\(row.host)"))?.authority == row.host)
      #expect(Set(RequestTable.rows.filter { $0.host == row.host }.map(\.exchange)) == [row.exchange])
    }
  }

  @Test func `Each row has an id of its own, and only a clock is not signed`() {
    let ids = RequestTable.rows.map { [$0.exchange, $0.environment, $0.request] }
    #expect(Set(ids).count == ids.count)
    for row in RequestTable.rows {
      #expect((row.request == "clock") == (row.scheme == .unsigned), "\(row)")
      #expect(RequestTable.rows.contains { $0.host == row.host && $0.request == "clock" && $0.mark == row.mark })
      #expect(!KeyRequest.OwnRow.doesMoreThanRead(row.path, signedBy: row.scheme.rawValue))
      #expect(row.method == row.scheme.method)
    }
  }

  @Test func `A signed request has what its row has, and takes on nothing but the row's digits`() throws {
    for row in RequestTable.rows {
      var request = KeyRequest(row.exchange, row.environment, row.request)
      request.parts = sampleParts(for: row.exchange)
      if row.request == "api-key", row.exchange == "htx" { request.parameters = ["uid": "1"] }
      let signed = try SignedRequest(request, at: .sample)
      #expect(signed.method == row.method.rawValue)
      #expect(signed.origin.text == "https://\(row.host)")
      #expect(signed.targetText.split(separator: "?")[0] == row.path)
      #expect((signed.body == nil) == (row.method == .get))
      #expect(signed.header("Accept") == "application/json" && signed.header("User-Agent") == "keyusher")
      #expect(row.mark.map { signed.header($0.name) == $0.value } ?? true)
      request.oneTimePassword = secret("123456")
      if row.once == nil {
        #expect(throws: Unbuilt.parameter("otp")) { try SignedRequest(request, at: .sample) }
      } else {
        #expect(try SignedRequest(request, at: .sample).body?.text.contains("otp=123456") == true)
      }
      request.oneTimePassword = nil
      request.parameters["symbol"] = "1"
      #expect(throws: Unbuilt.parameter("symbol")) { try SignedRequest(request, at: .sample) }
    }
    var request = KeyRequest("htx", "live", "api-key")
    request.parts = sampleParts(for: "htx")
    #expect(throws: Unbuilt.parameter("uid")) { try SignedRequest(request, at: .sample) }
  }

  @Test func `What is not in the table is not built`() {
    for ids in [
      ("gate-io", "live", "withdraw"), ("gate-io", "demo", "detail"), ("gate", "live", "detail"),
      ("binance", "testnet", "api-restrictions"), ("", "", ""),
    ] {
      #expect(throws: Unbuilt.noRow) { try SignedRequest(KeyRequest(ids.0, ids.1, ids.2), at: .sample) }
    }
  }
}
