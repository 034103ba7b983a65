import NetProtocol
import SecretMemory

/// Bybit API v5: time, key, window and query, signed by what the secret is. HMAC-SHA256 in small hexadecimal digits
/// with a secret that is a text; RSA (PKCS 1 v1.5, SHA-256) in base64 with one that is a private key.
///
/// Source: bybit-exchange/docs, docs/v5/guide.mdx (072c197d, 2026-07-24); agrees with pybit 5.17.0 and ccxt 4.5.90.
func signBybitV5(_ draft: inout Draft, _ credential: Credential, at moment: Moment) throws(Unbuilt) {
  let window = "5000"
  let key = try credential.printable("key")
  let secret = try credential["secret"]
  let text = try guarded(
    "\(moment.milliseconds)", .secret(key), .text(window), .secret(try draft.queryText()))
  let signature: SecretBytes
  if secret.isPEM {
    signature = try PrivateKey(pem: secret, of: "secret", kinds: [.rsa]).signature(of: text).base64()
  } else {
    signature = try text.tag(.sha256, key: secret).hexadecimal()
  }
  try draft.head("X-BAPI-API-KEY", .secret(key))
  try draft.head("X-BAPI-TIMESTAMP", "\(moment.milliseconds)")
  try draft.head("X-BAPI-RECV-WINDOW", .text(window))
  try draft.head("X-BAPI-SIGN", .secret(signature))
}
