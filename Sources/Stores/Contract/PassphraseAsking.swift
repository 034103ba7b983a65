public import SecretMemory

/// Who can be asked for a store's passphrase: a person, a script's reference, or nobody.
public protocol PassphraseAsking {
  /// The passphrase that opens the store. Throws `noPassphrase` if nobody can be asked, `stopped` if the person stops.
  ///
  /// - Parameter isRepeated: whether the one before was wrong.
  func passphrase(opening store: String, isRepeated: Bool) throws(StoreError) -> SecretBytes

  /// A passphrase for a store that is being set up, or whose passphrase changes: the person's own, typed twice, or one that
  /// was made and that the person has written down.
  func newPassphrase(for store: String) throws(StoreError) -> SecretBytes
}
