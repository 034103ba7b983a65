import CCurl
import Files
import Glibc
import NetProtocol
import SecretMemory

/// One HTTP exchange over libcurl: the system's certificates or those of a file, no redirect followed, nothing
/// decompressed, nothing remembered.
struct HTTPExchange {
  let method: String
  /// Who is asked; where it is asked for what, `target` says.
  let origin: NetAddress
  /// The socket of this computer behind which it is reached: then nothing else is connected to, and no name looked up.
  let socket: String?
  /// Path and query; empty for none.
  let target: SecretBytes
  let authorityFile: String?
  let seconds: Int
  let headers: [NetRequest.Header]
  let body: SecretBytes?
  /// Whether it must not be sent twice.
  let isOnce: Bool
  /// Whether it may go nowhere but to this computer, or to the one behind the socket.
  let staysHere: Bool
  /// The longest body that is taken, in bytes.
  let longestBody: Int

  func perform(over connections: KeptConnections) throws -> NetAnswer {
    guard HTTPExchange.isReady, let curl = curl_easy_init() else { return .failed(.unforeseen) }
    defer { curl_easy_cleanup(curl) }
    let headers = try headerList()
    defer { curl_slist_free_all(headers) }
    guard try setUp(curl, headers), connections.lend(to: curl, for: way, isOnce: isOnce) else {
      return .failed(.unforeseen)
    }
    var basket = try Basket(longestBody: longestBody, staysHere: staysHere, isBehindSocket: socket != nil)
    let start = Clock.milliseconds
    let code = withUnsafeMutablePointer(to: &basket) { basket in
      _ = kc_set_pointer(curl, KC_WRITE_CONTEXT, basket)
      _ = kc_set_pointer(curl, KC_HEADER_CONTEXT, basket)
      _ = kc_set_pointer(curl, KC_OPEN_SOCKET_CONTEXT, basket)
      return withBody { bytes in
        if let bytes {
          // It stays where it is: libcurl is lent the guarded memory.
          _ = kc_set_number(curl, KC_POST_FIELD_SIZE, bytes.count)
          _ = kc_set_pointer(curl, KC_POST_FIELDS, bytes.baseAddress)
        }
        _ = kc_set_pointer(curl, KC_METHOD, method)
        return curl_easy_perform(curl)
      }
    }
    let isProxied = connections.goThroughProxy(
      isOnce: isOnce,
      asConnected: basket.port.map {
        socket == nil && $0 != origin.port || kc_number(curl, Int32(KC_INFO_TUNNEL_STATUS)) != 0
      })
    guard code == 0 else {
      return .failed(basket.isTooLong ? .tooLong : failure(code, curl, isProxied))
    }
    return .answered(reply(curl, since: start, isProxied, basket.body))
  }

  // MARK: - Private

  private static let isReady = kc_start() == 0

  private var way: KeptConnections.Way {
    KeptConnections.Way(origin: origin.origin, socket: socket, authorityFile: authorityFile, staysHere: staysHere)
  }

  private func reply(
    _ curl: OpaquePointer, since start: Int, _ isProxied: Bool, _ body: SecretBytes
  ) -> NetReply {
    let location = kc_text(curl, Int32(KC_INFO_REDIRECT)).map { String(cString: $0) }
    let retryAfter = Int(kc_long_number(curl, Int32(KC_INFO_RETRY_AFTER)))
    func moment(_ info: Int) -> Int { start + Int(kc_long_number(curl, Int32(info)) / 1000) }
    return NetReply(
      status: kc_number(curl, Int32(KC_INFO_STATUS)), host: origin.authority,
      contentType: kc_text(curl, Int32(KC_INFO_CONTENT_TYPE)).map { String(cString: $0) },
      retryAfter: retryAfter > 0 ? retryAfter : nil,
      location: location.flatMap { try? NetAddress(String($0.prefix(2048))) },
      began: moment(KC_INFO_SENDS_AT), ended: moment(KC_INFO_FIRST_BYTE_AT),
      isProxied: isProxied, body: body)
  }

