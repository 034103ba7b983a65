/// A page of a network in front of an exchange.
enum EdgePage: String, CaseIterable, Sendable {
  /// Source: sammchardy/python-binance#1413 (2024-04), hummingbot/deploy#28 (2023-07).
  case country
  /// Source: PipedreamHQ/pipedream#5641 (2023-03).
  case cloudFront = "cloudfront"
  /// Source: how Cloudflare's blocks are known by, "Attention Required" and a ray id.
  case cloudflare
}
