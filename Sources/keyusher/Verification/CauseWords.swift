import Introspection

/// What a failure can come from, for a person: what is the matter, and what to do about it.
struct CauseWords {
  /// "the secret does not fit the key"
  let what: String
  let next: String
  /// Whether it says something of the key, and not of the way to the exchange.
  let isOfKey: Bool

  /// - Parameter exchange: the exchange's name within a sentence, "Gate".
  init(_ cause: KeyFailure.Cause, at exchange: String, from asker: Asker) {
    let words = CauseWords.ofKey(cause, exchange, asker)
    isOfKey = words != nil
    (what, next) = words ?? CauseWords.ofWay(cause, exchange, asker)
  }

  // MARK: - Private

  private static func ofKey(_ cause: KeyFailure.Cause, _ exchange: String, _ asker: Asker) -> (String, String)? {
    switch cause {
    case .key:
      ("\(exchange) does not know the key", "Look for it in the list there: it may be deleted, or cut off here.")
    case .secret:
      (
        "the secret does not fit the key",
        "It may be another key's, or cut off. \(exchange) does not show it again: make a new key."
      )
    case .passphrase:
      ("the passphrase is wrong", "It is the one made up for this very key, not the one for logging in or trading.")
    case .oneTimePassword:
      ("a one-time password is missing or wrong", "Only a key with 2FA of its own wants one: see on the page.")
    case .nonce:
      (
        "the nonce is behind the last one that \(exchange) has seen",
        "A program that counts in larger numbers used this key. Give each program a key of its own."
      )
    case .address:
      (
        "\(asker.isElsewhere ? "the address of \(asker.name)" : "this computer's address") is not on the key's IP list",
        asker.isWhereItRuns
          ? "If the program runs \(asker.place), the list keeps it out: put the address on it."
          : "If the program runs elsewhere, the list does its work. Ask from where it runs."
      )
    case .unbound: ("the key must be bound to addresses for this", "Give it an IP list on the page.")
    case .permission: ("a right is missing", "Without it \(exchange) tells nothing of the key.")
    case .expired: ("the key has ended", "Make a new one in its place.")
    case .keyLocked: ("the key is frozen, or switched off", "See why on the page.")
    case .account: ("the account is locked, or not confirmed", "Log in on the page and see why, before anything else.")
    case .environment:
      ("the key is of another environment", "A key of the sandbox does not work live, nor the other way round.")
    case .region: ("the account is at another host of \(exchange)", "Keys work at the host of the account alone.")
    default: nil
    }
  }

  private static func ofWay(_ cause: KeyFailure.Cause, _ exchange: String, _ asker: Asker) -> (String, String) {
    switch cause {
    case .clock:
      ("this computer's clock and \(exchange)'s are too far apart", "Set this computer's clock, and ask again.")
    case .mode:
      ("the account is in a mode that this question is not for", "Please report it, with the exchange's name.")
    case .country:
      ("\(exchange) answers nobody from this network or country", "The key was not looked at, and is not at fault.")
    case .lockout: ("\(exchange) has shut this out for a while", "Wait; each further try may make it longer.")
    case .rateLimit: ("\(exchange) was asked too often", "Wait a little. The key is not at fault.")
    case .maintenance: ("\(exchange) is being worked on, or overloaded", "Try again later. The key is not at fault.")
    case .serverError:
      (
        "\(exchange), or what stands before it, answered with an error of its own",
        "Try again later. The key is not at fault."
      )
    case .edge:
      (
        "a web page answered in the place of \(exchange)'s API",
        "A firewall or a proxy stands in between. The key was not looked at."
      )
    case .redirected:
      ("\(exchange) sent the question elsewhere", "It was not followed: a signature goes to one host alone.")
    case .request:
      ("\(exchange) did not understand the question", "Please report it: what Keyusher knows of it may be out of date.")
    case .program: ("keyusher-net, which asks for Keyusher, did not", "Nothing was asked. Look at it: keyusher doctor")
    case .noHost: ("its host is not found", "Is this computer online?")
    case .noConnection where asker.isElsewhere:
      (
        "its host is out of reach from \(asker.name)",
        "Is \(asker.name) online, and does it let ssh open ways (AllowTcpForwarding)?"
      )
    case .noConnection: ("nothing answers at its host", "Is this computer online? Is a proxy wanted?")
    case .timedOut: ("it did not answer in time", "Try again.")
    case .certificate:
      (
        "its certificate is not trusted here",
        "Nothing was sent. Somebody may be in between, or this computer's certificates are old."
      )
    case .tls: ("no safe connection came about", "Nothing was sent. Somebody may be in between, or a proxy.")
    case .cutOff: ("the answer was cut off", "Try again.")
    case .tooLong: ("the answer is longer than any that is known", "Please report it, with the exchange's name.")
    case .unreadable:
      ("the answer is not as documented", "Please report it: what Keyusher knows of it may be out of date.")
    default: ("the answer fits nothing that is known", "Please report it, with the code.")
    }
  }
}
