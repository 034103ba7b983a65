import HelperPrograms
import NetProtocol
import PlainText

/// What the server answered, where there was an answer.
struct OpenBaoAnswer {
  var status: Int
  /// Nil if it is no JSON, or nothing.
  var json: GuardedJSON?

  /// Whether one of its errors contains this.
  func says(_ words: String) -> Bool {
    json?["errors"]?.elements?.contains { $0.publicText?.contains(words) ?? false } ?? false
  }

  /// Throws if the status is another one.
  func expect(_ status: Int) throws(StoreError) {
    guard self.status == status else { throw unforeseen }
  }

  var unforeseen: StoreError {
    .broken(store: OpenBaoSettings.store, why: "it gave an answer that is not foreseen, of status \(status)")
  }
}

extension OpenBaoServer {
  /// What an answer says of the server or of the token, rather than of an entry; nil if it is the verb's to judge.
  func error(_ answer: OpenBaoAnswer, _ location: NetAddress?) -> StoreError? {
    let id = OpenBaoSettings.store
    let (mount, prefix) = (settings.mount, settings.prefix)
    switch answer.status {
    case 200..<300: return nil
    case 300..<400:
      return .unreachable(
        store: id,
        why: "it sends on to \(location?.origin ?? "another place"), where the token is not sent; if that is the right "
          + "place, make it the address")
    case 400 where answer.says("Upgrading from non-versioned"):
      return .unreachable(store: id, why: "it is giving the mount '\(mount)' versions; try again in a moment")
    case 400 where answer.json == nil:
      return .unreachable(store: id, why: "what answers there may want https")
    case 400: return nil
    case 403:
      return .forbidden(
        store: id,
        hint: "the token has ended (bao token lookup), or its policy lacks create, read, update on "
          + "\(mount)/data/\(prefix)/*; read, list, delete on \(mount)/metadata/\(prefix)/*; "
          + "update on \(mount)/destroy/\(prefix)/*")
    case 404 where answer.says("no handler for route"):
      return .notSetUp(
        store: id, hint: "there is no mount '\(mount)': bao secrets enable -path=\(mount) -version=2 kv")
    case 404 where answer.says("namespace not found"):
      return .notSetUp(store: id, hint: "there is no namespace '\(settings.namespace ?? "")'")
    case 404 where answer.json == nil:
      return .unreachable(store: id, why: "what answers there is neither OpenBao nor Vault")
    case 404: return nil
    case 503 where answer.says("sealed"):
      return .locked(store: id, hint: "the server is sealed; who holds its keys unseals it: bao operator unseal")
    case 429, 472, 473, 500, 502, 503, 504:
      return .unreachable(store: id, why: "the server says that it can't answer now (status \(answer.status))")
    default: return answer.unforeseen
    }
  }

  /// Why there was no answer.
  func error(_ failure: NetFailure, at server: NetAddress) -> StoreError {
    let why =
      switch failure {
      case .unknownHost: "the name '\(server.host)' is not known"
      case .refused: "nobody answers at \(server.origin)"
      case .proxy: "the proxy that the environment names (HTTPS_PROXY) is not there, or lets nobody through"
      case .timedOut: "there was no answer from \(server.origin) in time"
      case .untrusted:
        "its certificate is not one that this computer trusts; where a company signs its own, name the company's "
          + "(PEM): keyusher config set openbao.authority FILE"
      case .authorityFile: "the certificates in '\(settings.authorityFile ?? "")' can't be read"
      case .tls: "what answers at \(server.origin) speaks no TLS, or none that is safe"
      case .cutOff: "the connection ended before the answer did"
      case .notHTTP: "what answers at \(server.origin) is no web server"
      case .tooLong: "its answer is longer than \(NetAnswer.longestBody) bytes, and was not read"
      case .malformed: "'\(NetProgram.name)' and keyusher are not of one version"
      case .unforeseen: "'\(NetProgram.name)' could not make the request"
      }
    switch failure {
    case .tooLong, .malformed, .unforeseen: return .broken(store: OpenBaoSettings.store, why: why)
    default: return .unreachable(store: OpenBaoSettings.store, why: why)
    }
  }
}
