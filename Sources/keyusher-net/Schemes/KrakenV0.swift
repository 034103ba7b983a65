import CSodium
import NetProtocol
import SecretMemory

/// Kraken, spot: a form with a nonce, signed by HMAC-SHA512 over the path and the SHA-256 of nonce and form, with the
/// secret read as base64; in base64.
///
/// The nonce is in milliseconds, as ccxt and krakenex have it: a key that has seen one in microseconds takes none of
/// these any more.
///
/// Source: docs.kraken.com, "Spot REST authentication" (stored copy of 2026); agrees with krakenex 2.2.2 and ccxt
/// 4.5.90.
func signKrakenV0(_ draft: inout Draft, _ credential: Credential, at moment: Moment) throws(Unbuilt) {
  let text = try credential.text("secret")
  guard let secret = try inMemory({ () throws(SecretMemoryError) in try Base64.padded.decode(text) }) else {
    throw .part("secret", .notBase64)
  }
  var form: [Piece] = ["nonce=\(moment.milliseconds)"]
  if let (name, value) = draft.once { form += ["&\(name)=", .secret(value)] }
  let body = try guarded(form)
  let hash = try guarded("\(moment.milliseconds)", .secret(body)).sha256()
  let signature = try guarded(.text(draft.path), .secret(hash)).tag(.sha512, key: secret).base64()
  try draft.head("API-Key", .secret(try credential.printable("key")))
  try draft.head("API-Sign", .secret(signature))
  try draft.head("Content-Type", "application/x-www-form-urlencoded")
  draft.body = body
}

extension SecretBytes {
  fileprivate func sha256() throws(Unbuilt) -> SecretBytes {
    try inMemory { () throws(SecretMemoryError) in
      let hash = try SecretBytes(capacity: Int(crypto_hash_sha256_BYTES))
      hash.fill { room in
        withBytes { bytes in
          guard let start = room.bindMemory(to: UInt8.self).baseAddress else { return 0 }
          crypto_hash_sha256(start, bytes.bindMemory(to: UInt8.self).baseAddress, UInt64(bytes.count))
          return Int(crypto_hash_sha256_BYTES)
        }
      }
      return hash
    }
  }
}
