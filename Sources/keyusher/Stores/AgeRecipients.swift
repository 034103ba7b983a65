import AgeFormat
import Files
import Glibc
import Stores

// Who can open what the store `age` keeps. The store's own file is the one truth; settings and commands only show it.
extension AgeStore {
  /// The recipients that are not the owner's.
  func otherRecipients() throws -> [Recipient] {
    let own = try ownRecipients()
    return try recipients().filter { !own.contains($0) }
  }

  /// Keeps for the owner and these from now on, whoever was there before; what is kept is encrypted anew.
  func setRecipients(others: [Recipient]) throws {
    let own = try ownRecipients()
    let kept = own.isEmpty ? try recipients() : own
    try setRecipients(kept + others.filter { !kept.contains($0) })
  }
}

extension Recipient {
  /// How many something can be sent to at once: the file has 130 bytes for each, and stays one that can be received.
  private static let most = 100
  /// In bytes; a file of recipients has 63 for each, and what is said of them.
  private static let mostInFile = 256 << 10

  /// Reads whom something is for: each word a recipient, or a file of them.
  static func reading(to words: [String]) throws -> [Recipient] {
    var recipients: [Recipient] = []
    for word in words {
      let read = isWritten(word) ? try reading([word]) : try list(inFile: word)
      guard read.count <= most else { throw CommandError.tooManyRecipients(most) }
      recipients += read.filter { !recipients.contains($0) }
    }
    guard recipients.count <= most else { throw CommandError.tooManyRecipients(most) }
    return recipients
  }

  /// Whether it is meant to be a key, and not the name of a file.
  private static func isWritten(_ word: String) -> Bool {
    ["age1", "age-secret-key-", "ssh-"].contains { word.lowercased().hasPrefix($0) } && !word.contains("/")
  }

  private static func list(inFile path: String) throws -> [Recipient] {
    try CommandError.refuseSecret(path, in: "--to", isPath: true)
    let bytes: [UInt8]
    do throws(FileError) {
      // Who waits for a writer of a pipe may wait for ever.
      let file = try Descriptor(path, flags: O_RDONLY | O_NONBLOCK, followsLink: true)
      try file.requirePlain()
      bytes = try file.read(most: mostInFile)
    } catch {
      throw CommandError(
        "'\(path)' is neither a recipient (age1...) nor a file of recipients that can be read",
        hints: ["on the machine that the key is for: keyusher store recipients --own"], status: .noInput)
    }
    do throws(AgeError) { return try list(in: bytes) } catch {
      throw CommandError(
        "'\(path)' is no file of recipients: \(error.what)",
        hints: ["one age1... a line, as 'keyusher store recipients --own' prints them"], status: .wrongInput)
    }
  }

  /// Reads recipients as they are given on a command line. What is none is not quoted: it may be a secret key.
  static func reading(_ words: [String]) throws -> [Recipient] {
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

extension CommandError {
  fileprivate static func tooManyRecipients(_ most: Int) -> CommandError {
    CommandError(
      "there are more than \(most) recipients, and nothing was written",
      hints: ["name only the machines that the key is for; for more, send it several times"], status: .usage)
  }
}
