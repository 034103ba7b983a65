public import SecretMemory

/// One of the texts that follow each other through a pipe to `keyusher-net`, or from it: how many bytes it has, in decimal
/// digits on a line of their own, and these bytes.
///
/// ```text
/// 72
/// keyusher-net 1
/// ask gate-io live clock
/// base http://127.0.0.1:8080
/// ahead 0
///
/// ```
///
/// Each request is followed by its answer, and no request by another before that. The end of the pipe between two texts is the
/// end of all; within one it is a fault, as a number is that is too large or not written as it would be here.
public struct Frame {
  public enum Progress: Sendable {
    case open, whole
    /// What comes is none, and nothing behind it can be told apart.
    case broken
  }

  /// What has come of the text.
  public let text: SecretBytes
  public private(set) var progress = Progress.open
  /// Whether nothing of it has come.
  public var isUnbegun: Bool { progress == .open && digits == 0 }

  private let most: Int
  private var count = 0
  private var digits = 0
  private var isCounted = false

  /// - Parameter most: how long the text may be, in bytes.
  public init(most: Int) throws(SecretMemoryError) {
    self.most = most
    text = try SecretBytes(capacity: 0)
  }

  /// A text with the line that stands before it.
  public static func around(_ text: SecretBytes) throws(SecretMemoryError) -> SecretBytes {
    let line = "\(text.count)\n"
    let whole = try SecretBytes(capacity: line.utf8.count + text.count)
    try whole.append(line)
    try whole.append(contentsOf: text)
    return whole
  }

  /// Takes what is there, and nothing of what is behind the text.
  ///
  /// - Parameter read: reads as much as the room has place for, or less; none if nothing is there.
  public mutating func take(_ read: (UnsafeMutableRawBufferPointer) -> Int) throws(SecretMemoryError) {
    while progress == .open {
      if isCounted {
        let rest = count - text.count
        text.fill { read(UnsafeMutableRawBufferPointer(rebasing: $0[..<rest])) }
        if count - text.count == rest { return }
      } else {
        var byte: UInt8 = 0
        guard withUnsafeMutableBytes(of: &byte, read) == 1 else { return }
        pass(byte)
        if isCounted { try text.reserve(count) }
      }
      if isCounted, text.count == count { progress = .whole }
    }
  }

  // MARK: - Private

  private mutating func pass(_ byte: UInt8) {
    switch byte {
    case 0x0A where digits > 0: isCounted = true
    // No zero stands before other digits.
    case 0x30...0x39 where digits == 0 || count > 0:
      digits += 1
      count = count * 10 + Int(byte - 0x30)
      if count > most { progress = .broken }
    default: progress = .broken
    }
  }
}
