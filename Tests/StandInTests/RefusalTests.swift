import PlainText
import Testing

@testable import StandIn

/// What each exchange answers to each thing that can be wrong with a request.
@Suite struct RefusalTests {
  @Test(arguments: rows) func `what is wrong gets its documented answer`(_ row: Row) throws {
    var signed = try #require(SignedRequest.signed.last { $0.exchange == row.exchange })
    var state = signed.state
    try row.spoil(&signed, &state)
    let answer = try signed.answer(state)
    #expect(answer.entry.outcome == row.why.rawValue)
    #expect(answer.reply.status == row.status)
    let body = String(decoding: answer.reply.body, as: UTF8.self)
    #expect(row.text.isEmpty ? body.isEmpty : body.contains(row.text))
    if body.hasPrefix("{") { #expect(throws: Never.self) { try JSON(parsing: answer.reply.body) } }
    #expect(answer.reply.headers.contains(Reply.made) == row.isMade)
  }

  @Test func `every exchange has its answer, or has no such thing`() {
    for exchange in ExchangeID.allCases {
      let told = Self.rows.filter { $0.exchange == exchange }.map(\.why)
      let absent = Self.absent[exchange] ?? []
      #expect(Set(told).isDisjoint(with: absent), "\(exchange)")
      #expect(Set(told).union(absent) == Set(Refusal.allCases), "\(exchange)")
    }
  }

  /// A line of the table below: the exchange, what is wrong, HTTP's status, `made` where no source shows that, and what stands in
  /// the body.
  struct Row: CustomStringConvertible, Sendable {
    let description: String
    let exchange: ExchangeID
    let why: Refusal
    let status: Int
    let isMade: Bool
    let text: String

    init?(_ line: Substring) {
      let words = line.split(separator: " ", maxSplits: 4)
      guard words.count >= 4, let exchange = ExchangeID(rawValue: String(words[0])),
        let why = Refusal(rawValue: String(words[1])), let status = Int(words[2])
      else { return nil }
      description = "\(words[0]) \(words[1])"
      self.exchange = exchange
      self.why = why
      self.status = status
      isMade = words[3] == "made"
      text = words.count > 4 ? String(words[4]) : ""
    }

    func spoil(_ signed: inout SignedRequest, _ state: inout State) throws {
      switch why {
      case .unknownPath: signed.request.target = "\(exchange.protocol.pathPrefixes[0])no/such"
      case .missingHeader: signed.request.headers.removeAll { RefusalTests.signatures.contains($0.name) }
      case .missingParameter: signed.request.target = signed.request.path
      case .malformedKey:
        let name = signed.key.name
        if exchange == .coinbase {
          signed.request.headers = signed.request.headers.map {
            $0.name == "Authorization" ? Header($0.name, "Bearer none") : $0
          }
        } else {
          signed.request.headers = signed.request.headers.map { $0.value == name ? Header($0.name, "no key!") : $0 }
        }
        state.keys = []
      case .unknownKey:
        // OKX, Binance and Bitget tell a name that they never give from one that they do not know.
        let names: [ExchangeID: String] = [
          .okx: "00000000-0000-0000-0000-000000000000", .bitget: "bg_0", .binance: String(repeating: "0", count: 64),
        ]
        let old = signed.key.name
        if let name = names[exchange] {
          signed.request.headers = signed.request.headers.map { $0.value == old ? Header($0.name, name) : $0 }
        }
        state.keys = []
      case .otherEnvironment:
        state.keys[0].environment =
          state.keys[0].environment == .live ? (exchange.protocol.terms.environments.last ?? .live) : .live
      case .lockedKey: state.keys[0].isLocked = true
      case .expiredKey: state.keys[0].expires = signed.moment
      case .malformedTime:
        signed.request.headers = signed.request.headers.map {
          RefusalTests.times.contains($0.name) ? Header($0.name, "now") : $0
        }
        for time in ["timestamp=1700000000000", "Timestamp=2023-11-14T22%3A13%3A20"] {
          signed.request.target = signed.request.target.replacing(time, with: "\(time.prefix(10))now")
        }
      case .clock: state.clock = .offset(RefusalTests.late[exchange] ?? 0)
      case .signature: signed = signed.withOtherSignature
      case .passphrase: state.keys[0].passphrase = "other"
      case .oneTimePassword: state.keys[0].oneTimePassword = "123456"
      case .nonce: state.keys[0].nonce = UInt64(signed.moment.milliseconds)
      case .address:
        state.from = Address("203.0.113.9")
        state.keys[0].addresses = [try #require(Address("203.0.113.10"))]
      case .permission: state.keys[0].powers = exchange == .coinbase || exchange == .bybit ? [] : ["other"]
      case .accountMode: state.keys[0].isUnified.toggle()
      case .subAccount: state.keys[0].isMain = false
      }
    }
  }

  static let signatures = [
    "SIGN", "API-Sign", "KC-API-SIGN", "OK-ACCESS-SIGN", "X-BAPI-SIGN", "ACCESS-SIGN", "X-MBX-APIKEY", "X-MEXC-APIKEY",
    "Authorization",
  ]
  static let times = ["Timestamp", "KC-API-TIMESTAMP", "OK-ACCESS-TIMESTAMP", "X-BAPI-TIMESTAMP", "ACCESS-TIMESTAMP"]

  /// By how many milliseconds a request is just too late.
  static let late: [ExchangeID: Int64] = [
    .gateIO: 60_000, .binance: 10_001, .kucoin: 5001, .okx: 30_001, .bybit: 5001, .coinbase: 120_000, .bitget: 30_001,
    .mexc: 5001, .htx: 300_001,
  ]

  /// What an exchange has not: most tell one thing in one way only.
  static let absent: [ExchangeID: Set<Refusal>] = [
    .gateIO: [.missingParameter, .malformedKey, .passphrase, .oneTimePassword, .nonce, .accountMode, .subAccount],
    .binance: [.passphrase, .oneTimePassword, .nonce, .accountMode, .subAccount],
    .kraken: [
      .missingParameter, .malformedKey, .otherEnvironment, .clock, .malformedTime, .passphrase, .permission,
      .accountMode,
      .subAccount,
    ],
    .kucoin: [
      .missingParameter, .malformedKey, .otherEnvironment, .oneTimePassword, .nonce, .accountMode, .subAccount,
    ],
    .okx: [.missingParameter, .oneTimePassword, .nonce, .accountMode, .subAccount],
    .bybit: [.missingParameter, .malformedKey, .passphrase, .oneTimePassword, .nonce, .accountMode, .subAccount],
    .coinbase: [
      .missingParameter, .otherEnvironment, .malformedTime, .passphrase, .oneTimePassword, .nonce, .accountMode,
      .subAccount,
    ],
    .bitget: [.missingParameter, .oneTimePassword, .nonce, .subAccount],
    .mexc: [.malformedKey, .otherEnvironment, .passphrase, .oneTimePassword, .nonce, .accountMode, .subAccount],
    .htx: [.missingHeader, .malformedKey, .otherEnvironment, .passphrase, .oneTimePassword, .nonce, .accountMode],
  ]

  static let rows = RefusalTable.text.split(separator: "\n").compactMap(Row.init)
}
