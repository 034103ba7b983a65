public import PlainText

/// Why secret memory could not be had.
public enum SecretMemoryError: DescribedError, Equatable {
  /// The system gave no guarded memory of this many bytes.
  case noMemory(bytes: Int)
  /// Reading a secret from a descriptor failed, with the system's error number.
  case unreadable(errno: Int32)
  /// A source had more than this many bytes.
  case tooLong(limit: Int)

  public var what: String {
    switch self {
    case .noMemory(let bytes): "there is no protected memory for \(bytes) bytes"
    case .unreadable(let number): "the secret can't be read (system error \(number))"
    case .tooLong(let limit): "the secret is longer than \(limit) bytes"
    }
  }

  public var hint: String? {
    switch self {
    case .noMemory: "close other programs, then run 'keyusher resume'"
    case .unreadable: "check the file or descriptor"
    case .tooLong: "check that the right file was given"
    }
  }
}
