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
  ///   - staysOpen: whether it answers several requests over one connection, which openssl's does not: then it is Python's.
  ///   - options: of `openssl s_server`.
  public init?(for name: String, staysOpen: Bool = false, _ options: String...) throws {
    guard let openssl = tool("openssl"), let python = staysOpen ? tool("python3") : "" else { return nil }
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
    let files = [folder.path("cert.pem"), folder.path("key.pem")]
    let command =
      staysOpen
      ? [python, "-c", Self.script, "\(port)"] + files
      : [openssl, "s_server", "-www", "-accept", "127.0.0.1:\(port)", "-cert", files[0], "-key", files[1]] + options
    process.arguments = ["-c", #""$@" </dev/null >/dev/null 2>&1 & read never; kill -9 $!"#, "sh"] + command
    process.standardInput = input
    try process.run()
    while !StandIn.listens(port) { _ = poll(nil, 0, 10) }
  }

  deinit { try? input.fileHandleForWriting.close() }

  private let input = Pipe()

  private static let script = """
    import http.server, ssl, sys
    class Handler(http.server.BaseHTTPRequestHandler):
      protocol_version = "HTTP/1.1"
      def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()
    """
}
