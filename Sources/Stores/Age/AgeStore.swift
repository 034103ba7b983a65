import AgeFormat
import Files
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
  /// How long the lock is waited for, in milliseconds.
  private let lockPatience: Int
  /// What opens the entries, once it was unlocked.
  var identities: [Identity]?
  /// The keys of the files that this process wrote, for reading them back without the passphrase.
  private var fileKeys: [EntryName: SecretBytes] = [:]
  /// The lock on the store, while it is ours.
  private var lock: FileLock?

  /// - Parameters:
  ///   - folder: where it lies, for example `$KEYUSHER_HOME/age`; it is made by `setUp()`.
  ///   - workFactor: how hard a passphrase is stretched: 2^`workFactor` rounds of scrypt.
  public convenience init(folder: String, asking: any PassphraseAsking, workFactor: Int = 18) {
    self.init(folder: folder, asking: asking, workFactor: workFactor, lockPatience: 10_000)
  }

  init(folder: String, asking: any PassphraseAsking, workFactor: Int, lockPatience: Int) {
    self.folder = folder
    self.asking = asking
    self.workFactor = workFactor
    self.lockPatience = lockPatience
  }

  public func names() throws(StoreError) -> [EntryName] {
    try telling {
      guard let store = try openStore() else { return [] }
      return try entries(in: store).sorted()
    }
  }

  public func get(_ name: EntryName) throws(StoreError) -> SecretBytes {
    let file = try telling { try readEntry(name, in: openStore()) }
    let identities = try unlocked()
    return try open(file, of: name, with: .identities(identities))
  }

  /// The encrypted file: no two encryptions are alike.
  public func mark(of name: EntryName) throws(StoreError) -> [UInt8]? {
    try telling { try readEntry(name, in: openStore()) }
  }

  public func put(_ secret: SecretBytes, as name: EntryName) throws(StoreError) {
    // People are asked before the lock is taken.
    try openUnknownIdentities()
    try changing { store in
      let (file, fileKey) = try encrypt(secret, for: recipientsToKeepFor(in: store))
      try write(file, fileKey, as: name, in: store)
    }
  }

  public func confirm(_ name: EntryName, holds secret: SecretBytes) throws(StoreError) {
    let file = try telling { try readEntry(name, in: openStore()) }
    guard try read(file, of: name).constantTimeEquals(secret) else { throw .differs(name) }
  }

  public func rename(_ name: EntryName, to other: EntryName, replacing: Bool) throws(StoreError) {
    try changing { store in
      guard let old = try EntryPlace(name, in: store), try old.folder.contains(old.file) else {
        throw StoreError.missing(name)
      }
      guard name != other else {
        if replacing { return }
        throw StoreError.taken(other)
      }
      guard let new = try EntryPlace(other, in: store, making: true) else { throw StoreError.missing(name) }
      switch try old.folder.move(old.file, to: new.file, in: new.folder, replacing: replacing) {
      case .done: break
      case .taken: throw StoreError.taken(other)
      case .missing: throw StoreError.missing(name)
      }
      fileKeys[other] = fileKeys.removeValue(forKey: name)
      try new.folder.syncChange()
      try old.folder.syncChange()
      removeEmptyFolders(above: name, in: store)
    }
  }

  public func copy(_ name: EntryName, to other: EntryName) throws(StoreError) {
    try changing { store in try write(readEntry(name, in: store), fileKeys[name], as: other, in: store) }
  }

  public func delete(_ name: EntryName) throws(StoreError) {
    try changing { store in
      guard let place = try EntryPlace(name, in: store), try place.folder.delete(place.file) else {
        throw StoreError.missing(name)
      }
      fileKeys[name] = nil
      try place.folder.syncChange()
      removeEmptyFolders(above: name, in: store)
    }
  }

  public func exclusively<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
    if lock != nil { return try body() }
    lock = try telling {
      guard let store = try openStore() else { throw notSetUp }
      return try FileLock.named(".lock", in: store, milliseconds: lockPatience)
    }
    guard lock != nil else { throw .unreachable(store: id, why: "another process is changing it all the time") }
    defer { lock = nil }
    return try body()
  }

  // MARK: - For the identities and recipients

  /// Runs a change under the lock, after clearing what killed changes left.
  func changing<Result>(_ change: (OpenFolder) throws -> Result) throws(StoreError) -> Result {
    try exclusively { () throws(StoreError) in
      try telling {
        guard let folder = try OpenFolder.ours(folder), let store = try OpenFolder.ours(AgeStore.storeName, in: folder)
        else { throw notSetUp }
        try? clearLeftovers(in: folder)
        return try change(store)
      }
    }
  }

  /// The folder of the entries; nil if there is none.
  func openStore() throws(FileError) -> OpenFolder? {
    guard let folder = try OpenFolder.ours(folder) else { return nil }
    return try OpenFolder.ours(AgeStore.storeName, in: folder)
  }

  var notSetUp: StoreError { .notSetUp(store: id, hint: "set it up: keyusher store init \(id)") }

  static let storeName = "store"

  /// The entries in a folder, in no order.
  func entries(in folder: OpenFolder, below words: String = "") throws(FileError) -> [EntryName] {
    var entries: [EntryName] = []
    for (name, isFolder) in try AgeStore.items(folder) {
      if isFolder {
        // Others' folders, such as `.git`, can hold no entry.
        guard EntryName("a/\(words)\(name)") != nil || EntryName("\(words)\(name)/a") != nil,
          let inner = try OpenFolder.ours(name, in: folder)
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
    try telling(at: folder) { try AgeFile.encryptKeepingKey(secret, for: .recipients(recipients)) }
  }

  func open(_ file: [UInt8], of name: EntryName, with key: DecryptionKey) throws(StoreError) -> SecretBytes {
    do throws(AgeError) {
      return try AgeFile.decrypt(file, with: key)
    } catch {
      if case .memory(let error) = error { throw .memory(error) }
      throw .damaged(name, why: error.what)
    }
  }

  /// Writes an entry that is there for other recipients; it is old or new at every moment.
  func encryptAnew(
    _ name: EntryName, with identities: [Identity], for recipients: [Recipient], in store: OpenFolder
  ) throws {
    guard let place = try EntryPlace(name, in: store) else { throw StoreError.missing(name) }
    let secret = try open(readEntry(name, in: store), of: name, with: .identities(identities))
    let (file, fileKey) = try encrypt(secret, for: recipients)
    let fresh = try FreshFile(file, for: place.file, in: place.folder)
    guard try open(fresh.readBack(), of: name, with: .identities(identities)).constantTimeEquals(secret) else {
      throw StoreError.differs(name)
    }
    try fresh.place(as: place.file, replacing: true)
    fileKeys[name] = fileKey
  }

  // MARK: - Private

  private func write(_ file: [UInt8], _ fileKey: SecretBytes?, as name: EntryName, in store: OpenFolder) throws {
    guard let place = try EntryPlace(name, in: store, making: true) else { throw StoreError.taken(name) }
    // Known before it is durable: what is written and may not stay can be read back as well.
    let before = fileKeys[name]
    fileKeys[name] = fileKey
    guard try FreshFile(file, for: place.file, in: place.folder).place(as: place.file, replacing: false) else {
      fileKeys[name] = before
      throw StoreError.taken(name)
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

  private func readEntry(_ name: EntryName, in store: OpenFolder?) throws -> [UInt8] {
    guard let store, let place = try EntryPlace(name, in: store), let file = try place.folder.openFile(place.file)
    else { throw StoreError.missing(name) }
    return try file.readPublic()
  }

  /// What is in a folder; one that is gone since it was listed is none.
  private static func items(_ folder: OpenFolder) throws(FileError) -> [(name: String, isFolder: Bool)] {
    var items: [(name: String, isFolder: Bool)] = []
    for name in try folder.names() {
      if let status = try folder.status(of: name) { items.append((name, status.isFolder)) }
    }
    return items
  }

  private func clearLeftovers(in folder: OpenFolder) throws(FileError) {
    for (name, isFolder) in try AgeStore.items(folder) {
      if isFolder, !name.hasPrefix("."), let inner = try OpenFolder.ours(name, in: folder) {
        try clearLeftovers(in: inner)
      } else if !isFolder, FreshFile.isLeftover(name) {
        try folder.delete(name)
      }
    }
  }

  /// Takes away the folders that a name no longer needs; that one is left is no harm.
  private func removeEmptyFolders(above name: EntryName, in store: OpenFolder) {
    var words = name.text.split(separator: "/").dropLast().map(String.init)
    while let last = words.popLast() {
      guard let parent = try? EntryPlace.folder(words, in: store) else { return }
      parent.deleteEmptyFolder(last)
    }
  }
}
