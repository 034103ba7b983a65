import NetProtocol
import SecretMemory

/// MEXC, spot v3: the query with a time and a window, signed by HMAC-SHA256 in small hexadecimal digits.
///
/// Source: www.mexc.com/api-docs/spot-v3, "SIGNED" (stored copy of 2026); agrees with ccxt 4.5.90.
func signMEXCV3(_ draft: inout Draft, _ credential: Credential, at moment: Moment) throws(Unbuilt) {
  draft.query += [("timestamp", try guarded("\(moment.milliseconds)")), ("recvWindow", try guarded("5000"))]
  let signature = try draft.queryText().tag(.sha256, key: try credential.text("secret")).hexadecimal()
  draft.query.append(("signature", signature))
  try draft.head("X-MEXC-APIKEY", .secret(try credential.printable("key")))
}
