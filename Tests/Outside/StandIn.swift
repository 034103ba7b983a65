import Foundation
import Glibc
import Synchronization

/// A server on this computer that answers as a test tells it to, and remembers what it was asked.
public final class StandIn: Sendable {
  public enum Behaviour: Sendable {
    /// Writes this and closes.
    case bytes(String)
    /// Writes this, and waits for the next request on the same connection.
    case more(String)
    /// Writes this, and then the other again and again, for as long as somebody reads.
    case endless(String, String)
    /// Says nothing until the other side gives up.
    case hang
    /// Writes this, and is then a way to another port of this computer, as a proxy is.
    case tunnel(String, UInt16)
  }

  public let port: UInt16
  private let listener: Int32
  private let seen = Mutex<[String]>([])
  private let accepted = Mutex(0)

  /// What was asked so far: heads and bodies, as they came.
  public var requests: [String] { seen.withLock { $0 } }
  /// How many connections were made so far.
  public var connections: Int { accepted.withLock { $0 } }
  public var address: String { "http://127.0.0.1:\(port)" }

  /// - Parameter behaviour: what to do about a request.
  public init(_ behaviour: @escaping @Sendable (String) -> Behaviour) {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = StandIn.loopback(0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    port = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size)
        listen(listener, 16)
        getsockname(listener, $0, &size)
      }
      return UInt16(bigEndian: pointer.pointee.sin_port)
    }
    Thread.detachNewThread { [weak self] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        // Whoever asks again over another connection does not wait for one that stays open.
        Thread.detachNewThread { [self] in
          self?.accepted.withLock { $0 += 1 }
          while self?.serve(connection, behaviour) == true {}
          close(connection)
        }
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  /// An answer of HTTP.
  public static func answer(_ status: String, _ body: String = "", _ headers: String...) -> Behaviour {
    .bytes(
      (["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)", "Connection: close"] + headers + ["", body])
        .joined(separator: "\r\n"))
  }

  /// The same, over a connection that stays open.
  public static func openAnswer(_ status: String, _ body: String = "") -> Behaviour {
    .more("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
  }

  /// A port that nobody listens on, below those that the kernel hands out: no other test is given it.
  public static func quietPort() -> UInt16 {
    while true {
      let port = UInt16.random(in: 20_000..<32_000)
      guard given.withLock({ $0.insert(port).inserted }) else { continue }
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
      defer { Glibc.close(descriptor) }
      var address = loopback(port)
      let isFree = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
      }
      if isFree { return port }
    }
  }

  /// Whether somebody listens on a port of this computer.
  public static func listens(_ port: UInt16) -> Bool {
    guard let descriptor = connected(to: port) else { return false }
    close(descriptor)
    return true
  }

  // MARK: - Private

  private static let given = Mutex<Set<UInt16>>([])

  /// Answers one request; false if the connection is over.
  private func serve(_ connection: Int32, _ behaviour: (String) -> Behaviour) -> Bool {
    var request: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while !StandIn.isWhole(request) {
      let count = read(connection, &piece, piece.count)
      guard count > 0 else { return false }
      request += piece.prefix(count)
    }
    let text = String(decoding: request, as: UTF8.self)
    seen.withLock { $0.append(text) }
    switch behaviour(text) {
    case .bytes(let answer): _ = StandIn.write(answer, to: connection)
    case .more(let answer): return StandIn.write(answer, to: connection)
    case .endless(let start, let more):
      let more = String(repeating: more, count: max(1, 65_536 / more.utf8.count))
      if StandIn.write(start, to: connection) { while StandIn.write(more, to: connection) {} }
    case .hang: while read(connection, &piece, piece.count) > 0 {}
    case .tunnel(let answer, let port):
      guard let other = StandIn.connected(to: port) else { return false }
      defer { close(other) }
      if StandIn.write(answer, to: connection) { StandIn.relay(connection, other) }
    }
    return false
  }

  /// A connection to a port of this computer; nil if nobody listens there.
  private static func connected(to port: UInt16) -> Int32? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = loopback(port)
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if status == 0 { return descriptor }
    close(descriptor)
    return nil
  }

  /// Passes on what either says, until one of them ends.
  private static func relay(_ one: Int32, _ other: Int32) {
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      var waiting = [one, other].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&waiting, 2, -1) > 0 else { return }
      for (end, target) in [(0, other), (1, one)] where waiting[end].revents != 0 {
        let count = read(waiting[end].fd, &piece, piece.count)
        guard count > 0, send(target, piece, count, Int32(MSG_NOSIGNAL)) == count else { return }
      }
    }
  }

  private static func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    return address
  }

  private static func isWhole(_ request: [UInt8]) -> Bool {
    let text = String(decoding: request, as: UTF8.self)
    guard let head = text.range(of: "\r\n\r\n") else { return false }
    let line = text[..<head.lowerBound].components(separatedBy: "\r\n").first { $0.hasPrefix("Content-Length: ") }
    return text[head.upperBound...].utf8.count >= line.flatMap { Int($0.dropFirst(16)) } ?? 0
  }

  private static func write(_ text: String, to connection: Int32) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
