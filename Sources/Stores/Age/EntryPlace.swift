/// Where the file of an entry lies.
struct EntryPlace {
  static let suffix = ".age"

  let folder: StoreFolder
  let file: String

  /// Nil if there is no such folder and it is not to be made.
  init?(_ name: EntryName, in store: StoreFolder, making: Bool = false) throws(StoreError) {
    let words = name.text.split(separator: "/").map(String.init)
    guard let folder = try EntryPlace.folder(words.dropLast(), in: store, making: making), let last = words.last else {
      return nil
    }
    self.folder = folder
    file = last + EntryPlace.suffix
  }

  static func folder(
    _ words: some Sequence<String>, in store: StoreFolder, making: Bool = false
  ) throws(StoreError) -> StoreFolder? {
    var folder = store
    for word in words {
      guard let inner = making ? try folder.openMakingFolder(word) : try StoreFolder.open(word, in: folder) else {
        return nil
      }
      folder = inner
    }
    return folder
  }
}
