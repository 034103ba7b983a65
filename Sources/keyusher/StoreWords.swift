import FlowCore

/// What stores are called where a person chooses one, and what choosing it means.
enum StoreWords {
  static func title(of id: String) -> String {
    switch id {
    case "age": "age: encrypted files of your own"
    case "pass": "pass: your password store (GnuPG)"
    case "secret-service": "secret-service: your desktop's keyring"
    case "openbao": "openbao: an OpenBao or Vault server"
    case CredentialReference.offline: "offline: you write it down yourself"
    default: "\(id): a docker credential helper"
    }
  }

  /// Said once it is chosen.
  static func note(on id: String) -> String? {
    switch id {
    case "age": "Reading asks its passphrase; keeping does not. The stock age program opens the files too."
    case "pass": "The entry's name can be read by whoever sees the store; its content only with your GnuPG key."
    case "secret-service": "Programs of yours can read it while the keyring is unlocked."
    case "openbao": "It goes to that server; whoever may read there can read it."
    case CredentialReference.offline:
      "Keyusher keeps nothing. Have paper or your password manager at hand: the secret is shown once."
    default: "It is kept as that helper keeps things."
    }
  }
}
