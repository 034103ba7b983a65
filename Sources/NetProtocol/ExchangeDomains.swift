/// The domains of the exchanges that come with Keyusher. What is signed for an exchange of one's own goes to none of them, nor
/// below: the table of requests alone says what is asked there.
public enum ExchangeDomains {
  /// Whose host it is, by the exchange's folder; nil if it is none of theirs.
  public static func owner(of host: String) -> String? {
    // All of them are registered directly below a country or a purpose.
    owners[host.split(separator: ".").suffix(2).joined(separator: ".")]
  }

  /// Hosts of the table, and other names of the same companies: those of the packs, and in `introspection.json`.
  private static let owners = [
    "binance.com": "binance", "binance.vision": "binance", "binancefuture.com": "binance",
    "bitget.com": "bitget",
    "bybit.ae": "bybit", "bybit.com": "bybit", "bybit.eu": "bybit", "bybit.id": "bybit", "bybit.kz": "bybit",
    "bybit.nl": "bybit", "bybit.tr": "bybit", "bybitgeorgia.ge": "bybit", "bytick.com": "bybit", "manepa.jp": "bybit",
    "coinbase.com": "coinbase",
    "gate.com": "gate-io", "gate.io": "gate-io", "gateapi.io": "gate-io", "gateeu.com": "gate-io",
    "gateio.ws": "gate-io",
    "hbdm.com": "htx", "hbdm.vn": "htx", "htx.com": "htx", "huobi.com": "htx", "huobi.pro": "htx",
    "kraken.com": "kraken",
    "kucoin.com": "kucoin",
    "mexc.com": "mexc",
    "okx.com": "okx",
  ]
}
