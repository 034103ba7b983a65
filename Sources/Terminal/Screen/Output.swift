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
    let failure: Int32 = text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, rest.count > 0 {
        let written = Glibc.write(descriptor, start, rest.count)
        if written < 0, errno == EINTR { continue }
        if written < 0, errno == EAGAIN {
          var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&ready, 1, -1)
          continue
        }
        guard written >= 0 else { return errno }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
      }
      return 0
    }
    guard failure == 0 else { throw .writing(errno: failure) }
  }
}
