import PlainText
public import SecretMemory

/// What `keyusher-net` answers, which is the text of a `Frame`: a head of lines, an empty line, and the body as it came.
///
/// ```text
/// keyusher-net 1
/// 307
/// host vault.example.com:8200
/// type application/json
/// retry 30
/// began 1700000000000
/// ended 1700000000120
/// proxied
/// location https://vault-2.example.com:8200/v1/secret/data/keyusher/kraken/main
///
/// ```
///
/// The second line is the status; or `failed WORD`, the word being one of `NetFailure`; or `unbuilt WORD…` for an
/// `Unbuilt`. Then there is no body. A redirect is never followed: `location` says where it leads, if that is a
/// `NetAddress`.
public enum NetAnswer: Sendable {
  case answered(NetReply)
  case failed(NetFailure)
  /// Nothing was sent.
  case unbuilt(Unbuilt)

  /// The longest body that is taken from a store's server, in bytes.
  public static let longestBody = 61_440
  /// The longest that is taken from an exchange: MEXC lists every coin of an account.
  public static let longestExchangeBody = 1_048_576
  /// How much longer than its body an answer can be.
  package static let longestHead = 4096

  /// The answer as it goes through the pipe.
  public func written() throws(SecretMemoryError) -> SecretBytes {
    let text = try SecretBytes(capacity: 1024)
    try text.append("\(NetRequest.firstLine)\n")
    switch self {
    case .answered(let reply):
      try text.append("\(reply.head)\n\n")
      try text.append(contentsOf: reply.body)
    case .failed(let failure):
      try text.append("failed \(failure.rawValue)\n\n")
    case .unbuilt(let reason):
      try text.append("unbuilt \(reason.words)\n\n")
    }
    return text
  }

  /// Reads an answer; nil if it is none of this version.
  public init?(reading text: SecretBytes) throws {
    guard let (lines, body) = try text.headAndBody(), lines.count >= 2, lines[0].isWord(NetRequest.firstLine) else {
      return nil
    }
    if let word = lines[1].text(after: "failed ") {
      guard let failure = NetFailure(rawValue: word), lines.count == 2 else { return nil }
      self = .failed(failure)
    } else if let words = lines[1].text(after: "unbuilt ") {
      guard let reason = Unbuilt(words: words), lines.count == 2 else { return nil }
      self = .unbuilt(reason)
    } else {
      guard let reply = NetReply(head: lines.dropFirst().map(\.publicText), body: body) else { return nil }
      self = .answered(reply)
    }
  }
}

/// Why there was no answer from a server.
public enum NetFailure: String, Error, CaseIterable, Sendable {
  /// The request is none that `keyusher-net` of this version reads.
  case malformed
  /// The host's name is not known.
  case unknownHost = "unknown-host"
  /// Nobody listens there, or the way is closed.
  case refused
  /// The proxy that the environment names is not there, or lets nobody through to the host.
  case proxy
  case timedOut = "timed-out"
  /// The server's certificate is for another host, has ended, or is signed by nobody who is trusted.
  case untrusted
  /// The file of certificates can't be read.
  case authorityFile = "authority-file"
  /// What answered speaks no TLS, or none that is safe.
  case tls
  /// The answer is longer than what is taken.
  case tooLong = "too-long"
  /// The connection ended before the answer did.
  case cutOff = "cut-off"
  /// What came is no HTTP.
  case notHTTP = "not-http"
  case unforeseen
}
