import FlowCore
import FlowText
import PlainText

/// The ids by which stores are named: in the configuration, in scripts and in records.
enum StoreID {
  static let age = "age"
  static let pass = "pass"
  static let secretService = "secret-service"
  static let openBao = "openbao"
  /// The person's own hands: no store that can be opened, but one that can be chosen.
  static let offline = CredentialReference.offline
  /// What stands before the name of a docker credential helper.
  static let dockerPrefix = CredentialReference.helperPrefix

  /// Helpers of Docker's that only hand out what a cloud gives them, and keep nothing.
  static let keepNothing: Set = Set(
    ["gcloud", "gcr", "ecr-login", "acr", "acr-env", "acr-linux", "magic"].map { dockerPrefix + $0 })

  /// Those that need no name of a helper, in the order in which they are offered.
  static let known = CredentialReference.stores

  /// Whether a word can be the id of a store, here or on another computer.
  static func isKnown(_ word: String) -> Bool {
    if known.contains(word) { return true }
    guard word.hasPrefix(dockerPrefix) else { return false }
    let helper = word.dropFirst(dockerPrefix.count)
    return !helper.isEmpty && helper.utf8.areSmallWord(with: "-")
  }
}
