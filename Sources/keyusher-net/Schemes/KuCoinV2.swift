import NetProtocol
import SecretMemory

/// KuCoin, keys of version 2 and 3: time, method and target under HMAC-SHA256 in base64, and so the passphrase.
///
/// Source: KuCoin API, "Authentication" (docs of 2025-05-29); agrees with kucoin-python 1.0.26 and ccxt 4.5.90. The
/// header says 2 as theirs do; kucoin-universal-sdk 1.3.2 says 3 and signs alike.
func signKuCoinV2(_ draft: inout Draft, _ credential: Credential, at moment: Moment) throws(Unbuilt) {
  let secret = try credential.text("secret")
  let signature = try signTimeMethodTarget(draft, at: "\(moment.milliseconds)", with: secret)
  let passphrase = try guarded(.secret(try credential["passphrase"])).tag(.sha256, key: secret).base64()
  try draft.head("KC-API-KEY-VERSION", "2")
  try draft.head("KC-API-KEY", .secret(try credential.printable("key")))
  try draft.head("KC-API-TIMESTAMP", "\(moment.milliseconds)")
  try draft.head("KC-API-PASSPHRASE", .secret(passphrase))
  try draft.head("KC-API-SIGN", .secret(signature))
}
