import Foundation
import Outside
import Testing

@testable import Stores

/// A home with a GnuPG key of its own and a store of `pass`, gone after the test, with the agent that served it.
final class PassHome {
  let folder: Folder
  let environment: [String: String]
  private let agents: String

  var store: PassStore { PassStore(environment: environment) }
  var docker: DockerCredentialStore {
    DockerCredentialStore(helper: "docker-credential-pass", environment: environment)
  }

  /// - Parameters:
  ///   - passphrase: what the key is protected by; nothing if it is empty.
  init?(passphrase: String = "", setUp: Bool = true) throws {
    guard tool("pass") != nil, let gpg = tool("gpg"), let agents = tool("gpgconf") else { return nil }
    self.agents = agents
    folder = try Folder()
    environment = [
      "HOME": folder.path(""), "GNUPGHOME": folder.path("g"), "PASSWORD_STORE_DIR": folder.path("store"),
      "PATH": "/usr/local/bin:/usr/bin:/bin",
    ]
    try FileManager.default.createDirectory(
      at: folder.url("g"), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    // Without a person there is nobody to be asked, wherever the tests run.
    _ = try folder.write(Array("pinentry-program /bin/false\n".utf8), to: "g/gpg-agent.conf")
    guard setUp else { return }
    try run(
      gpg, "--batch", "--pinentry-mode", "loopback", "--passphrase", passphrase, "--quick-generate-key",
      "Tester <t@example.invalid>", "default", "default", "never")
    try run("/usr/bin/pass", "init", "t@example.invalid")
    // The agent still knows the passphrase of a key that it has just made.
    try run(agents, "--kill", "gpg-agent")
    try run(agents, "--launch", "gpg-agent")
  }

  deinit {
    try? run(agents, "--kill", "all")
    // The agent removes its sockets while it goes, and a removal that meets that stops half way.
    for _ in 0..<10 where FileManager.default.fileExists(atPath: folder.path("g")) {
      try? FileManager.default.removeItem(at: folder.url("g"))
    }
  }

  @discardableResult func run(_ program: String, _ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(program) \(arguments) failed")
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The files of the store, in order, and the modes of those others can look into.
  func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path("store")).filter { $0.hasSuffix(".gpg") }.sorted()
  }
}
