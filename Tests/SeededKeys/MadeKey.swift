/// A key as its exchange makes it, drawn by chance. What each looks like is written here anew, from the exchanges' documentation:
/// nothing is shared with what looks for keys.
public struct MadeKey: Sendable {
  /// Its id here.
  public var exchange: String
  public var key: String
  public var secret: String
  public var passphrase: String?
  /// Whether the secret is a private key in PEM.
  public var isPEM = false

  public static let exchanges = [
    "binance", "bitget", "bybit", "coinbase", "gate-io", "htx", "kraken", "kucoin", "mexc", "okx",
  ]

  /// Many keys of an exchange.
  public static func many(_ count: Int, of exchange: String, seed: UInt64) -> [MadeKey] {
    var chance = Chance(seed: seed)
    return (0..<count).map { _ in MadeKey(of: exchange, by: &chance) }
  }

  /// What people put into names of variables.
  var word: String { exchange == "gate-io" ? "GATE" : exchange.uppercased() }
  /// What ccxt calls the exchange.
  var id: String { exchange == "gate-io" ? "gate" : exchange }

  /// The secret in one line, as JSON and variables have it.
  var line: String { secret.replacingLineEnds }

  init(of exchange: String, by chance: inout Chance) {
    self.exchange = exchange
    let small = "abcdefghijklmnopqrstuvwxyz0123456789"
    switch exchange {
    case "binance": (key, secret) = (chance.letters(64), chance.letters(64))
    case "bitget": (key, secret) = ("bg_" + chance.hex(32), chance.hex(64))
    case "bybit": (key, secret) = (chance.letters(18), chance.letters(36))
    case "coinbase":
      key = "organizations/\(chance.uuid())/apiKeys/\(chance.uuid())"
      // The lengths are those of a key of the curve P-256.
      let body = "MHcCAQEEI" + chance.base64(155, padding: 2)
      secret =
        "-----BEGIN EC PRIVATE KEY-----\n\(body.prefix(64))\n\(body.dropFirst(64).prefix(64))\n\(body.dropFirst(128))\n-----END EC PRIVATE KEY-----\n"
      isPEM = true
    case "gate-io": (key, secret) = (chance.hex(32), chance.hex(64))
    case "htx":
      (key, secret) = (
        chance.groups([8, 8, 8, chance.pick([5, 8, 10])], of: small), chance.groups([8, 8, 8, 5], of: small)
      )
    case "kraken": (key, secret) = (chance.base64(56), chance.base64(88, padding: 2))
    case "kucoin": (key, secret) = (chance.hex(24), chance.uuid())
    case "mexc": (key, secret) = ("mx0" + chance.letters(15), chance.hex(32))
    default: (key, secret) = (chance.uuid(), chance.upperHex(32))
    }
    if ["bitget", "kucoin", "okx"].contains(exchange) { passphrase = "Walnut-" + chance.letters(8) }
  }
}

extension String {
  fileprivate var replacingLineEnds: String {
    split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
  }
}
