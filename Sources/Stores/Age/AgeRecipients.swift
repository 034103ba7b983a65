public import AgeFormat
import Files

/// For whom entries are kept: `.age-recipients`, one `age1…` a line.
extension AgeStore {
  static let recipientsName = ".age-recipients"

  var recipientsPath: String { "\(folder)/\(AgeStore.storeName)/\(AgeStore.recipientsName)" }

  /// For whom new entries are kept.
  public func recipients() throws(StoreError) -> [Recipient] {
    try telling {
      guard let store = try openStore(), let recipients = try readRecipients(in: store) else { throw notSetUp }
      return recipients
    }
  }

  /// Keeps for these from now on, and encrypts what is kept to them anew; asks for the passphrase.
  ///
  /// Each file changes whole. Cut short, the new list holds, and calling it again does what is left. An entry that can't be
  /// read stays as it is; the first of them is thrown at the end.
  public func setRecipients(_ recipients: [Recipient]) throws(StoreError) {
    try setRecipients { _, _ in recipients }
  }

  /// Keeps for our own and for those that `change` makes of the others, as `setRecipients` does.
  ///
  /// The list is read under the lock, once the passphrase is there: what somebody else changed meanwhile stays changed.
  public func changeRecipients(others change: ([Recipient]) -> [Recipient]) throws(StoreError) {
    try setRecipients { store, own in
      guard let now = try readRecipients(in: store) else { throw notSetUp }
      return own + change(now.filter { !own.contains($0) }).filter { !own.contains($0) }
    }
  }

  private func setRecipients(
    _ list: (_ store: OpenFolder, _ own: [Recipient]) throws -> [Recipient]
  ) throws(StoreError) {
    let identities = try unlocked()
    try changing { store in
      guard let folder = try OpenFolder.ours(folder) else { throw notSetUp }
      let recipients = try list(store, identities.map(\.recipient))
      try checkOwn(in: recipients)
      var failure: (any Error)?
      do {
        try FreshFile(recipientsText(recipients), for: AgeStore.recipientsName, in: store)
          .place(as: AgeStore.recipientsName, replacing: true)
      } catch let error as FileError {
        guard case .notDurable = error.reason else { throw error }
        failure = error
      }
      // A note for later: it decides nothing here.
      try? noteOwn(identities.map(\.recipient), in: folder)
      for name in try entries(in: store).sorted() {
        do { try encryptAnew(name, with: identities, for: recipients, in: store) } catch { failure = failure ?? error }
      }
      if let failure { throw failure }
    }
  }

  /// Those for whom an entry is kept now. Throws `notSetUp` if there are none, and refuses them if we are not among them.
  func recipientsToKeepFor(in store: OpenFolder) throws -> [Recipient] {
    guard let folder = try OpenFolder.ours(folder), try folder.contains(AgeStore.identitiesName),
      let recipients = try readRecipients(in: store)
    else { throw notSetUp }
    try checkOwn(in: recipients)
    return recipients
  }

  /// Nil if there is no such file.
  func readRecipients(in store: OpenFolder) throws(StoreError) -> [Recipient]? {
    try telling(at: recipientsPath) {
      guard let file = try store.openFile(AgeStore.recipientsName) else { return nil }
      return try Recipient.list(in: file.readPublic())
    }
  }

  func recipientsText(_ recipients: [Recipient]) -> [UInt8] { Array(recipients.map { "\($0)\n" }.joined().utf8) }
}
