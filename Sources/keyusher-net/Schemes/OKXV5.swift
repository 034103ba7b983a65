import NetProtocol
import SecretMemory

/// OKX API v5: time, method and target under HMAC-SHA256 in base64. The passphrase goes as it is.
///
/// Source: OKX API v5, "REST authentication" (stored copy of 2026-02-23); agrees with python-okx 0.4.4 and ccxt 4.5.90.
func signOKXV5(_ draft: inout Draft, _ credential: Credential, at moment: Moment) throws(Unbuilt) {
  let time = moment.textWithMilliseconds
  let signature = try signTimeMethodTarget(draft, at: time, with: try credential.text("secret"))
  try draft.head("OK-ACCESS-KEY", .secret(try credential.printable("key")))
  try draft.head("OK-ACCESS-PASSPHRASE", .secret(try credential.printable("passphrase")))
  try draft.head("OK-ACCESS-TIMESTAMP", .text(time))
  try draft.head("OK-ACCESS-SIGN", .secret(signature))
}
