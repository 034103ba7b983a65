import Foundation
import Glibc
import Outside

/// The program itself, playing a state file, until the test lets go of it.
final class RunningServer {
  let port: UInt16
  private let process = Process()
  private let folder = try! Folder()

  init(_ state: String, _ arguments: [String] = []) throws {
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

  static var program: String {
    let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
    return (bundle ?? URL(filePath: CommandLine.arguments[0])).deletingLastPathComponent()
      .appending(path: "keyusher-standin").path
  }

  /// The log's lines so far.
  var log: [Substring] { String(decoding: folder.read("log"), as: UTF8.self).split(separator: "\n") }

  /// Puts another state in the file's place, at once.
  func replaceState(_ state: String) throws {
    let new = try folder.write(Array(state.utf8), to: "new")
    rename(new, folder.path("state.json"))
  }

  /// Ends it by a signal; returns its exit status, or the signal's number with a minus if that killed it.
  func end(_ signal: Int32) -> Int32 {
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
  }

  /// A connection to it.
  func connect() throws -> Connection { try Connection(port) }

  /// All that comes back for a request, until the server closes the connection.
  func answer(_ target: String, _ headers: String = "", body: String = "") throws -> String {
    let connection = try connect()
    let method = body.isEmpty ? "GET" : "POST"
    let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
    connection.send("\(method) \(target) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\(length)\(headers)\r\n\(body)")
    return connection.rest()
  }
}

/// A connection over TCP, as bytes.
final class Connection {
  private let descriptor: Int32

  init(_ port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw POSIXError(.ECONNREFUSED) }
  }

  deinit { close(descriptor) }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// What comes next, up to so many bytes.
  func next(_ most: Int = 4096) -> String {
    var room = [UInt8](repeating: 0, count: most)
    let count = recv(descriptor, &room, most, 0)
    return String(decoding: room.prefix(max(0, count)), as: UTF8.self)
  }

  /// All that comes until it is closed.
  func rest() -> String {
    var text = ""
    while true {
      let more = next(1 << 16)
      if more.isEmpty { return text }
      text += more
    }
  }
}
