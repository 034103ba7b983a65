import Glibc
import SecretMemory

/// A plain file of our own, open for reading.
final class StoreFile {
  let path: String
  private let number: Int32
  private let mode: mode_t

  /// Takes over the descriptor. Throws `unusableFile` for what is no plain file, another's, or writable by others.
  init(number: Int32, path: String) throws(StoreError) {
    self.number = number
    self.path = path
    var status = stat()
    let isKnown = fstat(number, &status) == 0
    mode = status.st_mode
    guard isKnown else { throw .system(path) }
    guard mode & S_IFMT == S_IFREG else { throw .unusableFile(path: path, why: "it is no plain file") }
    try checkOwner(number, path)
  }

  deinit { close(number) }

  var isReadableByOthers: Bool { mode & 0o044 != 0 }

  /// Reads ciphertext, or what else is no secret.
  func read() throws(StoreError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: StoreFile.most + 1)
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { room in
        room.baseAddress.map { pread(number, $0 + count, room.count - count, count) } ?? 0
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw .system(path) }
      if got == 0 { return Array(bytes[..<count]) }
      count += got
    }
    throw .unusableFile(path: path, why: "it is larger than \(StoreFile.most) bytes")
  }

  /// Reads into guarded memory alone.
  func readSecret() throws(StoreError) -> SecretBytes {
    lseek(number, 0, SEEK_SET)
    do {
      return try SecretBytes(readingFrom: number)
    } catch let error as SecretMemoryError {
      if case .noMemory = error { throw .memory(error) }
      throw .unusableFile(path: path, why: String(error.description.prefix { $0 != "\n" }))
    } catch {
      throw .unusableFile(path: path, why: "\(error)")
    }
  }

  // MARK: - Private

  /// The largest file that is read, in bytes: a credential with thousands of recipients.
  private static let most = 1 << 20
}
