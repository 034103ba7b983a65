import Foundation
import Glibc

/// `keyusher-standin`, which plays the ten exchanges, for as long as a test holds it.
public final class PlayedExchanges {
  public static var program: String { besideTests("keyusher-standin") }

  public let port: UInt16
  public var address: String { "http://127.0.0.1:\(port)" }
  private let process = Process()
  private let folder = try! Folder()

  /// - Parameters:
  ///   - state: the text of its state file.
  ///   - arguments: further ones.
  public init(_ state: String, _ arguments: [String] = []) throws {
    process.executableURL = URL(filePath: Self.program)
    process.arguments = ["--state", folder.path("state.json"), "--log", folder.path("log")] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    _ = try folder.write(Array(state.utf8), to: "state.json")
    try process.run()
    let words = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
    guard words.hasPrefix("listening http://127.0.0.1:"), words.hasSuffix("\n"),
      let port = UInt16(words.dropLast().split(separator: ":").last ?? "")
    else {
      process.terminate()
      throw CocoaError(.fileReadUnknown, userInfo: [NSDebugDescriptionErrorKey: words])
    }
    self.port = port
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  /// The log's lines so far.
  public var log: [Substring] { String(decoding: folder.read("log"), as: UTF8.self).split(separator: "\n") }

  /// Puts another state in the file's place, at once.
  public func play(_ state: String) throws {
    let new = try folder.write(Array(state.utf8), to: "new")
    guard rename(new, folder.path("state.json")) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  /// Ends it by a signal; returns its exit status, or the signal's number with a minus if that killed it.
  public func end(_ signal: Int32) -> Int32 {
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
  }
}

extension PlayedExchanges {
  /// - Parameter state: as its state file has it.
  public convenience init(_ state: [String: Any]) throws { try self.init(Self.text(state)) }

  /// Plays another state from now on.
  public func play(_ state: [String: Any]) throws { try play(Self.text(state)) }

  /// What it was asked so far: a row for each request.
  public func requests() throws -> [[String: Any]] {
    try log.compactMap { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
  }

  private static func text(_ state: [String: Any]) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: state), as: UTF8.self)
  }
}
