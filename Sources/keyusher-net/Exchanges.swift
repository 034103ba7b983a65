import Glibc
import NetProtocol
import SecretMemory

extension HTTPExchange {
  /// A request as a store makes it. Plain text stays on this computer.
  init(_ request: NetRequest) throws {
    self.init(
      method: request.method, origin: request.address, socket: nil, target: try SecretBytes(capacity: 0),
      authorityFile: request.authorityFile, seconds: request.seconds, headers: request.headers, body: request.body,
      isOnce: request.method != "GET", staysHere: !request.address.isEncrypted, longestBody: NetAnswer.longestBody)
  }

  /// A request about a key, signed. One to a base stays on this computer.
  init(_ signed: SignedRequest, of request: KeyRequest) {
    self.init(
      method: signed.method, origin: signed.origin, socket: request.socket, target: signed.target,
      authorityFile: request.authorityFile, seconds: request.seconds, headers: signed.headers, body: signed.body,
      isOnce: signed.method != "GET" || request.oneTimePassword != nil, staysHere: request.base != nil,
      longestBody: NetAnswer.longestExchangeBody)
  }
}

enum Clock {
  /// This computer's time, since 1970-01-01 UTC.
  static var milliseconds: Int {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
  }
}
