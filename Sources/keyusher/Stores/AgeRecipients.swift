import AgeFormat
import Stores

/// Who can open what the store `age` keeps. The store's own file is the one truth; settings and commands only show it.
struct AgeRecipients {
  let store: AgeStore

  func all() throws -> [Recipient] { try store.recipients() }

  /// Those that are the owner's.
  func own() throws -> [Recipient] { try store.ownRecipients() }

  func others() throws -> [Recipient] {
    let own = try own()
    return try all().filter { !own.contains($0) }
  }

  /// Keeps for the owner and these from now on, whoever was there before; what is kept is encrypted anew.
  func set(others: [Recipient]) throws {
    let own = try own()
    let kept = own.isEmpty ? try all() : own
    try store.setRecipients(kept + others.filter { !kept.contains($0) })
  }

  /// Keeps for the owner and for what `change` makes of the others, as they are once the passphrase was given.
  func change(others change: ([Recipient]) -> [Recipient]) throws { try store.changeRecipients(others: change) }

  /// Reads recipients as they are given on a command line. What is none is not quoted: it may be a secret key.
  static func read(_ words: [String]) throws -> [Recipient] {
    var recipients: [Recipient] = []
    for (index, word) in words.enumerated() {
      do throws(AgeError) {
        let recipient = try Recipient(word)
        if !recipients.contains(recipient) { recipients.append(recipient) }
      } catch {
        let isSecret = word.uppercased().hasPrefix("AGE-SECRET-KEY-")
        let hint =
          isSecret
          ? "that is a secret key: it may stand in your shell's history now; make a new one, and give its age1..."
          : "'age-keygen -y FILE' prints the age1... of an identity; keys of plugins, ssh and post-quantum keys are not taken"
        throw CommandError("word \(index + 1) is no recipient", hints: [hint], status: .usage)
      }
    }
    return recipients
  }
}
