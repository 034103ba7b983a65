import HelperPrograms
import PlainText
import SecretMemory

/// How GnuPG is spoken to through `pass`, and what it means when it fails.
///
/// Source: GnuPG 2.2.40 and its doc/DETAILS, pass 1.7.4, docker-credential-helpers 0.6.4; read and tried 2026-11-23.
enum GnuPG {
  /// The variables with which GnuPG, however deep below, says in words for programs what happened, and asks no key server
  /// for a key that it does not have.
  static func speakingPlainly(_ environment: [String: String]) -> [String: String] {
    let options = environment["PASSWORD_STORE_GPG_OPTS"].map { $0 + " " } ?? ""
    return environment.merging(["PASSWORD_STORE_GPG_OPTS": options + "--status-fd 2 --no-auto-key-locate"]) { $1 }
  }

  /// The failure that a complaint tells of; nil if it tells of none that is known.
  static func failure(_ complaint: SecretBytes, store: String, _ name: EntryName) -> StoreError? {
    func says(_ texts: String...) -> Bool { texts.contains { complaint.contains($0) } }
    if says("You must run", "pass not initialized", "pass is not initialized", "password store is empty") {
      return .notSetUp(store: store, hint: setUp)
    }
    if says("is not in the password store") { return .missing(name) }
    if says("[GNUPG:] INV_RECP", "skipped: ") { return .notSetUp(store: store, hint: noPublicKey) }
    if says("No secret key", "can't connect to the agent") {
      // It considers the keys it has the secret part of: then it is the passphrase that was not given.
      return .locked(store: store, hint: says("[GNUPG:] KEY_CONSIDERED", "the agent") ? locked : noSecretKey)
    }
    if says("[GNUPG:] DECRYPTION_FAILED", "[GNUPG:] NODATA", "[GNUPG:] BADMDC", "[GNUPG:] FAILURE decrypt") {
      return .damaged(name, why: "GnuPG finds no whole message in it")
    }
    return nil
  }

  static let setUp = "make a GnuPG key if you have none (gpg --full-generate-key), then: pass init YOUR-KEY"
  private static let noPublicKey =
    "the key that the file .gpg-id names can't be used here; import it, or: pass init YOUR-KEY"
  private static let locked =
    "give the passphrase of your GnuPG key where it can ask for it: in a terminal, export GPG_TTY=$(tty), then try again"
  private static let noSecretKey =
    "the secret key is not here: put in the card that holds it, or import it with gpg --import"
}
