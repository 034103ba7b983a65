import NetProtocol
import SecretMemory

/// Gate API v4: HMAC-SHA512 with the secret as the text it is, in small hexadecimal digits.
///
/// Source: Gate API v4 reference, "APIv4 signed request requirements" (v4.106.88, read 2026-05-27); agrees with
/// gate-api 7.2.161 and ccxt 4.5.90.
func signGateV4(_ draft: inout Draft, _ credential: Credential, at moment: Moment) throws(Unbuilt) {
  let text = try guarded(
    "\(draft.method.rawValue)\n\(draft.path)\n", .secret(try draft.queryText()), "\n\(sha512OfNothing)\n",
    "\(moment.seconds)")
  try draft.head("KEY", .secret(try credential.printable("key")))
  try draft.head("Timestamp", "\(moment.seconds)")
  try draft.head("SIGN", .secret(try text.tag(.sha512, key: try credential.text("secret")).hexadecimal()))
}

/// No request of the table has a body here.
private let sha512OfNothing =
  "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327a"
  + "f927da3e"
