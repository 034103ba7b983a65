public import PlainText
import SecretMemory

/// What people read; who knows the file's name puts it before.
extension AgeError: DescribedError {
  public var what: String { words.what }
  public var hint: String? { words.hint }

  private var words: (what: String, hint: String?) {
    switch self {
    case .notAge:
      ("this is not an age file", "check that the right file was given")
    case .unsupportedVersion:
      ("this age file is of a version other than 1", "a newer 'age' program may open it")
    case .malformedHeader(let line):
      ("the age header can't be read at line \(line)", "the file is damaged; use a copy of it")
    case .malformedStanza(let type):
      ("the age header has an '\(type)' entry that breaks the format", "the file is damaged; use a copy of it")
    case .passphraseNotAlone:
      ("the age header has other keys beside a passphrase, which the format forbids", "write the file anew")
    case .workFactorTooHigh(let workFactor, let limit):
      (
        "opening takes 2^\(workFactor) rounds of scrypt, and the most allowed is 2^\(limit)",
        "open it with the program that wrote it, and encrypt it again with a lower work factor"
      )
    case .noPayload:
      ("the age file ends before its contents begin", "the file was cut off; use a copy of it")
    case .noMatch:
      ("none of the identities opens the file", "it was encrypted to other recipients; give one of their identities")
    case .wrongPassphrase:
      ("the passphrase does not open the file", "type it again; capitals and spaces count")
    case .needsIdentity:
      ("the file opens with an identity, not with a passphrase", "give the identity file")
    case .needsPassphrase:
      ("the file opens with a passphrase, not with an identity", "give its passphrase")
    case .headerForged:
      ("the age header was changed after it was written", "do not trust the file; use a copy of it")
    case .payloadForged(let chunk):
      ("the contents were changed or cut off, at chunk \(chunk) of 64 KiB", "do not trust the file; use a copy of it")
    case .malformedArmor(let line):
      ("the age armor can't be read at line \(line)", "copy the file whole, from its BEGIN line to its END line")
    case .emptyPassphrase:
      ("the passphrase is empty", "type one, or have one made")
    case .noRecipients:
      ("there is nobody to encrypt to", "add a recipient (age1…)")
    case .unusableWorkFactor(let workFactor):
      ("a work factor of \(workFactor) can't be used", "choose one from 1 to \(Scrypt.highestWorkFactor); 18 is usual")
    case .noMemoryForPassphrase(let workFactor):
      (
        "there is not enough memory for the passphrase (\(Scrypt.kibibytes(at: workFactor) / 1024) MiB)",
        "close other programs and try again"
      )
    case .malformedIdentity(let line):
      ("line \(line) is no age identity", "compare it with the original (AGE-SECRET-KEY-1…); a character may be wrong")
    case .unsupportedIdentity(let line):
      ("line \(line) is an identity of a kind that can't be used here", "use one that begins with AGE-SECRET-KEY-1")
    case .noIdentities:
      ("there is no identity in it", "check that the right file was given (AGE-SECRET-KEY-1…)")
    case .malformedRecipient(let line):
      ("line \(line) is no age recipient", "compare it with the original (age1…); a character may be wrong")
    case .unsupportedRecipient(let line):
      ("line \(line) is a recipient of a kind that can't be used here", "use one that begins with age1, of 62 letters")
    case .memory(let error): (error.what, error.hint)
    }
  }
}
