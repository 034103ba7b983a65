import Foundation
import Glibc
import Outside

/// `keyusher-standin`, which plays the ten exchanges, for as long as a test holds it.
public final class PlayedExchanges {
  public let address: String
  private let process = Process()
  private let folder: String

  /// - Parameter state: as its state file has it.
  public init(_ state: [String: Any]) throws {
    var name = Array("\(NSTemporaryDirectory())keyusher-played-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw TestFailure(description: "no temporary folder: \(errno)") }
    folder = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    try JSONSerialization.data(withJSONObject: state).write(to: URL(filePath: folder + "/state.json"))
    process.executableURL = URL(filePath: keyusher).deletingLastPathComponent().appending(path: "keyusher-standin")
    process.arguments = ["--state", folder + "/state.json", "--log", folder + "/log"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let words = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
    guard let address = words.split(separator: " ").last, words.hasPrefix("listening http://127.0.0.1:") else {
      process.terminate()
      throw TestFailure(description: "keyusher-standin said: \(words)")
    }
    self.address = String(address.dropLast())
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Plays another state from now on.
  public func play(_ state: [String: Any]) throws {
    try JSONSerialization.data(withJSONObject: state).write(to: URL(filePath: folder + "/new"))
    guard rename(folder + "/new", folder + "/state.json") == 0 else { throw TestFailure(description: "\(errno)") }
  }

  /// What it was asked so far: the path of each request, and what came of it.
  public func log() throws -> [[String: Any]] {
    let text = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
    return try text.split(separator: "\n").compactMap {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
  }
}
