import Files
import Glibc

/// Where the words go: a descriptor, written to whole.
public struct Output: Sendable {
  public static let standard = Output(descriptor: STDOUT_FILENO)

  public var descriptor: Int32

  public init(descriptor: Int32) { self.descriptor = descriptor }

  public var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Writes all of the text as it is; what is not ours must have passed `Charset.shown`.
  public func write(_ text: String) throws(TerminalError) {
    var text = text
    let result = text.withUTF8 { writeWhole(UnsafeRawBufferPointer($0), to: descriptor) }
    guard result == 0 else { throw .writing(errno: errno) }
  }
}