  /// Sets all that does not depend on the body; false if this libcurl does not know some of it.
  private func setUp(_ curl: OpaquePointer, _ headers: UnsafeMutablePointer<curl_slist>?) throws -> Bool {
    let numbers: [(kc_option, Int)] = [
      (KC_NO_SIGNAL, 1), (KC_DISALLOW_USERNAME, 1), (KC_SSL_VERSION, KC_TLS_1_2),
      (KC_HTTP_VERSION, KC_HTTP_1_1), (KC_TIMEOUT_MS, seconds * 1000),
      (KC_PROTOCOLS, origin.isEncrypted ? KC_HTTPS : KC_HTTP),
    ]
    var codes = numbers.map { kc_set_number(curl, $0, $1) }
    let address = try SecretBytes(copying: origin.text.utf8)
    try address.append(contentsOf: target)
    codes.append(try address.withCString { kc_set_pointer(curl, KC_URL, $0) })
    codes.append(kc_set_pointer(curl, KC_HEADERS, headers))
    if let authorityFile {
      codes.append(kc_set_pointer(curl, KC_CA_FILE, authorityFile))
      // Refused by a libcurl that trusts no folder anyway.
      _ = kc_set_pointer(curl, KC_CA_FOLDER, nil)
    }
    // Whatever `localhost` may say: `Basket.admits`.
    if staysHere || socket != nil { codes.append(kc_set_pointer(curl, KC_PROXY, "")) }
    if let socket { codes.append(kc_set_pointer(curl, KC_UNIX_SOCKET, socket)) }
    let code = kc_set_open_socket(curl) { context, _, address in
      guard let address, context?.assumingMemoryBound(to: Basket.self).pointee.admits(address) == true else {
        return Int32(KC_SOCKET_BAD)
      }
      return Glibc.socket(
        address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
    }
    codes.append(code)
    _ = kc_set_receiver(curl, KC_WRITE_FUNCTION) { bytes, size, count, context in
      context?.assumingMemoryBound(to: Basket.self).pointee.take(bytes, size * count) ?? 0
    }
    _ = kc_set_receiver(curl, KC_HEADER_FUNCTION) { _, size, count, context in
      context?.assumingMemoryBound(to: Basket.self).pointee.passHeader(size * count) ?? 0
    }
    return codes.allSatisfy { $0 == 0 }
  }

  private func headerList() throws -> UnsafeMutablePointer<curl_slist>? {
    // Without this libcurl waits for the server's leave before it sends a long body.
    var list = curl_slist_append(nil, "Expect:")
    for header in headers {
      let line = try SecretBytes(copying: "\(header.name): ".utf8)
      try line.append(contentsOf: header.value)
      try line.withCString { list = curl_slist_append(list, $0) ?? list }
    }
    return list
  }

  private func withBody<Result: Sendable>(_ use: (UnsafeRawBufferPointer?) -> Result) -> Result {
    guard let body else { return use(nil) }
    return body.withBytes { use($0) }
  }

  /// Source: <curl/curl.h>, "enum CURLcode".
  private func failure(_ code: Int32, _ curl: OpaquePointer, _ isProxied: Bool) -> NetFailure {
    switch code {
    case 5, 97: .proxy
    case 7 where isProxied: .proxy
    // A proxy that refused the way is told as a connection that ended.
    case 56 where kc_number(curl, Int32(KC_INFO_TUNNEL_STATUS)) >= 300: .proxy
    case 6: .unknownHost
    case 7: .refused
    case 28: .timedOut
    case 60: .untrusted
    case 77: .authorityFile
    case 35, 53, 54, 58, 59, 66, 80, 83, 90, 91: .tls
    case 18, 52, 55, 56: .cutOff
    case 1, 8: .notHTTP
    default: .unforeseen
    }
  }
}

/// What came so far of an answer, and from where.
private struct Basket {
  let body: SecretBytes
  /// The port that was connected to last: a proxy's, if it is not the server's; 0 for a socket, and nil for none.
  private(set) var port: Int?
  private(set) var isTooLong = false
  private let longestBody: Int
  private let staysHere: Bool
  private let isBehindSocket: Bool
  private var headers = 0

  init(longestBody: Int, staysHere: Bool, isBehindSocket: Bool) throws {
    body = try SecretBytes(capacity: min(longestBody, Basket.usual))
    self.longestBody = longestBody
    self.staysHere = staysHere
    self.isBehindSocket = isBehindSocket
  }

  /// Whether a connection may be made there.
  mutating func admits(_ address: UnsafePointer<curl_sockaddr>) -> Bool {
    port = Int(kc_port(address))
    if isBehindSocket { return kc_is_local_socket(address) != 0 }
    return !staysHere || kc_is_loopback(address) != 0
  }

  /// Takes a piece of the body; returning less than its length ends the exchange.
  mutating func take(_ bytes: UnsafePointer<CChar>?, _ length: Int) -> Int {
    guard let bytes, length <= longestBody - body.count else {
      isTooLong = length > 0
      return 0
    }
    let piece = UnsafeRawBufferPointer(start: bytes, count: length)
    return (try? body.append(contentsOf: piece)) == nil ? 0 : length
  }

  mutating func passHeader(_ length: Int) -> Int {
    headers += length
    guard headers <= NetAnswer.longestBody else {
      isTooLong = true
      return 0
    }
    return length
  }

  /// As much as most answers have, in bytes.
  private static let usual = 16_384
}

extension SecretBytes {
  /// Lends the bytes with a zero behind them, which is then part of this secret.
  fileprivate func withCString<Result: Sendable>(_ body: (UnsafePointer<CChar>?) -> Result) throws -> Result {
    try append(0)
    return withBytes { body($0.bindMemory(to: CChar.self).baseAddress) }
  }
}
