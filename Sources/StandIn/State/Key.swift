/// A key as its exchange knows it.
struct Key: Equatable, Sendable {
  /// With what its requests are signed.
  enum Signer: Equatable, Sendable {
    case secret(String)
    case publicKey(PublicKey)
  }

  var exchange: ExchangeID
  /// Its name at the exchange, which requests carry.
  var name: String
  var signer: Signer
  var passphrase: String?
  /// What must come along as `otp` (Kraken's second factor of a key).
  var oneTimePassword: String?
  /// What it may do, in the exchange's own names; unknown ones are taken, too.
  var powers: [String] = []
  /// Bybit's mode of a key beside its powers.
  var isReadOnly = false
  /// From where it is admitted; empty for everywhere.
  var addresses: [Address] = []
  var pairs: [String] = []
  var label = ""
  var created: Moment
  var updated: Moment
  var lastUsed: Moment?
  var expires: Moment?
  var isLocked = false
  var environment = State.Environment.live
  /// The number of the account that it belongs to.
  var user: Int64
  /// Whether that is a main account, and no sub-account.
  var isMain = true
  /// Bitget's mode of the account.
  var isUnified = false
  /// Whether an answer is spelled as clients have seen it, where that differs from the documentation (Bitget).
  var isSpelledAsSeen = false
  /// The highest nonce that was accepted before this server began, and how far below it one may be (Kraken).
  var nonce: UInt64 = 0
  var nonceWindow: UInt64 = 0

  /// The secret's text as bytes; empty where there is a public key.
  var secret: [UInt8] { if case .secret(let text) = signer { Array(text.utf8) } else { [] } }
}
