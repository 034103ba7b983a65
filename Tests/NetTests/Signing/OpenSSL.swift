import Foundation
import Outside
import Testing

/// The program `openssl`, which makes keys for a test and checks what we sign by other code than ours.
struct OpenSSL {
  private let program: String
  private let folder: Folder

  /// Nil after saying that it is missing.
  init?() throws {
    guard let program = tool("openssl") else { return nil }
    self.program = program
    folder = try Folder()
  }

  /// A new private key as a PEM.
  func key(_ arguments: String...) throws -> String { try run(["genpkey"] + arguments) }

  func run(_ arguments: [String], _ input: String = "") throws -> String {
    String(decoding: try bytes(arguments, Array(input.utf8)), as: UTF8.self)
  }

  /// Its signature of a text, where that is always the same.
  func signature(of text: String, by pem: String, isHashed: Bool) throws -> [UInt8] {
    try bytes(["pkeyutl", "-sign"] + (try message(text, by: pem, isHashed)))
  }

  /// Whether it takes a signature for that of a text.
  func verifies(_ signature: [UInt8], of text: String, by pem: String, isHashed: Bool) throws -> Bool {
    let file = try folder.write(signature, to: "signature")
    let arguments = ["pkeyutl", "-verify", "-sigfile", file] + (try message(text, by: pem, isHashed))
    return try output(of: program, arguments).status == 0
  }

  // MARK: - Private

  private func message(_ text: String, by pem: String, _ isHashed: Bool) throws -> [String] {
    ["-rawin", "-inkey", try folder.write(Array(pem.utf8), to: "key"), "-in"] + [
      try folder.write(Array(text.utf8), to: "text")
    ] + (isHashed ? ["-digest", "sha256"] : [])
  }

  private func bytes(_ arguments: [String], _ input: [UInt8] = []) throws -> [UInt8] {
    let (bytes, status) = try output(of: program, arguments, input: input)
    try #require(status == 0, "openssl \(arguments.joined(separator: " "))")
    return bytes
  }
}
