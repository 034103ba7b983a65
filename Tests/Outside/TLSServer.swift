import Foundation
import Glibc

/// A web server of openssl's with a certificate of its own making; gone with it.
public final class TLSServer {
  public let port: UInt16
  /// The certificate, as whoever trusts it names it.
  public let authority: String
  private let folder: Folder
  private let process = Process()

  /// Nil after saying that openssl is missing.
  ///
  /// - Parameters:
  ///   - name: whom the certificate is for, for example `IP:127.0.0.1`.
  ///   - options: of `openssl s_server`.
  public init?(for name: String, _ options: String...) throws {
    guard let openssl = tool("openssl") else { return nil }
    folder = try Folder()
    port = StandIn.quietPort()
    authority = folder.path("cert.pem")
    let (_, status) = try output(
      of: openssl,
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
        "/CN=x",
        "-addext", "subjectAltName=\(name)", "-keyout", folder.path("key.pem"), "-out", authority,
      ])
    guard status == 0 else { throw CocoaError(.executableLoad) }
    // The server ends when its input does: also when the test program is killed.
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments =
      [
        "-c", #""$@" </dev/null >/dev/null 2>&1 & read never; kill -9 $!"#, "sh", openssl, "s_server", "-www",
        "-accept",
        "127.0.0.1:\(port)", "-cert", authority, "-key", folder.path("key.pem"),
      ] + options
    process.standardInput = input
    try process.run()
    while !StandIn.listens(port) { _ = poll(nil, 0, 10) }
  }

  deinit { try? input.fileHandleForWriting.close() }

  private let input = Pipe()
}
