import HelperPrograms
import Introspection
import NetProtocol

// What keyusher-net says in place of an answer, as the cause of a failure.

extension KeyFailure {
  init(_ failure: NetFailure) {
    let (cause, came): (Cause, String) =
      switch failure {
      case .unknownHost: (.noHost, "its name is not known")
      case .refused: (.noConnection, "the connection was refused")
      case .proxy: (.noConnection, "the proxy that HTTPS_PROXY names lets nobody through")
      case .timedOut: (.timedOut, "nothing came")
      case .untrusted: (.certificate, "its certificate was not taken")
      case .authorityFile: (.certificate, "the file of certificates can't be read")
      case .tls: (.tls, "TLS failed")
      case .tooLong: (.tooLong, "more than \(NetAnswer.longestExchangeBody) bytes")
      case .cutOff: (.cutOff, "it ended early")
      case .notHTTP: (.edge, "what came is no HTTP")
      case .malformed, .unforeseen: (.unknown, "\(NetProgram.name) says: \(failure.rawValue)")
      }
    self.init([cause], came: came)
  }

  init(_ reason: Unbuilt) {
    switch reason {
    case .part(let part, let fault):
      self.init([part == "key" ? .key : part == "passphrase" ? .passphrase : .secret], came: fault.words(of: part))
    case .memory: self.init([.unknown], came: "there was no guarded memory")
    case .noRow, .knownExchange, .ownRow, .parameter:
      self.init([.request], came: "keyusher-net does not build it, so nothing was sent")
    }
  }
}

extension Unbuilt.PartFault {
  /// What is wrong with a part, of which nothing was sent.
  fileprivate func words(of part: String) -> String {
    let what =
      switch self {
      case .missing: "is missing"
      case .unprintable: "has a character that can't be sent"
      case .notBase64: part == "private-key" ? "is no private key" : "is not base64, which this exchange's are"
      case .length: "has another length than this exchange's"
      case .unreadable: "is a private key that can't be read"
      case .encrypted: "is a private key that a passphrase locks"
      case .publicKey: "is a public key"
      case .kind: "is a key of another kind than the exchange takes"
      }
    return "the part '\(part)' \(what); nothing was sent"
  }
}
