import CTerminal
import Ceremony
import Files
import FlowCore
import FlowText
import Glibc
import SecretMemory

/// Reads secrets by reference: from a variable, a file, or a descriptor. They never become a `String`.
///
/// What comes out is what stands there, to the byte, but for one line end behind it.
final class SecretSource {
  /// The variables that were read and wiped.
  private var taken: Set<String> = []

  func read(_ reference: SecretReference) throws -> SecretBytes { try read(reference, isToItsEnd: false) }

  /// - Parameter isToItsEnd: whether a descriptor is read to its end, and not for one line only.
  func read(_ reference: SecretReference, isToItsEnd: Bool) throws -> SecretBytes {
    let bytes: SecretBytes
    do {
      switch reference {
      case .env(let name): bytes = try variable(name)
      case .file(let path): bytes = try file(path)
      case .fd(let number): bytes = try isToItsEnd ? rest(of: number) : line(of: number)
      }
    } catch let error as SecretMemoryError {
      throw SecretObstacle(message: "\(reference.shown): \(error.what)", hint: error.hint)
    }
    if case .env = reference {} else { bytes.dropLineEnd() }
    guard !bytes.isBlank else {
      throw SecretObstacle(message: "\(reference.shown) is empty", hint: "look at what should have filled it")
    }
    return bytes
  }

  /// Finds out whether a reference leads somewhere, without reading it.
  func check(_ reference: SecretReference) throws {
    switch reference {
    case .env(let name): _ = try value(of: name)
    case .file(let path): _ = try openPrivate(path)
    case .fd(let number): try checkOpen(number)
    }
  }

  /// What to do where a reference is not quoted.
  static let notShown = """
    what stands there looks like a secret, and is not shown; a reference names its place. \
    If it was one, make a new key
    """

  // MARK: - Private

  /// The longest secret that is read, in bytes.
  private static let longest = 65_536

  private func value(of name: String) throws -> UnsafeMutablePointer<CChar> {
    if taken.contains(name) {
      throw SecretObstacle(
        message: "the variable \(unlessSecret(name)) was read already, and wiped",
        hint: "a second key needs a variable of its own")
    }
    guard let value = getenv(name) else {
      throw SecretObstacle(
        message: "the variable \(unlessSecret(name)) is not set",
        hint: looksLikeSecret(name) ? Self.notShown : "set it for this command alone: NAME=… keyusher …")
    }
    return value
  }

  private func variable(_ name: String) throws -> SecretBytes {
    let value = try value(of: name)
    let bytes = try SecretBytes(copying: UnsafeRawBufferPointer(start: value, count: strlen(value)))
    // Neither a child of ours nor who looks at /proc shall find it any more.
    kt_wipe(value, strlen(value))
    unsetenv(name)
    taken.insert(name)
    return bytes
  }

  private func file(_ path: String) throws -> SecretBytes {
    let file = try openPrivate(path)
    return try withExtendedLifetime(file) { try SecretBytes(readingFrom: file.number, limit: Self.longest) }
  }

  /// Opens a plain file that nobody else can read.
  private func openPrivate(_ path: String) throws -> Descriptor {
    let shown = unlessSecret(path: path)
    let file: Descriptor
    let status: stat
    do throws(FileError) {
      file = try Descriptor(path, flags: O_RDONLY | O_NONBLOCK)
      status = try file.status()
    } catch {
      throw SecretObstacle(
        message: "can't open '\(shown)': \(error.why)",
        hint: shown == path ? "look at the path and the file's rights; a link is not followed" : Self.notShown)
    }
    guard status.isPlainFile else {
      throw SecretObstacle(message: "'\(shown)' is not a plain file", hint: "name the file that the secret is in")
    }
    guard status.st_mode & 0o077 == 0 || status.isCredentialOfSystemd else {
      throw SecretObstacle(
        message: "'\(shown)' can be read by others", hint: "chmod 600 '\(shown)', and take its secret for known to them"
      )
    }
    return file
  }

  /// One line, so that several parts can come from one descriptor.
  private func line(of descriptor: Int32) throws -> SecretBytes {
    try checkOpen(descriptor)
    let secret = try SecretBytes(capacity: Self.longest)
    var byte: UInt8 = 0
    defer { kt_wipe(&byte, 1) }
    while true {
      let count = retrying { Glibc.read(descriptor, &byte, 1) }
      guard count >= 0 else {
        throw SecretObstacle(
          message: "can't read fd:\(descriptor): \(String(cString: strerror(errno)))",
          hint: "open it for reading: keyusher … \(descriptor)< FILE")
      }
      if count == 0 { break }
      guard secret.count < Self.longest || byte == 0x0A else { throw SecretMemoryError.tooLong(limit: Self.longest) }
      try secret.append(byte)
      if byte == 0x0A { break }
    }
    return secret
  }

  private func rest(of descriptor: Int32) throws -> SecretBytes {
    try checkOpen(descriptor)
    return try SecretBytes(readingFrom: descriptor, limit: Self.longest)
  }

  private func checkOpen(_ descriptor: Int32) throws {
    guard fcntl(descriptor, F_GETFD) >= 0 else {
      throw SecretObstacle(
        message: "descriptor \(descriptor) is not open", hint: "start keyusher with it: keyusher … \(descriptor)< FILE")
    }
  }
}

extension stat {
  /// Whether it is what systemd hands to a service that runs as another user: root:root, with an access list of that user,
  /// which shows as the mode 0440.
  ///
  /// Source: systemd issue 29435, read 2026-11-29.
  fileprivate var isCredentialOfSystemd: Bool { st_uid == 0 && st_gid == 0 && st_mode & 0o777 == 0o440 }
}
