import Foundation
import Outside
import SecretMemory
import Testing

@testable import AgeFormat

/// A file of the age testkit (C2SP/CCTV, `age/testdata`): what to expect, the keys, an empty line, the age file.
struct Vector: Sendable, CustomTestStringConvertible {
  let name: String
  private let path: String
  private let fields: [(key: String, value: String)]
  private let content: [UInt8]

  /// All that the folder named by `KEYUSHER_AGE_TESTKIT` holds, but for keys of a kind that is not built in.
  static let all: [Vector] = {
    guard let folder = ProcessInfo.processInfo.environment["KEYUSHER_AGE_TESTKIT"],
      let files = FileManager.default.enumerator(atPath: folder)
    else { return [] }
    return files.compactMap { $0 as? String }.sorted().compactMap { Vector(at: "\(folder)/\($0)") }
  }()

  private init?(at path: String) {
    guard let bytes = FileManager.default.contents(atPath: path).map({ [UInt8]($0) }),
      bytes.starts(with: "expect: ".utf8)
    else { return nil }
    guard let end = bytes.firstRange(of: Array("\n\n".utf8)) else { return nil }
    self.path = path
    name = URL(fileURLWithPath: path).lastPathComponent
    content = Array(bytes[end.upperBound...])
    fields = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\n").map { line in
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      return (parts[0], parts.count > 1 ? parts[1] : "")
    }
    if self["identity"]?.hasPrefix("AGE-SECRET-KEY-PQ-") == true { return nil }
  }

  subscript(key: String) -> String? { fields.first { $0.key == key }?.value }

  var testDescription: String { name }
  var form: AgeFile.Form { self["armored"] == "yes" ? .armored : .binary }
  var isCompressed: Bool { self["compressed"] != nil }

  /// Nil for a success.
  var failure: AgeError.Class? {
    get throws {
      let expected = try #require(self["expect"])
      if expected == "success" { return nil }
      let failure: AgeError.Class = try #require(AgeError.Class(rawValue: expected))
      return failure
    }
  }

  /// The ways to open it: all passphrases, or all identities.
  var keys: [DecryptionKey] {
    get throws {
      let identities = try fields.filter { $0.key == "identity" }.map { try Identity(secret($0.value)) }
      let passphrases = try fields.filter { $0.key == "passphrase" }.map {
        DecryptionKey.passphrase(try secret($0.value))
      }
      return passphrases + (passphrases.isEmpty || !identities.isEmpty ? [.identities(identities)] : [])
    }
  }

  /// The age file; nil if it is compressed and there is nothing to inflate it with.
  var file: [UInt8]? {
    get throws {
      guard isCompressed else { return content }
      guard let python = tool("python3") else { return nil }
      let program = """
        import sys, zlib
        sys.stdout.buffer.write(zlib.decompress(open(sys.argv[1], "rb").read().split(b"\\n\\n", 1)[1]))
        """
      let (bytes, status) = try output(of: python, ["-c", program, path])
      try #require(status == 0)
      return bytes
    }
  }
}
