import Glibc

/// A terminal's settings at a moment, to be compared whole.
public struct TerminalSettings: Equatable, Sendable {
  public let input, output, control, local: UInt32
  public let characters: [UInt8]

  public init(of descriptor: Int32) {
    var settings = termios()
    tcgetattr(descriptor, &settings)
    input = settings.c_iflag
    output = settings.c_oflag
    control = settings.c_cflag
    local = settings.c_lflag
    characters = withUnsafeBytes(of: settings.c_cc) { Array($0) }
  }

  public var echoes: Bool { local & UInt32(ECHO) != 0 }
  public var isCanonical: Bool { local & UInt32(ICANON) != 0 }
}
