public import SecretMemory

/// The order in which an entry comes into a store and leaves it, so that no kill and no failure loses a key: the same for
/// every store.
///
/// A new credential is written under a pending name, read back and compared; only then does it get its name. What a name held
/// before stays under `previous/` until somebody forgets it.
public struct Custody {
  public let store: any CredentialStore

  public init(_ store: any CredentialStore) {
    self.store = store
  }

  /// Proves that the store works: writes an entry of random bytes, reads it back, compares, and deletes it.
  ///
  /// - Parameters:
  ///   - probe: a name of kind `probe`.
  ///   - isForReading: whether it is read as a program that wants a key does, which may have to ask for a passphrase.
  public func prove(with probe: EntryName, _ bytes: SecretBytes, isForReading: Bool = false) throws(StoreError) {
    do throws(StoreError) {
      try store.put(bytes, as: probe)
      if isForReading {
        guard try store.get(probe).constantTimeEquals(bytes) else { throw .differs(probe) }
      } else {
        try store.confirm(probe, holds: bytes)
      }
    } catch {
      // What was there before is somebody else's.
      if error != .taken(probe) { try? store.delete(probe) }
      throw error
    }
    try store.delete(probe)
    if isForReading, try store.contains(probe) {
      throw .broken(store: store.id, why: "what is deleted is still there")
    }
  }

  /// Writes an entry, reads it back and compares; returns the name it waits under: the one wanted, or the first free one with
  /// a number behind it. What was written and is not right is left: it may be all there is.
  ///
  /// A try again finds what the first had written, where only the reading back failed.
  public func hold(_ secret: SecretBytes, as pending: EntryName) throws(StoreError) -> EntryName {
    var name = pending
    var number = 1
    while true {
      do {
        try store.put(secret, as: name)
        try store.confirm(name, holds: secret)
        return name
      } catch {
        guard error == .taken(name) else { throw error }
      }
      if try holds(name, secret) { return name }
      number += 1
      guard let next = pending.numbered(number) else { throw .taken(pending) }
      name = next
    }
  }

  /// Whether an entry that is there already holds these bytes; one that can't be read is another.
  private func holds(_ name: EntryName, _ secret: SecretBytes) throws(StoreError) -> Bool {
    do {
      try store.confirm(name, holds: secret)
      return true
    } catch {
      switch error {
      // Where nobody can be asked, a second copy is better than none.
      case .noPassphrase: return false
      case .stopped: throw error
      default:
        if error.isUnavailable { throw error }
        return false
      }
    }
  }

  /// Gives a pending entry its name, or the first free one with a number behind it; returns the name it has then.
  public func settle(_ pending: EntryName, as name: EntryName) throws(StoreError) -> EntryName {
    guard pending.kind != .kept, name.kind == .kept else { throw .taken(name) }
    return try store.exclusively { () throws(StoreError) in
      let taken = Set(try store.names())
      guard taken.contains(pending) else { throw .missing(pending) }
      if taken.contains(name), try isLeftOver(pending, of: name) {
        try store.delete(pending)
        return name
      }
      let free = taken.contains(name) ? name.firstFree(besides: taken) : name
      guard let free else { throw .taken(name) }
      try store.rename(pending, to: free, replacing: false)
      return free
    }
  }

  /// Gives a pending entry its name and no other. Throws `taken` if something else has it: the entry goes on waiting then.
  public func settle(_ pending: EntryName, exactlyAs name: EntryName) throws(StoreError) {
    guard pending.kind != .kept, name.kind == .kept else { throw .taken(name) }
    try store.exclusively { () throws(StoreError) in
      let taken = Set(try store.names())
      guard taken.contains(pending) else { throw .missing(pending) }
      guard taken.contains(name) else { return try store.rename(pending, to: name, replacing: false) }
      guard try isLeftOver(pending, of: name) else { throw .taken(name) }
      try store.delete(pending)
    }
  }

  /// Gives a pending entry that holds these bytes its name and no other, or finds that another command has done so with the
  /// same bytes: then the copy that waits is deleted. Throws `taken` if something else has the name.
  public func settle(
    _ pending: EntryName, exactlyAs name: EntryName, holding secret: SecretBytes
  ) throws(StoreError) {
    do throws(StoreError) {
      try settle(pending, exactlyAs: name)
    } catch {
      guard error == .taken(name) || error == .missing(pending), try store.contains(name), try holds(name, secret)
      else { throw error }
      try clear(pending, leftOf: name)
    }
  }

  /// Deletes what waits under a pending name, or that with a number behind it, if it holds the same as an entry that is kept:
  /// a command that was stopped left it.
  public func clear(_ pending: EntryName, leftOf name: EntryName) throws(StoreError) {
    guard pending.kind == .pending, name.kind == .kept else { return }
    try store.exclusively { () throws(StoreError) in
      let taken = Set(try store.names())
      guard taken.contains(name) else { return }
      let copies = [pending] + (2...999).compactMap { pending.numbered($0) }
      for copy in copies where taken.contains(copy) {
        if try holds(copy, store.get(name)) { try store.delete(copy) }
      }
    }
  }

  /// Whether a renaming was cut short in a store that copies and then deletes: both names hold the same.
  private func isLeftOver(_ pending: EntryName, of name: EntryName) throws(StoreError) -> Bool {
    if store.renamesAtOnce { return false }
    return try holds(name, store.get(pending))
  }

  /// Deletes an entry, and looks whether it is gone. Throws `missing` if there is none, and `differs` if it is another by now.
  ///
  /// - Parameter mark: what told the entry that is meant from others, where the store could.
  public func forget(_ name: EntryName, marked mark: [UInt8]? = nil) throws(StoreError) {
    try store.exclusively { () throws(StoreError) in
      guard try store.contains(name) else { throw .missing(name) }
      if let mark, try store.mark(of: name) != mark { throw .differs(name) }
      try store.delete(name)
      if try store.contains(name) { throw .broken(store: store.id, why: "what is deleted is still there") }
    }
  }

  /// Puts a pending entry in the place of one that is kept; returns where that stays: under `previous/`, with a number where
  /// an older one waits there. Nil if there was none.
  @discardableResult
  public func replace(_ name: EntryName, with pending: EntryName) throws(StoreError) -> EntryName? {
    guard pending.kind == .pending, let previous = name.previous else { throw .taken(name) }
    return try store.exclusively { () throws(StoreError) in
      let taken = Set(try store.names())
      guard taken.contains(pending) else { throw .missing(pending) }
      var kept: EntryName?
      if taken.contains(name) {
        kept = taken.contains(previous) ? previous.firstFree(besides: taken) : previous
        guard let kept else { throw .taken(previous) }
        try store.copy(name, to: kept)
      }
      try store.rename(pending, to: name, replacing: true)
      return kept
    }
  }
}
