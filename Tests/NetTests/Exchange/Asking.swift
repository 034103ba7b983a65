import Foundation
import Glibc
import HelperPrograms
import NetProtocol
import Outside

/// The helper program, built beside the test bundle.
func net(environment: [String: String] = [:]) -> NetProgram {
  NetProgram(beside: besideTests("keyusher"), environment: environment)
}

/// A request to Gate, with more patience than it can need on a busy computer.
func gateRequest(to base: String?, seconds: Int = 60) throws -> KeyRequest {
  var request = KeyRequest("gate-io", "live", "detail")
  request.parts = sampleParts(for: "gate-io")
  request.base = try base.map { try NetAddress($0) }
  request.seconds = seconds
  return request
}

extension NetAnswer {
  var reply: NetReply? { if case .answered(let reply) = self { reply } else { nil } }
  var failure: NetFailure? { if case .failed(let failure) = self { failure } else { nil } }
  var unbuilt: Unbuilt? { if case .unbuilt(let reason) = self { reason } else { nil } }
}

/// This computer's time, in milliseconds.
func now() -> Int { Int(Date().timeIntervalSince1970 * 1000) }

/// A web server of openssl's with a certificate of its own making; gone with it.
final class TLSServer {
  let port: UInt16
  /// The certificate, as whoever trusts it names it.
  let authority: String
  private let folder: Folder
  private let process = Process()

  /// Nil after saying that openssl is missing.
  ///
  /// - Parameters:
  ///   - name: whom the certificate is for, for example `IP:127.0.0.1`.
  ///   - options: of `openssl s_server`.
  init?(for name: String, _ options: String...) throws {
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
