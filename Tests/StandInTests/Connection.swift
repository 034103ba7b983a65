import Foundation
import Glibc
import Outside

extension PlayedExchanges {
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
