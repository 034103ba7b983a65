import NetProtocol
import SecretMemory

extension Scheme {
  /// Adds to a draft what signs it.
  ///
  /// The parts of a credential have the names that they have in the packs: `key`, `secret`, `passphrase`; for Coinbase
  /// `private-key`.
  func sign(_ draft: inout Draft, _ credential: Credential, at moment: Moment) throws(Unbuilt) {
    switch self {
    case .unsigned: break
    case .gateV4: try signGateV4(&draft, credential, at: moment)
    case .binanceV3: try signBinanceV3(&draft, credential, at: moment)
    case .krakenV0: try signKrakenV0(&draft, credential, at: moment)
    case .kucoinV2: try signKuCoinV2(&draft, credential, at: moment)
    case .okxV5: try signOKXV5(&draft, credential, at: moment)
    case .bybitV5: try signBybitV5(&draft, credential, at: moment)
    case .coinbaseJWT: try signCoinbaseJWT(&draft, credential, at: moment)
    case .bitgetV2: try signBitgetV2(&draft, credential, at: moment)
    case .mexcV3: try signMEXCV3(&draft, credential, at: moment)
    case .htxV2: try signHTXV2(&draft, credential, at: moment)
    }
  }
}

/// The signature of KuCoin, OKX and Bitget: base64 of HMAC-SHA256 over time, method and target. No request here has a
/// body.
func signTimeMethodTarget(
  _ draft: Draft, at time: String, with secret: SecretBytes
) throws(Unbuilt) -> SecretBytes {
  let text = try guarded("\(time)\(draft.method.rawValue)", .secret(try draft.target()))
  return try text.tag(.sha256, key: secret).base64()
}
