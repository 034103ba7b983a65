import Files

/// What is written down so that the next look need not read all again: files in `index/` beside the records, mode 0600.
///
/// Nothing is ever lost with them: they may be deleted at any time, nobody but a blanking waits long for them, and
/// whatever goes wrong with them is passed over. Whoever writes them holds a lock on the folder of the records.
extension RecordFolder {
  /// What a file of the index holds; nil if there is none, or somebody else could have put it there.
  public func indexed(_ name: String) -> [UInt8]? {
    (try? openIfPresent()).flatMap { RecordFolder.indexed(name, in: $0) }
  }

  static func indexed(_ name: String, in folder: OpenFolder) -> [UInt8]? {
    guard let index = try? OpenFolder.ours(RecordFolder.index, in: folder) else { return nil }
    return try? index.openFile(name)?.read(most: RecordFolder.mostIndexBytes)
  }

  /// Writes a file of the index anew, while nobody else writes one and no text is blanked.
  ///
  /// - Parameters:
  ///   - mark: how the folder has to be, if that matters.
  ///   - make: makes its bytes of what holds now, from what was looked at before; nil: it is left.
  public func index(_ name: String, since mark: RecordMark? = nil, _ make: (_ now: RecordMark) -> [UInt8]?) {
    guard let folder = try? openIfPresent(), let lock = try? FileLock(folder) else { return }
    withExtendedLifetime(lock) {
      guard var now = folder.mark(), mark == nil || mark == now else { return }
      let isThere = (try? folder.contains(RecordFolder.index)) ?? false
      guard let index = try? folder.making(RecordFolder.index) else { return }
      if !isThere, let mark = folder.mark() { now = mark }
      guard let bytes = make(now) else { return }
      RecordFolder.put(bytes, as: name, in: index)
    }
  }

  /// Takes away what holds no more once a record is gone on with.
  func dropShortLived() {
    guard let folder = try? openIfPresent(), let index = try? OpenFolder.ours(RecordFolder.index, in: folder) else {
      return
    }
    _ = try? index.delete(RecordFolder.shortLived)
  }

  static func put(_ bytes: [UInt8], as name: String, in index: OpenFolder) {
    _ = try? FreshFile(bytes, under: name + ".new", in: index, isDurable: false).place(as: name, replacing: true)
  }

  /// Does something while the index is gone, after which it must not hold what it held.
  func withoutIndex(_ body: () throws(JournalError) -> Void) throws(JournalError) {
    let folder = try openIfPresent()
    let lock = folder.flatMap { try? FileLock($0, milliseconds: RecordFolder.patience) }
    defer { withExtendedLifetime(lock) {} }
    deleteIndex(in: folder)
    try body()
    // Without a lock, it may have been written meanwhile.
    deleteIndex(in: folder)
  }

  /// What changes when a record comes into the folder, goes, or is replaced; nil if there is none that can be used.
  public func mark(at moment: Int = RecordMark.now) -> RecordMark? { (try? openIfPresent())?.mark(at: moment) }

  static let index = "index"
  /// The file of the index that holds only until a record is gone on with.
  public static let shortLived = "due"
  /// How long who takes a text off the disk waits for the lock: nobody holds it for long.
  private static let patience = 5000

  // MARK: - Private

  private static let mostIndexBytes = 1 << 30

  private func deleteIndex(in folder: OpenFolder?) {
    guard let folder, let index = try? OpenFolder.ours(RecordFolder.index, in: folder) else { return }
    // What a kill left of one, too.
    for name in (try? index.names()) ?? [] { _ = try? index.delete(name) }
  }
}

extension OpenFolder {
  func mark(at moment: Int = RecordMark.now) -> RecordMark? {
    (try? status()).map { RecordMark(of: $0, at: moment) }
  }
}
