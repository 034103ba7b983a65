// The ten exchanges by their ids: the one place that knows them all.

extension ExchangeID {
  /// How it speaks.
  var `protocol`: any Exchange { ExchangeID.protocols[self] ?? made }

  /// Made once: the tables of errors are long.
  private static let protocols = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.made) })

  private var made: any Exchange {
    switch self {
    case .gateIO: GateIO()
    case .binance: Binance()
    case .kraken: Kraken()
    case .kucoin: KuCoin()
    case .okx: OKX()
    case .bybit: Bybit()
    case .coinbase: Coinbase()
    case .bitget: Bitget()
    case .mexc: MEXC()
    case .htx: HTX()
    }
  }
}
