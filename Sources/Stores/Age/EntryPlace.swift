import Files
import Glibc
import SecretMemory

/// Where the file of an entry lies.
struct EntryPlace {
  static let suffix = ".age"

  let folder: OpenFolder
  let file: String

  /// Nil if there is no such folder and it is not to be made.
  init?(_ name: EntryName, in store: OpenFolder, making: Bool = false) throws(FileError) {
    let words = name.text.split(separator: "/").map(String.init)
    guard let folder = try EntryPlace.folder(words.dropLast(), in: store, making: making), let last = words.last else {
      return nil
    }
    self.folder = folder
    file = last + EntryPlace.suffix
  }

  static func folder(
    _ words: some Sequence<String>, in store: OpenFolder, making: Bool = false
  ) throws(FileError) -> OpenFolder? {
    var folder = store
    for word in words {
      guard let inner = making ? try folder.making(word) : try OpenFolder.ours(word, in: folder) else { return nil }
      folder = inner
    }
    return folder
  }
}

extension FreshFile {
  /// Writes what is to have this name, as `.NAME.tmp.PROCESS`.
  convenience init(_ bytes: [UInt8], for name: String, in folder: OpenFolder) throws(FileError) {
    try self.init(bytes, under: ".\(name).tmp.\(getpid())", in: folder)
  }

  /// Whether a name is that of such a file, which only a kill can have left while nobody else writes.
  static func isLeftover(_ name: String) -> Bool {
    guard name.hasPrefix("."), let last = name.lastIndex(of: ".") else { return false }
    let process = name[last...].dropFirst()
    return name[..<last].hasSuffix(".tmp") && !process.isEmpty && process.allSatisfy { $0.isASCII && $0.isNumber }
  }
}

extension Descriptor {
  /// Reads ciphertext, or what else is no secret: at most as much as a credential with thousands of recipients.
  func readPublic() throws(FileError) -> [UInt8] { try read(most: 1 << 20) }

  /// Reads into guarded memory alone.
  func readSecret() throws(StoreError) -> SecretBytes {
    lseek(number, 0, SEEK_SET)
    do throws(SecretMemoryError) {
      return try SecretBytes(readingFrom: number)
    } catch {
      if case .noMemory = error { throw .memory(error) }
      throw .unusableFile(path: path, why: error.what)
    }
  }
}
