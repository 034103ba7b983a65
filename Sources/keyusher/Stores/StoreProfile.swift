/// What can be said of a kind of store to somebody who chooses: whom it keeps out, and whom it does not.
struct StoreProfile: Equatable {
  /// What it is called where one chooses.
  var title: String
  /// What it is.
  var what: String
  /// What it protects against.
  var against: String
  /// What it does not protect against.
  var notAgainst: String

  /// By the store's id.
  static func of(_ id: String) -> StoreProfile? {
    switch id {
    case StoreID.age: age
    case StoreID.pass: pass
    case StoreID.secretService: secretService
    case StoreID.openBao: openBao
    case StoreID.offline: offline
    case _ where id.hasPrefix(StoreID.dockerPrefix): docker
    default: nil
    }
  }

  /// What choosing it means, in a sentence or two.
  var note: String { "Good against \(against). No help against \(notAgainst)." }

  private static let age = StoreProfile(
    title: "age: encrypted files of your own",
    what: "encrypted files of Keyusher's own, which the age program opens too; nothing else is needed",
    against: "whoever gets the disk or a backup",
    notAgainst: "programs that run as you, or the loss of passphrase or identities file")
  private static let pass = StoreProfile(
    title: "pass: your password store (GnuPG)",
    what: "files that gpg encrypts, kept by the program pass",
    against: "whoever gets the disk or the git repository, as long as they don't have your gpg key",
    notAgainst: "programs that run as you while gpg-agent remembers; names of keys are plain to see, also in git")
  private static let secretService = StoreProfile(
    title: "secret-service: your desktop's keyring",
    what: "the keyring of your desktop",
    against: "whoever gets the disk while you are logged out",
    notAgainst: "programs that run as you while the keyring is unlocked: each can read all of it")
  private static let docker = StoreProfile(
    title: "a docker credential helper",
    what: "a credential helper as docker uses it",
    against: "what its own place protects against: the keyring, or gpg",
    notAgainst: "programs that run as you while that place is unlocked; names of keys are plain to see")
  private static let openBao = StoreProfile(
    title: "openbao: an OpenBao or Vault server",
    what: "an OpenBao or Vault server, for several computers: keys leave this one",
    against: "the loss of this computer; the server can log who reads, and take rights back",
    notAgainst: "whoever has the token, or runs the server; no key is to be had while it can't be reached")
  private static let offline = StoreProfile(
    title: "offline: you write it down yourself",
    what: "your own hands: nothing is kept, you write it down",
    against: "everything on this computer, once the page is closed and the clipboard cleared",
    notAgainst: "slips of the pen, and whoever finds the paper; no program can be given the key")
}
