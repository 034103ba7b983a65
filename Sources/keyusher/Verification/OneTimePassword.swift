import Ceremony
import FlowText
import PlainText
import SecretMemory

/// The one-time password of a key that has 2FA of its own: it is asked for unseen, once, after a refusal that can come from its
/// lack. It goes along with one request, is kept nowhere, and is never tried again.
enum OneTimePassword {
  /// What came of asking for it. The raw value is its name in JSON.
  enum Asked: String, Sendable {
    /// It went along.
    case sent
    /// The person gave none.
    case none
    /// What was typed is a part of the key, or has one in it: it was not sent.
    case partOfKey = "part-of-key"
    /// Nobody could be asked.
    case nobody
  }

  static func question(about key: String, at exchange: String) -> Question {
    var question = Question(.check, .secret(title: "One-time password"), isSecret: true)
    question.explanations = [
      "\(exchange) refuses \(display(key)). It says the same where the secret is wrong, and where the key has 2FA of its own.",
      "Has it? Then type its one-time password, as your app shows it now. Enter alone: it has none.",
      "Nothing will appear. It is sent once, and kept nowhere.",
    ]
    return question
  }
}

extension KeyQuestioning.Outcome {
  /// What comes of it with what a person gave.
  ///
  /// - Parameters:
  ///   - password: what was typed; nil where nobody could be asked.
  ///   - secrets: the secret parts of the key, which are no one-time password.
  ///   - again: asks the exchange once more, with it.
  func asked(
    for password: SecretBytes?, of secrets: [SecretBytes], again: (SecretBytes) -> KeyQuestioning.Outcome
  ) -> KeyQuestioning.Outcome {
    var outcome = self
    outcome.wantsPassword = false
    outcome.password = password == nil ? .nobody : OneTimePassword.Asked.none
    guard let password else { return outcome }
    password.trim()
    if password.isEmpty { return outcome }
    if secrets.contains(where: { password.isLike($0) }) {
      password.wipe()
      outcome.password = .partOfKey
      return outcome
    }
    outcome = again(password)
    password.wipe()
    outcome.password = .sent
    // The clock was asked once.
    outcome.asked = asked + outcome.asked.filter { $0.clock == nil }
    return outcome
  }
}

extension KeyVerification {
  /// What was done about a one-time password, and what to do where nobody could be asked.
  func aboutPassword(_ next: NextLook) -> [Sentence] {
    switch outcome.password {
    case .sent?:
      [Sentence(.body, "A one-time password went along, once." + (verdict == nil ? " It is not tried again." : ""))]
    case OneTimePassword.Asked.none?: [Sentence(.body, "No one-time password was given.")]
    case .partOfKey?:
      [Sentence(.warning, "What was typed is a part of the key, and no one-time password. It was not sent.")]
    case .nobody?:
      [Sentence(.body, "If the key has 2FA of its own, ask at a terminal: its one-time password is asked for there.")]
        + next.commands
    case nil: []
    }
  }
}

extension SecretBytes {
  /// Whether one has the other in it.
  fileprivate func isLike(_ secret: SecretBytes) -> Bool {
    guard count >= 8, secret.count >= 8 else { return constantTimeEquals(secret) }
    return contains(secret) || secret.contains(self)
  }
}
