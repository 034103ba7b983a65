import NetProtocol
import SecretMemory

/// HTX: method, host, path and the sorted query with key, method, version and time, under HMAC-SHA256; in base64 at the
/// query's end.
///
/// Source: HTX API, "Authentication" (copy of 2026-03-06); agrees with huobi-sdk 2.3.3 and ccxt 4.5.90. The host is
/// that of the header `Host`, as ccxt signs it.
func signHTXV2(_ draft: inout Draft, _ credential: Credential, at moment: Moment) throws(Unbuilt) {
  draft.query += [
    ("AccessKeyId", try credential.printable("key").escaped()), ("SignatureMethod", try guarded("HmacSHA256")),
    ("SignatureVersion", try guarded("2")), ("Timestamp", try guarded(.text(moment.text)).escaped()),
  ]
  draft.query.sort { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
  let text = try guarded(
    "\(draft.method.rawValue)\n\(draft.host.lowercased())\n\(draft.path)\n", .secret(try draft.queryText()))
  let signature = try text.tag(.sha256, key: try credential.text("secret")).base64().escaped()
  draft.query.append(("Signature", signature))
}
