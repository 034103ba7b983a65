/// What people read; who knows the file's name puts it before.
extension AgeError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notAge:
      "this is not an age file\nhint: check that the right file was given"
    case .unsupportedVersion:
      "this age file is of a version other than 1\nhint: a newer 'age' program may open it"
    case .malformedHeader(let line):
      "the age header can't be read at line \(line)\nhint: the file is damaged; use a copy of it"
    case .malformedStanza(let type):
      "the age header has an '\(type)' entry that breaks the format\nhint: the file is damaged; use a copy of it"
    case .passphraseNotAlone:
      "the age header has other keys beside a passphrase, which the format forbids\nhint: write the file anew"
    case .workFactorTooHigh(let workFactor, let limit):
      "opening takes 2^\(workFactor) rounds of scrypt, and the most allowed is 2^\(limit)\n"
        + "hint: open it with the program that wrote it, and encrypt it again with a lower work factor"
    case .noPayload:
      "the age file ends before its contents begin\nhint: the file was cut off; use a copy of it"
    case .noMatch:
      "none of the identities opens the file\nhint: it was encrypted to other recipients; give one of their identities"
    case .wrongPassphrase:
      "the passphrase does not open the file\nhint: type it again; capitals and spaces count"
    case .needsIdentity:
      "the file opens with an identity, not with a passphrase\nhint: give the identity file"
    case .needsPassphrase:
      "the file opens with a passphrase, not with an identity\nhint: give its passphrase"
    case .headerForged:
      "the age header was changed after it was written\nhint: do not trust the file; use a copy of it"
    case .payloadForged(let chunk):
      "the contents were changed or cut off, at chunk \(chunk) of 64 KiB\nhint: do not trust the file; use a copy of it"
    case .malformedArmor(let line):
      "the age armor can't be read at line \(line)\nhint: copy the file whole, from its BEGIN line to its END line"
    case .emptyPassphrase:
      "the passphrase is empty\nhint: type one, or have one made"
    case .noRecipients:
      "there is nobody to encrypt to\nhint: add a recipient (age1…)"
    case .unusableWorkFactor(let workFactor):
      "a work factor of \(workFactor) can't be used\nhint: choose one from 1 to \(Scrypt.highestWorkFactor); 18 is usual"
    case .noMemoryForPassphrase(let workFactor):
      "there is not enough memory for the passphrase (\(Scrypt.kibibytes(at: workFactor) / 1024) MiB)\n"
        + "hint: close other programs and try again"
    case .malformedIdentity(let line):
      "line \(line) is no age identity\nhint: compare it with the original (AGE-SECRET-KEY-1…); a character may be wrong"
    case .unsupportedIdentity(let line):
      "line \(line) is an identity of a kind that can't be used here\nhint: use one that begins with AGE-SECRET-KEY-1"
    case .noIdentities:
      "there is no identity in it\nhint: check that the right file was given (AGE-SECRET-KEY-1…)"
    case .malformedRecipient(let line):
      "line \(line) is no age recipient\nhint: compare it with the original (age1…); a character may be wrong"
    case .unsupportedRecipient(let line):
      "line \(line) is a recipient of a kind that can't be used here\nhint: use one that begins with age1, of 62 letters"
    case .unreadable(let number):
      "the file can't be read (system error \(number))\nhint: check the file or its disk"
    case .memory(let error): error.description
    }
  }
}
