import AgeFormat
public import SecretMemory

/// Keeps each entry as a file of the format age v1, so that the stock `age` opens everything without this tool.
///
/// It is laid out as FiloSottile/passage does: `FOLDER/store/NAME.age`, `FOLDER/store/.age-recipients`, and
/// `FOLDER/identities`, an age file under a passphrase. Keeping, renaming, copying and deleting need no passphrase; reading
/// asks for it once. A file comes into its place whole: after a kill at any moment an entry is old, new or absent.
public final class AgeStore: CredentialStore {
  public let id = "age"
  public let renamesAtOnce = true
  public let folder: String
  let asking: any PassphraseAsking
  let workFactor: Int
  private let lockTries: Int
  /// What opens the entries, once it was unlocked.
  var identities: [Identity]?
  /// The keys of the files that this process wrote, for reading them back without the passphrase.
  private var fileKeys: [EntryName: SecretBytes] = [:]
  /// The lock on the store, while it is ours.
  private var lock: FolderLock?

  /// - Parameters:
  ///   - folder: where it lies, for example `$KEYUSHER_HOME/age`; it is made by `setUp()`.
  ///   - workFactor: how hard a passphrase is stretched: 2^`workFactor` rounds of scrypt.
  public convenience init(folder: String, asking: any PassphraseAsking, workFactor: Int = 18) {
    self.init(folder: folder, asking: asking, workFactor: workFactor, lockTries: FolderLock.usualTries)
  }

  init(folder: String, asking: any PassphraseAsking, workFactor: Int, lockTries: Int) {
    self.folder = folder
    self.asking = asking
    self.workFactor = workFactor
    self.lockTries = lockTries
  }

  public func names() throws(StoreError) -> [EntryName] {
    guard let store = try openStore() else { return [] }
    return try entries(in: store).sorted()
  }

  public func get(_ name: EntryName) throws(StoreError) -> SecretBytes {
    let file = try readEntry(name)
    let identities = try unlocked()
    return try open(file, of: name, with: .identities(identities))
  }

  public func put(_ secret: SecretBytes, as name: EntryName) throws(StoreError) {
    // People are asked before the lock is taken.
    try openUnknownIdentities()
    try changing { store throws(StoreError) in
      let (file, fileKey) = try encrypt(secret, for: recipientsToKeepFor(in: store))
      try write(file, fileKey, as: name, in: store)
    }
  }

  public func confirm(_ name: EntryName, holds secret: SecretBytes) throws(StoreError) {
    let file = try readEntry(name)
    guard try read(file, of: name).constantTimeEquals(secret) else { throw .differs(name) }
  }

  public func rename(_ name: EntryName, to other: EntryName, replacing: Bool) throws(StoreError) {
    try changing { store throws(StoreError) in
      guard let old = try EntryPlace(name, in: store), try old.folder.contains(old.file) else { throw .missing(name) }
      guard name != other else {
        if replacing { return }
        throw .taken(other)
      }
      guard let new = try EntryPlace(other, in: store, making: true) else { throw .missing(name) }
      switch try old.folder.move(old.file, to: new.file, in: new.folder, replacing: replacing) {
      case .done: break
      case .taken: throw .taken(other)
      case .missing: throw .missing(name)
      }
      fileKeys[other] = fileKeys.removeValue(forKey: name)
      try new.folder.sync()
      try old.folder.sync()
      removeEmptyFolders(above: name, in: store)
    }
  }

  public func copy(_ name: EntryName, to other: EntryName) throws(StoreError) {
    try changing { store throws(StoreError) in
      try write(readEntry(name, in: store), fileKeys[name], as: other, in: store)
    }
  }

  public func delete(_ name: EntryName) throws(StoreError) {
    try changing { store throws(StoreError) in
      guard let place = try EntryPlace(name, in: store), try place.folder.delete(place.file) else {
        throw .missing(name)
      }
      fileKeys[name] = nil
      try place.folder.sync()
      removeEmptyFolders(above: name, in: store)
    }
  }

