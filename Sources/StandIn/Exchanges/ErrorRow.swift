import PlainText

/// What was wrong with a request.
enum Refusal: String, CaseIterable, Sendable {
  case unknownPath = "unknown-path"
  case missingHeader = "missing-header"
  case missingParameter = "missing-parameter"
  case malformedKey = "malformed-key"
  case unknownKey = "unknown-key"
  case otherEnvironment = "other-environment"
  case lockedKey = "locked-key"
  case expiredKey = "expired-key"
  case malformedTime = "malformed-time"
  case clock
  case signature
  case passphrase
  case oneTimePassword = "one-time-password"
  case nonce
  case address
  case permission
  case accountMode = "account-mode"
  case subAccount = "sub-account"
}

/// A request is refused, and why.
struct Refused: Error, Equatable {
  var why: Refusal
  /// Which of the exchange's codes, where several are for that.
  var code: String?
  /// What the text names: a permission, a header.
  var name = ""

  init(_ why: Refusal, code: String? = nil, name: String = "") {
    self.why = why
    self.code = code
    self.name = name
  }
}

/// One of an exchange's errors: when it is answered, and how.
struct ErrorRow: Equatable, Sendable {
  /// As faults call it.
  var cause: String
  /// As the exchange calls it.
  var code: String
  var status: Int
  /// The body, in which `{ip}` stands for the caller's address, `{name}` for what was missing, `{ms}` for the time and
  /// `{until}` for when the caller may come back.
  var body: String
  /// What it answers to by itself; empty if it comes by a fault alone.
  var answers: [Refusal]
  /// Whether no source shows this body for this cause: then it is made from the code, or is another cause's.
  var isMade: Bool

  init(
    _ cause: String, _ code: String, _ status: Int, _ body: String, for answers: [Refusal] = [], isMade: Bool = false
  ) {
    self.cause = cause
    self.code = code
    self.status = status
    self.body = body
    self.answers = answers
    self.isMade = isMade
  }

  /// - Parameters:
  ///   - name: what the text names: a permission, a header.
  ///   - wait: for how many seconds the caller is to stay away; nil where that is not said.
  func reply(ip: String, name: String, now: Moment, wait: Int? = nil) -> Reply {
    let until = now + Int64(wait ?? 60) * 1000
    let text = body.replacing("{ip}", with: ip).replacing("{name}", with: name)
      .replacing("{ms}", with: String(now.milliseconds)).replacing("{until}", with: String(until.milliseconds))
    let type = text.hasPrefix("{") ? "application/json" : text.hasPrefix("<") ? "text/html" : "text/plain"
    let retry = wait.map { [Header("Retry-After", String($0))] } ?? []
    return Reply(
      status: status, type: body.isEmpty ? "" : type, headers: retry + (isMade ? [Reply.made] : []), body: text.utf8)
  }
}
