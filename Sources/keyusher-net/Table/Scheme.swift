/// How a request is signed. The raw value is its name in `api.yaml`.
enum Scheme: String, CaseIterable, Sendable {
  /// Not at all: what an exchange tells everybody, such as its clock.
  case unsigned
  case gateV4 = "gate-v4"
  case binanceV3 = "binance-v3"
  case krakenV0 = "kraken-v0"
  case kucoinV2 = "kucoin-v2"
  case okxV5 = "okx-v5"
  case bybitV5 = "bybit-v5"
  case coinbaseJWT = "coinbase-jwt"
  case bitgetV2 = "bitget-v2"
  case mexcV3 = "mexc-v3"
  case htxV2 = "htx-v2"

  /// The method of all that it signs.
  var method: RequestRow.Method { self == .krakenV0 ? .post : .get }
}
