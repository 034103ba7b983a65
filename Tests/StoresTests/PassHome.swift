import Foundation
import Outside
import Testing

@testable import Stores

/// A home with a GnuPG key of its own and a store of `pass`, gone after the test, with the agent that served it.
final class PassHome {
  let folder: Folder
  let environment: [String: String]
  private let agents: String

  /// With more patience than any helper can need on a busy computer.
  var store: PassStore { PassStore(environment: environment, patience: 120, patienceWithPeople: 120) }
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
    let generate = [
      "--batch", "--pinentry-mode", "loopback", "--passphrase", passphrase, "--quick-generate-key",
      // Curve keys: the default of older GnuPG, RSA, takes a second to make.
      "Tester <t@example.invalid>", "future-default", "default", "never",
    ]
    // The agent answers `--launch` when it listens: `gpg` itself gives up on one that starts slowly, under load.
    try run(agents, "--launch", "gpg-agent")
    do { try run(gpg, generate) } catch {
      print("a GnuPG key is made a second time: \(error)")
      try run(agents, "--launch", "gpg-agent")
      try run(gpg, generate)
    }
    try run("/usr/bin/pass", "init", "t@example.invalid")
    // The agent still knows the passphrase of a key that it has just made.
    try run(agents, "--kill", "gpg-agent")
    try run(agents, "--launch", "gpg-agent")
  }

  deinit {
    _ = try? run(agents, "--kill", "all")
    // The agent removes its sockets while it goes, and a removal that meets that stops half way.
    for _ in 0..<10 where FileManager.default.fileExists(atPath: folder.path("g")) {
      try? FileManager.default.removeItem(at: folder.url("g"))
    }
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  @discardableResult func run(_ program: String, _ arguments: String...) throws -> String {
    try run(program, arguments)
  }

  @discardableResult func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    let errors = try folder.write([], to: "errors-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(atPath: errors) }
    process.standardError = FileHandle(forWritingAtPath: errors)
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let said = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
      throw Failure(description: "\(program) \(arguments) ended with \(process.terminationStatus): \(said)")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The files of the store, in order, and the modes of those others can look into.
  func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path("store")).filter { $0.hasSuffix(".gpg") }.sorted()
  }
}
