// Linked into a release in the place of Foundation, of which ArgumentParser is the only one to use anything: whether an error
// is a `LocalizedError`, which none here is, and JSON for `--experimental-dump-help`, which is for those who build. If it ever
// uses more, `compile` says so.
import Glibc

public protocol LocalizedError: Error {
  var errorDescription: String? { get }
  var failureReason: String? { get }
  var recoverySuggestion: String? { get }
  var helpAnchor: String? { get }
}

open class JSONEncoder {
  public struct OutputFormatting: OptionSet, Sendable {
    public let rawValue: UInt

    public init(rawValue: UInt) { self.rawValue = rawValue }

    public static let prettyPrinted = OutputFormatting(rawValue: 1 << 0)
    public static let sortedKeys = OutputFormatting(rawValue: 1 << 1)
  }

  /// Ends the program: what could follow here was compiled for Foundation's own.
  public init() {
    fputs("a release does not describe itself in JSON: it takes a build of the source\nhint: 'keyusher man'\n", stderr)
    exit(69)
  }
}

public struct Data {}

extension String {
  public struct Encoding { public static let utf8 = Encoding() }

  public init?(data: __shared Data, encoding: Encoding) { return nil }
}
