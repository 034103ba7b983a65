import PlainText
import Testing

@testable import StandIn

/// The errors that were documented or seen (by 2026-11-29): a fault plays each.
@Suite struct KnownErrorTests {
  @Test(arguments: rows) func `an error is played by its cause and code`(_ row: Row) throws {
    for code in row.codes {
      var signed = try #require(SignedRequest.signed.last { $0.exchange == row.exchange })
      // Without its signature: what a fault answers looks at nothing.
      signed.request.headers = []
      var state = signed.state
      state.faults = [
        Fault(
          exchange: nil, request: "*", kind: .error(cause: row.cause, code: code.isEmpty ? nil : code, retryAfter: 7))
      ]
      let reply = try signed.answer(state).reply
      if let status = row.status { #expect(reply.status == status) }
      let body = String(decoding: reply.body, as: UTF8.self)
      #expect(reply.headers.contains(Header("Retry-After", "7")))
      // Cloudflare's number, and Unauthorized, stand in no JSON.
      if !code.isEmpty { #expect(body.contains(code)) }
      if body.hasPrefix("{") { #expect(throws: Never.self) { try JSON(parsing: reply.body) } }
    }
  }

  @Test func `a ban says how long it lasts`() throws {
    let signed = try #require(SignedRequest.signed.first { $0.exchange == .binance })
    var state = signed.state
    state.faults = [
      Fault(exchange: .binance, request: "*", kind: .error(cause: "temporarily_banned", code: nil, retryAfter: 90))
    ]
    let body = String(decoding: try signed.answer(state).reply.body, as: UTF8.self)
    #expect(body.contains("IP banned until 1700000090000."))
  }

  @Test func `what a table says twice it tells apart`() {
    for exchange in ExchangeID.allCases {
      let rows = exchange.protocol.errors
      for row in rows {
        let twins = rows.filter { $0.cause == row.cause && $0.code == row.code }
        #expect(twins.filter { !$0.isMade }.count <= 1 && twins.count <= 2, "\(exchange) \(row.cause) \(row.code)")
      }
    }
  }

  /// A line of the table: the exchange, the cause, HTTP's status (`-` where nobody knows it) and codes.
  struct Row: CustomStringConvertible, Sendable {
    let description: String
    let exchange: ExchangeID
    let cause: String
    let status: Int?
    let codes: [String]

    init?(_ line: Substring) {
      let words = line.split(separator: " ", maxSplits: 3)
      guard words.count >= 3, let exchange = ExchangeID(rawValue: String(words[0])) else { return nil }
      description = String(line)
      self.exchange = exchange
      cause = String(words[1])
      status = Int(words[2])
      codes = words.count > 3 ? words[3].split(separator: "|").map(String.init) : [""]
    }
  }

  static let rows = table.split(separator: "\n").compactMap(Row.init)

  private static let table = """
    gate-io bad_key 401 INVALID_KEY
    gate-io header_missing 401 INVALID_KEY|MISSING_REQUIRED_HEADER
    gate-io bad_signature 401 INVALID_SIGNATURE
    gate-io clock 401 REQUEST_EXPIRED
    gate-io ip_not_listed 401 IP_FORBIDDEN
    gate-io ip_not_listed 403 FORBIDDEN
    gate-io permission_missing 403 FORBIDDEN
    gate-io read_only_key - READ_ONLY
    gate-io account_locked - ACCOUNT_LOCKED
    gate-io account_not_opened - USER_NOT_FOUND
    gate-io rate_limited 429 TOO_MANY_REQUESTS
    binance bad_key_format 401 -2014
    binance bad_key_or_ip_or_permission 401 -2015
    binance bad_key - -2008
    binance bad_signature 400 -1022
    binance clock 400 -1021
    binance rate_limited 429 -1003
    binance temporarily_banned 418 -1003
    binance waf 403
    binance region_blocked 451 0
    binance maintenance - -1008
    binance unauthorized - -1002
    kraken bad_key 200 EAPI:Invalid key
    kraken bad_signature_or_otp 200 EAPI:Invalid signature
    kraken nonce 200 EAPI:Invalid nonce
    kraken permission_missing 200 EGeneral:Permission denied
    kraken query_range 200 EGeneral:Invalid arguments
    kraken temporary_lockout 200 EGeneral:Temporary lockout
    kraken rate_limited 200 EAPI:Rate limit exceeded|EAuth:Rate limit exceeded|EAuth:Too many requests
    kraken account_locked 200 EAuth:Account temporary disabled
    kraken account_unconfirmed 200 EAuth:Account unconfirmed
    kraken region_or_product 200 EAccount:Invalid permissions
    kraken maintenance 200 EService:Unavailable
    kucoin header_missing 401 400001
    kucoin clock 400 400002
    kucoin bad_key 401 400003
    kucoin bad_passphrase 401 400004
    kucoin bad_signature 401 400005
    kucoin ip_not_listed - 400006
    kucoin permission_missing 403 400007
    kucoin account_locked - 411100
    kucoin edge_rate - 1015
    kucoin rate_limited 429 429000
    kucoin maintenance - 500000
    okx bad_key 401 50111
    okx key_not_exist_or_wrong_region 401 50119
    okx bad_passphrase 401 50105
    okx bad_signature 401 50113
    okx clock 401 50102
    okx clock_format 401 50112
    okx ip_not_listed 401 50110
    okx wrong_environment 401 50101
    okx header_missing 401 50103|50104|50106|50107
    okx invalid_authorization 401 50114
    okx key_locked 400 50100
    okx ip_binding_required 403 50035
    okx permission_missing 200 50120|50030
    okx region_blocked 200 50121
    okx region_blocked 200 50051|50052|50059|50060
    okx account_locked 200 50007|50009|50012|50027|50029
    okx rate_limited - 50011
    okx busy 429 50013
    okx maintenance 503 50001
    okx endpoint_offline 410 50005
    bybit bad_key_or_environment 200 10003
    bybit bad_signature 200 10004
    bybit permission_missing 200 10005
    bybit rate_limited 200 10006
    bybit auth_failed 200 10007
    bybit account_banned 200 10008
    bybit region_blocked 200 10009
    bybit ip_not_listed 200 10010
    bybit compliance 200 10024
    bybit account_banned 200 10027
    bybit account_mode 200 10028
    bybit symbol_whitelist 200 10029
    bybit clock 200 10002
    bybit clock 200 -1
    bybit key_expired 200 33004|-2015
    bybit header_or_key 401
    bybit edge_403 403
    bybit system_protection 429
    bybit maintenance 200 10000|10016|429
    coinbase bad_key_or_signature_or_clock_or_ip 401
    coinbase permission_missing 403 PERMISSION_DENIED
    coinbase rate_limited 429
    bitget key_not_exist 400 40037
    bitget bad_key 400 40006
    bitget bad_signature 400 40009|40010
    bitget bad_passphrase 400 40012
    bitget permission_missing 400 40014
    bitget ip_not_listed 400 40018
    bitget clock 400 40008|40004|40005
    bitget account_mode 400 40085
    bitget account_mode 400 40084
    bitget account_locked 400 40013|40031
    bitget two_factor_required 400 40016
    bitget rate_limited 429 429|1001
    bitget maintenance - 40015
    mexc bad_key 400 10072
    mexc bad_signature_or_expired 400 700002|602
    mexc key_expired - 402
    mexc clock 400 700003|10073
    mexc ip_not_listed 400 700006
    mexc ip_not_listed - 406
    mexc permission_missing 400 700007|401
    mexc header_missing - 400
    mexc waf 403
    mexc rate_limited 429 429|510
    mexc account_locked - 730100|30018
    mexc maintenance - 500|501
    htx bad_key 200 api-signature-not-valid
    htx bad_signature 200 api-signature-not-valid
    htx ip_not_listed 200 api-signature-not-valid
    htx permission_missing 200 api-signature-not-valid
    htx bad_signature_v2 200 1003
    htx unauthorized_v2 200 1002
    htx bad_key_contract 200 403
    htx gateway 200 gateway-internal-error
    """
}
