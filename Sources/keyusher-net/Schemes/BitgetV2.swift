import NetProtocol
import SecretMemory

/// Bitget API v2 and v3: time, method and target under HMAC-SHA256 in base64. The passphrase goes as it is; without a
/// header
/// `locale` messages come in English.
///
/// Source: bitget.com/api-doc, "Signature" (stored copy of 2026); agrees with python-bitget 1.0.8 and ccxt 4.5.90.
func signBitgetV2(_ draft: inout Draft, _ credential: Credential, at moment: Moment) throws(Unbuilt) {
  let signature = try signTimeMethodTarget(draft, at: "\(moment.milliseconds)", with: try credential.text("secret"))
  try draft.head("ACCESS-KEY", .secret(try credential.printable("key")))
  try draft.head("ACCESS-SIGN", .secret(signature))
  try draft.head("ACCESS-TIMESTAMP", "\(moment.milliseconds)")
  try draft.head("ACCESS-PASSPHRASE", .secret(try credential.printable("passphrase")))
}
