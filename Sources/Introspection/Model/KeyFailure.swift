/// Why an exchange told nothing of a key: one cause, or those between which no source can tell.
public struct KeyFailure: Error, Equatable, Sendable {
  /// One, where it is certain; several where this exchange does not tell them apart; none where nothing fits.
  public var causes: [Cause]
  /// The exchange's own code, for example `INVALID_KEY` or `-2015`; nil if there was none.
  public var code: String?
  /// What came, shortened and made harmless, without addresses: "HTTP 403, a web page".
  public var came: String
  /// For how long the exchange is to be left alone, in seconds.
  public var pause: Int?
  /// What the exchange says is missing, for example `account`.
  public var detail: String?
  /// Whether the key may live at another host of the same company, which is then asked: the environment's `others`.
  public var triesOthers: Bool
  /// Which of the causes it can't be if all of these refuse it, too.
  public var ruledOut: [Cause]

  public init(
    _ causes: [Cause], code: String? = nil, came: String, pause: Int? = nil, detail: String? = nil,
    triesOthers: Bool = false, ruledOut: [Cause] = []
  ) {
    self.causes = causes
    self.code = code
    self.came = came
    self.pause = pause
    self.detail = detail
    self.triesOthers = triesOthers
    self.ruledOut = ruledOut
  }

  /// What a failure can come from. The raw value is its name in `api.yaml`, in records and in JSON.
  public enum Cause: String, Equatable, Sendable, CaseIterable {
    /// The key is not known: never made, deleted, mistyped.
    case key
    /// The secret is not the key's own, or is not whole.
    case secret
    case passphrase
    /// A one-time password is missing or wrong.
    case oneTimePassword = "otp"
    case clock
    case nonce
    /// This computer's address is not on the key's list.
    case address = "ip"
    /// The exchange wants the key to be bound to addresses for this request.
    case unbound
    case permission
    case expired
    /// The key is frozen, or switched off.
    case keyLocked = "key-locked"
    /// The account is locked, banned, not confirmed or not opened.
    case account
    /// The account's mode has another request.
    case mode
    /// A key of the sandbox on the live host, or the other way round.
    case environment
    /// The account lives at another host of the same company.
    case region
    /// The exchange answers nobody from this country or network.
    case country
    case lockout
    case rateLimit = "rate-limit"
    case maintenance
    /// It answered with an error of its own, or what stands before it did.
    case serverError = "server-error"
    /// What answered was not the exchange's API but a page before it.
    case edge
    case redirected
    /// The request was not as the exchange wants it: a fault of this program, or of its facts.
    case request
    /// Nothing that is known fits.
    case unknown
    /// The program that asks could not be run.
    case program
    // Of the way there.
    case noHost = "no-host"
    case noConnection = "no-connection"
    case timedOut = "timed-out"
    case certificate, tls
    case cutOff = "cut-off"
    case tooLong = "too-long"
    /// An answer that says it is one, and that can't be read as documented.
    case unreadable
  }
}
