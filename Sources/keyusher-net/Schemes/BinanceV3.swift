import NetProtocol
import SecretMemory

/// Binance: the query with a time and a window, signed by what the secret is. HMAC-SHA256 in small hexadecimal digits
/// with a secret that is a text; Ed25519 or RSA (PKCS 1 v1.5, SHA-256) in base64 with one that is a private key.
///
/// The window is the one that ccxt has; the exchange takes up to 60,000 ms.
///
/// Source: binance-spot-api-docs, rest-api.md, "SIGNED endpoint security" (2026-01); agrees with binance-connector
/// 3.13.0 and ccxt 4.5.90.
func signBinanceV3(_ draft: inout Draft, _ credential: Credential, at moment: Moment) throws(Unbuilt) {
  draft.query =
    [
      ("timestamp", try guarded("\(moment.milliseconds)")), ("recvWindow", try guarded("10000")),
    ] + draft.query
  let secret = try credential["secret"]
  let text = try draft.queryText()
  let signature: SecretBytes
  if secret.isPEM {
    let key = try PrivateKey(pem: secret, of: "secret", kinds: [.ed25519, .rsa])
    signature = try key.signature(of: text).base64().escaped()
  } else {
    signature = try text.tag(.sha256, key: secret).hexadecimal()
  }
  draft.query.append(("signature", signature))
  try draft.head("X-MBX-APIKEY", .secret(try credential.printable("key")))
}
