import NetProtocol
import PlainText
import SecretMemory

/// Coinbase Advanced: a JSON Web Token of two minutes, for this method, host and path alone. ES256 with a key of P-256;
/// EdDSA with one of Ed25519, which is a PEM or 32 or 64 bytes of base64.
///
/// Source: coinbase-advanced-py 1.8.4, jwt_generator (2026-06-19), whose claims these are; docs.cdp.coinbase.com, "API
/// key authentication" (stored copy). The path is without the query.
func signCoinbaseJWT(_ draft: inout Draft, _ credential: Credential, at moment: Moment) throws(Unbuilt) {
  let name = "private-key"
  let secret = try credential[name]
  let privateKey =
    secret.isPEM
    ? try PrivateKey(pem: secret, of: name, kinds: [.p256, .ed25519]) : try PrivateKey(ed25519: secret, of: name)
  let key = try credential.printable("key")
  // They would need an escape in JSON, and no name of a key has them.
  guard !key.contains("\""), !key.contains("\\") else { throw .part("key", .unprintable) }
  let header = try guarded(
    .text(#"{"alg":"\#(privateKey.kind == .p256 ? "ES256" : "EdDSA")","kid":""#), .secret(key),
    .text(#"","nonce":"\#(moment.nonce.hexadecimal)","typ":"JWT"}"#))
  let claims = try guarded(
    #"{"sub":""#, .secret(key),
    .text(#"","iss":"cdp","nbf":\#(moment.seconds),"exp":\#(moment.seconds + lifetime),"uri":"#),
    .text("\"\(draft.method.rawValue) \(draft.host)\(draft.path)\"}"))
  let text = try guarded(.secret(try header.base64(.url)), ".", .secret(try claims.base64(.url)))
  let signature = try privateKey.signature(of: text).base64(.url)
  try draft.head("Authorization", "Bearer ", .secret(text), ".", .secret(signature))
}

/// In seconds.
private let lifetime = 120
