import CSodium
import Foundation
import SecretMemory
import Testing

@testable import AgeFormat

/// A secret out of bytes that are none.
func secret(_ bytes: [UInt8]) throws -> SecretBytes { try SecretBytes(copying: bytes) }
func secret(_ text: String) throws -> SecretBytes { try secret(Array(text.utf8)) }

extension SecretBytes {
  /// The bytes, for comparing what is no secret in a test.
  var revealed: [UInt8] { withBytes { Array($0) } }
}

/// Bytes that look like nothing, the same each time.
func sample(_ count: Int) -> [UInt8] {
  var generator = Seeded(UInt64(count) + 1)
  return (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
}

/// The sizes around the borders of chunks.
let sizes = [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000]

/// The same numbers for the same seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// What opening a file came to, with everything that was released, even before an error.
struct Opened: Equatable {
  var released: [UInt8] = []
  var failure: AgeError.Class?

  /// Opens chunk by chunk, from a source that gives `step` bytes at a time.
  init(streaming file: [UInt8], form: AgeFile.Form, with key: DecryptionKey, step: Int = 10_000) {
    let whole = source(of: file)
    do throws(AgeError) {
      var decryption = try Decryption(
        { atMost throws(AgeError) in try whole(min(atMost, step)) }, form: form, with: key)
      while let chunk = try decryption.next() { chunk.withBytes { released += $0 } }
    } catch {
      failure = error.failureClass
    }
  }

  /// Opens at once.
  init(whole file: [UInt8], form: AgeFile.Form, with key: DecryptionKey) {
    do throws(AgeError) {
      released = try AgeFile.decrypt(file, with: key, form: form).revealed
    } catch {
      failure = error.failureClass
    }
  }
}

func sha256(_ bytes: [UInt8]) -> String {
  var digest = [UInt8](repeating: 0, count: 32)
  crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
  return digest.map { String(format: "%02x", $0) }.joined()
}

/// A program at its usual places, or nil after saying that it is missing; with `KEYUSHER_TEST_ALL=1` that fails.
func tool(_ name: String) -> String? {
  let found = ["/usr/bin", "/usr/local/bin", "/bin"].map { "\($0)/\(name)" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
  if found == nil { missing("the program '\(name)'") }
  return found
}

func missing(_ what: String) {
  print("not tested: \(what) is missing")
  #expect(ProcessInfo.processInfo.environment["KEYUSHER_TEST_ALL"] != "1", "\(what) is missing")
}

/// Runs a program to its end, with bytes on its standard input, and returns what it wrote.
func output(of program: String, _ arguments: [String], input: [UInt8] = []) throws -> (bytes: [UInt8], status: Int32) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  let folder = try Folder()
  try Data(input).write(to: folder.url("in"))
  process.standardInput = try FileHandle(forReadingFrom: folder.url("in"))
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = FileHandle.nullDevice
  try process.run()
  let bytes = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
  process.waitUntilExit()
  return (bytes, process.terminationStatus)
}

/// A folder for one test, gone after it.
final class Folder {
  private let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.appendingPathComponent("age-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: root, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  func url(_ name: String) -> URL { root.appendingPathComponent(name) }
  func path(_ name: String) -> String { url(name).path }

  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: url(name))
    return path(name)
  }

  /// A file's bytes; none if it is not there.
  func read(_ name: String) -> [UInt8] { [UInt8]((try? Data(contentsOf: url(name))) ?? Data()) }
}
