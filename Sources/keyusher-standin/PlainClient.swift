import Files
import Glibc
import PlainText
import StandIn

/// Asks a port of this computer, one connection for each request.
struct PlainClient {
  let port: UInt16

  /// The status and the body of the answer.
  ///
  /// - Throws: `BotError.noAnswer`.
  func send(_ request: Request) throws(BotError) -> (status: Int, body: [UInt8]) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .noAnswer(systemWords(errno)) }
    defer { close(descriptor) }
    try connect(descriptor)
    let head = ["\(request.method) \(request.target) HTTP/1.1"] + request.headers.map { "\($0.name): \($0.value)" }
    let bytes = Array((head + ["Content-Length: 0", "", ""]).joined(separator: "\r\n").utf8)
    guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
      throw .noAnswer(systemWords(errno))
    }
    var answer: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 4096)
    while answer.count < 1 << 16 {
      let count = recv(descriptor, &room, room.count, 0)
      if count < 0 { throw .noAnswer(systemWords(errno)) }
      if count == 0 { break }
      answer += room.prefix(count)
    }
    let text = String(decoding: answer, as: UTF8.self)
    guard let status = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) }),
      let end = text.utf8.firstRange(of: Array("\r\n\r\n".utf8))
    else { throw .noAnswer("what came is no HTTP") }
    return (status, Array(text.utf8[end.upperBound...]))
  }

  private func connect(_ descriptor: Int32) throws(BotError) {
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw .noAnswer(systemWords(errno)) }
  }
}
