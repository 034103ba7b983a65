import Foundation
import KeyusherHarness
import SecretMemory
import Stores

/// A key of one exchange that a run made for a grid bot at one address, as its store has it and as the exchange knows
/// it.
struct PlayedKey: Sendable {
  let exchange: String
  /// By name, as the exchange's page gives them.
  var parts: [String: String]
  /// What it may do as planned, by the exchange's own names.
  let powers: [String]
  /// What of that it lacks if a right is missing that was planned; nil where only a mode tells.
  let trading: String?
  /// Without which the exchange tells nothing of a key; nil if nothing is needed for that.
  let reading: [String]?
  /// A right that nobody planned, other than to withdraw; nil if there is none that an answer tells.
  let wider: String?
  /// The right to send coins away; nil if none is known.
  let withdrawing: String?
  /// Another set of accounts that it can be of, and that this exchange tells apart.
  let environment: String?

  static let name = "grid-bot-01"
  static let address = "203.0.113.7"

  /// Its name in the store.
  var entry: String { "\(exchange)/\(Self.name)" }

  private init(
    _ exchange: String, _ parts: [String: String], _ powers: [String], trading: String? = nil, reading: [String]?,
    wider: String? = nil, withdrawing: String? = nil, environment: String? = nil
  ) {
    (self.exchange, self.parts, self.powers) = (exchange, parts, powers)
    (self.trading, self.reading, self.wider) = (trading, reading, wider)
    (self.withdrawing, self.environment) = (withdrawing, environment)
  }

  private static let passphrase = "violin-Otter.7"
  private static let dashed = "\(part(8))-\(part(4))-\(part(4))-\(part(4))-\(part(12))"
  private static func part(_ length: Int) -> String { String(Canary.secret.prefix(length)) }

  static let all = [
    PlayedKey(
      "gate-io", ["key": Canary.key, "secret": Canary.secret], ["account:read", "spot"], trading: "spot",
      reading: ["account:read"], wider: "wallet", withdrawing: "withdraw", environment: "testnet"),
    PlayedKey(
      "binance", ["key": Canary.key + Canary.key, "secret": Canary.secret],
      ["enableReading", "enableSpotAndMarginTrading"],
      trading: "enableSpotAndMarginTrading", reading: ["enableReading"], wider: "enableFutures",
      withdrawing: "enableWithdrawals", environment: "testnet"),
    PlayedKey(
      "kraken",
      [
        "key": Canary.key + Canary.key.prefix(24), "secret": Data(Canary.secret.utf8).base64EncodedString(),
      ],
      ["query-funds", "query-open-trades", "query-closed-trades", "close-trades", "modify-trades"],
      trading: "modify-trades", reading: nil, wider: "earn-funds", withdrawing: "withdraw-funds"),
    PlayedKey(
      "kucoin", ["key": String(Canary.key.prefix(24)), "secret": dashed, "passphrase": passphrase],
      ["General", "Spot"],
      trading: "Spot", reading: ["General"], wider: "Futures", withdrawing: "Transfer"),
    PlayedKey(
      "okx", ["key": dashed, "secret": part(32).uppercased(), "passphrase": passphrase], ["read_only", "trade"],
      trading: "trade", reading: ["read_only"], withdrawing: "withdraw", environment: "demo"),
    PlayedKey(
      "bybit", ["key": String(Canary.key.prefix(18)), "secret": part(36)], ["Spot:SpotTrade"],
      reading: ["Spot:SpotTrade"], wider: "Wallet:AccountTransfer", withdrawing: "Wallet:Withdraw",
      environment: "testnet"),
    PlayedKey(
      "coinbase", ["key": "organizations/\(dashed)/apiKeys/\(dashed)", "private-key": PublishedPair.privatePEM],
      ["can_view", "can_trade"], trading: "can_trade", reading: ["can_view", "can_trade"], wider: "can_receive",
      withdrawing: "can_transfer"),
    PlayedKey(
      "bitget", ["key": "bg_" + Canary.key, "secret": Canary.secret, "passphrase": passphrase], ["stor", "stow"],
      trading: "stow", reading: ["stor", "stow"], wider: "wtow", withdrawing: "wwow", environment: "demo"),
    PlayedKey(
      "mexc", ["key": "mx0" + Canary.key.prefix(15), "secret": part(32)], ["SPOT_ACCOUNT_READ", "SPOT_DEAL_WRITE"],
      reading: ["SPOT_ACCOUNT_READ"]),
    PlayedKey(
      "htx", ["key": "\(Canary.key.prefix(8))-\(Canary.key.suffix(24))", "secret": part(32)], ["readOnly", "trade"],
      trading: "trade", reading: ["readOnly"], withdrawing: "withdraw"),
  ]

