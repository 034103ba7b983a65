public import SecretMemory

/// What `keyusher-net` answers on its standard output, to the end: a head of lines, an empty line, and the body as it came.
///
/// ```text
/// keyusher-net 1
/// 307
/// location https://vault-2.example.com:8200/v1/secret/data/keyusher/kraken/main
///
/// ```
///
/// The second line is the status, or `failed WORD`, the word being one of `NetFailure`; then there is no body. A redirect is
/// never followed: `location` says where it leads, if that is a `NetAddress`.
public enum NetAnswer: Sendable {
  case answered(status: Int, location: NetAddress?, body: SecretBytes)
  case failed(NetFailure)

  /// The longest body that is taken from a server, in bytes.
  public static let longestBody = 61_440

  /// The answer as it goes through the pipe.
  public func written() throws(SecretMemoryError) -> SecretBytes {
    let text = try SecretBytes(capacity: 1024)
    try text.append("\(NetRequest.firstLine)\n")
    switch self {
    case .answered(let status, let location, let body):
      try text.append("\(status)\n")
      if let location { try text.append("location \(location)\n") }
      try text.append("\n")
      try text.append(contentsOf: body)
    case .failed(let failure):
      try text.append("failed \(failure.rawValue)\n\n")
    }
    return text
  }

  /// Reads an answer; nil if it is none of this version.
  public init?(reading text: SecretBytes) throws {
    guard let (lines, body) = try text.headAndBody(), (2...3).contains(lines.count),
      lines[0].isWord(NetRequest.firstLine)
    else { return nil }
    if let word = lines[1].text(after: "failed ") {
      guard let failure = NetFailure(rawValue: word) else { return nil }
      self = .failed(failure)
      return
    }
    guard let status = Int(lines[1].publicText), (100...999).contains(status) else { return nil }
    let location = lines.count == 3 ? lines[2].text(after: "location ") : nil
    self = .answered(status: status, location: location.flatMap { try? NetAddress($0) }, body: body)
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
