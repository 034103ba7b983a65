import CCurl
import Glibc
import NetProtocol
import SecretMemory

/// One HTTP exchange over libcurl: the system's certificates or those of a file, no redirect followed, nothing decompressed,
/// nothing remembered.
struct HTTPExchange {
  private let request: NetRequest

  init(_ request: NetRequest) {
    self.request = request
  }

  func perform() throws -> NetAnswer {
    guard HTTPExchange.isReady, let curl = curl_easy_init() else { return .failed(.unforeseen) }
    defer { curl_easy_cleanup(curl) }
    let headers = try headerList()
    defer { curl_slist_free_all(headers) }
    guard setUp(curl, headers) else { return .failed(.unforeseen) }
    var code: Int32 = 0
    var isTooLong = false
    let body = try SecretBytes(capacity: NetAnswer.longestBody)
    body.fill { room in
      var basket = Basket(room: room)
      code = withUnsafeMutablePointer(to: &basket) { basket in
        _ = kc_set_pointer(curl, KC_WRITE_CONTEXT, basket)
        _ = kc_set_pointer(curl, KC_HEADER_CONTEXT, basket)
        return withBody { bytes in
          if let bytes {
            // It stays where it is: libcurl is lent the guarded memory.
            _ = kc_set_number(curl, KC_POST_FIELD_SIZE, bytes.count)
            _ = kc_set_pointer(curl, KC_POST_FIELDS, bytes.baseAddress)
          }
          _ = kc_set_pointer(curl, KC_METHOD, request.method)
          return curl_easy_perform(curl)
        }
      }
      isTooLong = basket.isTooLong
      return basket.count
    }
    guard code == 0 else { return .failed(isTooLong ? .tooLong : HTTPExchange.failure(code)) }
    let location = kc_redirect(curl).map { String(cString: $0) }
    return .answered(
      status: kc_status(curl), location: location.flatMap { try? NetAddress(String($0.prefix(2048))) }, body: body)
  }

  // MARK: - Private

  private static let isReady = kc_start() == 0

  /// Sets all that does not depend on the body; false if this libcurl does not know some of it.
  private func setUp(_ curl: OpaquePointer, _ headers: UnsafeMutablePointer<curl_slist>?) -> Bool {
    let isEncrypted = request.address.isEncrypted
    let numbers: [(kc_option, Int)] = [
      (KC_NO_SIGNAL, 1), (KC_DISALLOW_USERNAME, 1), (KC_SSL_VERSION, KC_TLS_1_2),
      (KC_HTTP_VERSION, KC_HTTP_1_1), (KC_TIMEOUT_MS, request.seconds * 1000),
      (KC_PROTOCOLS, isEncrypted ? KC_HTTPS : KC_HTTP),
    ]
    var codes = numbers.map { kc_set_number(curl, $0, $1) }
    codes.append(kc_set_pointer(curl, KC_URL, request.address.text))
    codes.append(kc_set_pointer(curl, KC_HEADERS, headers))
    if let file = request.authorityFile {
      codes.append(kc_set_pointer(curl, KC_CA_FILE, file))
      // Refused by a libcurl that trusts no folder anyway.
      _ = kc_set_pointer(curl, KC_CA_FOLDER, nil)
    }
    if !isEncrypted {
      // Plain text stays on this computer, whatever `localhost` or a proxy may say.
      codes.append(kc_set_pointer(curl, KC_PROXY, ""))
      let code = kc_set_open_socket(curl) { _, _, address in
        guard let address, kc_is_loopback(address) != 0 else { return Int32(KC_SOCKET_BAD) }
        return socket(
          address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
      }
      codes.append(code)
    }
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
    for header in request.headers {
      let line = try SecretBytes(copying: "\(header.name): ".utf8)
      try line.append(contentsOf: header.value)
      try line.append(0)
      line.withBytes { list = curl_slist_append(list, $0.bindMemory(to: CChar.self).baseAddress) ?? list }
    }
    return list
  }

  private func withBody<Result: Sendable>(_ use: (UnsafeRawBufferPointer?) -> Result) -> Result {
    guard let body = request.body else { return use(nil) }
    return body.withBytes { use($0) }
  }

  /// Source: <curl/curl.h>, "enum CURLcode".
  private static func failure(_ code: Int32) -> NetFailure {
    switch code {
    case 5, 6: .unknownHost
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

/// What came so far of an answer.
private struct Basket {
  let room: UnsafeMutableRawBufferPointer
  private(set) var count = 0
  private(set) var isTooLong = false
  private var headers = 0

  init(room: UnsafeMutableRawBufferPointer) {
    self.room = room
  }

  /// Takes a piece of the body; returning less than its length ends the exchange.
  mutating func take(_ bytes: UnsafePointer<CChar>?, _ length: Int) -> Int {
    guard let bytes, length <= room.count - count else {
      isTooLong = length > 0
      return 0
    }
    room.baseAddress?.advanced(by: count).copyMemory(from: bytes, byteCount: length)
    count += length
    return length
  }

  mutating func passHeader(_ length: Int) -> Int {
    headers += length
    guard headers <= NetAnswer.longestBody else {
      isTooLong = true
      return 0
    }
    return length
  }
}