  /// As the exchange knows it while nothing is wrong.
  var state: [String: Any] {
    var state: [String: Any] = [
      "exchange": exchange, "key": parts["key"] ?? "", "powers": powers, "addresses": [Self.address],
      "label": Self.name, "created": "2026-11-01T00:00:00Z",
    ]
    state["secret"] = parts["secret"]
    state["passphrase"] = parts["passphrase"]
    if parts["private-key"] != nil { state["publicKey"] = PublishedPair.publicPEM(of: PublishedPair.point) }
    return state
  }
}

extension PlayedKey {
  /// The script of the walk that makes it, for a store that is set up.
  var script: String {
    get throws {
      try String(contentsOfFile: sourceTree + "/flows/\(exchange)/create-key.script", encoding: .utf8)
        .replacing("store.unlock: env:AGE_PASSPHRASE\n", with: "")
    }
  }

  /// The variables in which the script looks for its parts.
  func setting(for script: String) -> [String: String?] {
    var setting: [String: String?] = [:]
    for line in script.split(separator: "\n") where line.hasPrefix("credential.") {
      let words = line.dropFirst("credential.".count).split { $0 == ":" || $0 == " " }
      if words.count == 3, words[1] == "env" { setting[String(words[2])] = parts[String(words[0])] }
    }
    return setting
  }
}

/// A key pair of P-256 that everybody knows.
///
/// Source: RFC 6979, A.2.5.
enum PublishedPair {
  fileprivate static let point =
    "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
    + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
  private static let number = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"
  /// The curve's own point of departure (SEC 2, 2.4.2): another public key.
  static let otherPoint =
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"

  static let privatePEM = pem(
    "EC PRIVATE KEY", "30770201010420\(number)a00a06082a8648ce3d030107a14403420004\(point)")

  static func publicPEM(of point: String) -> String {
    pem("PUBLIC KEY", "3059301306072a8648ce3d020106082a8648ce3d03010703420004\(point)")
  }

  private static func pem(_ kind: String, _ digits: String) -> String {
    var bytes = Data()
    var rest = Substring(digits)
    while !rest.isEmpty {
      bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
      rest = rest.dropFirst(2)
    }
    let lines = bytes.base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
    return "-----BEGIN \(kind)-----\n\(lines)\n-----END \(kind)-----\n"
  }
}

/// A desk on which runs made one key at each of the ten exchanges.
enum TenKeysDesk {
  private static let template = Result { () throws -> Desk in
    let desk = try Desk.withStore()
    for key in PlayedKey.all {
      let script = try key.script.replacing("store: offline", with: "store: age")
      try desk.write(script, to: "\(key.exchange).script")
      let setting = key.setting(for: script).merging(["KEYUSHER_TEST_ID": "made-\(key.exchange)"]) { $1 }
      let ran = try desk.run(["replay", "\(key.exchange).script"], setting: setting)
      guard ran.status == 0 else { throw TestFailure(description: "\(key.exchange): \(ran.errors)\(ran.output)") }
    }
    return desk
  }

  static func make() throws -> Desk {
    let desk = try Desk()
    try FileManager.default.copyItem(atPath: template.get().home, toPath: desk.home)
    return desk
  }
}

extension Desk {
  /// Asks the exchanges, as a server plays them, about keys.
  func verify(_ names: [String], at address: String, _ options: [String] = []) throws -> Ran {
    try run(
      ["key", "verify"] + names + ["--base-url", address, "--passphrase", "env:STORE_WORD"] + options,
      setting: ["STORE_WORD": PassphraseCanary.text])
  }

  /// Puts other parts into the place of a key's own.
  func replace(_ key: PlayedKey, by parts: [String: String]) throws {
    let credential = StoredCredential(
      exchange: key.exchange, label: PlayedKey.name, run: "made-\(key.exchange)",
      parts: try parts.mapValues { try SecretBytes(copying: Array($0.utf8)) })
    guard let name = EntryName(key.entry) else { throw TestFailure(description: "no name") }
    try ageStore().delete(name)
    try ageStore().put(credential.encoded(), as: name)
  }
}