  public func exclusively<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
    if lock != nil { return try body() }
    guard let store = try openStore() else { throw notSetUp }
    lock = try FolderLock(store, store: id, tries: lockTries)
    defer { lock = nil }
    return try body()
  }

  // MARK: - For the identities and recipients

  /// Runs a change under the lock, after clearing what killed changes left.
  func changing<Result>(
    _ change: (StoreFolder) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    try exclusively { () throws(StoreError) in
      guard let folder = try StoreFolder.open(folder),
        let store = try StoreFolder.open(AgeStore.storeName, in: folder)
      else { throw notSetUp }
      try? clearLeftovers(in: folder)
      return try change(store)
    }
  }

  /// The folder of the entries; nil if there is none.
  func openStore() throws(StoreError) -> StoreFolder? {
    guard let folder = try StoreFolder.open(folder) else { return nil }
    return try StoreFolder.open(AgeStore.storeName, in: folder)
  }

  var notSetUp: StoreError { .notSetUp(store: id, hint: "set it up: keyusher store init \(id)") }

  static let storeName = "store"

  /// The entries in a folder, in no order.
  func entries(in folder: StoreFolder, below words: String = "") throws(StoreError) -> [EntryName] {
    var entries: [EntryName] = []
    for (name, isFolder) in try folder.items() {
      if isFolder {
        // Others' folders, such as `.git`, can hold no entry.
        guard EntryName("a/\(words)\(name)") != nil || EntryName("\(words)\(name)/a") != nil,
          let inner = try StoreFolder.open(name, in: folder)
        else { continue }
        entries += try self.entries(in: inner, below: "\(words)\(name)/")
      } else if name.hasSuffix(EntryPlace.suffix), let entry = EntryName(words + name.dropLast(EntryPlace.suffix.count))
      {
        entries.append(entry)
      }
    }
    return entries
  }

  func encrypt(
    _ secret: SecretBytes, for recipients: [Recipient]
  ) throws(StoreError) -> (file: [UInt8], fileKey: SecretBytes) {
    do throws(AgeError) {
      return try AgeFile.encryptKeepingKey(secret, for: .recipients(recipients))
    } catch {
      throw .age(error, at: folder)
    }
  }

  func open(_ file: [UInt8], of name: EntryName, with key: DecryptionKey) throws(StoreError) -> SecretBytes {
    do throws(AgeError) {
      return try AgeFile.decrypt(file, with: key)
    } catch {
      if case .memory(let error) = error { throw .memory(error) }
      throw .damaged(name, why: error.summary)
    }
  }

  /// Writes an entry that is there for other recipients; it is old or new at every moment.
  func encryptAnew(
    _ name: EntryName, with identities: [Identity], for recipients: [Recipient], in store: StoreFolder
  ) throws(StoreError) {
    guard let place = try EntryPlace(name, in: store) else { throw .missing(name) }
    let secret = try open(readEntry(name, in: store), of: name, with: .identities(identities))
    let (file, fileKey) = try encrypt(secret, for: recipients)
    let fresh = try FreshFile(file, for: place.file, in: place.folder)
    guard try open(fresh.readBack().read(), of: name, with: .identities(identities)).constantTimeEquals(secret) else {
      throw .differs(name)
    }
    _ = try fresh.place(as: place.file, replacing: true)
    fileKeys[name] = fileKey
  }

  // MARK: - Private

  private func write(
    _ file: [UInt8], _ fileKey: SecretBytes?, as name: EntryName, in store: StoreFolder
  ) throws(StoreError) {
    guard let place = try EntryPlace(name, in: store, making: true) else { throw .taken(name) }
    // Known before it is durable: what is written and may not stay can be read back as well.
    let before = fileKeys[name]
    fileKeys[name] = fileKey
    guard try FreshFile(file, for: place.file, in: place.folder).place(as: place.file, replacing: false) else {
      fileKeys[name] = before
      throw .taken(name)
    }
  }

  /// Opens a file with the key that this process wrote it with, without asking; otherwise as `get` does.
  private func read(_ file: [UInt8], of name: EntryName) throws(StoreError) -> SecretBytes {
    if let fileKey = fileKeys[name] {
      do throws(StoreError) {
        return try open(file, of: name, with: .fileKey(fileKey))
      } catch {
        // Somebody else may have written it since; that can be told without asking, or not at all.
        if identities == nil { throw error }
      }
    }
    return try open(file, of: name, with: .identities(try unlocked()))
  }

  private func readEntry(_ name: EntryName, in store: StoreFolder? = nil) throws(StoreError) -> [UInt8] {
    let store = if let store { store } else { try openStore() }
    guard let store, let place = try EntryPlace(name, in: store),
      let file = try place.folder.openFile(place.file)
    else { throw .missing(name) }
    return try file.read()
  }

  private func clearLeftovers(in folder: StoreFolder) throws(StoreError) {
    for (name, isFolder) in try folder.items() {
      if isFolder, !name.hasPrefix("."), let inner = try StoreFolder.open(name, in: folder) {
        try clearLeftovers(in: inner)
      } else if !isFolder, FreshFile.isLeftover(name) {
        _ = try folder.delete(name)
      }
    }
  }

  /// Takes away the folders that a name no longer needs; that one is left is no harm.
  private func removeEmptyFolders(above name: EntryName, in store: StoreFolder) {
    var words = name.text.split(separator: "/").dropLast().map(String.init)
    while let last = words.popLast() {
      guard let parent = try? EntryPlace.folder(words, in: store) else { return }
      parent.deleteEmptyFolder(last)
    }
  }
}

extension StoreError {
  /// An error of the format, at a path.
  static func age(_ error: AgeError, at path: String) -> StoreError {
    switch error {
    case .memory(let error): return .memory(error)
    case .emptyPassphrase:
      return .forbidden(store: "age", hint: "an empty passphrase protects nothing: type one, or have one made")
    case .noMemoryForPassphrase, .unusableWorkFactor: return .broken(store: "age", why: error.summary)
    default: return .unusableFile(path: path, why: error.summary)
    }
  }
}

extension AgeError {
  /// What happened, without the hint.
  var summary: String { String(description.prefix { $0 != "\n" }) }
}
