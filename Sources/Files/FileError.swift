import Glibc
public import PlainText

/// Why a file or folder can't be used.
public struct FileError: DescribedError, Equatable {
  /// What was to be done with it.
  public enum Action: String, Equatable, Sendable {
    case create, open, read, write, lock, replace, list
  }

  public enum Reason: Equatable, Sendable {
    /// The system refused, with its error number.
    case system(Int32)
    case link
    case notPlain
    case notFolder
    /// There is a folder of the name that a file is to have.
    case folder
    case notOurs
    /// Others can write it; the mode is the last nine bits.
    case writable(mode: UInt32)
    case tooLarge(most: Int)
    /// It is written, but may not survive a power failure.
    case notDurable(Int32)
  }

  public var path: String
  public var action: Action
  public var reason: Reason

  public init(_ path: String, _ action: Action, _ reason: Reason) {
    self.path = path
    self.action = action
    self.reason = reason
  }

  /// What the system just refused.
  static func last(_ path: String, _ action: Action) -> FileError { FileError(path, action, .system(errno)) }

  /// The system's error number; nil if it was not the system that refused.
  public var number: Int32? {
    switch reason {
    case .system(let number), .notDurable(let number): number
    default: nil
    }
  }

  /// What is wrong with it.
  public var why: String {
    switch reason {
    case .system(let number), .notDurable(let number): systemWords(number)
    case .link: "it is a link"
    case .notPlain: "it is no plain file"
    case .notFolder: "it is no folder, or a link"
    case .folder: "there is a folder of that name"
    case .notOurs: "it belongs to another user"
    case .writable: "others can write it"
    case .tooLarge(let most): "it is larger than \(most) bytes"
    }
  }

  public var what: String {
    if case .notDurable = reason { return "'\(path)' is written, but may not survive a power failure: \(why)" }
    return "'\(path)' can't be used: \(why)"
  }

  public var hint: String? { "look at the folder's rights and the space that is left" }
}
