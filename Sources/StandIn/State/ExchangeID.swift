/// An exchange that can be played, by the name of its folder of flows.
enum ExchangeID: String, CaseIterable, Sendable {
  case gateIO = "gate-io"
  case binance, kraken, kucoin, okx, bybit, coinbase, bitget, mexc, htx
}
